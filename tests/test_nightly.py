"""The nightly flow under Prefect's own test harness; what the job does lies in tests/job."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from flows import nightly as flow_module
from flows.errors import Held, NotPublished
from flows.job import run_job
from flows.nightly import may_pass, run_nightly
from flows.publish.lock import hold_lock
from flows.settings import ROOT, Settings
from flows.status import read_failure
from tests.conftest import coverage_rows

pytestmark = pytest.mark.xdist_group("prefect")
Put = Callable[..., Path]
TRENGGALEK = ("Kabupaten Trenggalek", 270622, 70470)
GRESIK = ("Kabupaten Gresik", 557575, 292858)


@pytest.fixture(scope="session")
def prefect_server() -> Iterator[None]:
    """One server for all tests of the flow: it costs ten seconds and more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
        patch.setenv("DO_NOT_TRACK", "1")
        from prefect.testing.utilities import prefect_test_harness

        with prefect_test_harness(server_startup_timeout=120):
            yield


@pytest.fixture(autouse=True)
def _own_environment() -> Iterator[None]:
    """What `run_nightly` puts into the environment goes with the test."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def prefect_log(monkeypatch: pytest.MonkeyPatch) -> list[logging.LogRecord]:
    """What Prefect logs of flows and tasks. It sets its handlers anew at every run, so none of ours would stay."""
    records: list[logging.LogRecord] = []

    def take(logger: logging.Logger, record: logging.LogRecord) -> None:
        if logger.name in ("prefect.flow_runs", "prefect.task_runs"):
            records.append(record)

    monkeypatch.setattr(logging.Logger, "callHandlers", take)
    return records


@pytest.fixture
def inbox_of_one_workbook(put_workbook: Put) -> Path:
    return put_workbook("provinsi/UCJ.xlsx", coverage_rows(TRENGGALEK, GRESIK, ("Kabupaten Antah", 10, 1)))


class Ear:
    """A receiver of failures on this machine: what was posted to it."""

    def __init__(self, answer: int) -> None:
        self.heard: list[dict[str, Any]] = []
        heard = self.heard

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(answer)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing on the screen."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/webhook/a-secret"

    def __enter__(self) -> Ear:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def artifact_of_last_run(key: str) -> Any:
    from prefect.artifacts import Artifact

    found = Artifact.get(key)
    assert found is not None
    return found.data


@pytest.mark.slow
@pytest.mark.usefixtures("prefect_server", "inbox_of_one_workbook")
def test_the_flow_gives_the_content_of_the_direct_run_and_shows_its_counts(settings: Settings, tmp_path: Path) -> None:
    by_flow = run_nightly(settings)
    direct = run_job(replace(settings, warehouse=tmp_path / "direct"))
    assert by_flow.release.content_hash == direct.release.content_hash
    assert (by_flow.new_files, by_flow.read_files, by_flow.partly_loaded_files, by_flow.exit_code) == (1, 1, 1, 1)
    assert json.loads(artifact_of_last_run("nightly-counts")) == [
        {"what": "new files", "number": 1},
        {"what": "files sent again", "number": 0},
        {"what": "files read", "number": 1},
        {"what": "files refused", "number": 0},
        {"what": "files loaded in part", "number": 1},
        {"what": "corrections refused", "number": 0},
        {"what": "audit warnings", "number": 0},
        {"what": "finding, error: region_unknown", "number": 1},
    ]
    release = by_flow.release
    assert artifact_of_last_run("nightly-summary") == (
        f"## New release: {release.release_id}\n\n"
        f"Published {release.published_at:%Y-%m-%d %H:%M} UTC, content {release.content_hash[:12]}.\n\n"
        "| | number |\n|---|---:|\n| new files | 1 |\n| files sent again | 0 |\n| files read | 1 |\n"
        "| files refused | 0 |\n| files loaded in part | 1 |\n| corrections refused | 0 |\n| audit warnings | 0 |\n"
        "| finding, error: region_unknown | 1 |\n"
    )
    assert read_failure(settings) is None


@pytest.mark.slow
@pytest.mark.usefixtures("prefect_server")
def test_a_second_run_is_told_who_is_at_work_and_its_failure_is_kept_and_posted(settings: Settings) -> None:
    with Ear(answer=200) as ear, hold_lock(settings.lock):
        with pytest.raises(Held) as caught:
            run_nightly(replace(settings, notify_url=ear.url))
        holder = json.loads(settings.lock.read_text())
    sentence = (
        f"Another run is at work (process {holder['pid']} on {holder['host']} since {holder['since']}); "
        "nothing was done. Wait for it to end."
    )
    assert str(caught.value) == sentence
    failure = read_failure(settings)
    assert failure is not None and failure.reason == sentence
    assert ear.heard == [{"text": f"ucj: the nightly run failed. {sentence}"}]


@pytest.mark.slow
@pytest.mark.usefixtures("prefect_server")
def test_what_an_audit_stopped_comes_out_as_itself_without_a_retry_or_a_traceback(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, prefect_log: list[logging.LogRecord]
) -> None:
    tried = []

    def refuse(*_: object) -> None:
        tried.append(1)
        raise NotPublished("Nothing was published; the release before stays.")

    refuse.__name__ = "build_audit_and_publish"
    monkeypatch.setattr("flows.job.build_audit_and_publish", refuse)
    with pytest.raises(NotPublished) as caught:
        run_nightly(settings)
    assert str(caught.value) == "Nothing was published; the release before stays."
    assert tried == [1]
    assert [record.getMessage() for record in prefect_log if record.exc_info] == []
    assert "The nightly run failed: Nothing was published; the release before stays." in [
        record.getMessage() for record in prefect_log
    ]
    failure = read_failure(settings)
    assert failure is not None and failure.reason == "Nothing was published; the release before stays."


@pytest.mark.slow
@pytest.mark.usefixtures("prefect_server", "inbox_of_one_workbook")
def test_a_step_is_tried_again_where_the_fault_may_pass(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.job import receive_files

    tried = []

    def receive_at_second_try(settings: Settings) -> Any:
        tried.append(1)
        if len(tried) == 1:
            raise OSError(112, "Host is down")
        return receive_files(settings)

    monkeypatch.setattr(flow_module, "RETRY_AFTER_SECONDS", [0.0, 0.0])
    monkeypatch.setattr("flows.job.receive_files", receive_at_second_try)
    assert run_nightly(settings).new_files == 1
    assert tried == [1, 1]
    assert read_failure(settings) is None


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (OSError("the share is away"), True),
        (duckdb.IOException("held by another program"), True),
        (NotPublished("an audit"), False),
        (Held("another run"), False),
        (TypeError("a fault of ours"), False),
    ],
)
def test_only_what_may_pass_is_tried_again(error: Exception, again: bool) -> None:
    assert may_pass(None, None, SimpleNamespace(data=error)) is again


@pytest.mark.parametrize(
    ("url", "logged"),
    [
        ("http://127.0.0.1:9/a-secret", "The failure could not be posted to UCJ_NOTIFY_URL: <urlopen error"),
        ("a-secret", "The failure could not be posted: UCJ_NOTIFY_URL is no address."),
    ],
)
def test_a_failure_that_cannot_be_posted_is_logged_without_the_address(
    settings: Settings, url: str, logged: str, caplog: pytest.LogCaptureFixture
) -> None:
    flow_module.report_failure(replace(settings, notify_url=url), "Disk penuh.")
    assert caplog.messages[0] == "The nightly run failed: Disk penuh."
    assert caplog.messages[1].startswith(logged)
    assert "a-secret" not in caplog.text
    failure = read_failure(settings)
    assert failure is not None and failure.reason == "Disk penuh."


def test_a_receiver_that_refuses_the_post_is_logged(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    with Ear(answer=404) as ear:
        flow_module.report_failure(replace(settings, notify_url=ear.url), "Disk penuh.")
    assert caplog.messages[1] == "The failure could not be posted to UCJ_NOTIFY_URL: HTTP Error 404: Not Found"


def test_what_the_user_has_set_for_prefect_stays(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.prefect_server import set_environment

    monkeypatch.setenv("PREFECT_HOME", str(settings.raw / "theirs"))
    monkeypatch.delenv("DO_NOT_TRACK", raising=False)
    set_environment(settings, console_level="CRITICAL")
    assert os.environ["PREFECT_HOME"] == str(settings.raw / "theirs")
    assert os.environ["DO_NOT_TRACK"] == "1"


@pytest.mark.usefixtures("inbox_of_one_workbook")
def test_a_direct_run_does_not_import_prefect(settings: Settings) -> None:
    code = (
        "import sys\nfrom flows.cli import main\n"
        "sys.argv = ['ucj', 'run', '--direct', '--raw', sys.argv[1], '--warehouse', sys.argv[2]]\n"
        "if __name__ == '__main__':\n"
        "    try:\n        main()\n    except SystemExit as end:\n        assert end.code == 1, end.code\n"
        "    print('prefect' in sys.modules)\n"
    )
    script = settings.raw / "direct.py"
    script.write_text(code)
    done = subprocess.run(
        [sys.executable, script, settings.raw, settings.warehouse],
        capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "False", done.stdout + done.stderr


@pytest.mark.slow
def test_a_server_that_does_not_answer_is_one_sentence(settings: Settings) -> None:
    environment = os.environ | {"PREFECT_API_URL": "http://127.0.0.1:9/api"}
    environment |= {"PREFECT_CLIENT_MAX_RETRIES": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "run", "--raw", settings.raw, "--warehouse", settings.warehouse],
        capture_output=True, text=True, cwd=ROOT, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert done.stderr == (
        "Prefect cannot be reached (Failed to reach API at http://127.0.0.1:9/api/); nothing was done. "
        "`ucj run --direct` does the same without it.\n"
    )
