from rag import __version__
from rag.credits import LIBRARIES, libraries
from rag.ui import about
from tests.ui.fake_assistant import FakeAssistant


def test_installation_tells_what_the_program_says_of_itself():
    html = about.installation(FakeAssistant().describe())
    for fact in (f"RadIAct {__version__}", "faux", "f" * 64, "20 novembre 2026 à "):
        assert fact in html
    assert "/srv/&lt;radiact&gt;" in html


def test_what_is_not_known_is_left_out():
    html = about.installation({"documents": 0, "passages": 0, "changed_at": None})
    assert "Dernière indexation" not in html
    assert "Empreinte" not in html


def test_every_library_named_is_installed_with_a_licence_that_can_be_shown():
    listed = list(libraries())
    assert {one.name for one in listed} == set(LIBRARIES)
    assert all(one.version and 0 < len(one.licence) <= 120 for one in listed)
