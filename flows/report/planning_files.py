"""Write a document in the formats asked for; the same document always gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from flows.durable import aside_of, put_in_place
from flows.errors import WrongUse
from flows.report.document import Document

FORMATS = ("xlsx", "docx", "html", "csv", "md")
_WORDS = {
    "id": {
        "not_written": "{path}: tidak dapat ditulis ({fault}). Pilih folder lain dengan --out.",
        "format": "--format: {name} tidak dikenal. Pilih: {known}.",
    },
    "en": {
        "not_written": "{path} cannot be written ({fault}). Choose another folder with --out.",
        "format": "--format: {name} is not known. Choose: {known}.",
    },
}


def render(document: Document, suffix: str) -> bytes:
    """The bytes of a document in one format; the same document always gives the same bytes."""
    return _writer(suffix)(document)


def _writer(suffix: str) -> Callable[[Document], bytes]:
    """The writer of a format, imported only now: python-docx alone costs a fifth of a second."""
    if suffix == "xlsx":
        from flows.report.write_xlsx import write_xlsx

        return write_xlsx
    if suffix == "docx":
        from flows.report.write_docx import write_docx

        return write_docx
    if suffix == "html":
        from flows.report.write_html import write_html

        return write_html
    from flows.report.write_text import write_csv, write_markdown

    return write_csv if suffix == "csv" else write_markdown


def read_formats(text: str, lang: str) -> list[str]:
    """The formats in "xlsx,docx". Raises WrongUse naming the one that is not known."""
    formats = [part.strip().lower() for part in text.split(",") if part.strip()]
    for name in formats:
        if name not in FORMATS:
            raise WrongUse(_WORDS[lang]["format"].format(name=name, known=", ".join(FORMATS)))
    return formats or list(FORMATS[:2])


def write_files(document: Document, formats: Sequence[str], folder: Path, stem: str) -> list[Path]:
    """Write a document into a folder, each file whole or not at all. Raises WrongUse where one cannot be written."""
    written = []
    for suffix in formats:
        path = folder / f"{stem}.{suffix}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            put_in_place([(path, render(document, suffix))])
        except OSError as fault:
            with suppress(OSError):
                aside_of(path).unlink(missing_ok=True)
            said = _WORDS[document.lang]["not_written"]
            raise WrongUse(said.format(path=path, fault=fault.strerror or fault)) from fault
        written.append(path)
    return written
