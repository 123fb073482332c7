"""The glossaries, ``documents/glossaire/``, say what the thesaurus says."""

import re

import pytest

from rag.messages import typographic
from rag.thesaurus import Entry, Family
from tests.conftest import REPOSITORY
from tests.thesaurus.test_shipped_thesaurus import THESAURUS

FOLDER = REPOSITORY / "documents" / "glossaire"
FILES = {
    Family.IMAGING: "modalites-et-metier.md",
    Family.SYSTEMS: "systemes-d-information.md",
    Family.AI_ACT: "reglement-ia.md",
    Family.LAW: "droit-donnees-et-institutions.md",
}


def sections(family: Family) -> dict[str, str]:
    text = (FOLDER / FILES[family]).read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], map(str.strip, parts[2::2]), strict=True))


def heading(entry: Entry) -> str:
    title = entry.term[0].upper() + entry.term[1:]
    return title if entry.acronym in entry.term else f"{title} ({entry.acronym})"


@pytest.mark.parametrize("family", Family)
def test_glossary_has_a_section_for_each_entry_and_no_other(family: Family) -> None:
    entries = [entry for entry in THESAURUS.entries if entry.family is family]
    assert list(sections(family)) == [heading(entry) for entry in entries]


@pytest.mark.parametrize("entry", THESAURUS.entries, ids=lambda entry: entry.term)
def test_section_opens_with_the_definition_and_its_reference(entry: Entry) -> None:
    first = entry.definition.removesuffix(".")
    if entry.reference and entry.reference not in first:
        first = f"{first} ({entry.reference})"
    assert sections(entry.family)[heading(entry)].startswith(f"{first}.")


@pytest.mark.parametrize("entry", THESAURUS.entries, ids=lambda entry: entry.term)
def test_section_warns_of_the_false_friends(entry: Entry) -> None:
    text = sections(entry.family)[heading(entry)]
    assert (" confond" in text) == bool(entry.distinct_from)


@pytest.mark.parametrize("family", Family)
def test_sections_are_typed_in_french(family: Family) -> None:
    for text in sections(family).values():
        assert typographic(text) == text
        assert "'" not in text
        assert not re.search(r"(?:^|\. )(?:Il|Elle|Ils|Elles|Cela|Ce|Celui-ci|Celle-ci) ", text)
