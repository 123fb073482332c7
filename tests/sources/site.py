"""A web site on this machine, well behaved or not, and the small texts that it serves."""

import socket
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TypeAlias

Answer: TypeAlias = Callable[[BaseHTTPRequestHandler], None]

ACT = """<html><body><table><tr><td><p class="oj-hd-lg">FR</p>
<p class="oj-hd-date">12.7.2024</p></td></tr></table>
<div class="eli-container"><div class="eli-main-title" id="tit_1">
<p class="oj-doc-ti">RÈGLEMENT (UE) {number} DU PARLEMENT EUROPÉEN ET DU CONSEIL</p>
<p class="oj-doc-ti">du 13 juin 2024</p>
<p class="oj-doc-ti">établissant des règles (règlement d’essai)</p></div>
<div id="enc_1"><div class="eli-subdivision" id="art_1">
<p class="oj-ti-art">Article premier</p>
<div class="eli-title"><p class="oj-sti-art">Journaux</p></div>
<p class="oj-normal">{words}</p></div></div></div></body></html>"""
WORDS = "Le déployeur conserve les journaux de l’IA pendant au moins six mois."


def act(words: str = WORDS, *, number: str = "2024/1689") -> bytes:
    return ACT.format(number=number, words=words).encode()


class Site:
    """Each path gives its answers in turn, then the last one again; requests are remembered."""

    def __init__(self) -> None:
        self._answers: dict[str, list[Answer]] = defaultdict(list)
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.stopping = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                site.requests.append((self.path, headers))
                self.close_connection = True
                answers = site._answers[self.path] or [status(404)]
                answer = answers.pop(0) if len(answers) > 1 else answers[0]
                # A client that has had enough hangs up.
                with suppress(BrokenPipeError, ConnectionResetError):
                    answer(self)

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.site = self  # type: ignore[attr-defined]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def serve(self, path: str, *answers: Answer) -> str:
        """Set the answers of a path; give its address."""
        self._answers[path] = list(answers)
        return f"http://127.0.0.1:{self.port}{path}"

    def count(self, path: str) -> int:
        return sum(asked == path for asked, _ in self.requests)

    def stop(self) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def page(body: bytes, content_type: str = "text/html; charset=utf-8", **headers: str) -> Answer:
    return status(200, body, content_type, **headers)


def status(code: int, body: bytes = b"", content_type: str = "text/html", **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        handler.send_header("Content-Type", content_type)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def redirect(location: str) -> Answer:
    return status(302, Location=location)


def versioned(body: bytes, etag: str) -> Answer:
    """Serve a page, or 304 to who has it."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            status(304, ETag=etag)(handler)
        else:
            page(body, ETag=etag, Last_Modified="Fri, 12 Jul 2024 00:00:00 GMT")(handler)

    return answer


def cut(body: bytes) -> Answer:
    """Announce twice what is sent."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(2 * len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def endless(chunk: bytes, pause: float) -> Answer:
    """Send chunks without saying how many, for as long as someone listens."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        while not _is_stopping(handler):
            handler.wfile.write(chunk)
            time.sleep(pause)

    return answer


def dripping_headers(pause: float) -> Answer:
    """Never come to the end of the headers."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Lent: ")
        while not _is_stopping(handler):
            handler.wfile.write(b"x")
            time.sleep(pause)

    return answer


def stalled(handler: BaseHTTPRequestHandler) -> None:
    """Take the request and say nothing."""
    handler.server.site.stopping.wait(timeout=30)  # type: ignore[attr-defined]


def closed_port() -> int:
    """Give a port that nobody listens to."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _is_stopping(handler: BaseHTTPRequestHandler) -> bool:
    return bool(handler.server.site.stopping.is_set())  # type: ignore[attr-defined]
