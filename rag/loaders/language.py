"""Tell French from English."""

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES = ("fr", "en")
_FEWEST_WORDS = 5


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def detect(text: str, *, declared: str = "") -> str:
    """Give the language of ``text``: the one declared (``fr-FR``), else ``fr`` or ``en``."""
    code = declared.strip().lower().replace("_", "-").split("-")[0]
    if len(code) == 2 and code.isalpha():
        return code
    if len(text.split()) < _FEWEST_WORDS:
        return "fr"
    return str(_identifier().classify(text[:20_000])[0])
