"""The command that shows the warehouse in a browser."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from ingest.commands.output import say
from ingest.paths import PROJECT_ROOT
from ingest.settings import Settings


def dashboard(
    port: Annotated[
        int | None, typer.Option("--port", min=1, max=65535, help="Port to listen on (JIXIAO_PORT, else 8501).")
    ] = None,
) -> None:
    """Serve the dashboard on 127.0.0.1.

    Until Ctrl-C; a new release is shown without a restart.

    \b
    Examples:
      jixiao dashboard
      jixiao dashboard --port 9000
    """
    settings = Settings.from_environment()
    port = port or settings.port
    if not settings.warehouse.exists():
        say(f"{settings.warehouse}: no warehouse is published yet; the dashboard will show it after `jixiao rebuild`.")
    say(f"Dashboard on http://127.0.0.1:{port} (Ctrl-C ends it)")
    # Streamlit reads .streamlit/config.toml in the working folder, so a relative JIXIAO_HOME must be made absolute first.
    os.environ["JIXIAO_HOME"] = str(settings.home)
    os.chdir(PROJECT_ROOT)
    sys.stdout.flush()
    sys.stderr.flush()
    # In place of this process: a signal to it is a signal to the server.
    os.execv(
        sys.executable,
        [
            *(sys.executable, "-m", "streamlit", "run", str(PROJECT_ROOT / "dashboard" / "server.py")),
            *("--server.address", "127.0.0.1", "--server.port", str(port), "--server.headless", "true"),
            *("--browser.gatherUsageStats", "false"),
        ],
    )
