"""An earlier version of this tree beside it, and clients that are sent to whichever version takes requests."""

import subprocess
import tarfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from deploy.local.places import ROOT
from tests.promises.ledger import Answer, Driver

STEPS_BACK = 5  # commits, where nothing was released yet


def earlier(folder: Path) -> tuple[Path, str]:
    """The tree of the last release (or of some commits ago) unpacked into `folder`, and its name."""
    name = _git("describe", "--tags", "--abbrev=0") or _git("rev-parse", "--short", f"HEAD~{STEPS_BACK}")
    if not name:
        pytest.skip("no earlier version is known here: this is no clone with its history")
    packed = subprocess.run(
        ["git", "archive", name.decode(), "shared", "services", "deploy"], cwd=ROOT, capture_output=True, check=True
    )
    with tarfile.open(fileobj=BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder, name.decode()


def _git(*command: str) -> bytes:
    done = subprocess.run(["git", *command], cwd=ROOT, capture_output=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else b""


@dataclass
class Gateway(Driver):
    """Sends requests in turn to `urls`, which may change at any time, as a gateway does."""

    urls: list[str] = field(default_factory=list)
    _turn: int = 0

    async def once(self, *given: Any) -> Answer:
        self._turn += 1
        self.url = self.urls[self._turn % len(self.urls)]
        return await super().once(*given)
