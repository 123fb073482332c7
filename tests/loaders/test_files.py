from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import LoadError, Problem
from rag.loaders import files, load, supported
from rag.loaders.files import SUFFIXES
from tests.loaders.checks import check_document, write

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.txt", b"", Problem.EMPTY),
        ("a.md", b" \n\t ", Problem.EMPTY),
        ("a.odt", b"texte", Problem.UNSUPPORTED),
        ("a.pdf", b"\x89PNG\r\n\x1a\n" + bytes(20), Problem.WRONG_EXTENSION),
        ("a.pdf", b"Bonjour, je suis un texte.", Problem.WRONG_EXTENSION),
        ("a.txt", b"%PDF-1.7\n...", Problem.WRONG_EXTENSION),
        ("a.txt", b"ab\x00\x00cd" * 9, Problem.WRONG_EXTENSION),
        ("a.md", bytes(range(1, 32)) * 20, Problem.WRONG_EXTENSION),
        ("a.html", b"PK\x03\x04....", Problem.WRONG_EXTENSION),
        ("a.docx", b"Bonjour", Problem.WRONG_EXTENSION),
        ("a.docx", OLE, Problem.WRONG_EXTENSION),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), Problem.ENCRYPTED),
        ("a.txt", "… — ! ?", Problem.NO_TEXT),
    ],
)
def test_bad_file_is_refused_with_its_reason(
    tmp_path: Path, name: str, content: bytes | str, problem: Problem
) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(LoadError) as caught:
        load(path)
    assert caught.value.problem is problem
    assert caught.value.details["path"] == str(path)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LoadError) as caught:
        load(tmp_path / "absent.md")
    assert caught.value.problem is Problem.NOT_FOUND


def test_file_over_the_limit_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 10)
    with pytest.raises(LoadError) as caught:
        load(write(tmp_path, "gros.txt", "onze lettres"))
    assert caught.value.problem is Problem.TOO_LARGE
    assert caught.value.details["limit"] == 10


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_is_decoded(tmp_path: Path, encoding: str) -> None:
    document = load(write(tmp_path, "a.txt", "L’hôpital décide à 5 €.".encode(encoding)))
    assert document.text == "L’hôpital décide à 5 €."


def test_supported_goes_by_suffix() -> None:
    assert supported(Path("GUIDE.PDF"))
    assert not supported(Path("guide.doc"))
    assert not supported(Path("guide.pdf.yaml"))


@settings(deadline=None)
@given(data=st.binary(min_size=1, max_size=300), suffix=st.sampled_from(sorted(SUFFIXES)))
def test_any_bytes_give_a_document_or_a_load_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    path = write(tmp_path_factory.getbasetemp(), f"octets{suffix}", data)
    try:
        document = load(path)
    except LoadError:
        return
    check_document(document)
