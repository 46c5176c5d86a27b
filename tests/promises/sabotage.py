"""Do the tests notice? Each mutation is planted in a copy of this tree, and its test must turn red there, having been
green before. Prints one line each; exit 1 where a bug survives.

    python -m tests.promises.sabotage [PART OF A NAME]
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local.parts import start_store
from tests.promises.mutations import MUTATIONS, Mutation

HERE = Path(__file__).resolve().parents[2]
SEEDS = "400"
LONGEST = 180  # seconds: a test that does not end is red too
PARTS = ("shared", "services", "deploy", "tests", "conftest.py", "pyproject.toml")


def main() -> int:
    wanted = [one for one in MUTATIONS if " ".join(sys.argv[1:]) in one.name]
    with tempfile.TemporaryDirectory(prefix="si-caker-sabotage-") as place, _servers(Path(place), wanted) as servers:
        tree = Path(place) / "tree"
        _copy(tree)
        before = {test: _complaint(tree, test, servers) for test in dict.fromkeys(one.test for one in wanted)}
        survived = [one.name for one in wanted if not _caught(tree, one, servers, before=before[one.test])]
    print(f"{len(wanted) - len(survived)} of {len(wanted)} caught")
    return int(bool(survived))


def _caught(tree: Path, mutation: Mutation, servers: dict[str, str], *, before: str) -> bool:
    file = tree / mutation.file
    text, started, caught = file.read_text(), time.monotonic(), False
    verdict = f"RED WITHOUT IT: {before}"
    if not before:
        try:
            file.write_text(_planted(text, mutation))
            complaint = _complaint(tree, mutation.test, servers)
            caught, verdict = bool(complaint), f"red: {complaint}" if complaint else "GREEN: SURVIVED"
        except LookupError as error:
            verdict = f"CANNOT BE PLANTED: {error}"
        finally:
            file.write_text(text)
    test = mutation.test.rpartition("::")[2].removeprefix("tests/promises/")
    print(f"{mutation.name:43} | {test[:60]:60} | {time.monotonic() - started:3.0f} s | {verdict}", flush=True)
    return caught


def _planted(text: str, mutation: Mutation) -> str:
    for old, new in mutation.changes:
        if text.count(old) != 1:
            raise LookupError(f"{text.count(old)} times in {mutation.file}: {old.strip()[:60]}")
        text = text.replace(old, new)
    return text


def _complaint(tree: Path, test: str, servers: dict[str, str]) -> str:
    """Nothing where the test passes, or the first line of what it says is wrong."""
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", test]
    environment = {**os.environ, **servers, "SIMULATION_SEEDS": SEEDS}
    try:
        ended = subprocess.run(
            command, cwd=tree, env=environment, capture_output=True, text=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return "it does not end"
    if ended.returncode > 1:
        raise RuntimeError(f"{test} did not run:\n{ended.stdout[-2000:]}{ended.stderr[-2000:]}")
    said = [line.lstrip("E ") for line in ended.stdout.splitlines() if line.startswith("E  ")]
    told = [line for line in said if line and "SIMULATION_SEED" not in line and "AssertionError" not in line]
    return (told or said or [f"exit {ended.returncode}"])[0][:100] if ended.returncode else ""


def _copy(tree: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", ".*_cache", "node_modules", "target")
    for part in PARTS:
        if (HERE / part).is_dir():
            shutil.copytree(HERE / part, tree / part, ignore=ignored)
        else:
            shutil.copy(HERE / part, tree / part)


@contextmanager
def _servers(place: Path, wanted: list[Mutation]) -> Iterator[dict[str, str]]:
    """One store for all, where a test asks for one."""
    if all("simulation" in one.test for one in wanted):
        yield {}
        return
    store = start_store(place / "store")
    try:
        yield {"MONGO_URL": store.url}
    finally:
        store.stop()


if __name__ == "__main__":
    sys.exit(main())
