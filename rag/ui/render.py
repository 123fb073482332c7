"""Turn a conversation into HTML; templates escape every value, whoever wrote it."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from rag.dates import french_date
from rag.messages import typographic
from rag.ui import wording
from rag.ui.conversation import Turn
from rag.ui.sources import cards

_templates = Environment(
    loader=PackageLoader("rag.ui", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.globals.update(cards=cards, wording=wording)
_templates.filters.update(french_date=french_date, typographic=typographic)


def header() -> str:
    """Render the name of the program and what it is for."""
    return _templates.get_template("header.html").render()


def notice() -> str:
    """Render the statement that this is an AI system (AI Act, article 50, paragraph 1)."""
    return _templates.get_template("notice.html").render()


def privacy() -> str:
    """Render the warning against typing patient data."""
    return _templates.get_template("privacy.html").render()


def welcome() -> str:
    """Render what stands above the example questions."""
    return _templates.get_template("welcome.html").render()


def status(text: str, *, state: str) -> str:
    """Render the state of the program: ``loading``, ``ready`` or ``failed``."""
    return _templates.get_template("status.html").render(text=text, state=state)


def conversation(turns: tuple[Turn, ...]) -> str:
    """Render the questions and answers, and the line that screen readers announce."""
    return _templates.get_template("conversation.html").render(
        turns=turns, announcement=_announcement(turns)
    )


def sources(turns: tuple[Turn, ...]) -> str:
    """Render the sources of each answer, of which only the latest are visible at first."""
    answered = tuple(turn for turn in turns if turn.answer is not None)
    return _templates.get_template("sources.html").render(turns=answered)


def _announcement(turns: tuple[Turn, ...]) -> str:
    """Say once that an answer is coming, then the answer; not each step of either."""
    if not turns:
        return ""
    turn = turns[-1]
    if not turn.finished:
        return wording.COMING
    if turn.answer is None:
        return turn.problem
    if turn.answer.abstained:
        return turn.answer.reason or wording.NO_ANSWER
    return " ".join(sentence.text for paragraph in turn.paragraphs for sentence in paragraph)
