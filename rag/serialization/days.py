"""The JSON form of a day."""

from datetime import date


def iso(day: date | None) -> str | None:
    """Give a day in ISO 8601, or null."""
    return day.isoformat() if day else None
