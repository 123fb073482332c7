"""``python -m rag``, the same as ``radiact``."""

from rag.cli import main

if __name__ == "__main__":
    main()
