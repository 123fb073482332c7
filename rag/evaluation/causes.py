"""Why a question failed: one cause each, the gravest first."""

from enum import StrEnum

from rag.evaluation.lines import Line

FIRST = 3
"""Ranks within which a reader is taken to see the unit."""


class Cause(StrEnum):
    """The first of these, in this order, that holds for a question."""

    NOT_VERIFIED = "not_verified"
    ANSWERED = "answered_unanswerable"
    REFUSED_FOUND = "refused_unit_found"
    REFUSED_MISSING = "refused_unit_missing"
    MISSING = "unit_missing"
    FAR = "unit_far"
    NOT_QUOTED = "fact_not_quoted"


LABELS = {
    Cause.NOT_VERIFIED: "Phrase non vérifiée",
    Cause.ANSWERED: "Répond, alors que les documents n’ont pas la réponse",
    Cause.REFUSED_FOUND: "Refuse de répondre, alors que la bonne unité est trouvée",
    Cause.REFUSED_MISSING: "Refuse de répondre, sans avoir trouvé la bonne unité",
    Cause.MISSING: "Bonne unité absente des dix premiers résultats",
    Cause.FAR: f"Bonne unité trouvée, mais au-delà du rang {FIRST}",
    Cause.NOT_QUOTED: "Bonne unité trouvée, mais le fait clé n’est pas cité",
}


def cause_of(line: Line) -> Cause | None:
    """Give the cause of a question's failure, from its line of a run; None for a success."""
    if line.get("verified", 0) < line.get("sentences", 0):
        return Cause.NOT_VERIFIED
    if not line.get("answerable", True):
        is_refused = line["abstained"] or line.get("unsettled", False)
        return None if is_refused else Cause.ANSWERED
    if line.get("abstained", False):
        return Cause.REFUSED_MISSING if line["rank"] is None else Cause.REFUSED_FOUND
    return _cause_in_the_hits(line)


def _cause_in_the_hits(line: Line) -> Cause | None:
    if line["rank"] is None:
        return Cause.MISSING
    if line["rank"] > FIRST:
        return Cause.FAR
    return Cause.NOT_QUOTED if line.get("answer_span_found") is False else None
