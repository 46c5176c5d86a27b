"""`make bench`: every figure in one run. `python -m bench NAME ...` measures only those."""

import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

import uvloop

from bench.consumer import consumer
from bench.crowd import crowd
from bench.figures import load
from bench.importing import importing
from bench.latency import latency
from bench.mail import application_to_mail
from bench.memory import memory
from bench.relay import relay
from bench.relevance.measuring import measure
from bench.rest import rest
from bench.search import search
from bench.searchapi import searchapi
from bench.searchspeed import searchspeed
from bench.sender import sender
from bench.smpp import smpp
from bench.stand import Stand, stand
from bench.submit import growth, submit
from bench.telling import codes, telling
from bench.waking import waking
from bench.workers import workers
from deploy.local.beside import RunningSystem, system_beside

Bench = Callable[[Stand], Coroutine[Any, Any, None]]
OF_ONE_PART: dict[str, Bench] = {
    "submit": submit,
    "relay": relay,
    "consumer": consumer,
    "sender": sender,
    "telling": telling,
    "codes": codes,
    "crowd": crowd,
    "smpp": smpp,
    "search": search,
    "searchapi": searchapi,
    "waking": waking,
    "workers": workers,
    "latency": latency,
    "growth": growth,
    "memory": memory,
}
OF_ALL: dict[str, Callable[[RunningSystem], object]] = {
    "start": lambda system: print(f"make run, warm cache, first data: {system.started_in:.1f} s (goal 25); {load()}"),
    "rest": rest,
    "mail": lambda system: uvloop.run(application_to_mail(system)),
    "import": importing,
}
OF_ITSELF: dict[str, Callable[[], object]] = {"relevance": measure, "searchspeed": searchspeed}


def main(wanted: Sequence[str]) -> None:
    if unknown := set(wanted) - OF_ONE_PART.keys() - OF_ALL.keys() - OF_ITSELF.keys():
        names = ", ".join([*OF_ONE_PART, *OF_ALL, *OF_ITSELF])
        sys.exit(f"no bench is called {', '.join(unknown)}; there are: {names}")
    for name, bench in OF_ITSELF.items():
        if not wanted or name in wanted:
            _timed(name, bench)
    parts, whole = ([name for name in kind if not wanted or name in wanted] for kind in (OF_ONE_PART, OF_ALL))
    if parts:
        with stand() as place:
            for name in parts:
                _timed(name, partial(_run, OF_ONE_PART[name], place))
    if whole:
        with system_beside() as system:
            for name in whole:
                _timed(name, partial(OF_ALL[name], system))


def _run(bench: Bench, place: Stand) -> None:
    uvloop.run(bench(place))  # as the workers do


def _timed(name: str, measure: Callable[[], object]) -> None:
    begun = time.monotonic()
    print(f"--- {name}", flush=True)
    measure()
    print(f"         took {time.monotonic() - begun:.0f} s; {load()}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
