"""The commands: ``radiact``, or ``python -m rag``.

Exit status: 0 done; 1 done in part, each failure named; 2 wrong usage or unusable configuration.
"""

import io
import logging
import sys

from rag.cli.app import app
from rag.cli.console import errors
from rag.errors import ConfigurationError, QuestionError, RadiactError
from rag.messages import french

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
        errors.print(french(error), style="red", highlight=False, markup=False)
        usage = isinstance(error, ConfigurationError | QuestionError)
        sys.exit(2 if usage else 1)
    except KeyboardInterrupt:
        errors.print("Interrompu : ce qui était indexé reste intact.")
        sys.exit(130)
