"""The commands: ``radiact``, or ``python -m rag``.

Exit status: 0 done; 1 done in part, each failure named; 2 wrong usage or unusable configuration.
"""

import io
import logging
import sys

from rag.cli.app import app
from rag.cli.console import print_error
from rag.errors import RadiactError

__all__ = ["main"]


def main() -> None:
    """Run the command line; the program's own errors become one French line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # French, wherever the output goes
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    try:
        app()
    except RadiactError as error:
        sys.exit(print_error(error))
