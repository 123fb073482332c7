"""The force of a rule, the words that give it, and which force may be told from which.

French law obliges in the plain indicative (« le déployeur conserve »): where a passage has no word
of modality, it may be told with « doit ». The other way round nothing is free: what may be done is
not what must be.
"""

import re
from enum import StrEnum


class Modality(StrEnum):
    """The force of a rule."""

    OBLIGATION = "obligation"
    PERMISSION = "permission"
    ADVICE = "advice"
    PROHIBITION = "prohibition"
    EXEMPTION = "exemption"
    ENABLEMENT = "enablement"
    """What makes something possible, and is no rule: « permet l’enregistrement »."""
    LIMIT = "limit"
    """What is allowed in one way only: « ne peut … que »."""


NE = r"(?<!\w)n(?:e |')"
PAS = r"(?:pas|plus|jamais|en aucun cas|aucune?|ni)\b"
_BE = r"(?:est|sont|sera|seront|etre|soit|soient|reste|restent|demeure|demeurent)"
OFTEN = (
    r"(?:forcement|necessairement|toujours|automatiquement|systematiquement|obligatoirement"
    r"|d'office|tou(?:te)?s?)\b"
)
_INFINITIVE = r"\w+(?:er|ir|re)\b"
FORBIDDEN = (
    rf"\binterdictions? d(?:e |'){_INFINITIVE}"
    r"|(?<!pratique )(?<!pratiques )(?<!d'ia )(?<!usage )(?<!usages )(?<!systeme )(?<!systemes )"
    r"\b(?:interdi(?!ction)|prohib|proscri)\w+"
)
"""A prohibition, and not what is called after one: « une pratique interdite »."""

MAY = r"(?:peu(?:t|vent)|pourr\w+|saurai(?:t|ent))"
WITH_PAS = r"[^.;:]{0,90}\b(?:pas|plus|jamais|ni|rien|aucune?|que|qu)\b"
"""What « ne peut » denies without: « ne peuvent être fondées »."""

_RESTRICTS = (
    rf"{NE}(?:l'|les? |la |y |en |se |s')?(?:doi(?:t|vent)|devr\w+|peu(?:t|vent)|pourr\w+)"
    r"(?:(?!\b(?:pas|plus|jamais|ni)\b)[^.;:]){1,60}?\bqu(?:e\b|')"
)
_FORBIDS = (
    rf"{NE}(?:l'|les? |la |y |en |se |s')?(?:doi(?:t|vent)|devr\w+|peu(?:t|vent)|pourr\w+"
    rf"|saurai(?:t|ent)) (?:\w+ )?{PAS}|\bdefendu\w*|{FORBIDDEN}"
    rf"|{NE}faut (?:\w+ )?{PAS}|\bdroit de ne pas\b"
    r"|\b(?:nul(?:le)?|personne|aucune?(?: \w+){1,3}) ne (?:doi(?:t|vent)|peu(?:t|vent))\b"
    rf"|{NE}(?:l'|en )?(?:est|sont|sera|seront|a|ont) (?:donc |plus )?{PAS}"
    r" (?:permis\w*|autoris\w+|possibles?|le droit)"
    rf"|{NE}(?:l'|les? |la |y |en |se |s')?{MAY}(?!{WITH_PAS})"
    r"|\bshall not\b|\bmust not\b|\bmay not\b"
)
_EXEMPTS = (
    r"\bni [^.;:,]{1,40} ni [^.;:,]{1,40} ?:|"
    rf"{NE}(?:l'|les? |la |y |en )?(?:est|sont|sera) (?:donc |plus )?{PAS} (?:\w+ )?"
    r"(?:tenue?s?|obligat\w+|obligee?s?|exige\w*|requis\w*|necessaires?|besoin|imposee?s?)"
    rf"|{NE}(?:l'|en )?(?:a|ont|aura|auront) (?:donc |plus )?{PAS} (?:\w+ )?"
    rf"(?:besoin|(?:l'|d')obligation|a {_INFINITIVE})"
    rf"|{NE}(?:l'|les? |la |en )?(?:impos|exig|oblig|requier|demand|reclam|prevoi)\w+"
    rf" (?:donc |en principe )?{PAS}"
    rf"|{NE}(?:\w+ ){{1,3}}pas {OFTEN}"
    r"|\bobligations?\b[^.;:]{0,80} ne s'appliqu\w+ pas"
    r"|\bdispens\w+|\bexempt\w+|\bexoner\w+|\bfacultati\w+|\bpas (?:\w+ )?obligatoires?"
    r"|\bvolontaires?\b|\bincitati(?:fs?|ves?)\b|\bou non d(?:e|')|\bchoisi\w+ (?:d(?:e|')|si\b)"
    r"|\bpeu(?:t|vent) (?:\w+ ){0,2}(?:s'abstenir|se passer|se dispenser|ne pas|refuser"
    r"|s'affranchir|renoncer|ignorer|omettre)\b"
    r"|\bsans (?:obligation|(?:y )?etre (?:tenue?s?|exige\w*)|l'imposer)"
)
AT_WILL = re.compile(
    r"\blibrement\b|\blibres? d(?:e|')|\ba (?:son|leur|votre) (?:gre|guise|choix)\b"
    r"|\bs'ils? (?:l[ea] )?(?:souhait|veu|juge|desir)\w+"
    r"|\bsi (?:\w+ )?(?:le|la) (?:souhait|juge)\w+"
)
"""What makes a choice of a clause, whatever else it says."""

_ADVISES = (
    r"\bdevrai(?:t|ent)\b|\brecommand(?!ation)\w+|\bconseill\w+|\bil convient|\bsouhait\w+"
    r"|\binvite(?:e?s|ent|e)?\b|\bencourag\w+|\bpreconis(?!ation)\w+|\bshould\b"
    rf"|\b(?:{_BE}|simples?|(?<!tel )(?<!tels )(?<!telle )(?<!telles )que)(?: en principe)?"
    r" (?:une |des |de )?(?:simples? )?"
    r"(?:recommand|preconis)ations?\b|\brecommend\w+|\bincit\w+"
)
_OBLIGES = (
    r"\bdoi(?:t|vent)\b|\bdevr(?:a|ont)\b|\btenue?s? (?:de|d'|a|au)\b|\bobligatoire\w*"
    rf"|\b(?:l'|une |d')obligation(?: d(?:e |'){_INFINITIVE}|\b(?! de| d'| du| des| prevue| visee))"
    r"|\boblig(?:e|ent)\b|\bobligee?s?\b|\bexig(?!ence)\w+|\bimpos(?!sib)\w+|\bfaut\b"
    rf"|\b{_BE} (?:\w+ )?requi\w+|\brequier\w+|\bil (?:est|sera) (?:\w+ )?necessaire|\bnecessit\w+"
    r"|\bshall\b|\bmust\b|\bimperati\w+|\bincombe\w*|\bil (?:lui |leur )?(?:appartient|revient)\b"
)
_ALLOWS = (
    r"\bpeu(?:t|vent)\b|\bpourr(?:a|ont|ait|aient)\b|\bpouvant\b|\bpuiss(?:e|ent)\b"
    rf"|\bautoris(?!ation)\w+|\bhabilit\w+|\bfaculte\b|\b{_BE} possibles?|\bpossibilites? d"
    r"|\bpermis(?:e?s?)\b|\b(?:a|ont|ait|aient|avoir|ayant|aura|auront|dispose\w*) (?:\w+ )?"
    r"(?:le|du|d'un) droit\b|\blicites?\b|\bprolongeables?\b"
    r"|\bexpose(?:nt)?\b|\bencour\w+|\b(?:a|ont) jusqu'|\bmay\b|\bcan\b|\bloisible"
)
_ENABLES = rf"\bpermet\w*|\ben mesure d|\bdroits? (?:\w+ ){{0,4}}d(?:e |'){_INFINITIVE}|\bpouvoir\b"
MODALITIES = (
    (Modality.LIMIT, re.compile(_RESTRICTS)),
    (Modality.PROHIBITION, re.compile(_FORBIDS)),
    (Modality.EXEMPTION, re.compile(_EXEMPTS)),
    (Modality.ADVICE, re.compile(_ADVISES)),
    (Modality.OBLIGATION, re.compile(_OBLIGES)),
    (Modality.PERMISSION, re.compile(_ALLOWS)),
    (Modality.ENABLEMENT, re.compile(_ENABLES)),
)
"""In this order: what is found is hidden from the next."""

FORCES: tuple[Modality | None, ...] = (None, *Modality)

_NO_RULE = (Modality.ENABLEMENT, Modality.LIMIT, None)

_BORNE_OUT_BY: dict[Modality | None, frozenset[Modality | None]] = {
    Modality.OBLIGATION: frozenset({Modality.OBLIGATION, *_NO_RULE}),
    Modality.PERMISSION: frozenset(
        {Modality.PERMISSION, Modality.EXEMPTION, Modality.ENABLEMENT, Modality.LIMIT}
    ),
    Modality.ADVICE: frozenset({Modality.ADVICE}),
    Modality.PROHIBITION: frozenset({Modality.PROHIBITION, *_NO_RULE}),
    Modality.EXEMPTION: frozenset({Modality.EXEMPTION, Modality.PERMISSION}),
    Modality.ENABLEMENT: frozenset({*FORCES} - {Modality.PROHIBITION}),
    Modality.LIMIT: frozenset(FORCES),
}
"""What a rule may be told from; None is a clause without any word of modality."""


CONTRARY = {
    Modality.EXEMPTION: Modality.OBLIGATION,
    Modality.PROHIBITION: Modality.PERMISSION,
    Modality.OBLIGATION: Modality.EXEMPTION,
    Modality.PERMISSION: Modality.PROHIBITION,
}
"""What a rule is where its word is denied."""


def is_borne_out(said: Modality | None, told: Modality | None) -> bool:
    """Tell whether a rule of one force may be told from a clause of another, or of none.

    French law obliges in the plain indicative: « conserve » may be told as « doit conserver ».
    """
    return said is None or told in _BORNE_OUT_BY[said]
