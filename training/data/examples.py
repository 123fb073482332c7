"""Questions and the passages that answer them, from sections of law and labelled questions."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from training.data.cleaning import (
    SHORTEST_LAW_SENTENCE,
    clean_pairs,
    skeleton,
    without_number,
)
from training.data.corpora import Answered, LawText, Pair, ParallelCorpora, Section
from training.data.questions import question_from, question_from_rule
from training.data.typing_habits import as_typed

SHORTEST_SECTION, LONGEST_SECTION = 80, 1600
"""Characters: shorter says nothing, longer is cut by the encoder before its end."""

LONGEST_SENTENCE = 300
USUAL_NOTES = 6
"""A note that stands beside more sections than this (« Exception ») names none of them."""

MISSPELT_SHARE = 0.15
NEXT_TEXTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question and a passage that answers it.

    Attributes:
        question: as people type it.
        passage: as an index holds it, sometimes under its title.
        key: the same for two examples of which either passage may answer either question.
    """

    question: str
    passage: str
    key: str


def section_examples(sections: Sequence[Section], *, count: int, seed: int) -> list[Example]:
    """Return one example a section, drawn among the distinct and telling ones.

    The question is made of the note, or of what a sentence says may or must be done, or is a
    sentence that is then taken out of the passage.
    """
    generator = random.Random(seed)
    distinct = list(_distinct(sections))
    notes = Counter(skeleton(section.note) for section in distinct)
    telling = [s for s in distinct if notes[skeleton(s.note)] <= USUAL_NOTES]
    drawn = generator.sample(telling, min(count, len(telling)))
    return [_section_example(section, generator) for section in drawn]


def answered_examples(answered: Sequence[Answered], *, seed: int) -> list[Example]:
    """Return the labelled questions, with some passages under a title or another question.

    A help page stands under a question that says nearly what one asks: the other questions on
    a paragraph serve as such titles.
    """
    generator = random.Random(seed)
    on_paragraph: dict[str, list[str]] = defaultdict(list)
    for item in answered:
        on_paragraph[item.paragraph].append(item.question)
    examples = []
    for item in answered:
        others = [other for other in on_paragraph[item.paragraph] if other != item.question]
        chance = generator.random()
        title = ""
        if chance < 0.25 and others:
            title = generator.choice(others)
        elif chance < 0.5:
            title = item.title
        examples.append(
            Example(
                question=_typed(item.question, generator),
                passage=f"{title}\n{item.paragraph}" if title else item.paragraph,
                key=item.paragraph,
            )
        )
    return examples


def bilingual_examples(law: Sequence[LawText], *, count: int, seed: int) -> list[Example]:
    """Return notes and rules in one language with the section in the other."""
    generator = random.Random(seed)
    notes = Counter(skeleton(text.pair.french) for text in law if text.kind == "note")
    found = [
        (text.pair, following)
        for index, text in enumerate(law)
        if text.kind == "note"
        and notes[skeleton(text.pair.french)] <= USUAL_NOTES
        and (following := _following(law, index))
    ]
    drawn = generator.sample(found, min(count, len(found)))
    return [example for note, texts in drawn if (example := _bilingual(note, texts, generator))]


def translation_examples(corpora: ParallelCorpora, *, count: int, seed: int) -> list[Example]:
    """Return everyday and law sentences, two to one, with their translation as the passage.

    They keep both languages in one space, and sentences that differ by little apart.
    """
    generator = random.Random(seed)
    law = (text.pair for text in corpora.law if text.kind == "text")
    everyday = list(clean_pairs(corpora.everyday))
    sentences = list(clean_pairs(law, shortest=SHORTEST_LAW_SENTENCE))
    pairs = [
        *generator.sample(everyday, min(count * 2 // 3, len(everyday))),
        *generator.sample(sentences, min(count // 3, len(sentences))),
    ]
    return [
        Example(
            question=_typed(pair.french, generator),
            passage=pair.english,
            key=skeleton(pair.french),
        )
        for pair in pairs
    ]


def term_examples(notions: Sequence[Sequence[str]], *, seed: int) -> list[Example]:
    """Return every two ways to write one notion, the first sometimes as a question about it."""
    generator = random.Random(seed)
    return [
        Example(
            question=question_from(asked, generator) if generator.random() < 0.3 else asked,
            passage=named,
            key=skeleton(names[0]),
        )
        for names in notions
        for asked, named in permutations(names, 2)
    ]


def _distinct(sections: Iterable[Section]) -> Iterator[Section]:
    seen: set[str] = set()
    for section in sections:
        words = skeleton(section.text)
        if len(section.text) >= SHORTEST_SECTION and words not in seen:
            seen.add(words)
            text = without_number(section.text)[:LONGEST_SECTION]
            yield Section(act=section.act, note=section.note, text=text)


def _section_example(section: Section, generator: random.Random) -> Example:
    chance = generator.random()
    text, heading = section.text, section.note
    question: str | None = None
    if chance < 0.3:
        question = question_from_rule(section.text, generator)
    elif chance < 0.45:
        question, text = _sentence_out(section.text, generator)
    if question is None:
        question, heading = question_from(section.note, generator), ""
        if generator.random() < 0.1:
            heading = section.note
    titles = [title for title in (section.act, heading) if title and generator.random() < 0.4]
    return Example(
        question=_typed(question, generator),
        passage="\n".join((", ".join(titles), text)).strip(),
        key=skeleton(section.note),
    )


def _sentence_out(text: str, generator: random.Random) -> tuple[str | None, str]:
    """Return a sentence and the text without it; None where it is all there is."""
    sentences = [part for part in text.replace(" ; ", ". ").split(". ") if part.strip()]
    fit = [part for part in sentences if 40 <= len(part) <= LONGEST_SENTENCE]
    if len(sentences) < 2 or not fit:
        return None, text
    chosen = generator.choice(fit)
    return without_number(chosen), text.replace(chosen, "", 1)


def _following(law: Sequence[LawText], index: int) -> list[Pair]:
    """Return the texts right after a note, of the same act, up to the next note."""
    texts: list[Pair] = []
    for text in law[index + 1 : index + 1 + NEXT_TEXTS]:
        if text.kind != "text" or text.act != law[index].act:
            break
        texts.append(text.pair)
    return texts


def _bilingual(note: Pair, texts: Sequence[Pair], generator: random.Random) -> Example | None:
    french = " ".join(pair.french for pair in texts)
    english = " ".join(pair.english for pair in texts)
    if len(french) < SHORTEST_SECTION:
        return None
    question = (
        question_from_rule(french, generator) if generator.random() < 0.5 else None
    ) or question_from(note.french, generator)
    if generator.random() < 0.75:
        return Example(
            question=_typed(question, generator), passage=english, key=skeleton(note.french)
        )
    return Example(question=note.english, passage=french, key=skeleton(note.french))


def _typed(question: str, generator: random.Random) -> str:
    return as_typed(question, generator) if generator.random() < MISSPELT_SHARE else question
