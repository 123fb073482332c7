"""Reading where a citation leads, on a real register and real files."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from fpdf import FPDF

from rag import loaders
from rag.config import Settings
from rag.errors import LoadError, Problem, StoreError
from rag.loaders.pdf.images import MOST_PIXELS, draw_page, view_page
from rag.pipeline import Assistant
from rag.pipeline.ingestion import state_sha256
from rag.pipeline.reading import look_at_page, page_image, read
from rag.register import Register
from rag.types import Document, FileState, VersionState
from tests.conftest import HashingEncoder
from tests.factories import write_notice
from tests.ui.fake_reading import PDF_QUOTE, make_law, write_pdf


@pytest.fixture
def register(tmp_path: Path) -> Register:
    register = Register(f"sqlite:///{tmp_path / 'register.sqlite'}")
    yield register
    register.close()


@pytest.fixture
def law(register: Register) -> Document:
    document = make_law()
    register.save(document, [], sha256=document.sha256)
    return document


def save(register: Register, path: Path) -> Document:
    document = loaders.load(path)
    register.save(document, [], sha256=state_sha256(path))
    return document


def span_of(document: Document, words: str) -> tuple[int, int]:
    start = document.text.index(words)
    return start, start + len(words)


def test_citation_is_read_in_its_article(register: Register, law: Document):
    start, end = span_of(law, "Ils les conservent")
    found = read(register, law.id, version=1, anchor="art_26.6", start=start, end=end)
    assert (found.place.anchor, found.anchor) == ("art_26", "art_26.6")
    assert found.quoted == "Ils les conservent"
    marked = [run for line in found.lines for run, is_quoted in line.runs(found.quote) if is_quoted]
    assert marked == ["Ils les conservent"]
    assert found.address.endswith("/oj/fra#art_26")
    assert (found.previous, found.following.anchor) == (None, "art_27")
    assert found.state is VersionState.CURRENT
    assert found.file is None


def test_document_alone_is_read_from_its_beginning(register: Register, law: Document):
    assert read(register, law.id).place.anchor == "art_26"
    assert read(register, law.id, anchor="art_27").place.anchor == "art_27"


def test_paragraph_asked_for_is_told_in_its_article(register: Register, law: Document):
    found = read(register, law.id, anchor="art_26.6")
    assert (found.place.anchor, found.at, found.quote) == ("art_26", 1000, None)
    (line,) = (line for line in found.lines if line.holds(found.at))
    assert line.text.startswith("Les déployeurs de systèmes")


def test_every_citation_of_an_answer_is_read_word_for_word(
    settings: Settings, encoder: HashingEncoder
):
    body = "Le déployeur garde les journaux six mois au moins.\n\n## Et après ?\n\nIl les efface."
    write_notice(settings.documents_dir, "un", body)
    assistant = Assistant.open(settings, encoder=encoder)
    assistant.ingest()
    hits = assistant.ask("Combien de temps le déployeur garde-t-il les journaux ?").hits
    assert hits
    for hit in hits:
        passage = hit.passage
        found = assistant.read(
            passage.document, version=hit.version, start=passage.start, end=passage.end
        )
        assert found.quoted == passage.text
        assert found.anchor == passage.anchor


def test_former_version_keeps_the_words_that_were_quoted(register: Register, law: Document):
    start, end = span_of(law, "Ils les conservent")
    register.save(replace(law, text=law.text.replace("six", "sept")), [], sha256="1" * 64)
    found = read(register, law.id, version=1, start=start, end=end)
    assert (found.state, found.current) == (VersionState.SUPERSEDED, 2)
    assert "six mois" in " ".join(line.text for line in found.lines)
    assert read(register, law.id).version == 2


def test_removed_document_is_still_read(register: Register, law: Document):
    register.remove(law.id, by_hand=True)
    found = read(register, law.id, version=1)
    assert (found.state, found.current) == (VersionState.REMOVED, None)


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        ({"document": "absent"}, Problem.UNKNOWN_DOCUMENT),
        ({"version": 9}, Problem.UNKNOWN_VERSION),
        ({"anchor": "art_99"}, Problem.UNKNOWN_UNIT),
        ({"start": 5, "end": 2}, Problem.UNKNOWN_SPAN),
        ({"start": 0, "end": 10**9}, Problem.UNKNOWN_SPAN),
    ],
)
def test_what_does_not_exist_is_named(
    register: Register, law: Document, where: dict[str, object], problem: Problem
):
    with pytest.raises(StoreError) as raised:
        read(register, **{"document": law.id, **where})
    assert raised.value.problem is problem


def test_version_of_another_document_is_refused(register: Register, law: Document):
    register.save(make_other(law), [], sha256="2" * 64)
    with pytest.raises(StoreError):
        read(register, law.id, version=2)


def make_other(law: Document) -> Document:
    return replace(law, metadata=replace(law.metadata, id="autre"))


def test_page_shows_the_quote_on_its_lines(register: Register, tmp_path: Path):
    document = save(register, write_pdf(tmp_path / "procedure.pdf", 12))
    start, end = span_of(document, PDF_QUOTE)
    found = read(register, document.id, start=start, end=end)
    assert (found.page, found.file) == (12, FileState.SAME)
    view = look_at_page(register, document.id, 12, start=start, end=end)
    assert (view.count, len(view.marks), view.quote_pages) == (12, 3, (12,))
    assert all(0 <= mark.left < mark.left + mark.width <= 10_000 for mark in view.marks)
    assert [mark.top for mark in view.marks] == sorted(mark.top for mark in view.marks)
    assert look_at_page(register, document.id, 11, start=start, end=end).marks == ()
    assert page_image(register, document.id, 12, width=900).startswith(b"\x89PNG")


def test_changed_or_lost_file_leaves_the_text(register: Register, tmp_path: Path):
    path = write_pdf(tmp_path / "procedure.pdf", 3)
    document = save(register, path)
    write_pdf(path, 4)
    assert read(register, document.id).file is FileState.CHANGED
    with pytest.raises(StoreError) as raised:
        page_image(register, document.id, 1, width=900)
    assert raised.value.problem is Problem.NO_PAGE_IMAGE
    path.unlink()
    found = read(register, document.id)
    assert found.file is FileState.GONE
    assert found.lines


def test_last_of_two_thousand_pages_opens(tmp_path: Path):
    path = write_pdf(tmp_path / "long.pdf", 2000)
    view = view_page(path, 2000, quote=PDF_QUOTE)
    image = draw_page(path, 2000, width=900)
    assert (view.count, len(view.marks)) == (2000, 3)
    assert image.startswith(b"\x89PNG")
    with pytest.raises(StoreError):
        view_page(path, 2001)


def test_huge_page_is_drawn_with_few_pixels(tmp_path: Path):
    pdf = FPDF(format=(100, 5000))
    pdf.add_page()
    pdf.output(str(tmp_path / "haute.pdf"))
    image = draw_page(tmp_path / "haute.pdf", 1, width=2000)
    width, height = (int.from_bytes(image[at : at + 4]) for at in (16, 20))
    assert width * height <= MOST_PIXELS * 1.01


def test_pages_are_drawn_while_another_file_is_read(tmp_path: Path):
    path = write_pdf(tmp_path / "procedure.pdf", 40)
    alone = loaders.load(path).text
    with ThreadPoolExecutor(3) as threads:
        images = [threads.submit(draw_page, path, number, width=300) for number in range(1, 41)]
        assert loaders.load(path).text == alone
        assert all(image.result().startswith(b"\x89PNG") for image in images)


def test_damaged_file_is_named(tmp_path: Path):
    path = tmp_path / "faux.pdf"
    path.write_bytes(b"%PDF-1.7 rien")
    with pytest.raises(LoadError):
        draw_page(path, 1, width=900)
