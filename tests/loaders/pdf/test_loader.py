import io
from contextlib import suppress
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import LoadError, Problem
from rag.loaders import load
from rag.types import Page
from tests.loaders.checks import anchors, check_document, column, make_pdf, words, write

FIRST = column(
    "Le déployeur conserve les journaux pendant une durée adaptée à la",
    "destination du système. Il les tient à la disposition de l'auto-",
    "rité. Le sous-traitant et le sous-",
    "traitant ultérieur en font autant.",
    "",
    "La conservation des journaux est une",
)
SECOND = column(
    "obligation. Elle dure six mois au moins.",
    "",
    "Un autre paragraphe de la deuxième page, avec des mots, et l'autorité.",
    top=770,
)
FRAME = [(60.0, 815.0, "Guide des journaux"), (290.0, 20.0, "{}/3")]


def framed(number: int, body: list[tuple[float, float, str]]) -> list[tuple[float, float, str]]:
    return body + [(left, top, text.format(number)) for left, top, text in FRAME]


PAGES = [framed(1, FIRST), framed(2, SECOND), framed(3, column("Une troisième page, enfin."))]


def test_headers_footers_and_broken_words_are_mended(tmp_path: Path) -> None:
    document = load(write(tmp_path, "guide.pdf", make_pdf(PAGES, title="Guide interne")))
    check_document(document)
    assert document.metadata.title == "Guide interne"
    assert "Guide des journaux" not in document.text
    assert "/3" not in document.text
    assert "à la disposition de l'autorité. Le sous-traitant et le sous-traitant" in document.text


def test_sentence_over_two_pages_stays_whole_in_the_first(tmp_path: Path) -> None:
    document = load(write(tmp_path, "guide.pdf", make_pdf(PAGES)))
    assert anchors(document) == ["page-1", "page-2", "page-3"]
    assert words(document, "page-1").endswith("La conservation des journaux est une obligation.")
    assert words(document, "page-2").startswith("Elle dure six mois au moins.")
    second = document.text.index("obligation.")
    third = document.text.index("Une troisième")
    assert document.pages == (
        Page(number=1, start=0), Page(number=2, start=second), Page(number=3, start=third),
    )  # fmt: skip


def test_superscripts_are_readable_and_note_marks_are_dropped(tmp_path: Path) -> None:
    left, marks = 60.0, []
    for text in ("Le n", "^o", " 300/2008 dit 10", "^25", " calculs (", "^1", "), au moins."):
        raised = text.startswith("^")
        marks.append((left, 704.0 if raised else 700.0, text))
        left += 3.6 * (len(text) - 1) if raised else 6 * len(text)
    document = load(write(tmp_path, "a.pdf", make_pdf([marks])))
    assert document.text == "Le n° 300/2008 dit 10²⁵ calculs, au moins."


def test_title_that_is_a_file_name_is_no_title(tmp_path: Path) -> None:
    document = load(write(tmp_path, "mon-guide.pdf", make_pdf(PAGES, title="guide_v2.indd")))
    assert document.metadata.title == "Mon guide"


def test_outline_gives_sections(tmp_path: Path) -> None:
    lines = ("Il faut conserver les journaux", "pendant six mois au moins,", "par prudence.")
    pages = [
        column("Journaux", "", *lines),
        column("Formation", "", "Il faut former le personnel.", "", "Information", "", *lines),
    ]
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf(pages)))
    chapter = writer.add_outline_item(title="Journaux", page_number=0)
    writer.add_outline_item(title="Formation", page_number=1, parent=chapter)
    writer.add_outline_item(title="Information", page_number=1)
    buffer = io.BytesIO()
    writer.write(buffer)
    document = load(write(tmp_path, "guide.pdf", buffer.getvalue()))
    check_document(document)
    assert anchors(document) == ["journaux", "formation", "information"]
    assert words(document, "formation") == "Il faut former le personnel."
    assert [page.number for page in document.pages] == [1, 2]


def encrypted() -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(make_pdf(PAGES)))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (encrypted(), Problem.ENCRYPTED),
        (b"%PDF-1.4\nrien", Problem.UNREADABLE),
        (make_pdf(PAGES)[:200], Problem.UNREADABLE),
        (make_pdf([[]]), Problem.NO_TEXT),
        (make_pdf([column("Un titre sur une image")], image=True), Problem.NO_TEXT),
    ],
)
def test_bad_pdf_is_refused(tmp_path: Path, content: bytes, problem: Problem) -> None:
    with pytest.raises(LoadError) as caught:
        load(write(tmp_path, "a.pdf", content))
    assert caught.value.problem is problem


def test_short_page_without_image_is_text(tmp_path: Path) -> None:
    document = load(write(tmp_path, "a.pdf", make_pdf([column("Une seule phrase, courte.")])))
    assert document.text == "Une seule phrase, courte."


WHOLE = make_pdf(PAGES)


@settings(deadline=None)
@given(position=st.integers(0, len(WHOLE) - 1), byte=st.integers(0, 255))
def test_damaged_file_is_loaded_or_refused(
    tmp_path_factory: pytest.TempPathFactory, position: int, byte: int
) -> None:
    damaged = WHOLE[:position] + bytes([byte]) + WHOLE[position + 1 :]
    path = write(tmp_path_factory.getbasetemp(), "abime.pdf", damaged)
    with suppress(LoadError):
        check_document(load(path))
