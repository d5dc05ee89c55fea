"""Withdraw: take a wrong delivery out from now on, or bring it back; a receipt in `raw/received/`, nothing else.

What was known before stays as it was known. The warehouse follows with the next run.
"""

from __future__ import annotations

from collections.abc import Sequence

from flows.errors import WrongUse
from flows.faults import explain_faults
from flows.publish.lock import hold_lock
from flows.receive.inbox import write_withdrawal
from flows.receive.receipts import find_extracts, list_extracts, read_receipt, receipt_names
from flows.records import Receipt
from flows.settings import Settings

_MISUSE = {
    "id": {
        "no_reason": "Tulis alasannya: ucj withdraw {said!r} --reason '…'. Alasan itu tersimpan bersama penarikannya.",
        "unknown": "Tidak ada kiriman {said!r}. Tulis nama berkasnya seperti di kotak masuk, atau paling sedikit "
        "6 huruf pertama sha256-nya (tabel meta.extract).",
        "ambiguous": "{said!r} bisa berarti {extracts}. Tulis 12 huruf pertama sha256 dari yang dimaksud.",
        "withdrawn": "{extract} sudah ditarik ({reason}). `ucj withdraw {sha} --undo` mengembalikannya.",
        "not_withdrawn": "{extract} tidak sedang ditarik; tidak ada yang perlu dikembalikan.",
    },
    "en": {
        "no_reason": "Say why: ucj withdraw {said!r} --reason '…'. The reason is kept with the withdrawal.",
        "unknown": "Nothing came as {said!r}. Write the file's name as in the inbox, or at least the first 6 "
        "characters of its sha256 (table meta.extract).",
        "ambiguous": "{said!r} can mean {extracts}. Write the first 12 characters of the sha256 of the one you mean.",
        "withdrawn": "{extract} is withdrawn already ({reason}). `ucj withdraw {sha} --undo` brings it back.",
        "not_withdrawn": "{extract} is not withdrawn; there is nothing to bring back.",
    },
}  # fmt: skip


def withdraw(settings: Settings, said: str, reason: str, lang: str = "id") -> Receipt:
    """Take the extract that `said` names out from now on. Raises WrongUse where it is none, several, or out already."""
    if not reason.strip():
        raise WrongUse(_MISUSE[lang]["no_reason"].format(said=said))
    with explain_faults(), hold_lock(settings.lock):
        receipts = _read_receipts(settings)
        extract = _find_one(receipts, said, lang)
        last = last_withdrawal(receipts, extract)
        if last and last.outcome == "withdrawn":
            words = {"extract": list_extracts([extract]), "reason": last.reason, "sha": extract.sha256[:12]}
            raise WrongUse(_MISUSE[lang]["withdrawn"].format(**words))
        return write_withdrawal(extract, "withdrawn", reason.strip(), receipts)


def bring_back(settings: Settings, said: str, reason: str = "", lang: str = "id") -> Receipt:
    """Bring a withdrawn extract back from now on. Raises WrongUse where `said` names none, several, or one not out."""
    with explain_faults(), hold_lock(settings.lock):
        receipts = _read_receipts(settings)
        extract = _find_one(receipts, said, lang)
        last = last_withdrawal(receipts, extract)
        if last is None or last.outcome != "withdrawn":
            raise WrongUse(_MISUSE[lang]["not_withdrawn"].format(extract=list_extracts([extract])))
        return write_withdrawal(extract, "brought back", reason.strip(), receipts)


def last_withdrawal(receipts: Sequence[Receipt], extract: Receipt) -> Receipt | None:
    """What was said last of an extract: withdrawn or brought back; None where nothing was."""
    said = [receipt for receipt in receipts if receipt.kind == "withdrawal" and receipt.sha256 == extract.sha256]
    return said[-1] if said else None


def _read_receipts(settings: Settings) -> list[Receipt]:
    return [read_receipt(settings.received, name) for name in receipt_names(settings.received)]


def _find_one(receipts: Sequence[Receipt], said: str, lang: str) -> Receipt:
    extracts = find_extracts(receipts, said)
    if len(extracts) != 1:
        fault = "ambiguous" if extracts else "unknown"
        raise WrongUse(_MISUSE[lang][fault].format(said=said, extracts=list_extracts(extracts)))
    return extracts[0]
