"""The desk's key and the sealed copies: no key, no copy; a copy that was touched does not open."""

from __future__ import annotations

import hmac
import json
from pathlib import Path

import duckdb
import pytest

from flows.errors import WrongUse
from flows.recipients.keys import NikKey, load_key, remember_key
from flows.recipients.sealed import CannotOpen, open_sealed, seal_file

KEY = NikKey(b"k" * 32)
TAG, CHUNK, HEAD = 16, 1 << 20, 32


def sealed(folder: Path, content: bytes) -> Path:
    source = folder / "daftar Wargana.xlsx"
    source.write_bytes(content)
    seal_file(source, folder / "a.sealed", KEY)
    return folder / "a.sealed"


@pytest.mark.parametrize("size", [0, 1, CHUNK - 30, CHUNK, 3 * CHUNK + 5])
def test_what_is_sealed_opens_as_it_was(tmp_path: Path, size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    path = sealed(tmp_path, content[:size])
    opened = open_sealed(path, KEY)
    assert (opened.file_name, opened.content) == ("daftar Wargana.xlsx", content[:size])
    assert b"Wargana" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("place", [0, 10, 20, HEAD, HEAD + CHUNK + TAG + 3, -1])
def test_a_changed_byte_is_noticed(tmp_path: Path, place: int) -> None:
    path = sealed(tmp_path, b"x" * (2 * CHUNK))
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(CannotOpen):
        open_sealed(path, KEY)


@pytest.mark.parametrize("cut", [slice(0, HEAD + CHUNK + TAG), slice(0, -1), slice(0, HEAD), slice(0, 5)])
def test_a_copy_that_was_cut_is_noticed(tmp_path: Path, cut: slice) -> None:
    path = sealed(tmp_path, b"x" * (2 * CHUNK))
    path.write_bytes(path.read_bytes()[cut])
    with pytest.raises(CannotOpen):
        open_sealed(path, KEY)


def test_chunks_in_another_order_are_noticed(tmp_path: Path) -> None:
    path = sealed(tmp_path, b"x" * (3 * CHUNK))
    content, size = path.read_bytes(), CHUNK + TAG
    one, two = content[HEAD : HEAD + size], content[HEAD + size : HEAD + 2 * size]
    path.write_bytes(content[:HEAD] + two + one + content[HEAD + 2 * size :])
    with pytest.raises(CannotOpen):
        open_sealed(path, KEY)


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen, match="damaged, cut short, or sealed with another key"):
        open_sealed(sealed(tmp_path, b"x"), NikKey(b"o" * 32))


def test_without_a_key_the_command_to_make_one_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UCJ_NIK_KEY", raising=False)
    with pytest.raises(WrongUse) as refused:
        load_key(tmp_path, "en")
    assert str(refused.value) == (
        "UCJ_NIK_KEY is not set: with this key NIKs are hidden and copies of lists are sealed. Make one once with "
        '`python -c "import secrets; print(secrets.token_hex(32))"`, keep it safe and outside raw/ (without it no copy '
        "can be opened), set UCJ_NIK_KEY and run again."
    )
    monkeypatch.setenv("UCJ_NIK_KEY", "x" * 31)
    with pytest.raises(WrongUse, match="hanya 31 bita; sedikitnya 32"):
        load_key(tmp_path)


def test_a_changed_key_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UCJ_NIK_KEY", "x" * 32)
    remember_key(tmp_path, load_key(tmp_path))
    assert load_key(tmp_path).secret == b"x" * 32
    monkeypatch.setenv("UCJ_NIK_KEY", "y" * 32)
    with pytest.raises(WrongUse, match="bukan kunci yang dipakai untuk daftar"):
        load_key(tmp_path)
    assert "x" * 32 not in (tmp_path / "key.json").read_text()
    assert list(json.loads((tmp_path / "key.json").read_text())) == ["fingerprint"]


@pytest.mark.parametrize("secret", [b"k" * 32, b"long" * 30])
def test_the_hash_that_sql_makes_is_hmac_sha_256(secret: bytes) -> None:
    with duckdb.connect() as connection:
        made = connection.execute(
            "select sha256($outer || unhex(sha256($inner || encode('3503994102910002'))))", NikKey(secret).pads
        ).fetchall()
    assert made == [(hmac.digest(secret, b"3503994102910002", "sha256").hex(),)]
    assert secret.decode() not in repr(NikKey(secret))
