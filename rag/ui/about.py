"""The tab « À propos »: what the program is, what it cannot do, what it keeps, whose work it is."""

from collections.abc import Mapping
from datetime import datetime

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from rag import __version__
from rag.credits import libraries
from rag.dates import french_date
from rag.messages import NBSP, typographic
from rag.ui import render, wording
from rag.ui.components import html
from rag.ui.fragments import when_ready
from rag.ui.kept import MOST_ANSWERS
from rag.ui.loading import Loading
from rag.ui.tabs import Tab


def lay_out(_loading: Loading) -> None:
    """Lay out what holds whatever is indexed, and the place of the rest."""
    html(
        render.fragment(
            "about.html",
            version=__version__,
            libraries=list(libraries()),
            most_answers=wording.number(MOST_ANSWERS),
        )
    )


def add_routes(router: APIRouter, loading: Loading) -> None:
    """Serve what is known of this installation."""

    @router.get("/about", response_class=HTMLResponse)
    def about() -> str:
        return when_ready(loading, lambda assistant: installation(assistant.describe()))


TAB = Tab(id="a-propos", label="À propos", lay_out=lay_out, add_routes=add_routes)


def installation(description: Mapping[str, object]) -> str:
    """Render what this installation is made of: versions, counts, dates, folder."""
    changed_at = description.get("changed_at")
    facts = {
        "Programme": f"RadIAct {__version__}",
        "Encodeur": str(description.get("model", "")),
        "Empreinte de l’encodeur (SHA-256)": str(description.get("fingerprint", "")),
        "Modèle de langage": _model(description),
        "Textes indexés": wording.corpus_line(description),
        "Dernière indexation": time_line(changed_at) if isinstance(changed_at, datetime) else "",
        "Dossier de données": str(description.get("data_dir", "")),
    }
    return render.fragment(
        "about_installation.html", facts=[(name, value) for name, value in facts.items() if value]
    )


def _model(description: Mapping[str, object]) -> str:
    """Say which model writes the answers and where it runs, or that none does."""
    model = description.get("llm")
    if not model:
        return typographic("aucun : les réponses sont faites d’extraits")
    if not description.get("llm_is_remote"):
        return f"{model}, sur cette machine"
    return f"{model}, {description.get('llm_host') or 'sur un serveur distant'}"


def time_line(time: datetime) -> str:
    """Say when something was, in the time of this machine."""
    local = time.astimezone()
    return f"{french_date(local.date())} à {local.hour}{NBSP}h{NBSP}{local.minute:02}"
