"""What Prefect needs around it: its environment, and a server of our own while `ucj schedule` serves.

Nothing here imports Prefect in the calling process: Prefect reads its environment when it is imported.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from flows.errors import NotPublished
from flows.settings import Settings

STARTUP_SECONDS = 120
STOP_SECONDS = 15


def set_environment(settings: Settings, console_level: str) -> None:
    """Set what Prefect reads when it is imported; what the user has set stays.

    With these no connection leaves the machine. `console_level` holds where nobody watches the terminal.
    """
    watched = sys.stderr is not None and sys.stderr.isatty()
    wanted = {
        "PREFECT_HOME": str(settings.prefect_home.resolve()),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(STARTUP_SECONDS),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs,orphans",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "INFO" if watched else console_level,
    }
    for name, value in wanted.items():
        os.environ.setdefault(name, value)
    # Prefect makes only the last folder, and its server then dies again and again without a word
    Path(os.environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)


@contextmanager
def own_server(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Prefect server on a free port of this machine, name it in PREFECT_API_URL, and stop it at the end.

    Raises NotPublished where it does not come up.
    """
    port = _free_port()
    url = f"http://127.0.0.1:{port}/api"
    settings.prefect_home.mkdir(parents=True, exist_ok=True)
    log = settings.prefect_home / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-c", f"from flows.prefect_server import run_server; run_server({port})"],
            env=os.environ | {"PREFECT_API_URL": url, "PREFECT_SERVER_UI_API_URL": url},
            stdin=subprocess.PIPE,  # its end tells the server that we are gone, even when we were killed
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C is for us: the schedule is taken back before the server goes
        )
    try:
        _wait_until_healthy(server, url, log)
        _address_file(settings).write_text(json.dumps({"url": url, "pid": server.pid}), encoding="utf-8")
        os.environ["PREFECT_API_URL"] = url
        yield server
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        _address_file(settings).unlink(missing_ok=True)
        _stop(server)


def running_server(settings: Settings) -> str | None:
    """The address of the server that `ucj schedule` runs over this warehouse; None where none answers."""
    try:
        url = json.loads(_address_file(settings).read_text(encoding="utf-8"))["url"]
    except (OSError, ValueError, KeyError):
        return None
    return url if _is_healthy(url) else None


def run_server(port: int) -> None:
    """Be the Prefect server until stdin ends. Runs in the process that `own_server` starts."""
    import uvicorn
    from prefect.server.api.server import create_app

    app = create_app(final=True)
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=5)
    )

    def stop_with_parent() -> None:
        sys.stdin.buffer.read()
        server.should_exit = True
        time.sleep(STOP_SECONDS)  # the services have had their time
        os._exit(0)

    threading.Thread(target=stop_with_parent, daemon=True).start()
    server.run()


def _address_file(settings: Settings) -> Path:
    return settings.prefect_home / "server.json"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    patience_ends = time.monotonic() + STARTUP_SECONDS
    while not _is_healthy(url):
        if server.poll() is not None or time.monotonic() > patience_ends:
            raise NotPublished(f"Prefect's server did not start; nothing is scheduled. Its own words are in {log}.")
        time.sleep(0.2)


def _is_healthy(url: str) -> bool:
    """Asked without the proxy that the environment may name: the server is on this machine."""
    try:
        with build_opener(ProxyHandler({})).open(f"{url}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.stdin:
        server.stdin.close()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
