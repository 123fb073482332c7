import pytest

from rag.language_model.speech import Speech


def hear(text: str, size: int) -> tuple[list[str], str]:
    """Say a text in pieces; give what may be shown after each, and at the end."""
    speech = Speech()
    shown = []
    for start in range(0, len(text), size):
        if speech.hear(text[start : start + size]):
            shown.append(speech.said)
    return shown, speech.end()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Six mois.", "Six mois."),
        ("<think>hum</think>Six mois.", "Six mois."),
        ("<thinking>hum</thinking> Six mois.", "Six mois."),
        ("[THINK]hum[/THINK]Six mois.", "Six mois."),
        ("<think></think>Six <think>a < b</think>mois.", "Six mois."),
        ("<think>hum", ""),
        ("<think>hum</thin", ""),
        ("hum, je pense</think>Six mois.", "Six mois."),
        ("a < b et c <", "a < b et c <"),
        ("[1] et [T", "[1] et [T"),
        ("  \n Six mois. \n", "Six mois."),
        ("", ""),
    ],
)
def test_only_what_is_said_is_shown(text: str, said: str, size: int) -> None:
    shown, end = hear(text, size)
    assert end == said
    if not text.startswith("hum"):
        assert all(said.startswith(one.strip()) for one in shown)


def test_thought_without_a_beginning_is_taken_back() -> None:
    assert hear("hum</think>Six mois.", 1)[0][-1] == "Six mois."
    assert "hum" in hear("hum</think>Six mois.", 1)[0]
