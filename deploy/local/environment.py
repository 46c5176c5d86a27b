"""The environment of a service of the running system, for commands that join it (import, officer, demo, redrive)."""

import os
import sys
from collections.abc import Sequence

from deploy.local.places import ROOT
from deploy.local.system import System, find
from deploy.local.table import BY_NAME

NOTHING_RUNS = "nothing is running; start it with: make run"


def running() -> System:
    """The running system, or exit with one clear line."""
    system = find()
    if system is None:
        sys.exit(NOTHING_RUNS)
    return system


def load(service: str) -> dict[str, str]:
    """The `CAKER_*` variables (and the few for the interpreter) of a service of the running system."""
    if service not in BY_NAME:
        sys.exit(f"no service is called {service}; there are: {', '.join(BY_NAME)}")
    return running().environment(service, "api" if service == "portal" else "worker")


def execute(service: str, command: Sequence[str]) -> None:
    """Become `command` in that environment; `python` is this very interpreter."""
    argv = [sys.executable if command[0] == "python" else command[0], *command[1:]]
    environment = {**os.environ, **load(service)}
    os.chdir(ROOT)
    try:
        os.execvpe(argv[0], argv, environment)
    except OSError as error:
        sys.exit(f"{argv[0]} cannot be started: {error.strerror}")
