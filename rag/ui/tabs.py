"""What a tab of the page is. Each has a module of its own, and a line in ``page.TABS``."""

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter

from rag.ui.loading import Loading


def no_routes(_router: APIRouter, _loading: Loading) -> None:
    """Serve nothing more: for a tab that needs nothing but gradio's events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A tab.

    Attributes:
        id: names its button (``tab-<id>``) and its panel (``panel-<id>``).
        label: the words on its button.
        lay_out: puts its components into its panel, and connects them.
        add_routes: serves the fragments that its script asks for.
    """

    id: str
    label: str
    lay_out: Callable[[Loading], None]
    add_routes: Callable[[APIRouter, Loading], None] = no_routes
