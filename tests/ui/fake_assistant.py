"""A deterministic assistant, and answers made of the program's own types."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import mkdtemp

from rag.config import Settings
from rag.errors import LanguageModelError, Problem, QuestionError, StoreError
from rag.library import Listed
from rag.pipeline import Addition, PullReport
from rag.sources import SourceState
from rag.thesaurus import Thesaurus
from rag.types import (
    NO_FILTER,
    Answer,
    Caveat,
    CaveatKind,
    Claim,
    Contradiction,
    Filters,
    Kind,
    Metadata,
    Progress,
    Sentence,
    Settlement,
    Status,
    TellAnswer,
    Twin,
    Verdict,
)
from tests.ui.fake_hits import (
    AMENDED,
    AMENDED_LATER,
    NOT_APPLICABLE,
    OVERSIGHT,
    RETENTION,
    RETENTION_QUOTE,
    make_citation,
    make_hit,
    make_metadata,
)
from tests.ui.fake_reading import FakeReading, make_pdf_answer
from tests.ui.fake_register import FakeRegister
from tests.ui.fake_texts import THESAURUS, FakeTexts
from tests.ui.fake_writing import Pen, make_written_answer

AS_OF = date(2026, 11, 23)
HOSTILE = "<script>window.pirate = true</script>"
SUGGESTIONS = ("Qui garde les journaux ?", f"Que vaut {HOSTILE} ?")


def make_answer(question: str = "Combien de temps ?", **changes: object) -> Answer:
    retention = make_citation(1, make_hit(), RETENTION_QUOTE)
    oversight = make_citation(
        2,
        make_hit(
            OVERSIGHT,
            id="32024R1689#art_26.2",
            anchor="art_26.2",
            label="article 26, paragraphe 2",
            start=0,
            end=len(OVERSIGHT),
            score=0.61,
            caveats=(NOT_APPLICABLE,),
        ),
        OVERSIGHT,
    )
    values: dict[str, object] = {
        "question": question,
        "markdown": f"{RETENTION_QUOTE} [1] {OVERSIGHT} [2]",
        "as_of": AS_OF,
        "mode": "extractive",
        "sentences": (
            Sentence(text=RETENTION_QUOTE, citations=(1,), verified=True),
            Sentence(text=OVERSIGHT, citations=(2,), verified=True),
        ),
        "citations": (retention, oversight),
        "hits": (retention.hit, oversight.hit),
        "suggestions": SUGGESTIONS,
    }
    return Answer(**{**values, **changes})


def make_abstention(question: str) -> Answer:
    return Answer(
        question=question,
        markdown="",
        as_of=AS_OF,
        mode="extractive",
        abstained=True,
        reason="Aucun passage ne traite de cette question : elle sort des textes indexés.",
        hits=tuple(
            make_hit(score=score, label=f"article {n}")
            for n, score in enumerate((0.4, 0.3, 0.2, 0.1), start=1)
        ),
        suggestions=SUGGESTIONS[:1],
    )


def make_fact_answer(question: str) -> Answer:
    """Answer a question of fact with a sentence that needs its subject named before it."""
    answer = make_answer(question)
    retention, oversight = answer.sentences
    start = retention.text.index("six mois")
    told = replace(
        retention,
        context=answer.hits[0].passage.headings[-1],
        emphasis=((start, start + len("six mois")),),
    )
    return replace(answer, sentences=(told, oversight))


def make_partial_answer(question: str) -> Answer:
    return make_answer(
        question,
        reason="Réponse partielle : les passages cités ne parlent pas de « dosimètre ».",
    )


def make_superseded_answer(question: str, as_of: date = AS_OF, **changes: object) -> Answer:
    """Answer with five sources: amended, a notice, amended, amended later, plainly in force."""
    caveats = [(AMENDED, NOT_APPLICABLE), (NOT_APPLICABLE,), (AMENDED,), (AMENDED_LATER,), ()]
    notice = make_metadata(id="notice", title="Notice", kind=Kind.NOTICE, publisher="RadIAct")
    citations = tuple(
        make_citation(
            n,
            make_hit(caveats=told, metadata=notice if n == 2 else make_metadata()),
            RETENTION_QUOTE if n % 2 else RETENTION.split("\n")[2],
        )
        for n, told in enumerate(caveats, start=1)
    )
    values: dict[str, object] = {
        "sentences": tuple(
            Sentence(text=citation.quote, citations=(citation.n,), verified=True)
            for citation in citations
        ),
        "citations": citations,
        "hits": tuple(citation.hit for citation in citations),
        "as_of": as_of,
    }
    return make_answer(question, **{**values, **changes})


def make_notice_answer(question: str) -> Answer:
    """Answer from a document whose every text is hostile."""
    text = f"Texte {HOSTILE} [lien](javascript:alert(1)) ${{alert(2)}} {{{{value}}}}."
    hit = make_hit(
        text,
        label=f"section {HOSTILE}",
        headings=(HOSTILE,),
        page=None,
        metadata=make_metadata(
            title=f"Notice {HOSTILE}",
            publisher=HOSTILE,
            url="javascript:alert(1)",
            kind=Kind.NOTICE,
            status=Status.OUTDATED,
        ),
        caveats=(Caveat(kind=CaveatKind.PREDATES, by=HOSTILE, note=HOSTILE),),
    )
    citation = make_citation(1, hit, text)
    return Answer(
        question=question,
        markdown=text,
        as_of=AS_OF,
        mode="extractive",
        sentences=(Sentence(text=text, citations=(1,), verified=True),),
        citations=(citation,),
        hits=(hit,),
    )


def make_disagreeing_answer(question: str) -> Answer:
    """Answer from the law and from a hostile notice that gives another duration."""
    law = make_hit()
    text = "Les déployeurs conservent les journaux pendant deux ans."
    facts = make_metadata(
        id="notice", title=f"Notice {HOSTILE}", kind=Kind.NOTICE, checked=date(2026, 11, 20)
    )
    notice = make_hit(text, id="notice#un", metadata=facts)
    claims = (
        Claim(sentence=0, words="six mois", passage=law.passage, metadata=law.metadata),
        Claim(sentence=1, words="deux ans", passage=notice.passage, metadata=facts),
    )
    return make_answer(
        question,
        sentences=(
            Sentence(text=RETENTION_QUOTE, citations=(1,), verified=True),
            Sentence(text=text, citations=(2,), verified=True),
        ),
        citations=(make_citation(1, law, RETENTION_QUOTE), make_citation(2, notice, text)),
        hits=(law, notice),
        contradictions=(Contradiction(claims=claims, settlement=Settlement.LAW),),
    )


DOCUMENTS = [
    make_metadata(),
    make_metadata(
        id="cnil-ia-fiches",
        title="Fiches pratiques sur l’intelligence artificielle",
        kind=Kind.RECOMMENDATION,
        publisher="Commission nationale de l’informatique et des libertés (CNIL)",
    ),
    make_metadata(id="notice", title=f"Notice {HOSTILE}", kind=Kind.NOTICE, publisher="RadIAct"),
    make_metadata(
        id="esr-2025", title="ESR recommendations", kind=Kind.RECOMMENDATION, language="en"
    ),
]


def make_explained_answer(question: str, filters: Filters = NO_FILTER) -> Answer:
    """Answer with a first hit whose parts make its score, and which is in another document too."""
    answer = make_answer(question, filters=filters)
    first, *others = answer.hits
    facts = make_metadata(id="02024R1689-20260727", title="Règlement IA, version consolidée")
    other = replace(first.passage, id="02024R1689-20260727#art_26.6", document=facts.id)
    explained = replace(first, score=0.415, twins=(Twin(passage=other, metadata=facts),))
    cited, *rest = answer.citations
    return replace(
        answer,
        citations=(replace(cited, hit=explained), *rest),
        hits=(explained, *others),
    )


BY_WORD: Mapping[str, Callable[[str], Answer]] = {
    "<script>": make_notice_answer,
    "hostile": make_notice_answer,
    "cantine": make_abstention,
    "procédure": make_pdf_answer,
    "exactement": make_fact_answer,
    "dosimètre": make_partial_answer,
    "rédigée": make_written_answer,
    "extraits": lambda question: make_answer(
        question, failure=LanguageModelError(Problem.LLM_NO_ANSWER)
    ),
}


@dataclass
class FakeAssistant(FakeReading):
    """Answers by the words of the question, and remembers what it was asked, and as of when."""

    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    days: list[date | None] = field(default_factory=list)
    filters: list[Filters] = field(default_factory=list)
    judged: list[tuple[str, Verdict, str]] = field(default_factory=list)
    may_answer: threading.Event = field(default_factory=threading.Event)
    pen: Pen = field(default_factory=Pen)
    texts: FakeTexts = field(default_factory=FakeTexts)
    register: FakeRegister = field(default_factory=FakeRegister)
    settings: Settings = field(default_factory=lambda: Settings(data_dir=Path(mkdtemp())))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def forget(self) -> None:
        self.asked.clear()
        self.days.clear()
        self.filters.clear()
        self.judged.clear()
        self.may_answer.clear()
        self.pen = Pen()
        self.texts = FakeTexts()
        self.register = FakeRegister()

    def ask(
        self,
        question: str,
        *,
        history: Sequence[str] = (),
        as_of: date | None = None,
        filters: Filters = NO_FILTER,
        tell: TellAnswer | None = None,
        stop: threading.Event | None = None,
    ) -> Answer:
        with self.lock:
            self.asked.append((question, tuple(history)))
            self.days.append(as_of)
            self.filters.append(filters)
        if not question.strip():
            raise QuestionError(Problem.QUESTION_EMPTY)
        if "panne" in question:
            raise RuntimeError(question)
        if "patience" in question:
            self.may_answer.wait(timeout=30)
        if "lentement" in question:
            return self.pen.write(question, tell, stop)
        return self._answer(question, as_of or AS_OF, filters)

    def _answer(self, question: str, as_of: date, filters: Filters) -> Answer:
        for word, make in BY_WORD.items():
            if word in question:
                return make(question)
        if "score" in question:
            return make_explained_answer(question, filters)
        if "ancien" in question:
            return make_superseded_answer(question, as_of, filters=filters)
        return make_answer(question, as_of=as_of, filters=filters)

    def judge(self, answer: Answer, *, key: str, verdict: Verdict, comment: str = "") -> None:
        if "plein" in comment:
            raise StoreError(Problem.DISK_FULL)
        self.judged.append((answer.question, verdict, comment))

    def documents(self) -> list[Metadata]:
        return DOCUMENTS

    def describe(self) -> Mapping[str, object]:
        return {
            "documents": 26,
            "passages": 1310,
            "model": "faux",
            "fingerprint": "f" * 64,
            "changed_at": datetime(2026, 11, 20, 12, tzinfo=UTC),
            "data_dir": Path("/srv/<radiact>"),
        }

    def library(self) -> list[Listed]:
        return self.register.listed

    def add(
        self, received: Path, *, progress: Progress | None = None, wait_seconds: float = 0
    ) -> Addition:
        return self.register.add(received, progress)

    def remove(self, document: str) -> None:
        self.register.remove(document)

    def glossary(self) -> Thesaurus:
        return THESAURUS

    def official_texts(self) -> list[SourceState]:
        return self.texts.states()

    def pull(self, ids: Sequence[str] = (), *, progress: Progress | None = None) -> PullReport:
        return self.texts.pull(ids, progress)
