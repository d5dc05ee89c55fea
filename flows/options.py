"""The options that many commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

Raw = Annotated[Path | None, typer.Option("--raw", help="Folder with inbox/ and received/ (default: raw).")]
Warehouse = Annotated[Path | None, typer.Option("--warehouse", help="Folder of the warehouse (default: warehouse).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
Lang = Annotated[Literal["id", "en"], typer.Option("--lang", help="Language of what is printed.")]
