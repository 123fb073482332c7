"""Write references to units of law in the many ways that people type them."""

import random
from collections.abc import Iterator

from rag.french import fold
from rag.types import Unit

ARABIC = {
    roman: str(number)
    for number, roman in enumerate("I II III IV V VI VII VIII IX X XI XII XIII".split(), start=1)
}


def forms(unit: Unit, *, act: str, chooser: random.Random) -> Iterator[str]:
    """Yield distinct ways to ask for a unit, ``act`` naming the act where it is not empty."""
    of_act = f" du {act}" if act else ""
    bare = f" {act}" if act else ""
    base, *steps = unit.anchor.split(".")
    for words in _of_unit(base, steps, unit.label):
        question = words + chooser.choice([of_act, bare])
        yield chooser.choice(
            [
                question,
                fold(question),
                question.upper() if "anx" not in base else question,
                f"Que dit {question} ?",
                f"{question} svp",
                question.replace("’", " "),
            ]
        )


def _of_unit(base: str, steps: list[str], label: str) -> Iterator[str]:
    sort, number = base.split("_")
    yield label
    if sort == "rct":
        yield from (f"considérant n° {number}", f"cons. {number}", f"recital {number}")
        yield f"le considérant ({number})"
    elif sort == "anx":
        yield from _of_annex(number, steps)
    else:
        yield from _of_article(number, steps, is_paragraph="paragraphe" in label)


def _of_article(number: str, steps: list[str], *, is_paragraph: bool) -> Iterator[str]:
    dotted = ".".join([number, *steps])
    if not steps:
        yield from (f"article {number}", f"art. {number}", f"art {number}", f"l’article {number}")
        return
    yield from (f"article {dotted}", f"art. {dotted}")
    yield f"art. {number}" + "".join(f"({step})" for step in steps)
    first, *below = steps
    points = "".join(f", point {step})" if step.isalpha() else f", {step})" for step in below)
    word = "paragraphe" if is_paragraph else "point"
    yield f"article {number} {word} {first}{points}"
    if is_paragraph:
        yield f"art {number} §{first}{points.replace(',', '')}"
        yield f"art. {number}, par. {first}{points}"
    if len(steps) == 1:
        yield f"{word} {first} de l’article {number}"
    elif len(steps) == 2:
        yield f"point {below[0]}) du {word} {first} de l’article {number}"
        yield f"art {number} {first} {below[0]}"


def _of_annex(number: str, steps: list[str]) -> Iterator[str]:
    for name in (number, ARABIC[number]):
        if not steps:
            yield f"annexe {name}"
        elif steps[0].isalpha() and steps[0].isupper():
            rest = "".join(f", point {step}" for step in steps[1:])
            yield f"annexe {name}, section {steps[0]}{rest}"
        else:
            yield f"annexe {name} point " + " ".join(steps)
            yield f"annexe {name}, point {steps[0]}" + "".join(f", {step})" for step in steps[1:])
            yield f"annexe {name}." + ".".join(steps)
