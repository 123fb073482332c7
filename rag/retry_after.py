"""How long a busy server asks to wait before the next try."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def seconds_to_wait(retry_after: str) -> float:
    """Read a ``Retry-After`` header (RFC 9110, 10.2.3): seconds or a date; 0 when it is neither.

    >>> seconds_to_wait("120"), seconds_to_wait(""), seconds_to_wait("bientôt")
    (120.0, 0.0, 0.0)
    """
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
