"""The time within which a process that was told to stop is gone, whatever it still waits for."""

import os
import threading

STOP_SECONDS = 13.0  # of the 15 that a stop may take in all


def end_within(seconds: float, code: int = 0) -> None:
    """Whatever hangs on a dependency that is away must not hold the process past its time: neither a task, nor, when
    the loop has ended, one of the driver's threads, which the interpreter waits for."""
    timer = threading.Timer(seconds, os._exit, (code,))
    timer.daemon = True
    timer.start()
