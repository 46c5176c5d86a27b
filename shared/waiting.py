"""Which dependency a part of a worker waits for: told once in the log, seen as a metric while it lasts."""

from dataclasses import dataclass

from shared import log, metrics

DEPENDENCIES = ("kafka", "store")


@dataclass(kw_only=True)
class Waiting:
    """The state of one `part` (relay, consumer). `on` is the dependency that is away, or nothing."""

    part: str
    on: str | None = None

    def set(self, dependency: str | None, error: BaseException | None = None) -> None:
        if dependency and dependency != self.on:
            log.get().warning(f"{self.part}_waits", dependency=dependency, error=error)
        self.on = dependency
        for name in DEPENDENCIES:
            metrics.waiting.labels(f"{self.part}-{name}").set(name == dependency)
