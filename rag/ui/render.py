"""Turn the page's values into HTML; templates escape every value, whoever wrote it."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from rag.dates import french_date
from rag.messages import LEFT_OUT_TITLE, VERDICTS, filter_words, french, typographic
from rag.remarks import notes, stand_in, warnings
from rag.types import Answer
from rag.types.feedback import MOST_CHARACTERS
from rag.ui import wording
from rag.ui.copied import copied, link
from rag.ui.examples import ROLES
from rag.ui.exporting import FORMATS as EXPORT_FORMATS
from rag.ui.remarks import with_warnings
from rag.ui.sources import cards
from rag.ui.turns import Turn
from rag.ui.why import reasons

if TYPE_CHECKING:
    from rag.ui.tabs import Tab

_templates = Environment(
    loader=PackageLoader("rag.ui", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.globals.update(
    cards=cards,
    copied=copied,
    export_formats=EXPORT_FORMATS,
    filter_words=filter_words,
    left_out_title=LEFT_OUT_TITLE,
    notes=notes,
    link=link,
    reasons=reasons,
    verdicts=VERDICTS,
    stand_in=stand_in,
    with_warnings=with_warnings,
    wording=wording,
)
_templates.filters.update(french=french, french_date=french_date, typographic=typographic)


def fragment(template: str, **values: object) -> str:
    """Render one of the templates."""
    return _templates.get_template(template).render(values)


def first_paint(all_tabs: "Iterable[Tab]") -> str:
    """Render what stands in the place of the page until gradio has laid it out."""
    return fragment("first_paint.html", tabs=all_tabs)


def header() -> str:
    """Render the name of the program and what it is for."""
    return fragment("header.html")


def tabs(all_tabs: "Iterable[Tab]") -> str:
    """Render the buttons of the tabs, of which the first is selected."""
    return fragment("tabs.html", tabs=all_tabs)


def day_picker(earliest: date, latest: date) -> str:
    """Render the date field, as the template that gradio makes a component of."""
    return fragment("day_picker.html", earliest=earliest, latest=latest)


def notice() -> str:
    """Render the statement that this is an AI system (AI Act, article 50, paragraph 1)."""
    return fragment("notice.html")


def privacy() -> str:
    """Render the warning against typing patient data."""
    return fragment("privacy.html")


def welcome() -> str:
    """Render the empty page: what one may ask, with examples by role."""
    return fragment("welcome.html", roles=ROLES)


def dialogs() -> str:
    """Render what opens above the page, all of it closed at first."""
    return fragment("dialogs.html", most_characters=MOST_CHARACTERS)


def status(text: str, *, state: str, destination: str = "") -> str:
    """Render the state of the program: ``loading``, ``ready`` or ``failed``.

    ``destination`` says where questions are sent, if anywhere.
    """
    return fragment("status.html", text=text, state=state, destination=destination)


def conversation(turns: tuple[Turn, ...]) -> str:
    """Render the questions and answers, and the line that screen readers announce."""
    return fragment("conversation.html", turns=turns, announcement=_announcement(turns))


def sources(turns: tuple[Turn, ...]) -> str:
    """Render the sources of each answer, of which only the latest are visible at first."""
    answered = tuple(turn for turn in turns if turn.answer is not None)
    return fragment("sources.html", turns=answered)


def _announcement(turns: tuple[Turn, ...]) -> str:
    """Say once that an answer is coming, then what came; not each step."""
    if not turns:
        return ""
    turn = turns[-1]
    if not turn.finished:
        return wording.COMING
    if turn.interrupted:
        return wording.INTERRUPTED
    if turn.answer is None:
        return turn.problem
    if turn.answer.abstained:
        return turn.answer.reason or wording.NO_ANSWER
    return " ".join(_spoken(turn, turn.answer))


def _spoken(turn: Turn, answer: Answer) -> Iterator[str]:
    """Yield what an answer lacks, its sentences, then its warnings."""
    if answer.reason:
        yield f"{wording.PARTIAL} {wording.missing_line(answer.reason)}"
    for sentence in chain.from_iterable(turn.paragraphs):
        if sentence.context:
            yield f"{wording.CONTEXT} {sentence.context}."
        yield sentence.text
    for remark in warnings(answer):
        yield f"{wording.WARNING} {remark.text}"
