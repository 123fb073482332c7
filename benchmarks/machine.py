"""On what a measurement was made: the commit, the machine, the versions; nothing that names it."""

import os
import platform
import re
import subprocess
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rag import __version__

REPOSITORY = Path(__file__).parents[1]
LIBRARIES = ("torch", "numpy", "chromadb", "bm25s", "langchain-core")
MEASURED = ("rag", "documents", "benchmarks/*.py", "benchmarks/questions")
"""What changes a measurement, of the repository."""

UNKNOWN = "inconnu"


def facts() -> dict[str, Any]:
    """Tell the commit, whether files were changed since, the day, the machine and the versions."""
    return {
        "commit": _git("rev-parse", "--short=7", "HEAD") or UNKNOWN,
        "modified": bool(_git("status", "--porcelain", "--", *MEASURED)),
        "measured_at": datetime.now().astimezone().isoformat(timespec="seconds"),
        "machine": {
            "processor": processor(),
            "cores": os.cpu_count(),
            "memory_gib": round(memory_bytes() / 2**30, 1),
        },
        "versions": {
            "radiact": __version__,
            "python": platform.python_version(),
            **{library: version(library) for library in LIBRARIES},
        },
    }


def processor() -> str:
    """Name the processor's model, or its family where the system does not tell."""
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.M)
    except OSError:
        found = None
    return found[1] if found else platform.processor() or platform.machine()


def memory_bytes() -> int:
    """Give the machine's memory; 0 where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError):
        return 0


def _git(*arguments: str) -> str:
    """Ask git; give nothing where the files are not a checkout, or git is not installed."""
    try:
        done = subprocess.run(  # noqa: S603  # our own arguments
            ["git", *arguments],  # noqa: S607  # the user's git
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        return ""
    return done.stdout.strip()
