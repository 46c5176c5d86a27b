"""A mail server that takes whatever it is handed, and an SMS provider that knows a message again by its key."""

from dataclasses import dataclass

from services.notifier.channels.channel import Accepted, Outgoing, Refused, Unsure
from services.notifier.domain import ChannelName
from tests.promises.simulation.fates import Loss
from tests.promises.simulation.process import PROCESS, Process
from tests.promises.simulation.wire import Wire

REFUSALS = (
    Refused("busy"),
    Refused("busy", provider=True),
    Refused("wait", provider=True, retry_after=7.0),
    Refused("no such address", permanent=True),
)


@dataclass
class Acceptance:
    """One message taken. `heard`: the answer reached the process that sent it."""

    key: str
    process: Process | None
    at: float
    heard: bool = False


class Provider:
    """All the providers of one run. `begun` tells when each message was first and last handed over."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.taken: list[Acceptance] = []
        self.refused: set[str] = set()
        self.last_begun: dict[str, float] = {}

    def take(self, name: ChannelName, key: str, process: Process | None) -> Acceptance:
        """At the provider."""
        fates = self.wire.fates
        if fates.refusals and self.wire.loop.time() < fates.quiet_at and fates.chance(0.3):
            fates.refusals -= 1
            refusal = fates.random.choice(REFUSALS)
            if refusal.permanent:
                self.refused.add(key)
            raise refusal.with_traceback(None)
        found = Acceptance(key, process, self.wire.loop.time())
        if name == "email" or all(known.key != key for known in self.taken):
            self.taken.append(found)
        return found


class Line:
    """One lane's way to a provider, as the sender has it."""

    def __init__(self, provider: Provider, name: ChannelName) -> None:
        self._provider, self._name, self.width = provider, name, provider.wire.fates.width

    async def send(self, message: Outgoing) -> Accepted:
        provider, process, key = self._provider, PROCESS.get(), message.key
        provider.last_begun[key] = provider.wire.loop.time()

        def take(_: Loss | None) -> Acceptance:
            return provider.take(self._name, key, process)

        found = await provider.wire.ask("provider", take, failure=lambda: Unsure("no_answer"), limit=60.0)
        found.heard = True
        return Accepted()

    async def close(self) -> None:
        return
