"""Find and write dates as French (and English) documents do."""

import re
from datetime import date

_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}
_NUMBER = {
    name.lower(): number
    for names in (*_MONTHS.values(), "x fevrier x x x x x aout x x x decembre")
    for number, name in enumerate(names.split(), start=1)
    if name != "x"
}
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\b(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})\b",
        r"\b(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})[/.](?P<year>[0-9]{4})\b",
        r"\b(?P<day>[0-9]{1,2})(?:er)?\s+(?P<month>[a-zéûA-Z]{3,9})\s+(?P<year>[0-9]{4})\b",
    )
)


def find_date(text: str) -> date | None:
    """Find the first date of a text, day before month; None where there is none.

    >>> find_date("Version en vigueur au : 1er juin 2019")
    datetime.date(2019, 6, 1)
    """
    matches = [match for form in _FORMS for match in form.finditer(text)]
    for match in sorted(matches, key=lambda match: match.start()):
        month = match["month"].lower()
        number = int(month) if month.isdigit() else _NUMBER.get(month, 0)
        try:
            return date(int(match["year"]), number, int(match["day"]))
        except ValueError:
            continue
    return None


def in_words(day: date, *, language: str) -> str:
    """Write a date in words: « 8 octobre 2025 », « 1er juin 2019 », “8 October 2025”."""
    english = language == "en"
    month = _MONTHS["en" if english else "fr"].split()[day.month - 1]
    number = "1er" if day.day == 1 and not english else str(day.day)
    return f"{number} {month} {day.year}"


def french_date(day: date) -> str:
    """Write a date as French readers do.

    >>> french_date(date(2024, 7, 12)), french_date(date(2026, 2, 1))
    ('12 juillet 2024', '1er février 2026')
    """
    return in_words(day, language="fr")
