"""How things stand: the last good run, the release, the next run, the last failure, what was refused, how fresh the
figures are, what the findings are about, and what lies on the disk.

Reads small files and the published warehouse; Prefect and pandas stay out, for people ask this often.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from flows.durable import put_in_place
from flows.errors import NotPublished
from flows.messages import place_and_message
from flows.publish.published import read_last_run, read_published
from flows.publish.releases import Hold, read_hold
from flows.schedule import next_time, previous_time
from flows.settings import Settings

GRACE = timedelta(hours=1)  # how long a run that is due may take before it is missed
_SHOWN = 20
_WORDS = {
    "id": {
        "last_run": "Proses terakhir", "release": "Rilis terakhir", "next_run": "Proses berikutnya",
        "on_time": "Tepat waktu", "failure": "Gagal terakhir", "refused": "Ditolak", "partly": "Dimuat sebagian",
        "yes": "ya", "none": "belum ada", "held": "Ditahan", "published": "{release}, terbit {time}",
        "late": "tidak: proses yang berhasil seharusnya ada sejak {due}",
        "hold": "rilis {release} sejak {time}; tidak ada yang terbit sampai `ucj releases resume`",
        "more_findings": "(dan {n} catatan lagi)", "more": "… dan {n} berkas lagi: lihat tabel meta.extract",
        "freshness": "Data terbaru", "current": "{province} {day}: {current} dari {expected} kabupaten/kota",
        "behind": "{behind} lebih lama", "missing": "{missing} belum pernah", "findings": "Catatan", "disk": "Di disk",
        "kept": "kiriman di raw/received {received}, rilis {releases}, simpanan sementara {staging}",
    },
    "en": {
        "last_run": "Last good run", "release": "Last release", "next_run": "Next run",
        "on_time": "On time", "failure": "Last failure", "refused": "Refused", "partly": "Loaded in part",
        "yes": "yes", "none": "none yet", "held": "Held", "published": "{release}, published {time}",
        "late": "no: a good run was due at {due}",
        "hold": "release {release} since {time}; nothing is published until `ucj releases resume`",
        "more_findings": "(and {n} more findings)", "more": "… and {n} more files: see the table meta.extract",
        "freshness": "Latest data", "current": "{province} {day}: {current} of {expected} regencies",
        "behind": "{behind} older", "missing": "{missing} never", "findings": "Findings", "disk": "On disk",
        "kept": "extracts in raw/received {received}, releases {releases}, staging {staging}",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Failure:
    """When a run failed last, and why."""

    failed_at: datetime
    reason: str


@dataclass(frozen=True)
class RefusedFile:
    """A file that is not loaded, or not wholly, with the first of its errors in both languages."""

    file_name: str
    status: str
    reason: str
    message: str
    message_en: str
    findings: int


@dataclass(frozen=True)
class Freshness:
    """A province's latest date: how many regencies have it, have an older one, and sent nothing yet."""

    province_code: str
    province: str
    latest_as_of_date: date
    current: int
    behind: int
    missing: int


@dataclass(frozen=True)
class DiskUse:
    """Bytes of what was received, of the releases (a published one counts once), and of the cache of readings."""

    received: int
    releases: int
    staging: int


@dataclass(frozen=True)
class Status:
    """What `ucj status` tells. `due_at` is the time since which there must be a good run; times are UTC.

    `findings` counts the findings of the published release by rule, the most frequent first.
    """

    last_run_at: datetime | None
    release_id: str | None
    published_at: datetime | None
    hold: Hold | None
    next_run_at: datetime
    due_at: datetime
    last_failure: Failure | None
    refused: tuple[RefusedFile, ...]
    freshness: tuple[Freshness, ...]
    findings: dict[str, int]
    disk: DiskUse
    timezone: str

    @property
    def is_on_time(self) -> bool:
        """Whether the last good run is as young as the schedule allows (see `read_status`)."""
        return self.last_run_at is not None and self.last_run_at >= self.due_at

    @property
    def fails_now(self) -> bool:
        """Whether no good run has come after the last failure."""
        failure = self.last_failure
        return failure is not None and (self.last_run_at is None or self.last_run_at < failure.failed_at)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        failure, hold = self.last_failure, self.hold
        return {
            "is_on_time": self.is_on_time,
            "last_run_at": _iso(self.last_run_at),
            "release": self.release_id,
            "published_at": _iso(self.published_at),
            "held": {"release": hold.release_id, "since": _iso(hold.since)} if hold else None,
            "next_run_at": _iso(self.next_run_at),
            "due_at": _iso(self.due_at),
            "last_failure": {"failed_at": _iso(failure.failed_at), "reason": failure.reason} if failure else None,
            "refused": [asdict(file) for file in self.refused],
            "freshness": [asdict(each) | {"latest_as_of_date": str(each.latest_as_of_date)} for each in self.freshness],
            "findings": self.findings,
            "disk_bytes": asdict(self.disk),
        }

    def lines(self, lang: str = "id") -> list[tuple[str, str]]:
        """Name and value of each line for people. A failure that a good run has followed is not shown."""
        words = _WORDS[lang]
        release = words["published"].format(release=self.release_id, time=self._local(self.published_at, lang))
        late = words["late"].format(due=self._local(self.due_at, lang))
        lines = [
            (words["last_run"], self._local(self.last_run_at, lang)),
            (words["release"], release if self.release_id else words["none"]),
            (words["next_run"], self._local(self.next_run_at, lang)),
            (words["on_time"], words["yes"] if self.is_on_time else late),
        ]
        if self.hold:
            since = self._local(self.hold.since, lang)
            lines.insert(2, (words["held"], words["hold"].format(release=self.hold.release_id, time=since)))
        if self.last_failure and self.fails_now:
            when = self._local(self.last_failure.failed_at, lang)
            lines.append((words["failure"], f"{when}: {self.last_failure.reason}"))
        for file in self.refused[:_SHOWN]:
            more = words["more_findings"].format(n=file.findings - 1) if file.findings > 1 else ""
            message = file.message if lang == "id" else file.message_en
            name = words["refused" if file.status == "refused" else "partly"]
            lines.append((name, f"{message} {more}".rstrip()))
        if len(self.refused) > _SHOWN:
            lines.append(("", words["more"].format(n=len(self.refused) - _SHOWN)))
        lines += [(words["freshness"], _freshness_text(each, words)) for each in self.freshness]
        if self.findings:
            lines.append((words["findings"], ", ".join(f"{rule} {count}" for rule, count in self.findings.items())))
        if self.release_id:
            sizes = {name: _size_text(size, lang) for name, size in asdict(self.disk).items()}
            lines.append((words["disk"], words["kept"].format(**sizes)))
        return lines

    def _local(self, moment: datetime | None, lang: str) -> str:
        if moment is None:
            return _WORDS[lang]["none"]
        return f"{moment.astimezone(ZoneInfo(self.timezone)):%Y-%m-%d %H:%M %Z}"


def _freshness_text(fresh: Freshness, words: dict[str, str]) -> str:
    expected = fresh.current + fresh.behind + fresh.missing
    text = words["current"].format(
        province=fresh.province, day=fresh.latest_as_of_date, current=fresh.current, expected=expected
    )
    others = [words[name].format(**asdict(fresh)) for name in ("behind", "missing") if getattr(fresh, name)]
    return ", ".join([text, *others])


def _size_text(size: int, lang: str) -> str:
    megabytes = f"{size / 1e6:,.1f}"
    return f"{megabytes} MB" if lang == "en" else f"{megabytes.translate(str.maketrans(',.', '.,'))} MB"


def read_status(settings: Settings, now: datetime | None = None) -> Status:
    """How things stand at `now`. Raises WrongUse for a schedule that is none.

    A run is due when the schedule strikes and has GRACE to end. So there must be a good run since the time
    that struck last, GRACE or more ago: of 02:00 every day, that is yesterday's until 03:00 and today's after.
    """
    now = now or datetime.now(UTC)
    last, published = read_last_run(settings.run_log), read_published(settings.published)
    return Status(
        last_run_at=last.finished_at if last else None,
        release_id=published.release_id if published else None,
        published_at=published.published_at if published else None,
        hold=read_hold(settings.hold),
        next_run_at=next_time(settings, now).astimezone(UTC),
        due_at=previous_time(settings, now - GRACE).astimezone(UTC),
        last_failure=read_failure(settings),
        refused=read_refused(settings) if published else (),
        freshness=read_freshness(settings) if published else (),
        findings=count_findings(settings) if published else {},
        disk=measure_disk(settings),
        timezone=settings.timezone,
    )


def read_refused(settings: Settings) -> tuple[RefusedFile, ...]:
    """The files of the published warehouse that are refused or loaded in part, the latest first."""
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        rows = connection.execute(
            """
            with errors as (
                select
                    extract_id, sheet, cell, message, message_en,
                    row_number() over (partition by extract_id order by sheet, cell, message) as place,
                    count(*) over (partition by extract_id) as findings
                from meta.finding
                where severity = 'error'
            )
            select
                extracts.file_name, extracts.status, extracts.reason, coalesce(errors.findings, 0),
                coalesce(errors.sheet, ''), coalesce(errors.cell, ''),
                coalesce(errors.message, extracts.reason), coalesce(errors.message_en, extracts.reason)
            from meta.extract as extracts
            left join errors on extracts.extract_id = errors.extract_id and errors.place = 1
            where extracts.status in ('refused', 'partly_loaded')
            order by extracts.received_at desc, extracts.file_name
            """
        ).fetchall()
    return tuple(
        RefusedFile(
            file_name, status, reason,
            message=place_and_message(file_name, sheet, cell, message, lang="id"),
            message_en=place_and_message(file_name, sheet, cell, message_en, lang="en"),
            findings=findings,
        )
        for file_name, status, reason, findings, sheet, cell, message, message_en in rows
    )  # fmt: skip


def read_freshness(settings: Settings) -> tuple[Freshness, ...]:
    """How fresh each province's figures are, of those that sent something."""
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        rows = connection.execute(
            """
            with latest as (
                select province_code, max(latest_as_of_date) as latest_as_of_date
                from mart.freshness
                group by province_code
                having max(latest_as_of_date) is not null
            )
            select
                latest.province_code, provinces.name, latest.latest_as_of_date,
                count(*) filter (where freshness.latest_as_of_date = latest.latest_as_of_date),
                count(*) filter (where freshness.latest_as_of_date < latest.latest_as_of_date),
                count(*) filter (where freshness.latest_as_of_date is null)
            from latest
            join mart.freshness using (province_code)
            join core.region as provinces on latest.province_code = provinces.region_code
            group by latest.province_code, provinces.name, latest.latest_as_of_date
            order by latest.province_code
            """
        ).fetchall()
    return tuple(Freshness(*row) for row in rows)


def count_findings(settings: Settings) -> dict[str, int]:
    """The findings of the published release by rule, the most frequent first."""
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        return dict(
            connection.execute(
                "select rule, count(*) from meta.finding group by rule order by count(*) desc, rule"
            ).fetchall()
        )


def measure_disk(settings: Settings) -> DiskUse:
    """What the product's files take; a file with several names (a release that is published) counts once."""
    releases = [*settings.releases.glob("*.duckdb"), settings.published]
    return DiskUse(_bytes_of(settings.received.glob("*")), _bytes_of(releases), _bytes_of([settings.staging]))


def _bytes_of(paths: Iterable[Path]) -> int:
    found = {}
    for path in paths:
        with suppress(OSError):  # gone meanwhile
            facts = path.stat()
            found[facts.st_dev, facts.st_ino] = facts.st_size
    return sum(found.values())


def write_failure(settings: Settings, failure: Failure) -> None:
    """Remember that a run failed."""
    path = settings.warehouse / "last_failure.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"time": failure.failed_at.isoformat(), "reason": failure.reason}
    put_in_place([(path, json.dumps(content, ensure_ascii=False).encode())])


@contextmanager
def remember_failure(settings: Settings) -> Iterator[None]:
    """Keep the reason of a run that published nothing for `ucj status`; another run at work is no failure."""
    try:
        yield
    except NotPublished as error:
        with suppress(OSError):  # of a full disk, say; the sentence still goes to the screen
            write_failure(settings, Failure(datetime.now(UTC), str(error)))
        raise


def read_failure(settings: Settings) -> Failure | None:
    """The last failure; None where no run failed."""
    try:
        content = json.loads((settings.warehouse / "last_failure.json").read_text(encoding="utf-8"))
        return Failure(datetime.fromisoformat(content["time"]), content["reason"])
    except (OSError, ValueError, KeyError):
        return None


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
