"""Serve the page while the assistant loads, until Ctrl-C."""

import asyncio
import contextlib
import errno
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rag.config import Settings
from rag.errors import ConfigurationError, Problem
from rag.messages import typographic
from rag.ui.loading import Loading, OpenAssistant

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

STATIC = Path(__file__).parent / "static"
POLL_SECONDS = 0.05
SHUTDOWN_SECONDS = 2
EVERY_ADDRESS = ("", "0.0.0.0", "::")  # noqa: S104  # compared with, not bound to


def serve(
    settings: Settings,
    open_assistant: OpenAssistant,
    *,
    announce: Callable[[str], None] | None = None,
) -> None:
    """Serve the page, open the assistant in the background, and return after Ctrl-C.

    Args:
        settings: ``host`` and ``port`` are used.
        open_assistant: opens the assistant, slowly; called once, in a thread.
        announce: gets one French line once the page is served; standard output by default.

    Raises:
        ConfigurationError: the port is taken, or the address cannot be used.
    """
    loading = Loading(open_assistant)

    def served(_: "uvicorn.Server") -> None:
        loading.start()
        (announce or _write_line)(ready_line(settings))

    with contextlib.suppress(KeyboardInterrupt), listen(settings) as listener:
        asyncio.run(serve_on(listener, settings, loading, served=served))


def ready_line(settings: Settings) -> str:
    """Say where the page is, which can be opened before the models are loaded."""
    host = "127.0.0.1" if settings.host in EVERY_ADDRESS else settings.host
    host = f"[{host}]" if ":" in host else host
    return typographic(
        f"RadIAct est prêt : http://{host}:{settings.port} "
        "(les modèles se chargent encore ; Ctrl-C pour arrêter)"
    )


def listen(settings: Settings) -> socket.socket:
    """Take the port, before anything slow is done."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ConfigurationError(Problem.PORT_IN_USE, port=settings.port) from error
        raise ConfigurationError(
            Problem.BAD_SETTING,
            variable="RADIACT_HOST, RADIACT_PORT",
            value=f"{settings.host}:{settings.port}",
        ) from error


async def serve_on(
    listener: socket.socket,
    settings: Settings,
    loading: Loading,
    *,
    served: "Callable[[uvicorn.Server], None]",
) -> None:
    """Serve until Ctrl-C, or until someone sets ``should_exit`` on what ``served`` is given.

    The page is built here and not before, since gradio makes event loops that it never closes
    where none is running.
    """
    server = _make_server(build_app(settings, loading))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    while not (server.started or serving.done()):
        await asyncio.sleep(POLL_SECONDS)
    if server.started:
        served(server)
    await serving


def build_app(settings: Settings, loading: Loading) -> "FastAPI":
    """Mount the page, what its scripts ask for, its style; imports gradio, which takes seconds."""
    import gradio as gr
    from fastapi import APIRouter, FastAPI
    from fastapi.middleware.gzip import GZipMiddleware
    from fastapi.responses import HTMLResponse
    from fastapi.staticfiles import StaticFiles

    from rag.ui import reader, render
    from rag.ui.page import TABS, build_page
    from rag.ui.shell import ASSETS, Shell
    from rag.ui.status import status_line
    from rag.ui.theme import theme

    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.add_middleware(Shell, first_paint=render.first_paint(TABS))
    router = APIRouter(prefix=ASSETS)
    router.get("/status", response_class=HTMLResponse)(lambda: status_line(loading))
    for tab in TABS:
        tab.add_routes(router, loading)
    reader.add_routes(router, loading)
    app.include_router(router)
    app.mount(ASSETS, GZipMiddleware(StaticFiles(directory=STATIC)))
    gr.mount_gradio_app(
        app,
        build_page(loading),
        path="/",
        server_name=settings.host,
        server_port=settings.port,
        theme=theme(),
        footer_links=[],
        run_history=False,
        mcp_server=False,
        ssr_mode=False,
        pwa=False,
        enable_monitoring=False,
        show_error=False,
        max_file_size=1,  # nobody uploads anything
    )
    return app


def _make_server(app: "FastAPI") -> "uvicorn.Server":
    """Make the web server, which logs warnings only."""
    import uvicorn

    return uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            log_level="warning",
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        )
    )


def _write_line(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
