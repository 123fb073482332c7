"""Serve the page: ``python app.py`` does what ``radiact serve`` does."""

import sys

from rag.cli.serving import serve_page
from rag.config import Settings
from rag.errors import RadiactError
from rag.messages import french


def main() -> int:
    """Serve until Ctrl-C; return the exit status of the command."""
    try:
        serve_page(Settings.from_environment())
    except RadiactError as error:
        sys.stderr.write(f"{french(error)}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
