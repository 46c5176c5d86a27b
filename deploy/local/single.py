"""One supervisor per folder: a lock says whether it runs, and what a killed one left behind is cleared up."""

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from deploy.local.places import LOCAL, RUN
from deploy.local.program import MARK
from deploy.local.progress import Failed
from deploy.local.system import find

LOCK = RUN / "supervisor.lock"
STOP_WAIT_S = 60.0


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the lock while the system runs; whoever comes second hears who has it."""
    RUN.mkdir(parents=True, exist_ok=True)
    with LOCK.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            system = find()
            where = f" (pid {system.pid}) at {system.gateway}" if system else ", and is still starting"
            raise Failed(f"Si-Caker is already running{where}; stop it with: make stop") from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def supervisor_pid() -> int | None:
    """The pid of the supervisor that holds the lock, or None."""
    try:
        with LOCK.open("r+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(lock.read().strip() or 0) or None
    except OSError:
        pass
    return None


def stop_running() -> bool:
    """Ask the running supervisor to stop and wait for it; False if none runs."""
    pid = supervisor_pid()
    if pid is None:
        return False
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_WAIT_S
    while supervisor_pid() == pid:
        if time.monotonic() > deadline:
            raise Failed(f"the supervisor (pid {pid}) is still stopping after {STOP_WAIT_S:.0f} s")
        time.sleep(0.1)
    return True


def clear_orphans() -> list[str]:
    """End the processes that a killed supervisor left; only those that carry this folder's mark."""
    found: dict[str, psutil.Process] = {}
    for file in RUN.glob("*.pid"):
        try:
            process = psutil.Process(int(file.read_text()))
            if process.environ().get(MARK) == str(LOCAL):
                found[file.stem] = process
                process.terminate()
        except (psutil.Error, ValueError, OSError):
            pass
        file.unlink(missing_ok=True)
    _, alive = psutil.wait_procs(list(found.values()), timeout=20)
    for process in alive:
        process.kill()
    psutil.wait_procs(alive, timeout=5)
    return sorted(found)
