"""The spaces of French typography."""

NBSP = "\N{NO-BREAK SPACE}"


def typographic(text: str) -> str:
    """Put no-break spaces where French wants them.

    >>> typographic("Vraiment ? « Oui »").count(NBSP)
    3
    """
    for mark in ":;?!»":
        text = text.replace(f" {mark}", f"{NBSP}{mark}")
    return text.replace("« ", f"«{NBSP}")
