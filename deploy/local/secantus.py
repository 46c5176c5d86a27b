"""SecantusDB, the stand-in for MongoDB where there is none: built once by cargo, else its slower Python wheel."""

import shutil
import sys
from pathlib import Path

from deploy.local.places import cache
from deploy.local.program import Program
from deploy.local.progress import alone, show

VERSION = "0.5.3-beta.196"
WHEEL_VERSION = "0.7.0b3"
HINT = "set MONGO_URL to a MongoDB that runs, or install mongod"


def label() -> str:
    version = VERSION if _built().exists() or shutil.which("cargo") else f"{WHEEL_VERSION} (Python)"
    return f"SecantusDB {version}, stands in for MongoDB"


def program(data: Path, *, port: int, logs: Path) -> Program:
    """Always with --sync-on-commit: without it a kill loses writes that were acknowledged."""
    home = data / "secantus"
    home.mkdir(parents=True, exist_ok=True)
    place = ("--host", "127.0.0.1", "--port", str(port), "--storage-path", str(home))
    size = ("--cache-size", "256M", "--log-file-max", "32MB", "--log-level", "WARNING")
    return Program(
        name="store", argv=(_executable(), *place, "--sync-on-commit", *size), log=logs / "store.log", cwd=home
    )


def _executable() -> str:
    if _built().exists():
        return str(_built())
    return str(_build() if shutil.which("cargo") else _wheel())


def _built() -> Path:
    return cache() / f"secantusdb-{VERSION}" / "bin" / "secantusd-rs"


def _build() -> Path:
    with alone(cache() / "secantusdb.lock"):
        if not _built().exists():
            crate = ["secantus-mdb", "--version", VERSION, "--ignore-rust-version"]
            show(
                f"Building SecantusDB {VERSION} (about 3 minutes, once)",
                ["cargo", "install", *crate, "--root", str(_built().parents[1])],
                hint=f"it needs CMake, a C compiler and the network; or {HINT}",
            )
    return _built()


def _wheel() -> Path:
    """In an environment of its own: a separate program, nothing of it among the project's packages."""
    home = cache() / f"secantusdb-py-{WHEEL_VERSION}"
    command = home / "bin" / "secantusd-py"
    with alone(cache() / "secantusdb.lock"):
        if not command.exists():
            show("Preparing SecantusDB's environment", [sys.executable, "-m", "venv", str(home)], hint=HINT)
            wanted = f"secantusdb=={WHEEL_VERSION}"
            show(f"Fetching {wanted}", [str(home / "bin" / "pip"), "install", wanted], hint=HINT)
    return command
