"""Serve the page: ``python app.py`` does what ``radiact serve`` does."""

import sys

from rag.cli.console import print_error
from rag.cli.serving import serve_page
from rag.config import Settings
from rag.errors import RadiactError


def main() -> int:
    """Serve until Ctrl-C; return the exit status of the command."""
    try:
        serve_page(Settings.from_environment())
    except RadiactError as error:
        return print_error(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
