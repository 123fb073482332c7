"""What holds for every loaded document, and small files that tests make."""

import zlib
from pathlib import Path

from rag.types import Document, Unit


def words(document: Document, anchor: str) -> str:
    """Give the text of a unit."""
    unit = unit_at(document, anchor)
    return document.text[unit.start : unit.end]


def unit_at(document: Document, anchor: str) -> Unit:
    return next(unit for unit in document.units if unit.anchor == anchor)


def anchors(document: Document) -> list[str]:
    return [unit.anchor for unit in document.units]


def check_document(document: Document) -> None:
    """Spans are in bounds, stripped, nested, in reading order; the text is clean."""
    text, by_anchor = document.text, {unit.anchor: unit for unit in document.units}
    assert len(by_anchor) == len(document.units)
    assert text == text.strip()
    assert "\u00a0" not in text
    assert all(line == " ".join(line.split()) for line in text.split("\n"))
    last_end: dict[str | None, int] = {}
    starts = [unit.start for unit in document.units]
    assert starts == sorted(starts)
    for unit in document.units:
        assert 0 <= unit.start < unit.end <= len(text)
        assert text[unit.start : unit.end] == text[unit.start : unit.end].strip()
        assert unit.label
        assert unit.start >= last_end.get(unit.parent, 0)
        last_end[unit.parent] = unit.end
        if unit.parent:
            parent = by_anchor[unit.parent]
            assert parent.start <= unit.start
            assert unit.end <= parent.end
    assert [page.start for page in document.pages] == sorted(page.start for page in document.pages)


Mark = tuple[float, float, str]


def make_pdf(pages: list[list[Mark]], *, title: str = "", image: bool = False) -> bytes:
    """Write a PDF of Courier lines: (left, baseline, text) in points, 10 points high.

    Every letter is 6 points wide. A text that begins with ``^`` is a superscript: 6 points high,
    letters 3.6 points wide.
    """
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for marks in pages:
        objects.append(_stream(_content(marks, image=image)))
        resources = "/Font << /F1 3 0 R >>"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Resources << {resources} >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects.append(f"<< /Title ({title}) >>")
    return _assemble(objects)


def _content(marks: list[Mark], *, image: bool) -> str:
    drawn = "q 200 0 0 200 100 100 cm BI /W 1 /H 1 /CS /G /BPC 8 ID A EI Q\n" if image else ""
    for left, baseline, text in marks:
        size = 6 if text.startswith("^") else 10
        escaped = text.lstrip("^").replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        drawn += f"BT /F1 {size} Tf {left} {baseline} Td ({escaped}) Tj ET\n"
    return drawn


def _stream(content: str) -> str:
    packed = zlib.compress(content.encode("cp1252"))
    return (
        f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n"
        f"{packed.decode('latin-1')}\nendstream"
    )


def _assemble(objects: list[str]) -> bytes:
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n".encode() + content.encode("latin-1") + b"\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{trailer}\n"
    return body + end.encode() + f"startxref\n{len(body)}\n%%EOF\n".encode()


def column(*lines: str, left: float = 60, top: float = 780, leading: float = 12) -> list[Mark]:
    """Set lines one under the other; an empty one leaves a gap."""
    return [(left, top - leading * number, line) for number, line in enumerate(lines) if line]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
