"""``python -m benchmarks.crowd``: several browsers ask at once; is each given its own answer?

The program runs as a user starts it, on the notices of the repository. Each browser asks questions
of its own, follows up on them, and starts a new conversation now and then. Once the program has
stopped, the same questions are asked alone, after the same ones: what a browser was shown must be
the same, word for word. Exit status: 1 when an answer failed or was another's.
"""

import asyncio
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

import typer
from playwright.async_api import Browser, Page, async_playwright
from playwright.async_api import Error as BrowserError

from benchmarks.served import (
    CHROMIUM_ARGUMENTS,
    DOCUMENTS,
    chromium_path,
    indexed_notices,
    served_program,
)
from rag.config import Settings
from rag.evaluation.metrics import percentiles
from rag.messages import typographic
from rag.pipeline import Assistant
from rag.types import Answer
from rag.ui import wording

QUESTIONS = Path(__file__).parent / "questions"
ASKED_IN_A_ROW = 4
SETTLE_SECONDS = 0.2  # between an answer and the next question: nobody types faster
LONGEST_MILLISECONDS = 60_000
SEED = 20261128
SHOWN = """(turn) => ({
  question: turn.querySelector(".question").lastChild.textContent,
  texts: [...turn.querySelectorAll(".answer p:not([class]) > bdi, .abstention-reason")]
    .map((element) => element.textContent),
  problem: turn.querySelector(".problem")?.textContent.trim() ?? "",
})"""


@dataclass(frozen=True)
class Exchange:
    """What a browser asked, after what, what it was shown, and in how many seconds.

    ``error`` says why there is no answer.
    """

    browser: int
    question: str
    history: tuple[str, ...]
    shown_question: str = ""
    shown: tuple[str, ...] = ()
    seconds: float = 0.0
    error: str = ""


def read_questions() -> list[str]:
    """Read every question of the repository that stands alone."""
    lines = (
        json.loads(line)
        for file in sorted(QUESTIONS.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    )
    return [line["question"] for line in lines if not line["history"]]


async def crowd(url: str, *, browsers: int, minutes: float) -> list[Exchange]:
    """Let every browser ask its share of the questions, again if need be, until the time is up."""
    questions = read_questions()
    random.Random(SEED).shuffle(questions)  # noqa: S311  # an order, no secret
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS
        )
        await _wait_until_ready(browser, url)
        until = time.monotonic() + 60 * minutes
        visits = (
            _visit(browser, url, number=n, questions=questions[n::browsers], until=until)
            for n in range(browsers)
        )
        exchanges = [one for visit in await asyncio.gather(*visits) for one in visit]
        await browser.close()
    return exchanges


async def _wait_until_ready(browser: Browser, url: str) -> None:
    page = await browser.new_page()
    await page.goto(url)
    ready = page.locator('#status [data-state="ready"]')
    await ready.wait_for(timeout=3 * LONGEST_MILLISECONDS)
    await page.close()


async def _visit(
    browser: Browser, url: str, *, number: int, questions: Sequence[str], until: float
) -> list[Exchange]:
    context = await browser.new_context(locale="fr-FR")
    context.set_default_timeout(LONGEST_MILLISECONDS)
    page = await context.new_page()
    await page.goto(url)
    exchanges: list[Exchange] = []
    history: tuple[str, ...] = ()
    while time.monotonic() < until:
        question = questions[len(exchanges) % len(questions)]
        exchange = await _ask(page, number, question, history)
        exchanges.append(exchange)
        history = (*history, question)
        await asyncio.sleep(SETTLE_SECONDS)
        if exchange.error or len(history) == ASKED_IN_A_ROW:
            await page.get_by_role("button", name="Nouvelle conversation").click()
            await page.locator("#welcome").wait_for()
            history = ()
    await context.close()
    return exchanges


async def _ask(page: Page, number: int, question: str, history: tuple[str, ...]) -> Exchange:
    box = page.get_by_label("Votre question")
    await box.fill(question)
    started = time.monotonic()
    await box.press("Enter")
    turn = page.locator(f'#turn-{len(history) + 1}[aria-busy="false"]')
    try:
        await turn.wait_for()
        seconds = time.monotonic() - started
        told = await turn.evaluate(SHOWN)
    except BrowserError as error:
        return Exchange(number, question, history, error=str(error).splitlines()[0])
    return Exchange(
        number,
        question,
        history,
        shown_question=told["question"],
        shown=tuple(told["texts"]),
        seconds=seconds,
        error=told["problem"],
    )


def mixed(exchanges: Sequence[Exchange], assistant: Assistant) -> Iterator[Exchange]:
    """Yield the exchanges where what was shown is not what the assistant answers alone."""

    @cache
    def alone(question: str, history: tuple[str, ...]) -> tuple[str, ...]:
        return texts(assistant.ask(question, history=history))

    for one in exchanges:
        if one.error:
            continue
        is_own = one.shown_question == typographic(one.question)
        if not is_own or one.shown != alone(one.question, one.history):
            yield one


def texts(answer: Answer) -> tuple[str, ...]:
    """Give the texts that the page shows of an answer: its sentences, or why there are none."""
    if answer.abstained:
        return (typographic(answer.reason or wording.NO_ANSWER),)
    return tuple(typographic(sentence.text) for sentence in answer.sentences)


def report(exchanges: Sequence[Exchange], others: Sequence[Exchange]) -> str:
    """Lay the counts and the times out."""
    answered = [one.seconds * 1000 for one in exchanges if not one.error]
    times = percentiles(answered)
    counts = Counter(one.browser for one in exchanges)
    errors = [one for one in exchanges if one.error]
    told = " / ".join(f"{times[name]:.0f}" for name in ("p50", "p95"))
    lines = [
        f"questions posées : {len(exchanges)}, en erreur : {len(errors)}, mêlées : {len(others)}",
        f"de la touche Entrée à la réponse entière, p50 / p95 : {told} ms",
        f"par navigateur : {', '.join(str(counts[n]) for n in sorted(counts))}",
        *(f"erreur, navigateur {one.browser} : {one.question} : {one.error}" for one in errors),
        *(f"mêlée, navigateur {one.browser} : {one.question} : {one.shown}" for one in others),
    ]
    return "\n".join(lines)


def main(
    browsers: Annotated[int, typer.Option(help="Navigateurs qui demandent en même temps.")] = 10,
    minutes: Annotated[float, typer.Option(help="Durée.")] = 2,
    data: Annotated[Path | None, typer.Option(help="Dossier de données déjà indexé.")] = None,
) -> None:
    """Measure, and print the counts and the times."""
    with indexed_notices(data) as folder:
        with served_program(folder) as url:
            exchanges = asyncio.run(crowd(url, browsers=browsers, minutes=minutes))
        assistant = Assistant.open(Settings(data_dir=folder, documents_dir=DOCUMENTS))
        others = list(mixed(exchanges, assistant))
    typer.echo(report(exchanges, others))
    if others or any(one.error for one in exchanges):
        sys.exit(1)


if __name__ == "__main__":
    typer.run(main)
