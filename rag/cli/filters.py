"""The options that narrow what a question is asked of."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer

from rag.errors import ConfigurationError, Problem
from rag.french import fold
from rag.types import Filters, Kind

Kinds = Annotated[
    list[str] | None,
    typer.Option(
        "--kind",
        metavar="SORTE",
        help=f"Seulement ces sortes de textes (répétable) : {', '.join(Kind)}.",
    ),
]
Publishers = Annotated[
    list[str] | None,
    typer.Option(
        "--publisher",
        metavar="ÉDITEUR",
        help="Seulement les textes de cet éditeur, par des mots de son nom (répétable) : CNIL.",
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", metavar="DATE", help="Seulement ce qui est publié depuis ce jour : 2024-01-01."
    ),
]
Until = Annotated[
    str | None,
    typer.Option("--until", metavar="DATE", help="Seulement ce qui est publié jusqu’à ce jour."),
]
Languages = Annotated[
    list[str] | None,
    typer.Option(
        "--language", metavar="LANGUE", help="Seulement ces langues (répétable) : fr, en."
    ),
]
Documents = Annotated[
    list[str] | None,
    typer.Option(
        "--document",
        metavar="ID",
        help="Seulement ces documents (répétable) : 32024R1689. "
        "« radiact documents list » donne leurs identifiants.",
    ),
]


def read_filters(
    *,
    kinds: Sequence[str] | None,
    publishers: Sequence[str] | None,
    since: str | None,
    until: str | None,
    languages: Sequence[str] | None,
    documents: Sequence[str] | None,
) -> Filters:
    """Read the options as typed.

    Raises:
        ConfigurationError: an unknown kind, an unusable date, or a period that is empty.
    """
    first, last = (parse_day(text) if text else None for text in (since, until))
    if first and last and first > last:
        raise ConfigurationError(Problem.BAD_PERIOD, since=first, until=last)
    return Filters(
        kinds=tuple(map(_kind, kinds or ())),
        publishers=tuple(filter(str.strip, publishers or ())),
        since=first,
        until=last,
        languages=tuple(language.strip().lower() for language in languages or ()),
        documents=tuple(map(str.strip, documents or ())),
    )


def parse_day(text: str) -> date:
    """Read a day in ISO form.

    Raises:
        ConfigurationError: it is not one.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ConfigurationError(Problem.BAD_DATE, value=text) from error


def _kind(text: str) -> Kind:
    try:
        return Kind("-".join(fold(text).split()))
    except ValueError as error:
        kinds = ", ".join(Kind)
        raise ConfigurationError(Problem.UNKNOWN_KIND, value=text, kinds=kinds) from error
