"""The two READMEs hold equal commands, which exist, and the messages that they explain are those of the code."""

from __future__ import annotations

import re

import pytest
import typer

from flows.cli import app
from flows.settings import ROOT

READMES = ("README.md", "README.id.md")
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
SOURCES = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "flows").rglob("*.py")))


def code_in(name: str) -> str:
    """What stands as code in a README: blocks, and texts between backticks."""
    text = (ROOT / name).read_text(encoding="utf-8")
    blocks = re.findall(r"```\n(.*?)```", text, re.DOTALL)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))])


def commands_in(name: str) -> set[tuple[str, tuple[str, ...]]]:
    """Each command with the options that stand beside it."""
    lines = re.findall(r"\bucj(?:\.exe)? ([a-z]+)\b([^\n#]*)", code_in(name))
    return {(command, tuple(re.findall(r"--[a-z-]+", rest))) for command, rest in lines}


@pytest.mark.parametrize("name", READMES)
def test_every_command_and_option_in_a_readme_exists(name: str) -> None:
    for command, options in sorted(commands_in(name)):
        assert command in COMMANDS, command
        group = COMMANDS[command]
        known = {option for parameter in group.params for option in parameter.opts}
        known |= {o for each in getattr(group, "commands", {}).values() for p in each.params for o in p.opts}
        assert set(options) <= known, (command, options)


def test_both_readmes_show_the_same_commands() -> None:
    english, indonesian = map(commands_in, READMES)
    assert english == indonesian


@pytest.mark.parametrize("name", READMES)
def test_the_messages_that_a_readme_explains_are_said_by_the_code(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    table = re.search(r"\| (?:it says|pesannya) \|.*?\n\n", text, re.DOTALL)
    assert table
    said = [part for cell in re.findall(r"^\| `([^`]+)`", table[0], re.MULTILINE) for part in cell.split(" … ")]
    assert len(said) > 7
    for part in said:
        part = part.removesuffix(" …").removesuffix(" DIGEST").replace("Per tanggal", "{field}")
        assert part in re.sub(r'"\n\s+f?"', "", SOURCES), part
