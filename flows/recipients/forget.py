"""Forget: erase a list everywhere, leaving how many rows it had of what, and that its bytes are not taken in again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from flows.durable import sync_folder
from flows.errors import WrongUse
from flows.receive.receipts import utc_now
from flows.recipients.desk import ListReceipt, open_desk, read_receipts, rewrite_desk, unread, write_receipt
from flows.recipients.keys import load_key
from flows.recipients.receive import publish_counts, refill_desk
from flows.settings import Settings

_SHA = re.compile(r"[0-9a-f]{6,64}")
_WORDS = {
    "id": {
        "none": "Tidak ada daftar {said}. Sebut awal nomornya (sedikitnya 6 tanda) seperti dicetak `ucj recipients "
                "receive`.",
        "several": "Beberapa daftar bermula {said}: {named}. Tulis lebih panjang.",
        "gone": "Daftar {said} sudah dihapus pada {when}.",
    },
    "en": {
        "none": "There is no list {said}. Name the beginning of its number (at least 6 signs) as `ucj recipients "
                "receive` prints it.",
        "several": "Several lists begin with {said}: {named}. Write more of it.",
        "gone": "List {said} was erased on {when}.",
    },
}  # fmt: skip


def forget_list(
    said: str, settings: Settings, lang: str = "id", clock: Callable[[], datetime] = utc_now
) -> ListReceipt:
    """Erase one list; the receipt that stays. Raises WrongUse where none or several are named so."""
    folder = settings.recipients
    with open_desk(settings) as desk:
        receipt = _find(said, read_receipts(folder), lang)
        now = clock().isoformat(timespec="seconds")
        forgotten = replace(receipt, forgotten_at=now, sheets=[])
        write_receipt(folder, forgotten)  # first: a command that is killed after it leaves the rest to the next
        receipts = read_receipts(folder)
        desk.settle_forgotten(folder, receipts)
        sync_folder(folder)
        if unread(receipts, desk):
            refill_desk(desk, settings, load_key(folder, lang))
        desk.judge_together()
        publish_counts(desk, settings)
        desk.connection.close()
        rewrite_desk(settings)
    return forgotten


def _find(said: str, receipts: list[ListReceipt], lang: str) -> ListReceipt:
    words = _WORDS[lang]
    plain = said.strip().lower()
    found = [r for r in receipts if _SHA.fullmatch(plain) and r.sha256.startswith(plain)]
    if not found:
        raise WrongUse(words["none"].format(said=said))
    if len(found) > 1:
        raise WrongUse(words["several"].format(said=said, named=", ".join(r.sha256[:12] for r in found)))
    if found[0].forgotten_at:
        raise WrongUse(words["gone"].format(said=said, when=found[0].forgotten_at[:10]))
    return found[0]
