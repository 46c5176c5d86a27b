"""Where things live: the project, its data under `.local/`, and the user's cache of downloads and builds."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Another folder makes another system beside the first (with a BASE_PORT of its own): tests use that.
LOCAL = Path(os.environ.get("LOCAL_DIR") or ROOT / ".local").resolve()
RUN = LOCAL / "run"
LOGS = LOCAL / "logs"
SECRETS = LOCAL / "secrets"
DATA = LOCAL / "data"
SYSTEM = RUN / "system.json"
SEEDED = LOCAL / "seeded"


def cache() -> Path:
    """Downloads and builds outlive `make clean`, and are shared by every clone of the project."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "si-caker"


def tool(name: str) -> str:
    """A program that came with the Python environment (the gateway's `caddy`)."""
    return str(Path(sys.executable).parent / name)
