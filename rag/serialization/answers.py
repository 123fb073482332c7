"""The JSON form of an answer, and of what it was limited to."""

from typing import Any

from rag.disagreement import disagreement_sentence
from rag.explanations import explain
from rag.messages import caveat_sentence
from rag.remarks import stand_in
from rag.serialization.days import iso
from rag.types import Answer, Citation, Contradiction, Filters, Finding, Hit, Sentence


def answer_to_json(answer: Answer, *, explained: bool = False) -> dict[str, Any]:
    """Give the JSON form of an answer; its hits with where their scores come from, if asked."""
    filters = {"filters": filters_to_json(answer.filters)} if answer.filters else {}
    told = [_contradiction(answer, one) for one in answer.contradictions]
    return {
        "question": answer.question,
        "understood": answer.understood or None,
        **filters,
        "answer": answer.markdown,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "as_of": answer.as_of.isoformat(),
        "mode": answer.mode,
        "notice": stand_in(answer) or None,
        "share_verified": round(answer.share_verified, 4),
        "sentences": [_sentence(sentence) for sentence in answer.sentences],
        "citations": [_citation(citation) for citation in answer.citations],
        "hits": [
            {**_hit(hit), **({"explanation": _explanation(hit)} if explained else {})}
            for hit in answer.hits
        ],
        **({"contradictions": told} if told else {}),
        "suggestions": list(answer.suggestions),
        "timings_ms": answer.timings_ms,
    }


def filters_to_json(filters: Filters) -> dict[str, Any]:
    """Give the JSON form of the filters that are set."""
    values = {
        "kinds": [kind.value for kind in filters.kinds],
        "publishers": list(filters.publishers),
        "since": iso(filters.since),
        "until": iso(filters.until),
        "languages": list(filters.languages),
        "documents": list(filters.documents),
    }
    return {name: value for name, value in values.items() if value}


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "citations": list(sentence.citations),
        "verified": sentence.verified,
        "context": sentence.context,
        "emphasis": [list(span) for span in sentence.emphasis],
        "checks": _checks(sentence.finding) if sentence.finding else None,
    }


def _checks(finding: Finding) -> dict[str, Any]:
    """Give what was checked of a sentence that a language model wrote, and what came of it."""
    return {
        "done": [check.value for check in finding.done],
        "failed": [check.value for check in finding.failed],
        "words": list(finding.words),
        "corrected": finding.corrected,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    passage, facts = citation.hit.passage, citation.hit.metadata
    return {
        "n": citation.n,
        "document": passage.document,
        "title": facts.title,
        "publisher": facts.publisher,
        "kind": facts.kind.value,
        "language": facts.language,
        "published": iso(passage.published or facts.published),
        "reference": passage.label,
        "anchor": passage.anchor,
        "page": passage.page,
        "url": facts.url,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "sha256": citation.sha256,
        "warnings": [caveat_sentence(caveat) for caveat in citation.hit.caveats],
    }


def _contradiction(answer: Answer, contradiction: Contradiction) -> dict[str, Any]:
    """Give what each source says, the one that prevails first unless the matter is open."""
    return {
        "citations": list(answer.sources(contradiction)),
        "claims": [
            {"document": claim.passage.document, "date": iso(claim.day), "words": claim.words}
            for claim in contradiction.claims
        ],
        "settled_by": contradiction.settlement.value,
        "remark": disagreement_sentence(contradiction),
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "passage": hit.passage.id,
        "document": hit.passage.document,
        "anchor": hit.passage.anchor,
        "covers": list(hit.metadata.covers),
        "score": round(hit.score, 4),
    }


def _explanation(hit: Hit) -> dict[str, Any]:
    explanation = explain(hit)
    return {
        "contributions": [
            {
                "signal": part.signal,
                "name": part.name,
                "raw": round(part.raw, 6),
                "value": round(part.value, 4),
                "weight": round(part.weight, 4),
                "contribution": round(part.amount, 4),
            }
            for part in explanation.contributions
        ],
        "total": round(explanation.total, 4),
        "authority": round(explanation.authority, 4),
        "validity": round(explanation.validity, 4),
        "reference": hit.reference or None,
        "notes": list(explanation.notes),
        "also_in": list(hit.also_in),
    }
