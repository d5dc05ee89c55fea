"""`ucj schedule`: serve the nightly flow at its hour, until it is stopped; and when that hour was and will be.

One run at a time is the affair of the run's own lock: a killed run can hold Prefect's slot for ever.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from flows.errors import Held, NotPublished, WrongUse
from flows.prefect_server import own_server, set_environment
from flows.publish.lock import hold_lock
from flows.publish.published import read_last_run
from flows.settings import Settings

if TYPE_CHECKING:
    from uuid import UUID

    from prefect.runner import Runner


def next_time(settings: Settings, now: datetime) -> datetime:
    """When the schedule strikes next. Raises WrongUse for a schedule or time zone that is none."""
    return next(_times(settings, now))


def previous_time(settings: Settings, now: datetime) -> datetime:
    """When the schedule struck last, at `now` or before. Raises WrongUse like `next_time`."""
    just_after = now + timedelta(microseconds=1)  # cronsim looks strictly before
    return next(_times(settings, just_after, reverse=True))


def missed_run(settings: Settings, now: datetime) -> bool:
    """Whether the machine was off, or the run failed, at the hour that struck last."""
    last = read_last_run(settings.run_log)
    return last is None or last.finished_at < previous_time(settings, now)


def serve_schedule(settings: Settings) -> None:
    """Serve the nightly flow until Ctrl-C or SIGTERM; a run that was missed is made up for at once.

    Against the server that PREFECT_API_URL names, else one of our own. Raises WrongUse for a schedule that is
    none, Held where another `ucj schedule` serves this warehouse, NotPublished where Prefect cannot be reached.
    """
    next_time(settings, datetime.now(UTC))
    with ExitStack() as stack:
        stack.enter_context(_hold_schedule(settings))
        set_environment(settings, console_level="WARNING")
        stop = stack.enter_context(_stop_on_signals())
        server = None if "PREFECT_API_URL" in os.environ else stack.enter_context(own_server(settings))
        runner = _prepare_runner(settings)
        pages = os.environ["PREFECT_API_URL"].removesuffix("/api")
        _say(f"Prefect: {pages}{' (our own server)' if server else ''}. Stop with Ctrl-C.")
        _serve(runner, server, stop)
    _say("The schedule has stopped; nothing runs until `ucj schedule` is started again.")


def _prepare_runner(settings: Settings) -> Runner:
    """A Prefect runner with the nightly flow's schedule in the server, and the missed run where there is one."""
    from httpx import HTTPError
    from prefect.client.orchestration import get_client
    from prefect.runner import Runner
    from prefect.schedules import Cron

    from flows.nightly import nightly

    runner = Runner(name="ucj", limit=1)  # in this process only: a run that is due waits for the one at work
    try:
        added = runner.add_flow(
            nightly(settings),
            name=settings.warehouse.resolve().name,
            schedule=Cron(settings.schedule, timezone=settings.timezone),
            parameters={"accepted": [], "verify": False},
        )
        deployment = cast("UUID", added)  # a coroutine only where a loop is running
        now = datetime.now(UTC)
        if missed_run(settings, now):
            _say(f"No good run since {_local(previous_time(settings, now), settings)}: one starts now.")
            with get_client(sync_client=True) as client:
                client.create_flow_run_from_deployment(deployment, name="catch-up")
    except (RuntimeError, HTTPError) as error:
        api = os.environ["PREFECT_API_URL"]
        raise NotPublished(f"Prefect cannot be reached at {api} ({error}); nothing is scheduled.") from error
    _say(f"Schedule {settings.schedule} ({settings.timezone}); next run {_local(next_time(settings, now), settings)}.")
    return runner


def _serve(runner: Runner, server: subprocess.Popen[bytes] | None, stop: threading.Event) -> None:
    """Run the runner beside this thread, which waits for the signal to stop.

    In the main thread the runner would take SIGTERM itself and leave by `sys.exit` with its schedule still on.
    """
    loop = asyncio.new_event_loop()
    faults: list[BaseException] = []

    def serve() -> None:
        try:
            loop.run_until_complete(runner.start())
        except BaseException as error:
            faults.append(error)

    thread = threading.Thread(target=serve, name="runner")
    thread.start()
    while thread.is_alive() and not (server and server.poll() is not None) and not stop.wait(0.5):
        pass
    if not stop.is_set():
        runner.pause_on_shutdown = False  # there is no server any more to take the schedule back
    while thread.is_alive() and not runner.started:  # asked to stop before it had begun
        time.sleep(0.1)
    if thread.is_alive():
        asyncio.run_coroutine_threadsafe(runner.astop(), loop)
    thread.join()
    loop.close()
    if not stop.is_set():
        why = f": {faults[0]}" if faults else ""
        raise NotPublished(f"The schedule stopped by itself, for Prefect's server or runner went away{why}.")


@contextmanager
def _stop_on_signals() -> Iterator[threading.Event]:
    """An event that Ctrl-C or SIGTERM sets; a second one does what it always does."""
    stop = threading.Event()
    signals = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.getsignal(number) for number in signals}

    def ask_to_stop(number: int, _frame: FrameType | None) -> None:
        stop.set()
        signal.signal(number, before[signal.Signals(number)])

    for number in signals:
        signal.signal(number, ask_to_stop)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _hold_schedule(settings: Settings) -> Iterator[None]:
    """One schedule a warehouse. Raises Held naming the process that has it."""
    path = settings.warehouse / "schedule.lock"
    with ExitStack() as stack:
        try:
            stack.enter_context(hold_lock(path))
        except Held:
            raise Held(
                f"Another `ucj schedule` serves this warehouse ({_holder(path)}); stop that one first."
            ) from None
        yield


def _holder(path: Path) -> str:
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
        return f"process {holder['pid']} on {holder['host']} since {holder['since']}"
    except (OSError, ValueError, KeyError):
        return "it has not said who it is"


def _times(settings: Settings, start: datetime, reverse: bool = False) -> Iterator[datetime]:
    if len(settings.schedule.split()) != 5:
        raise _no_schedule(settings, "five fields are expected")
    try:
        return CronSim(settings.schedule, start.astimezone(_zone(settings)), reverse=reverse)
    except CronSimError as error:
        raise _no_schedule(settings, str(error)) from None


def _no_schedule(settings: Settings, why: str) -> WrongUse:
    return WrongUse(
        f"UCJ_SCHEDULE: expected minute, hour, day, month and weekday, such as 0 2 * * *; "
        f"found {settings.schedule!r} ({why})."
    )


def _zone(settings: Settings) -> ZoneInfo:
    try:
        return ZoneInfo(settings.timezone)
    except (KeyError, ValueError, OSError):
        raise WrongUse(
            f"UCJ_TIMEZONE: expected a time zone such as Asia/Jakarta; found {settings.timezone!r}."
        ) from None


def _local(moment: datetime, settings: Settings) -> str:
    return f"{moment.astimezone(_zone(settings)):%Y-%m-%d %H:%M %Z}"


def _say(text: str) -> None:
    print(text, flush=True)
