"""``python -m benchmarks.screenshots``: the pictures of ``docs/``, from the program as it is."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer
from PIL import Image
from playwright.sync_api import Browser, Page

from benchmarks.served import REPOSITORY, chromium, indexed_notices, served_program

DOCS = REPOSITORY / "docs"
MOST_BYTES = 150_000
COLOURS = 256
LONGEST_MILLISECONDS = 120_000


def answer(page: Page) -> None:
    """Ask how long the logs are kept."""
    _ask(page, "Combien de temps faut-il conserver les journaux d’un système d’IA ?")


def panel(page: Page) -> None:
    """Open the passage that a sentence is quoted from."""
    _ask(page, "Le radiologue doit-il vérifier le résultat proposé par l’IA ?")
    page.locator(".cite").first.click()
    page.wait_for_timeout(2000)  # the frame that shows which card was opened fades


@dataclass(frozen=True)
class Picture:
    """A picture: its file, what is done before, the window, and the part of it that is kept."""

    name: str
    prepare: Callable[[Page], None]
    size: tuple[int, int]
    scheme: Literal["light", "dark"] = "light"
    part: str = ""


PICTURES = (
    Picture("accueil", answer, (1280, 800)),
    Picture("tablette", panel, (768, 1024)),
    Picture("telephone", answer, (390, 844), scheme="dark"),
    Picture("sources", panel, (1280, 800), part="#sources"),
)


def take(browser: Browser, url: str, picture: Picture) -> bytes:
    """Take a picture, as a PNG."""
    width, height = picture.size
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme=picture.scheme,
        locale="fr-FR",
        reduced_motion="reduce",
    )
    page.set_default_timeout(LONGEST_MILLISECONDS)
    page.goto(url)
    page.locator('#status [data-state="ready"]').wait_for()
    picture.prepare(page)
    shot = page.locator(picture.part).screenshot() if picture.part else page.screenshot()
    page.close()
    return lightened(shot)


def lightened(shot: bytes) -> bytes:
    """Give a PNG fewer colours, and refuse one that weighs too much all the same."""
    written = io.BytesIO()
    few = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(written, "PNG", optimize=True)
    if written.tell() > MOST_BYTES:
        raise ValueError(written.tell())
    return written.getvalue()


def _ask(page: Page, question: str) -> None:
    page.get_by_label("Votre question").fill(question)
    page.keyboard.press("Enter")
    page.locator('#turn-1[aria-busy="false"]').wait_for()
    page.wait_for_timeout(1000)  # the page scrolls to the answer


def main(
    data: Annotated[Path | None, typer.Option(help="Dossier de données déjà indexé.")] = None,
) -> None:
    """Take every picture."""
    with indexed_notices(data) as folder, served_program(folder) as url, chromium() as browser:
        for picture in PICTURES:
            file = DOCS / f"{picture.name}.png"
            file.write_bytes(take(browser, url, picture))
            typer.echo(f"{file.relative_to(REPOSITORY)} : {file.stat().st_size} octets")


if __name__ == "__main__":
    typer.run(main)
