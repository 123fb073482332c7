"""Read the metadata that a person wrote: YAML front matter or a sidecar file."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from rag.errors import LoadError, Problem
from rag.types import Amendment, Kind, Metadata, Status

Values = Mapping[str, Any]

_SIDECAR_LIMIT = 1_000_000


class _Loader(yaml.SafeLoader):
    """Leave dates as text, so that a date that cannot be is refused under its field's name."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, form) for tag, form in rules if not tag.endswith(":timestamp")]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read_yaml(text: str, *, path: Path) -> Values:
    """Parse a YAML mapping; raise ``LoadError`` (``BAD_METADATA``) for anything else."""
    try:
        if any(isinstance(event, yaml.events.AliasEvent) for event in yaml.parse(text)):
            raise _bad(path, field="yaml", value="alias")
        values = yaml.load(text, Loader=_Loader)  # noqa: S506 (a safe loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _bad(path, field="yaml", value=" ".join(str(error).split())) from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise _bad(path, field="yaml", value=values)
    return values


def sidecar(path: Path) -> Path:
    """Name the file that carries the metadata of ``path``: ``fr.pdf`` → ``fr.pdf.yaml``."""
    return path.with_name(f"{path.name}.yaml")


def override(metadata: Metadata, values: Values, *, path: Path) -> Metadata:
    """Give ``metadata`` the values that a person wrote; unknown keys are left alone.

    Raises ``LoadError`` (``BAD_METADATA``, with ``path``, ``field`` and ``value``) for a kind,
    status, date, text or list that cannot be one.
    """
    known = {name.name for name in fields(Metadata)}
    changes = {
        field: _convert(field, value, path=path)
        for field, value in values.items()
        if field in known and value is not None
    }
    return replace(metadata, **changes)


def _convert(field: str, value: object, *, path: Path) -> Any:  # noqa: ANN401
    try:
        return _CONVERTERS[field](value)
    except (ValueError, TypeError, KeyError) as error:
        raise _bad(path, field=field, value=value) from error


def _bad(path: Path, *, field: str, value: object) -> LoadError:
    return LoadError(Problem.BAD_METADATA, path=str(path), field=field, value=str(value)[:200])


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(value)
    return " ".join(value.split())


def _identifier(value: object) -> str:
    text = _text(value)
    if "#" in text or " " in text:
        raise ValueError(value)
    return text


def to_date(value: object) -> date:
    """Read a date written in ISO 8601; raise ``ValueError`` otherwise."""
    return date.fromisoformat(_text(value))


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(value)
    return tuple(_text(item) for item in value)


def _amendments(value: object) -> tuple[Amendment, ...]:
    if not isinstance(value, list):
        raise ValueError(value)
    return tuple(_amendment(item) for item in value)


def _amendment(value: object) -> Amendment:
    if not isinstance(value, dict):
        raise ValueError(value)
    effective = value.get("from")
    return Amendment(
        unit=_text(value["unit"]),
        by=_text(value["by"]),
        effective=None if effective is None else to_date(effective),
        note=_text(value["note"]) if value.get("note") else "",
    )


_CONVERTERS: dict[str, Callable[[object], object]] = {
    "id": _identifier,
    "title": _text,
    "kind": lambda value: Kind(_text(value)),
    "publisher": _text,
    "language": _text,
    "url": _text,
    "licence": _text,
    "status": lambda value: Status(_text(value)),
    "published": to_date,
    "version_date": to_date,
    "checked": to_date,
    "applies_from": to_date,
    "in_force": to_date,
    "amended_by": _amendments,
    "covers": _texts,
}
