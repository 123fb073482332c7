"""Strings that a document, a catalogue or a question could hold, meant to harm the page."""

from collections.abc import Mapping
from dataclasses import replace

from rag.sources import Access, SourceState
from rag.thesaurus import Thesaurus
from rag.types import (
    Answer,
    Caveat,
    CaveatKind,
    Claim,
    Contradiction,
    Filters,
    Kind,
    Metadata,
    Sentence,
    Settlement,
    Twin,
)
from tests.ui.fake_assistant import FakeAssistant, make_answer
from tests.ui.fake_hits import make_citation, make_hit, make_metadata
from tests.ui.fake_texts import make_state, make_text

SCRIPT = "<script>window.pirate = true</script>"
IMAGE = "<img src=x onerror='window.pirate = true'>"
DRAWING = "<svg onload='window.pirate = true'><circle r=9></svg>"
LINK = "[lien](javascript:window.pirate=true)"
ATTRIBUTE = "\" onmouseover='window.pirate = true' autofocus onfocus='window.pirate = true' x=\""
TEMPLATE = "${window.pirate = true} {{ 7 * 7 }} {% raw %}"
ENDS = "</title></textarea></style></script></details>--><!--"
WORD = "anticonstitutionnellement" * 200  # 5,000 letters
REORDERING = "\u202egnol emsinagro\u202d\u2067"  # none of the marks is ended
RIGHT_TO_LEFT = "مرحبا بالعالم"
INVISIBLE = "zéro\u200blargeur\u200d\ufeff\u00adcachée"
STACKED = "Z" + "\u0300\u0301\u0302\u0303\u0304" * 40 + "algo"
EMPTY = "\u3164"  # a letter that is not drawn

ALL = (
    *(SCRIPT, IMAGE, DRAWING, LINK, ATTRIBUTE, TEMPLATE, ENDS),
    *(WORD, REORDERING, RIGHT_TO_LEFT, INVISIBLE, STACKED, EMPTY),
)
EVERYTHING = " ".join(ALL)


def make_hostile_answer(question: str = EVERYTHING) -> Answer:
    """Answer where every text, whoever wrote it, is hostile; the quote is a part of its passage."""
    metadata = make_metadata(
        title=EVERYTHING,
        publisher=EVERYTHING,
        url="javascript:window.pirate=true",
        language="en",
        kind=Kind.NOTICE,
    )
    caveats = tuple(
        Caveat(kind=kind, by=EVERYTHING, note=EVERYTHING, see=EVERYTHING)
        for kind in (CaveatKind.AMENDED, CaveatKind.PREDATES)
    )
    text = f"{EVERYTHING} ; {EVERYTHING}."
    hit = make_hit(
        text,
        label=EVERYTHING,
        headings=(EVERYTHING, EVERYTHING),
        metadata=metadata,
        caveats=caveats,
    )
    other = replace(hit.passage, id=ATTRIBUTE)
    hit = replace(hit, twins=(Twin(passage=other, metadata=metadata),))
    sentence = Sentence(
        text=EVERYTHING,
        citations=(1,),
        verified=False,
        context=EVERYTHING,
        emphasis=((0, len(SCRIPT)),),
    )
    claims = tuple(
        Claim(sentence=place, words=EVERYTHING, passage=hit.passage, metadata=metadata)
        for place in (0, 1)
    )
    return make_answer(
        question,
        markdown=EVERYTHING,
        reason=EVERYTHING,
        mode=EVERYTHING,
        understood=EVERYTHING,
        filters=Filters(publishers=(EVERYTHING,), documents=(EVERYTHING,), languages=(EVERYTHING,)),
        sentences=(sentence, replace(sentence, citations=(2,))),
        citations=(make_citation(1, hit, EVERYTHING), make_citation(2, hit, EVERYTHING)),
        hits=(hit, hit),
        contradictions=(Contradiction(claims=claims, settlement=Settlement.OPEN),),
    )


HOSTILE_TEXT = make_text(
    title=EVERYTHING,
    publisher=EVERYTHING,
    licence=EVERYTHING,
    url="javascript:window.pirate=true",
    access=Access.MANUAL,
    note=EVERYTHING,
)
HOSTILE_THESAURUS = Thesaurus.parse(
    {
        "entries": [
            {
                "term": f"{EVERYTHING} un",
                "family": "règlement IA",
                "forms": list(ALL),
                "english": list(ALL),
                "distinct_from": [{"text": EVERYTHING, "why": EVERYTHING}],
                "definition": EVERYTHING,
                "reference": EVERYTHING,
            }
        ]
    }
)


class HostileAssistant(FakeAssistant):
    """Knows and answers nothing but hostile strings; abstains, or refuses, where it is asked to."""

    def ask(self, question: str, **_: object) -> Answer:
        if "abstention" in question:
            answer = make_hostile_answer(question)
            return replace(answer, abstained=True, sentences=(), citations=())
        return make_hostile_answer(question)

    def documents(self) -> list[Metadata]:
        return [make_metadata(id=f"d{n}", title=text, publisher=text) for n, text in enumerate(ALL)]

    def describe(self) -> Mapping[str, object]:
        return {"documents": EVERYTHING, "passages": 3}

    def glossary(self) -> Thesaurus:
        return HOSTILE_THESAURUS

    def official_texts(self) -> list[SourceState]:
        return [make_state(HOSTILE_TEXT, installed=True)]
