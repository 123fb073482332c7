"""How references are written, on a levelled text where ``@`` covers the names of acts."""

import re

_SUFFIX = r"(?: ?(?:bis|ter|quater|quinquies|sexies|septies|octies)\b|[a-z](?![a-z0-9']))?"
_ROMAN_POINT = r"i{1,3}|iv|vi{0,3}|ix"
NUMBER = rf"(?:premier|1er|[0-9]{{1,3}}{_SUFFIX})(?![0-9%])"
LETTER = rf"(?:(?:{_ROMAN_POINT}|[a-k][ab]|[a-z])(?![a-z0-9']))"
VALUE = rf"(?:{NUMBER}|{LETTER})"
_NTH = r"(?:n ?[°o] ?)?"

# What may follow a number or a letter that nothing announces (« art 5 1 f », « 5 d du… »).
END = r"(?= *(?:$|[,;:?!.)\]»\"@]|d[eu]\b|des\b|et\b|ou\b|vs\b))"

_WORDS = (
    r"paragraphes?|paragr|par|§§?|alineas?|al|points?|pts?|lettres?|litt?|"
    r"sections?|sect|parties?|chapitres?"
)
STEP = re.compile(
    rf" ?,? ?(?P<word>{_WORDS})(?![a-z']) ?\.? ?{_NTH}\(?(?P<value>{VALUE})\)?"
    rf"| ?\((?P<paren>{VALUE})\)"
    rf"|\.(?P<dot>{VALUE})"
    rf"| ?,? ?(?P<skipped>(?:premier|1er|deuxieme|[0-9]e|dernier) alinea)\b"
    rf"| (?P<digits>[0-9]{{1,2}})(?= +[a-z]\b\)?{END}|{END})"
    rf"| ?,? ?(?P<item>{LETTER}|[0-9]{{1,2}})\)"
    rf"| ?,? (?P<letter>[a-z])(?![a-z]){END}"
)

_OF = r"(?: ?,? ?(?:du|de la|de l'?|de|d'|l'|au|a l')? ?)"
_ORDINALS = "premier deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme"
ORDINALS = {word: str(rank) for rank, word in enumerate(_ORDINALS.split(), start=1)} | {
    "premiere": "1",
    "second": "2",
    "seconde": "2",
}
INVERSE_STEP = re.compile(
    rf"(?:(?P<word>{_WORDS})(?![a-z']) ?\.? ?{_NTH}"
    rf"\(?(?P<values>{VALUE}\)?(?:(?: ?, ?| et ){VALUE}\)?)*)"
    rf"|(?P<rank>{'|'.join(ORDINALS)}|[0-9]{{1,2}}(?:er|e|eme|ieme)) (?:paragraphe|point|alinea))"
    rf"{_OF}"
)
INVERSE = re.compile(rf"(?<![a-z0-9])(?:{INVERSE_STEP.pattern.replace('?P<', '?P<_')}){{1,3}}$")

_ROMAN = r"(?:x{0,2}(?:ix|iv|v?i{1,3}|v)|x{1,2})"
BASE = re.compile(
    rf"\b(?:articles?|arts?\b\.?)? ?{_NTH}\b(?P<code>[lrda]) ?\*?\.? ?"
    r"(?P<coded>[0-9]{3,4}(?:-[0-9]{1,3}){1,3})\b"
    rf"|\b(?P<article>articles?|arts?\b\.?|arts?(?=[0-9])) ?{_NTH}"
    rf"(?P<number>[0-9]{{1,4}}(?:-[0-9]{{1,3}})+(?![0-9])|{NUMBER})(?!/)"
    rf"|\b(?P<recital>considerants?|cons\.|consid\b\.?|recitals?) ?{_NTH}"
    r"\(?(?P<rct>[0-9]{1,3})\b\)?"
    rf"|\b(?P<annex>annexes?|anx\b\.?) ?{_NTH}(?P<anx>{_ROMAN}|[0-9]{{1,2}})\b(?!')"
    rf"|\b(?P<rule>regles?|rules?) ?{_NTH}(?P<rul>[0-9]{{1,2}})\b(?![-%/])"
)
BARE = re.compile(r"(?<![\w.,/(-])(?P<number>[0-9]{1,3})(?=\([0-9]{1,2}[a-z]?\))")
"""« 6(1)(f) » without the word, which only the name of an act makes a reference."""

KEY = re.compile(r"(?<![\w#])(?P<act>[0-9a-z][0-9a-z-]*)#(?P<anchor>[a-z0-9][a-z0-9_.-]*[a-z0-9])")

AND = re.compile(r" ?(?:, ?(?:et |ou )?|et |ou |& ?|puis )(?:(?:de |a )?l' ?|les? |du |de )?")
ONE_MORE = re.compile(
    r" (?:et|ou) (?P<number>[0-9]{1,2})(?![0-9])"
    rf"(?! ?,? ?(?:{_WORDS})(?![a-z'])| ?(?:%|mois\b|ans?\b|jours?\b|semaines?\b|heures?\b)"
    r"| [a-z]+ [0-9]{4})"
)
"""One more part after a sign that may be of one or of several: « § 1 et 2 »."""

RANGE = re.compile(r"(?: (?:a|au|jusqu'a) (?:l' ?)?| ?[-–—] ?)(?:article )?(?P<last>[0-9]{1,3})\b")

FOREIGN = re.compile(
    r" ?,? ?(?:du|de la|de l'|des?|d'une?|d'|dans l[ea]|de (?:ce|mon|ma|notre|votre|leur|son|sa))"
    r" ?(?:[a-z]+ )??(?:code|loi|decret|arrete|ordonnance|directive|constitution|convention|charte"
    r"|traite|protocole|contrat|bail|marche|statuts|interieur|compte[ -]rendu|cr|rapport|journal"
    r"|revue|guide|dossier|cahier|courrier|etude|devis|avenant|presse|blog|these|memoire|livre"
    r"|manuel|notice|norme|iso|logiciel)\b"
)
"""What is not one of the acts: the article of a contract, the annex of a report."""
