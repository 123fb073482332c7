"""A deterministic assistant, and answers made of the program's own types."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rag.errors import Problem, QuestionError
from rag.types import (
    Answer,
    Caveat,
    CaveatKind,
    Citation,
    Hit,
    Kind,
    Metadata,
    Passage,
    Sentence,
    Status,
)

AS_OF = date(2026, 11, 23)
HOSTILE = "<script>window.pirate = true</script>"


def make_metadata(**changes: object) -> Metadata:
    values: dict[str, object] = {
        "id": "32024R1689",
        "title": (
            "Règlement (UE) 2024/1689 du Parlement européen et du Conseil établissant des règles "
            "harmonisées concernant l’intelligence artificielle"
        ),
        "kind": Kind.REGULATION,
        "publisher": "Union européenne",
        "url": "https://eur-lex.europa.eu/eli/reg/2024/1689/oj",
        "published": date(2024, 7, 12),
        "status": Status.IN_FORCE,
    }
    return Metadata(**{**values, **changes})


RETENTION = (
    "Les déployeurs de systèmes d’IA à haut risque assurent la tenue des journaux générés "
    "automatiquement par ce système, dans la mesure où ces journaux se trouvent sous leur "
    "contrôle.\nIls les conservent pendant une période adaptée à la destination du système, "
    "d’au moins six mois, sauf disposition contraire du droit de l’Union ou du droit national.\n"
    "Les établissements financiers les tiennent à jour dans leur documentation."
)
RETENTION_QUOTE = RETENTION.split("\n")[1]
OVERSIGHT = (
    "Les déployeurs confient le contrôle humain à des personnes physiques qui disposent des "
    "compétences, de la formation et de l’autorité nécessaires ainsi que du soutien nécessaire."
)


def make_hit(text: str = RETENTION, **changes: object) -> Hit:
    metadata = changes.pop("metadata", None) or make_metadata()
    score = changes.pop("score", 0.83)
    caveats = changes.pop("caveats", ())
    values: dict[str, object] = {
        "id": "32024R1689#art_26.6",
        "document": metadata.id,
        "anchor": "art_26.6",
        "label": "article 26, paragraphe 6",
        "headings": (
            "Chapitre III – Systèmes d’IA à haut risque",
            "Section 3",
            "Article 26 – Obligations incombant aux déployeurs",
        ),
        "start": 1000,
        "end": 1000 + len(text),
        "text": text,
        "page": 83,
    }
    return Hit(
        passage=Passage(**{**values, **changes}),
        metadata=metadata,
        version=1,
        score=score,
        caveats=caveats,
    )


def make_citation(n: int, hit: Hit, quote: str, **changes: object) -> Citation:
    start = hit.passage.start + hit.passage.text.index(quote)
    values: dict[str, object] = {"start": start, "end": start + len(quote), "sha256": "0" * 64}
    return Citation(n=n, hit=hit, quote=quote, **{**values, **changes})


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
            caveats=(
                Caveat(
                    kind=CaveatKind.NOT_APPLICABLE,
                    since=date(2028, 8, 2),
                    note="le 2 décembre 2027 pour les systèmes de l’annexe III.",
                ),
            ),
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
    )


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


@dataclass
class FakeAssistant:
    """Answers by the words of the question, and remembers what it was asked."""

    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(
        self, question: str, *, history: Sequence[str] = (), as_of: date | None = None
    ) -> Answer:
        with self.lock:
            self.asked.append((question, tuple(history)))
        if not question.strip():
            raise QuestionError(Problem.QUESTION_EMPTY)
        if "panne" in question:
            raise RuntimeError(question)
        if "<script>" in question or "hostile" in question:
            return make_notice_answer(question)
        if "cantine" in question:
            return make_abstention(question)
        return make_answer(question)

    def describe(self) -> Mapping[str, object]:
        return {"documents": 26, "passages": 1310, "model": "faux"}
