import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from rag.config import Settings
from rag.errors import ConfigurationError, Problem, StoreError
from rag.messages import french
from rag.pipeline import Assistant, PullReport, pull_sources, take_source
from rag.pipeline.lock import writing
from rag.sources import Policy, survey_sources
from rag.types import Outcome, PullOutcome
from tests.conftest import HashingEncoder
from tests.factories import write_notice
from tests.sources import site as answers
from tests.sources.catalogues import make_entry, write_catalogue
from tests.sources.site import Site, act, page, status

QUESTION = "Combien de temps le déployeur conserve-t-il les journaux de l’IA ?"
GOOD, NEW = act(), act("Le déployeur conserve les journaux de l’IA pendant un an.")
GDPR = act("Le responsable tient les journaux de l’IA.", number="2016/679")
TODAY = date(2026, 11, 24)
Pull = Callable[..., PullReport]


@pytest.fixture
def assistant(settings: Settings, encoder: HashingEncoder) -> Assistant:
    return Assistant.open(settings, encoder=encoder)


@pytest.fixture
def pull(assistant: Assistant, policy: Policy) -> Pull:
    def pull(*ids: str, today: date = TODAY, **more: Any) -> PullReport:
        return pull_sources(assistant, ids, today=today, **{"policy": policy, **more})

    return pull


def outcomes(report: PullReport) -> dict[str, PullOutcome]:
    return {source.text.id: source.outcome for source in report.sources}


def problems(report: PullReport) -> dict[str, Problem]:
    return {source.text.id: source.error.problem for source in report.sources if source.error}


def indexed(report: PullReport) -> dict[str, Outcome]:
    return {s.text.id: s.indexed.outcome for s in report.sources if s.indexed}


def answer_of(assistant: Assistant) -> str:
    return assistant.ask(QUESTION).hits[0].passage.text


def test_pulled_texts_answer(
    assistant: Assistant, settings: Settings, pull: Pull, site: Site
) -> None:
    write_catalogue(
        settings.documents_dir,
        make_entry("32024R1689", address=site.serve("/ia", page(GOOD))),
        make_entry("32016R0679", address=site.serve("/rgpd", page(GDPR))),
    )
    told: list[tuple[str, int, int]] = []
    report = pull(progress=lambda *step: told.append(step))
    assert set(outcomes(report).values()) == {PullOutcome.DOWNLOADED}
    assert set(indexed(report).values()) == {Outcome.ADDED}
    assert "six mois" in answer_of(assistant)
    assert {entry.metadata.checked for entry in assistant.register.entries()} == {TODAY}
    assert any(label.startswith("Téléchargement de 32024R1689") for label, *_ in told)
    assert any(label.startswith("Indexation") for label, *_ in told)


def test_second_pull_changes_and_encodes_nothing(
    settings: Settings, pull: Pull, site: Site, encoder: HashingEncoder
) -> None:
    address = site.serve("/ia", answers.versioned(GOOD, '"1"'))
    write_catalogue(settings.documents_dir, make_entry(address=address))
    pull()
    encoder.encoded.clear()
    report = pull(today=TODAY + timedelta(days=7))
    assert outcomes(report) == {"32024R1689": PullOutcome.UNCHANGED}
    assert indexed(report) == {"32024R1689": Outcome.UNCHANGED}
    assert encoder.encoded == []


def test_changed_text_is_a_new_version_and_the_former_one_is_kept(
    assistant: Assistant, settings: Settings, pull: Pull, site: Site
) -> None:
    address = site.serve("/ia", page(GOOD), page(NEW))
    write_catalogue(settings.documents_dir, make_entry(address=address))
    pull()
    former = assistant.register.entries()[0].version
    report = pull()
    assert outcomes(report) == {"32024R1689": PullOutcome.UPDATED}
    assert indexed(report) == {"32024R1689": Outcome.UPDATED}
    assert "un an" in answer_of(assistant)
    assert assistant.register.entries()[0].version != former
    assert "six mois" in assistant.register.version_text(former)


def test_failure_is_named_and_stops_no_other(settings: Settings, pull: Pull, site: Site) -> None:
    write_catalogue(
        settings.documents_dir,
        make_entry("perdu", address=site.serve("/a", status(404))),
        make_entry("eteint", address=f"http://127.0.0.1:{answers.closed_port()}/a"),
        make_entry("a-la-main", address="https://exemple.fr/", access="manuel"),
        make_entry("32024R1689", address=site.serve("/ia", page(GOOD))),
    )
    report = pull()
    assert outcomes(report) == {
        "perdu": PullOutcome.FAILED,
        "eteint": PullOutcome.FAILED,
        "a-la-main": PullOutcome.MANUAL,
        "32024R1689": PullOutcome.DOWNLOADED,
    }
    assert problems(report) == {
        "perdu": Problem.SOURCE_STATUS,
        "eteint": Problem.SOURCE_UNREACHABLE,
        "a-la-main": Problem.SOURCE_BY_HAND,
    }
    assert report.count(PullOutcome.FAILED) == 2


@pytest.mark.parametrize("fault", [status(500), status(202), page(act("Autre chose."))])
def test_failed_update_leaves_the_former_text_answering(
    assistant: Assistant, settings: Settings, pull: Pull, site: Site, fault: answers.Answer
) -> None:
    address = site.serve("/ia", page(GOOD), fault)
    write_catalogue(settings.documents_dir, make_entry(address=address))
    pull()
    report = pull()
    assert outcomes(report) == {"32024R1689": PullOutcome.FAILED}
    assert indexed(report) == {"32024R1689": Outcome.UNCHANGED}
    assert "six mois" in answer_of(assistant)


def test_only_the_texts_named_are_pulled(settings: Settings, pull: Pull, site: Site) -> None:
    address = site.serve("/ia", page(GOOD))
    write_catalogue(
        settings.documents_dir,
        make_entry("32024R1689", address=address),
        make_entry("autre", address=site.serve("/autre", page(GOOD))),
    )
    assert outcomes(pull("32024R1689")) == {"32024R1689": PullOutcome.DOWNLOADED}
    with pytest.raises(ConfigurationError) as raised:
        pull("32024R1689", "inconnu")
    assert raised.value.problem is Problem.UNKNOWN_SOURCE


def test_interrupted_run_is_completed_by_the_next_one(
    assistant: Assistant, settings: Settings, pull: Pull, site: Site
) -> None:
    address = site.serve("/ia", answers.versioned(GOOD, '"1"'))
    write_catalogue(settings.documents_dir, make_entry(address=address))

    def interrupt(label: str, _done: int, _total: int) -> None:
        if label.startswith("Indexation"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pull(progress=interrupt)
    assert assistant.register.entries() == []
    report = pull()
    assert outcomes(report) == {"32024R1689": PullOutcome.UNCHANGED}
    assert indexed(report) == {"32024R1689": Outcome.ADDED}


def test_damaged_copy_is_told_and_fetched_again(
    assistant: Assistant, settings: Settings, pull: Pull, site: Site
) -> None:
    address = site.serve("/ia", answers.versioned(GOOD, '"1"'))
    write_catalogue(settings.documents_dir, make_entry(address=address))
    pull()
    file = settings.sources_dir / "32024R1689" / "32024R1689.html"
    file.write_bytes(GOOD.replace(b"six mois", b"un mois"))
    (state,) = survey_sources(settings, assistant.register)
    assert state.copy is not None
    assert not state.copy.is_sound
    (source,) = pull().sources
    assert source.was_damaged
    assert file.read_bytes() == GOOD
    assert "six mois" in answer_of(assistant)


def test_damaged_copy_that_cannot_be_replaced_is_not_indexed(
    assistant: Assistant, settings: Settings, pull: Pull, site: Site
) -> None:
    address = site.serve("/ia", page(GOOD), status(404))
    write_catalogue(settings.documents_dir, make_entry(address=address))
    pull()
    file = settings.sources_dir / "32024R1689" / "32024R1689.html"
    file.write_bytes(GOOD.replace(b"six mois", b"un mois"))
    assert outcomes(pull()) == {"32024R1689": PullOutcome.FAILED}
    assert "six mois" in answer_of(assistant)


def test_own_file_of_the_same_act_goes_on_answering(
    assistant: Assistant, settings: Settings, pull: Pull, site: Site, tmp_path: Path
) -> None:
    own = tmp_path / "mes-textes" / "reglement.html"
    own.parent.mkdir()
    own.write_bytes(act("Mon exemplaire : le déployeur conserve les journaux de l’IA."))
    assistant.ingest([own])
    write_catalogue(settings.documents_dir, make_entry(address=site.serve("/ia", page(GOOD))))
    (source,) = pull().sources
    assert source.outcome is PullOutcome.FAILED
    assert source.error is not None
    assert source.error.problem is Problem.SOURCE_HELD
    assert str(own) in french(source.error)
    assert (settings.sources_dir / "32024R1689" / "32024R1689.html").read_bytes() == GOOD
    assert "Mon exemplaire" in answer_of(assistant)
    own.unlink()
    assert indexed(pull()) == {"32024R1689": Outcome.UPDATED}
    assert "six mois" in answer_of(assistant)


def test_pulled_texts_stay_when_other_folders_are_ingested(
    assistant: Assistant, settings: Settings, pull: Pull, site: Site
) -> None:
    write_catalogue(settings.documents_dir, make_entry(address=site.serve("/ia", page(GOOD))))
    pull()
    write_notice(settings.documents_dir, "notice", "Une notice.")
    report = assistant.ingest()
    assert [file.outcome for file in report.files] == [Outcome.ADDED]
    assert {entry.id for entry in assistant.register.entries()} == {"notice", "32024R1689"}


def test_text_removed_by_hand_comes_back_only_when_named(
    assistant: Assistant, settings: Settings, pull: Pull, site: Site
) -> None:
    write_catalogue(settings.documents_dir, make_entry(address=site.serve("/ia", page(GOOD))))
    pull()
    assistant.remove("32024R1689")
    pull()
    assert assistant.register.entries() == []
    pull("32024R1689")
    assert [entry.id for entry in assistant.register.entries()] == ["32024R1689"]


def test_second_pull_at_once_is_told_so(settings: Settings, pull: Pull, site: Site) -> None:
    write_catalogue(settings.documents_dir, make_entry(address=site.serve("/ia", page(GOOD))))
    lock = settings.sources_dir / "pull.lock"
    with writing(lock), pytest.raises(StoreError) as raised:
        pull()
    assert raised.value.problem is Problem.LOCKED
    assert site.requests == []


def test_text_that_cannot_be_indexed_now_is_indexed_by_the_next_pull(
    settings: Settings, pull: Pull, site: Site
) -> None:
    address = site.serve("/ia", answers.versioned(GOOD, '"1"'))
    write_catalogue(settings.documents_dir, make_entry(address=address))
    with writing(settings.lock_file):
        report = pull()
    assert outcomes(report) == {"32024R1689": PullOutcome.FAILED}
    assert problems(report) == {"32024R1689": Problem.LOCKED}
    assert indexed(pull()) == {"32024R1689": Outcome.ADDED}


def test_leftovers_of_a_killed_pull_are_swept(settings: Settings, pull: Pull, site: Site) -> None:
    write_catalogue(settings.documents_dir, make_entry(address=site.serve("/ia", page(GOOD))))
    abandoned = settings.sources_dir / "32024R1689" / ".reception-abandon"
    abandoned.mkdir(parents=True)
    assert outcomes(pull()) == {"32024R1689": PullOutcome.DOWNLOADED}
    assert not abandoned.exists()


def test_private_mirror_needs_a_setting(
    assistant: Assistant, settings: Settings, pull: Pull, site: Site
) -> None:
    write_catalogue(settings.documents_dir, make_entry(address=site.serve("/ia", page(GOOD))))
    careful = replace(assistant, settings=replace(settings, allow_private_sources=False))
    assert problems(pull_sources(careful)) == {"32024R1689": Problem.SOURCE_SCHEME}
    assert outcomes(pull(policy=None)) == {"32024R1689": PullOutcome.DOWNLOADED}


def test_file_saved_by_hand_is_indexed_as_the_text(
    assistant: Assistant, settings: Settings, tmp_path: Path
) -> None:
    entry = make_entry(
        "csp-l4001-3", address="https://exemple.fr/", access="manuel", covers=["csp#L4001-3"]
    )
    write_catalogue(settings.documents_dir, entry)
    saved = tmp_path / "page.html"
    saved.write_text("<p>Le médecin tient les journaux de l’IA.</p>", encoding="utf-8")
    report = take_source(assistant, "csp-l4001-3", saved, today=TODAY)
    assert outcomes(report) == {"csp-l4001-3": PullOutcome.DOWNLOADED}
    (document,) = assistant.register.entries()
    assert document.metadata.covers == ("csp#L4001-3",)
    assert document.metadata.checked == TODAY


def test_survey_tells_what_is_here(
    assistant: Assistant, settings: Settings, pull: Pull, site: Site
) -> None:
    write_catalogue(
        settings.documents_dir,
        make_entry("32024R1689", address=site.serve("/ia", page(GOOD))),
        make_entry("absent", address=site.serve("/absent", status(404))),
    )
    pull()
    here, absent = survey_sources(settings, assistant.register)
    assert here.copy is not None
    assert here.entry is not None
    assert (absent.copy, absent.entry) == (None, None)


@pytest.mark.slow
def test_real_act_is_pulled_and_updated(
    assistant: Assistant, settings: Settings, pull: Pull, site: Site, corpus: Path
) -> None:
    body = (corpus / "32016R0679" / "fr.html").read_bytes()
    amended = body.replace("72\N{NO-BREAK SPACE}heures".encode(), b"48 heures")
    entry = make_entry(
        "32016R0679",
        address=site.serve("/rgpd", page(body), page(amended)),
        contains="RÈGLEMENT (UE) 2016/679",
    )
    write_catalogue(settings.documents_dir, entry)
    assert outcomes(pull()) == {"32016R0679": PullOutcome.DOWNLOADED}
    report = pull()
    assert outcomes(report) == {"32016R0679": PullOutcome.UPDATED}
    articles = [s for s in assistant.register.passages() if s.passage.anchor == "art_33.1"]
    assert "48 heures" in articles[0].passage.text
    shutil.rmtree(settings.sources_dir)
    assert assistant.ask("Quel délai pour notifier une violation ?").hits
