"""Documents to read in the page: kept in a real register, in a folder of their own."""

import random
import tempfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from fpdf import FPDF

from rag import loaders
from rag.pipeline import reading
from rag.pipeline.ingestion import state_sha256
from rag.register import Register
from rag.types import Answer, Document, Kind, PageView, Reading, Sentence, Unit
from tests.ui.fake_hits import OVERSIGHT, RETENTION, make_citation, make_hit, make_metadata

FILLER = "Les déployeurs surveillent le fonctionnement du système d’IA. "
PDF_QUOTE = "Le service conserve les journaux pendant six mois au moins."
PDF_PAGES = 12
LONG_WORD = "anticonstitutionnellement" * 20
HOSTILE_TEXT = (
    "Titre <script>window.pirate = true</script>\n\n"
    f"<img src=x onerror=alert(1)> {LONG_WORD}\n\n"
    "Fin \N{RIGHT-TO-LEFT OVERRIDE}étrevni \N{ARABIC LETTER ALEF} et [lien](javascript:alert(1)).\n"
)


def make_law() -> Document:
    """The article that the fake answers quote, at the offsets that they give."""
    first = OVERSIGHT + "\n\n"
    middle = (FILLER * 30)[: 998 - len(first)] + "\n\n"
    text = (
        f"{first}{middle}{RETENTION}\n\nArticle 27\n\nAvant le déploiement, une analyse est faite."
    )
    end = 1000 + len(RETENTION)
    last = text.index("Avant le déploiement")
    headings = ("Chapitre III – Systèmes d’IA à haut risque", "Article 26")

    def unit(anchor: str, label: str, start: int, stop: int, parent: str | None = None) -> Unit:
        return Unit(
            anchor=anchor, label=label, start=start, end=stop, headings=headings, parent=parent
        )

    units = (
        unit("art_26", "article 26", 0, end),
        unit("art_26.2", "article 26, paragraphe 2", 0, len(OVERSIGHT), "art_26"),
        unit("art_26.6", "article 26, paragraphe 6", 1000, end, "art_26"),
        unit("art_27", "article 27", last, len(text)),
    )
    return Document(
        metadata=make_metadata(), text=text, units=units, source=Path("loi.html"), sha256="0" * 64
    )


def make_hostile() -> Document:
    facts = make_metadata(
        id='pi"rate<',
        title="Notice <script>1</script>",
        url="javascript:alert(1)",
        kind=Kind.NOTICE,
    )
    unit = Unit(anchor="a<b", label="section <b>", start=0, end=60, headings=("<script>x",))
    return Document(
        metadata=facts, text=HOSTILE_TEXT, units=(unit,), source=Path("x.md"), sha256="0" * 64
    )


WORDS = "image scanner dose patient radiologue compte rendu service lecture serveur examen".split()


def write_pdf(path: Path, pages: int) -> Path:
    """Write a PDF of different pages, the last of which holds the quote, over several lines."""
    chance = random.Random(0)
    pdf = FPDF(format="A4")
    pdf.set_font("Helvetica", size=14)
    for number in range(1, pages + 1):
        pdf.add_page()
        said = " ".join(chance.choices(WORDS, k=chance.randint(6, 14))).capitalize()
        pdf.multi_cell(100, text=f"{said}.", new_x="LMARGIN", new_y="NEXT")
        if number == pages:
            pdf.multi_cell(70, text=f"{PDF_QUOTE} Fin.")
    pdf.output(str(path))
    return path


def save_file(register: Register, path: Path) -> Document:
    document = loaders.load(path)
    register.save(document, [], sha256=state_sha256(path))
    return document


@cache
def shared_register() -> Register:
    folder = Path(tempfile.mkdtemp(prefix="radiact-lecture-"))
    register = Register(f"sqlite:///{folder / 'register.sqlite'}")
    for document in (make_law(), make_hostile()):
        register.save(document, [], sha256=document.sha256)
    save_file(register, write_pdf(folder / "procedure.pdf", PDF_PAGES))
    return register


def make_pdf_answer(question: str) -> Answer:
    """Answer from the last page of the PDF."""
    stored = shared_register().version("procedure")
    page = stored.pages[-1].start
    text = stored.text[page:].replace("\n", " ")
    hit = make_hit(
        text,
        id="procedure#page-12",
        anchor="page-12",
        label="page 12",
        headings=(),
        start=page,
        end=page + len(text),
        page=12,
        metadata=stored.metadata,
    )
    citation = make_citation(1, replace(hit, version=stored.number), PDF_QUOTE)
    return Answer(
        question=question,
        markdown=PDF_QUOTE,
        as_of=date(2026, 11, 23),
        mode="extractive",
        sentences=(Sentence(text=PDF_QUOTE, citations=(1,), verified=True),),
        citations=(citation,),
        hits=(citation.hit,),
    )


class FakeReading:
    """The part of the fake assistant that reads, as the real one does."""

    def read(self, document: str, **where: object) -> Reading:
        return reading.read(shared_register(), document, **where)

    def look_at_page(self, document: str, number: int, **where: object) -> PageView:
        return reading.look_at_page(shared_register(), document, number, **where)

    def page_image(self, document: str, number: int, **where: object) -> bytes:
        return reading.page_image(shared_register(), document, number, **where)
