"""The desk's key, `UCJ_NIK_KEY`: NIKs are matched by HMAC-SHA-256 with it, kept copies are sealed with one derived.

It is read from the environment alone, never from a settings file: settings are passed around and printed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from flows.durable import put_in_place
from flows.errors import WrongUse

NAME = "UCJ_NIK_KEY"
SHORTEST = 32  # bytes
_BLOCK = 64  # of SHA-256: what HMAC pads a key to
_WORDS = {
    "id": {
        "missing": "{name} belum disetel: kunci ini menyamarkan NIK dan mengunci salinan daftar. Buat sekali dengan "
                   "`{make}`, simpan di tempat aman di luar raw/ (tanpa kunci ini salinan tidak dapat dibuka), lalu "
                   "setel {name} dan jalankan lagi.",
        "short": "{name} hanya {bytes} bita; sedikitnya {shortest}. Buat yang baru dengan `{make}`.",
        "other": "{name} bukan kunci yang dipakai untuk daftar di {folder} (sidik {found}, diharapkan {expected}). "
                 "Setel kunci semula, lalu jalankan lagi.",
    },
    "en": {
        "missing": "{name} is not set: with this key NIKs are hidden and copies of lists are sealed. Make one once "
                   "with `{make}`, keep it safe and outside raw/ (without it no copy can be opened), set {name} and "
                   "run again.",
        "short": "{name} has only {bytes} bytes; at least {shortest} are needed. Make a new one with `{make}`.",
        "other": "{name} is not the key of the lists in {folder} (fingerprint {found}, expected {expected}). Set the "
                 "key of before and run again.",
    },
}  # fmt: skip
_MAKE = 'python -c "import secrets; print(secrets.token_hex(32))"'


@dataclass(frozen=True)
class NikKey:
    """A key that is long enough. Its text stands in no repr."""

    secret: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """What tells keys apart and says nothing of the key."""
        return hmac.digest(self.secret, b"ucj: fingerprint of the key", "sha256").hex()[:16]

    @property
    def pads(self) -> dict[str, bytes]:
        """The padded keys of HMAC (RFC 2104), for SQL: sha256(outer || sha256(inner || message))."""
        key = hashlib.sha256(self.secret).digest() if len(self.secret) > _BLOCK else self.secret
        key = key.ljust(_BLOCK, b"\0")
        return {"inner": bytes(byte ^ 0x36 for byte in key), "outer": bytes(byte ^ 0x5C for byte in key)}


def load_key(folder: Path, lang: str = "id") -> NikKey:
    """The key of the environment. Raises WrongUse where there is none, or not the one that `folder` was begun with."""
    text = os.environ.get(NAME, "").strip()
    said = _WORDS[lang]
    if not text:
        raise WrongUse(said["missing"].format(name=NAME, make=_MAKE))
    secret = text.encode()
    if len(secret) < SHORTEST:
        raise WrongUse(said["short"].format(name=NAME, bytes=len(secret), shortest=SHORTEST, make=_MAKE))
    key = NikKey(secret)
    record = folder / "key.json"
    if record.exists():
        expected = json.loads(record.read_text(encoding="utf-8"))["fingerprint"]
        if expected != key.fingerprint:
            other = {"found": key.fingerprint, "expected": expected, "folder": folder, "name": NAME}
            raise WrongUse(said["other"].format(**other))
    return key


def remember_key(folder: Path, key: NikKey) -> None:
    """Note the fingerprint of the key that a folder is begun with."""
    record = folder / "key.json"
    if not record.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        put_in_place([(record, json.dumps({"fingerprint": key.fingerprint}).encode())])


def throwaway_key() -> NikKey:
    """A key for one check that stores nothing."""
    return NikKey(os.urandom(SHORTEST))
