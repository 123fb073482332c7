import os
import time

import pytest

from rag.config import Settings
from rag.errors import LoadError, Problem, RadiactError, StoreError
from rag.uploads import Reception, discard, safe_name


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("guide.pdf", "guide.pdf"),
        ("../../etc/cron.d/guide.md", "guide.md"),
        ("C:\\Users\\moi\\Guide IA.docx", "Guide IA.docx"),
        (".caché.txt", "caché.txt"),
        ("~$brouillon.docx", "brouillon.docx"),
        ("a\x00b\r\nc\N{RIGHT-TO-LEFT OVERRIDE}.html", "ab c.html"),
        ("<b>gras</b> : oui ?.md", "b- - oui -.md"),
        ("e\N{COMBINING ACUTE ACCENT}tude.md", "étude.md"),
    ],
)
def test_name_is_made_safe(name, kept):
    assert safe_name(name) == kept


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("virus.exe", Problem.UNSUPPORTED),
        ("thesaurus.yaml", Problem.UNSUPPORTED),
        ("sans extension", Problem.UNSUPPORTED),
        ("", Problem.UNSUPPORTED),
        ("../..", Problem.UNSUPPORTED),
        ("….pdf", Problem.UPLOAD_NAME),
        ("NUL.txt", Problem.UPLOAD_NAME),
        (f"{'é' * 120}.pdf", Problem.UPLOAD_NAME),
    ],
)
def test_unusable_name_is_refused(name, problem):
    with pytest.raises(LoadError) as refused:
        safe_name(name)
    assert refused.value.problem is problem


def test_file_is_received_apart_and_nothing_of_it_stays(settings: Settings):
    with Reception(settings, "guide.md") as reception:
        reception.write(b"# Gui")
        reception.write(b"de")
        path = reception.finish()
        assert path.read_bytes() == b"# Guide"
        assert path.parent.name.startswith(".")
    assert list(settings.uploads_dir.iterdir()) == []


def test_limit_is_enforced_as_the_file_comes(settings: Settings):
    with Reception(settings, "guide.md", limit=3_000_000) as reception:
        reception.write(b"a" * 3_000_000)
        with pytest.raises(LoadError) as refused:
            reception.write(b"b")
        assert reception.path.stat().st_size <= 3_000_000
    assert refused.value.problem is Problem.UPLOAD_TOO_LARGE
    assert refused.value.details["megabytes"] == 3


def test_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "data").write_text("un fichier")
    with pytest.raises(StoreError) as refused:
        Reception(Settings(data_dir=tmp_path / "data"), "guide.md")
    assert refused.value.problem is Problem.UPLOADS_FOLDER


def test_what_a_killed_server_received_is_swept(settings: Settings):
    old, recent = (settings.uploads_dir / f".reception-{name}" for name in ("un", "deux"))
    for folder in (old, recent):
        folder.mkdir(parents=True)
    os.utime(old, (0, time.time() - 100_000))
    Reception(settings, "guide.md").close()
    assert not old.exists()
    assert recent.exists()


def test_only_added_files_are_discarded(settings: Settings):
    settings.uploads_dir.mkdir(parents=True)
    added, other = settings.uploads_dir / "a.md", settings.documents_dir / "b.md"
    for path in (added, other):
        path.write_text("texte")
        discard(path, folder=settings.uploads_dir)
    assert not added.exists()
    assert other.exists()


def test_name_that_holds_a_patient_s_data_is_refused_before_anything_is_written(settings: Settings):
    pytest.importorskip("rag.privacy")
    with pytest.raises(RadiactError):
        Reception(settings, "DUPONT_Jean_12-03-1960.pdf")
    assert not settings.uploads_dir.exists()
