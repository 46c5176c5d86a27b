"""A broker in memory: topics with partitions, and groups whose partitions move when a member comes, goes or falls
silent."""

from collections import defaultdict
from collections.abc import Sequence
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from typing import NamedTuple
from zlib import crc32

from shared.kafka import CommitFailedError, TopicPartition
from tests.promises.simulation.process import PROCESS, Process
from tests.promises.simulation.wire import Wire

PARTITIONS = 2
SESSION_SECONDS, HEARTBEAT_SECONDS = 15.0, 3.0


class Line(NamedTuple):
    """A record as a consumer sees it."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Sequence[tuple[str, bytes]]


class Member:
    """One client in a group. `owned` is what it believes it owns; it learns late of what was decided."""

    def __init__(self, topics: Sequence[str]) -> None:
        self.topics, self.owned, self.generation = topics, set[TopicPartition](), -1
        self.process: Process | None = PROCESS.get()
        self.context: Context = copy_context()
        self.stopped = False

    def learn(self, generation: int, owned: set[TopicPartition]) -> None:
        self.generation, self.owned = generation, owned

    def wake(self) -> None:
        """There may be something new to fetch."""


@dataclass
class Group:
    committed: dict[TopicPartition, int] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)
    generation: int = 0


class Broker:
    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.logs: dict[TopicPartition, list[Line]] = {}
        self.all: list[Line] = []
        self.groups: dict[str, Group] = defaultdict(Group)
        self._partitions: dict[str, list[TopicPartition]] = {}

    def partitions(self, topic: str) -> list[TopicPartition]:
        if topic not in self._partitions:
            self._partitions[topic] = [TopicPartition(topic, number) for number in range(PARTITIONS)]
            self.logs.update((tp, []) for tp in self._partitions[topic])
        return self._partitions[topic]

    def append(
        self, topic: str, key: bytes | None, value: bytes | None, headers: Sequence[tuple[str, bytes]] = ()
    ) -> None:
        tp = self.partitions(topic)[crc32(key or b"") % PARTITIONS]
        log = self.logs[tp]
        log.append(Line(tp.topic, tp.partition, len(log), key, value, headers))
        self.all.append(log[-1])
        for group in self.groups.values():
            for member in group.members:
                if tp in member.owned:
                    member.wake()

    def join(self, name: str, member: Member) -> None:
        if member not in self.groups[name].members:
            self.groups[name].members.append(member)
            self.rebalance(name)
        if member.stopped or (member.process is not None and member.process.dead):
            self.wire.later(SESSION_SECONDS, self.leave, name, member)  # it asked before it went

    def leave(self, name: str, member: Member) -> None:
        if member in self.groups[name].members:
            self.groups[name].members.remove(member)
            self.rebalance(name)

    def silent(self, process: Process) -> None:
        """A process no longer answers: after the session's time its places go to others, and if it lives after all
        it finds out with its next heartbeat."""
        for name, group in self.groups.items():
            for member in list(group.members):
                if member.process is process:
                    self.wire.later(SESSION_SECONDS, self._evict, name, member)

    def commit(self, name: str, member: Member, generation: int, offsets: dict[TopicPartition, int]) -> None:
        group = self.groups[name]
        if member not in group.members or generation != group.generation:
            raise CommitFailedError
        group.committed.update(offsets)

    def rebalance(self, name: str) -> None:
        group, fates = self.groups[name], self.wire.fates
        group.generation += 1
        shares: list[set[TopicPartition]] = [set() for _ in group.members]
        everything = [
            tp for topic in sorted({t for m in group.members for t in m.topics}) for tp in self.partitions(topic)
        ]
        turn = int(fates.between(0, max(len(shares), 1)))
        for number, tp in enumerate(everything):
            shares[(number + turn) % len(shares)].add(tp)
        for member, share in zip(group.members, shares, strict=True):
            seconds = fates.between(0.0, HEARTBEAT_SECONDS) if member.owned else 0.01
            self.wire.loop.call_later(
                seconds, self._tell, name, member, group.generation, share, context=member.context
            )

    def lag(self, name: str) -> int:
        """Records behind what the group has committed."""
        committed = self.groups[name].committed
        return sum(len(log) - committed.get(tp, 0) for tp, log in self.logs.items() if not tp.topic.endswith(".dead"))

    def _tell(self, name: str, member: Member, generation: int, share: set[TopicPartition]) -> None:
        if generation == self.groups[name].generation and member in self.groups[name].members:
            member.learn(generation, share)

    def _evict(self, name: str, member: Member) -> None:
        process = member.process
        if process is None or (process.running and not process.dead) or member not in self.groups[name].members:
            return
        self.leave(name, member)
        again = self.wire.fates.between(0.0, HEARTBEAT_SECONDS)
        self.wire.loop.call_later(again, self.join, name, member, context=member.context)
