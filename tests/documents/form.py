"""Check the form of a notice: front matter, structure, length, links, typography."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from rag.loaders.metadata import to_date
from tests.documents.notice import Notice

LEAST_WORDS, MOST_WORDS = 150, 600
LEAST_SECTIONS = 2
MOST_WORDS_FIRST = 45

_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_FORMS = {
    "id": r"(?:notice|news|glossaire)(?:-[a-z0-9]+)+",
    "title": r"\S.*\S",
    "publisher": "RadIAct",
    "language": "fr",
    "kind": "notice|actualite",
    "published": _DAY,
    "version_date": _DAY,
    "checked": _DAY,
    "status": "non-contraignant",
    "licence": r"CC-BY-4\.0",
    "url": r"https://[a-z0-9.-]+\.[a-z]{2,}(?:/\S*)?",
}
_OPTIONAL = {"in_force"}
_DATES_IN_ORDER = ("published", "version_date", "checked")

_PRONOUN = re.compile(
    r"(?:Ils?|Elles?|On|Cela|Ceci|Ça|Celles?-ci|Celui-ci|Ceux-ci"
    r"|Ce dernier|Cette dernière|Ces derniers|Ces dernières)\b"
)
_LINK = re.compile(r"\]\((?P<target>[^)\s]+)[^)]*\)")


def front_matter(notice: Notice) -> Iterator[str]:
    """Every field is there and of its form; the id says what kind of text it is."""
    for field, form in _FORMS.items():
        value = notice.front.get(field)
        if not isinstance(value, str) or not re.fullmatch(form, value):
            yield f"{field} : {value!r}"
    unknown = notice.front.keys() - _FORMS.keys() - _OPTIONAL - {"covers"}
    yield from (f"champ inconnu : {field}" for field in sorted(unknown))
    prefix = "news" if notice.front.get("kind") == "actualite" else "notice"
    if notice.id.partition("-")[0] != ("glossaire" if notice.is_glossary else prefix):
        yield f"id : {notice.id!r} ne va pas avec kind : {notice.front.get('kind')}"


def has_covers(notice: Notice) -> Iterator[str]:
    """A notice covers at least one unit, each named once; a glossary may cover none."""
    if not notice.covers and not (notice.is_glossary and notice.front.get("covers") == []):
        yield f"covers : {notice.front.get('covers')!r}"
    repeated = [key for key, count in Counter(notice.covers).items() if count > 1]
    yield from (f"covers : {key} deux fois" for key in repeated)


def dates_in_order(notice: Notice, *, today: date | None = None) -> Iterator[str]:
    """``published`` ≤ ``version_date`` ≤ ``checked`` ≤ today."""
    try:
        days = [to_date(notice.front.get(field)) for field in _DATES_IN_ORDER]
    except (TypeError, ValueError) as error:
        yield f"date impossible : {error}"
        return
    if [*days, today or date.today()] != sorted([*days, today or date.today()]):
        yield f"dates en désordre ou à venir : {', '.join(map(str, days))}"


def structure(notice: Notice) -> Iterator[str]:
    """One title, that of the front matter, then sections of one level."""
    headings = notice.headings
    titles = [heading.text for heading in headings if heading.level == 1]
    if titles != [notice.front.get("title")] or not notice.body.lstrip().startswith("# "):
        yield f"un titre « # », celui de l’en-tête, ouvre le texte : {titles}"
    if sum(heading.level == 2 for heading in headings) < LEAST_SECTIONS:
        yield f"moins de {LEAST_SECTIONS} sections « ## »"
    yield from (f"titre de niveau {h.level} : {h.text}" for h in headings if h.level > 2)


def length(notice: Notice) -> Iterator[str]:
    if not LEAST_WORDS <= notice.words <= MOST_WORDS:
        yield f"{notice.words} mots, au lieu de {LEAST_WORDS} à {MOST_WORDS}"


def first_sentence(notice: Notice) -> Iterator[str]:
    """The first sentence stands under the title, and is short."""
    before_sections = notice.body.partition("\n## ")[0]
    if not any(Notice(notice.path, {}, before_sections).sentences()):
        yield "aucune phrase avant la première section"
        return
    words = [word for word in next(notice.sentences()).split() if re.search(r"\w", word)]
    if len(words) > MOST_WORDS_FIRST:
        yield f"première phrase de {len(words)} mots, plus de {MOST_WORDS_FIRST}"


def named_subjects(notice: Notice) -> Iterator[str]:
    """No sentence opens with a pronoun: each is quoted alone."""
    for sentence in notice.sentences():
        if _PRONOUN.match(sentence):
            yield f"s’ouvre par un pronom : {sentence}"


def typography(notice: Notice) -> Iterator[str]:
    """Apostrophes are ’ and quotes « »; the targets of links are left alone."""
    for line in [str(notice.front.get("title")), *notice.body.splitlines()]:
        if re.search("['\"]", _LINK.sub("]", line)):
            yield f"apostrophe ou guillemet droit : {line}"


def links(notice: Notice) -> Iterator[str]:
    """A link that is no web address leads to a file that is there."""
    for match in _LINK.finditer(notice.body):
        target = match["target"].partition("#")[0]
        if target and ":" not in target and not (notice.path.parent / target).is_file():
            yield f"lien vers un fichier absent : {target}"


def unique_ids(notices: Sequence[Notice]) -> Iterator[str]:
    """No two documents share an id."""
    for identifier, count in Counter(notice.id for notice in notices).items():
        if count > 1:
            yield f"id {identifier} : {count} fichiers"
