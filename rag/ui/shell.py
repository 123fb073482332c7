"""Around gradio's page: French from the first byte, our style and script, and no way out.

Gradio writes ``lang="en"`` and advertises itself in its index page, and takes its own words from
the browser's language; this middleware corrects the page as it is served, and puts in it what is
shown until gradio has laid the page out.

The headers let the browser load and contact this server only, which makes « nothing leaves the
machine » a rule that the browser enforces, whatever a component would try. What the policy still
allows, and why:

- ``'unsafe-eval'``: gradio compiles the template and the script of each ``gr.HTML`` with
  ``new Function``; without it the page stays empty.
- no ``'unsafe-inline'`` for scripts: the inline ones of the index page carry a number drawn for
  each response (``nonce``), so that no ``<script>`` and no ``onclick`` that slipped into a text
  would run.
- ``'unsafe-inline'`` for styles: gradio's components are made from templates with ``style``
  attributes, and some write a ``<style>`` element; a style can load nothing from elsewhere.
- ``data:`` images: icons drawn in gradio's own style sheets.
"""

import re
import secrets
from dataclasses import dataclass
from html import escape
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.ui import wording

ASSETS = "/radiact"
OK = 200

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'unsafe-eval'{nonce}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
UNUSED = ("camera", "microphone", "geolocation", "display-capture", "payment", "usb", "serial")

SECURITY_HEADERS = {
    "Content-Security-Policy": POLICY.format(nonce=""),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in UNUSED),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
NONCE_BYTES = 16

HASHED = "/assets/"  # gradio names each of these files by its content
FOR_EVER = "public, max-age=31536000, immutable"
CHECKED_EACH_TIME = "no-cache"  # else a browser may keep our style past an update of the program

STYLES = (
    *("base", "layout", "conversation", "composer", "badges", "sources"),
    *("menus", "filters", "why", "panels", "official_texts", "glossary", "reader", "reader_parts"),
    *("welcome", "turn_foot", "dialogs", "quote", "checks", "exports"),
    *("documents", "additions", "removal", "about", "narrow", "first_paint"),
    *("system_colours", "print"),
)
SCRIPTS = (
    *("first_paint", "page", "tabs", "day", "panels", "filters", "official_texts", "glossary"),
    *("asking", "roles", "clipboard", "copy", "feedback", "quote", "left_out", "kept", "keyboard"),
    *(
        "references",
        "exports",
        "documents",
        "additions",
        "about",
        "privacy",
        "shield",
        "zoom",
        "reader",
    ),
)

HEAD = f"""<head>
<title>{escape(wording.TITLE)}</title>
<script>Object.defineProperty(navigator, "language", {{ value: "fr" }});</script>
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#16232a">
<link rel="icon" href=".{ASSETS}/icon.svg" type="image/svg+xml">
{"".join(f'<link rel="stylesheet" href=".{ASSETS}/{name}.css">' for name in STYLES)}
{"".join(f'<script defer src=".{ASSETS}/{name}.js"></script>' for name in SCRIPTS)}
"""

ADVERTISEMENT = re.compile(r"<meta\s+(?:property=\"og:|name=\"twitter:)[^>]*>\s*")
# What a page inside another page needs (no other page may hold this one), and the list of icons
# of a program installed from its page.
UNNEEDED = re.compile(
    r"<script>(?:(?!</script>).)*iframeResizer\.contentWindow(?:(?!</script>).)*</script>"
    r"|<link rel=\"manifest\"[^>]*>",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Shell:
    """ASGI middleware that rewrites the index page and adds the security headers.

    ``first_paint`` is shown until gradio has laid the page out.
    """

    app: ASGIApp
    first_paint: str = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request; anything but the index page passes through as it streams."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"] == "/" and scope["method"] == "GET":
            shown = _with_headers(_IndexPage(send, self.first_paint), CHECKED_EACH_TIME)
            await self.app(_uncompressed(scope), receive, shown)
        else:
            is_hashed = scope["path"].startswith(HASHED)
            kept = FOR_EVER if is_hashed else CHECKED_EACH_TIME
            await self.app(scope, receive, _with_headers(send, kept))


def french_index(page: str, *, first_paint: str = "", nonce: str = "") -> str:
    """Make gradio's index page French and ours, and let its own scripts run.

    >>> french_index('<html lang="en"><head>').split(">")[0]
    '<html lang="fr"'
    >>> french_index("<script>1</script>", nonce="abc")
    '<script nonce="abc">1</script>'
    """
    page = ADVERTISEMENT.sub("", page.replace('lang="en"', 'lang="fr"', 1))
    page = UNNEEDED.sub("", page.replace("<head>", HEAD, 1))
    page = page.replace("<gradio-app", f"{first_paint}\n<gradio-app", 1)
    return page.replace("<script", f'<script nonce="{nonce}"')


class _IndexPage:
    """Send that holds the page back until it is whole, then sends it rewritten."""

    def __init__(self, send: Send, first_paint: str) -> None:
        self._send = send
        self._first_paint = first_paint
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
            nonce = secrets.token_urlsafe(NONCE_BYTES)
            page = french_index(self._body.decode(), first_paint=self._first_paint, nonce=nonce)
            self._body = page.encode()
            headers["content-security-policy"] = POLICY.format(nonce=f" 'nonce-{nonce}'")
        headers["content-length"] = str(len(self._body))
        await self._send({**self._start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": self._body})


def _uncompressed(scope: Scope) -> Scope:
    headers = Headers(scope=scope).mutablecopy()
    headers["accept-encoding"] = "identity"
    return {**scope, "headers": headers.raw}


def _with_headers(send: Send, kept: str) -> Send:
    """Add the headers; ``kept`` says how long a browser may keep what does not say it itself."""

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message["headers"]))
            headers.update(SECURITY_HEADERS)
            if message["status"] == OK:
                headers.setdefault("cache-control", kept)
            message = {**message, "headers": headers.raw}
        await send(message)

    return send_with_headers
