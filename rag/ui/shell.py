"""Around gradio's page: French from the first byte, our style and script, and no way out.

Gradio writes ``lang="en"`` and advertises itself in its index page, and takes its own words from
the browser's language; this middleware corrects the page as it is served. The headers let the
browser load and contact this server only, which makes « nothing leaves the machine » a rule that
the browser enforces, whatever a component would try.
"""

import re
from dataclasses import dataclass
from html import escape
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.ui import wording

ASSETS = "/radiact"

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",  # gradio compiles its HTML templates
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

STYLES = (
    *("base", "layout", "conversation", "composer", "badges", "sources"),
    *("filters", "why", "panels", "official_texts", "glossary"),
    *("welcome", "turn_foot", "dialogs", "quote", "exports"),
    *("documents", "additions", "removal", "about", "narrow"),
)
SCRIPTS = (
    *("page", "tabs", "day", "panels", "filters", "official_texts", "glossary"),
    *("asking", "roles", "copy", "feedback", "quote", "keyboard", "references", "exports"),
    *("documents", "additions", "about", "privacy"),
)

HEAD = f"""<head>
<title>{escape(wording.TITLE)}</title>
<script>Object.defineProperty(navigator, "language", {{ value: "fr" }});</script>
<link rel="icon" href=".{ASSETS}/icon.svg" type="image/svg+xml">
{"".join(f'<link rel="stylesheet" href=".{ASSETS}/{name}.css">' for name in STYLES)}
{"".join(f'<script defer src=".{ASSETS}/{name}.js"></script>' for name in SCRIPTS)}
"""

ADVERTISEMENT = re.compile(r"<meta\s+(?:property=\"og:|name=\"twitter:)[^>]*>\s*")


@dataclass(frozen=True, slots=True)
class Shell:
    """ASGI middleware that rewrites the index page and adds the security headers."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request; anything but the index page passes through as it streams."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"] == "/" and scope["method"] == "GET":
            await self.app(_uncompressed(scope), receive, _IndexPage(send))
        else:
            await self.app(scope, receive, _with_headers(send))


def french_index(page: str) -> str:
    """Make gradio's index page French and ours.

    >>> french_index('<html lang="en"><head>').split(">")[0]
    '<html lang="fr"'
    """
    page = ADVERTISEMENT.sub("", page.replace('lang="en"', 'lang="fr"', 1))
    return page.replace("<head>", HEAD, 1)


class _IndexPage:
    """Send that holds the page back until it is whole, then sends it rewritten."""

    def __init__(self, send: Send) -> None:
        self._send = _with_headers(send)
        self._start: dict[str, Any] = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = dict(message)
            return
        self._body += message.get("body", b"")
        if not message.get("more_body", False):
            await self._send_all()

    async def _send_all(self) -> None:
        headers = MutableHeaders(raw=list(self._start["headers"]))
        if headers.get("content-type", "").startswith("text/html"):
            self._body = french_index(self._body.decode()).encode()
        headers["content-length"] = str(len(self._body))
        await self._send({**self._start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": self._body})


def _uncompressed(scope: Scope) -> Scope:
    headers = Headers(scope=scope).mutablecopy()
    headers["accept-encoding"] = "identity"
    return {**scope, "headers": headers.raw}


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message["headers"]))
            headers.update(SECURITY_HEADERS)
            message = {**message, "headers": headers.raw}
        await send(message)

    return send_with_headers
