"""Sealed copies: a file encrypted at rest in authenticated chunks (AES-256-GCM), so that no change goes unnoticed.

Layout: magic, fingerprint of the key, 16 random bytes of salt; then chunks, each with its tag. Every copy has a key of
its own (HKDF with its salt). A chunk's nonce is its number and whether it is the last one: what was cut off, appended
or put in another order does not open (the STREAM construction). Before the content stands the file's name, which may
be a person's and is therefore sealed too.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from flows.errors import UcjError
from flows.recipients.keys import NikKey

_MAGIC = b"UCJSEAL1"
_CHUNK = 1 << 20
_TAG = 16
_SALT = 16
_HEAD = len(_MAGIC) + 8 + _SALT


class CannotOpen(UcjError):
    """A sealed copy that is damaged, or of another key."""


@dataclass(frozen=True)
class Opened:
    """What a sealed copy holds. Neither may be written or printed."""

    file_name: str
    content: bytes


def seal_file(source: Path, target: Path, key: NikKey) -> tuple[str, int]:
    """Write the sealed copy of a file; the sha256 and the size of what was read."""
    salt = os.urandom(_SALT)
    head = _MAGIC + bytes.fromhex(key.fingerprint) + salt
    cipher = _cipher(key, salt)
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as reader, os.fdopen(_create_for_owner_only(target), "wb") as writer:
        writer.write(head)
        name = source.name.encode(errors="surrogateescape")
        pending = len(name).to_bytes(4, "big") + name
        number = 0
        while chunk := reader.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            pending += chunk
            while len(pending) > _CHUNK:
                writer.write(cipher.encrypt(_nonce(number, is_last=False), pending[:_CHUNK], head))
                pending, number = pending[_CHUNK:], number + 1
        writer.write(cipher.encrypt(_nonce(number, is_last=True), pending, head))
    return digest.hexdigest(), size


def open_sealed(path: Path, key: NikKey) -> Opened:
    """Decrypt a sealed copy in memory. Raises CannotOpen where a byte of it is not as it was written."""
    from cryptography.exceptions import InvalidTag

    try:
        with path.open("rb") as reader:
            whole = b"".join(_open_chunks(reader, key))
    except InvalidTag:
        raise CannotOpen(f"{path}: damaged, cut short, or sealed with another key; restore it from a backup.") from None
    length = int.from_bytes(whole[:4], "big")
    return Opened(whole[4 : 4 + length].decode(errors="surrogateescape"), whole[4 + length :])


def _open_chunks(reader: IO[bytes], key: NikKey) -> Iterator[bytes]:
    head = reader.read(_HEAD)
    if head[: len(_MAGIC)] != _MAGIC or len(head) != _HEAD:
        raise CannotOpen(f"{reader.name}: this is no sealed copy; restore it from a backup.")
    cipher = _cipher(key, head[-_SALT:])
    number, chunk = 0, reader.read(_CHUNK + _TAG)
    while True:
        following = reader.read(_CHUNK + _TAG)
        yield cipher.decrypt(_nonce(number, is_last=not following), chunk, head)
        if not following:
            return
        number, chunk = number + 1, following


def _cipher(key: NikKey, salt: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return AESGCM(HKDF(SHA256(), 32, salt, b"ucj: sealed copy of a recipient list").derive(key.secret))


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])


def _create_for_owner_only(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
