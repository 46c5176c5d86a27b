"""Several providers of one channel as one. Whoever refuses for certain is followed by the next at once; whoever may
have taken a message is held to, because another one would tell the person a second time (ADR 15)."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass

from services.notifier import measures
from services.notifier.breaker import Breaker
from services.notifier.channels.channel import Channel, Outgoing, Refused, Unsure
from services.notifier.channels.purse import Purse
from services.notifier.channels.rate import Bucket
from services.notifier.channels.segments import segments
from services.notifier.domain import Lane
from shared import log
from shared.mongo import is_unavailable

NO_MONEY_SECONDS = 600.0  # until a message that the day's money did not reach asks again
# Where the provider would not recognise a repeat, a receipt may still come that makes it needless.
UNSURE_SECONDS: dict[Lane, float] = {"code": 20.0, "transactional": 120.0, "bulk": 600.0}
TURN_SECONDS = 3.0  # that a message waits at most for its turn under a rate, before it gives its place back


@dataclass(kw_only=True)
class Provider:
    """One lane's way to one provider. `keeps_keys`: it recognises a message that it has by our key. `bucket` is
    shared by the lanes, `weight` is its part of the messages (0: only when no other will)."""

    name: str
    channel: Channel
    breaker: Breaker
    bucket: Bucket
    weight: int = 1
    keeps_keys: bool = True
    purse: Purse | None = None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """Which provider took the message, and what its receipts will call it."""

    provider: str
    reference: str | None = None


class Pool:
    """One lane's providers of one channel."""

    def __init__(self, providers: Sequence[Provider], *, lane: Lane) -> None:
        self.providers, self._lane = list(providers), lane
        self.width = sum(one.channel.width for one in providers)

    @property
    def open(self) -> bool:
        """Whether every provider is left alone, but for a probe."""
        return all(one.breaker.open for one in self.providers)

    def seconds_to_probe(self) -> float:
        return min(one.breaker.seconds_to_probe() for one in self.providers)

    async def turn(self, stays: str | None) -> Provider | None:
        """The provider to begin with, once its rate has room for this lane (which is then taken); None if that
        would take too long."""
        left = TURN_SECONDS
        while True:
            candidates = self._candidates(stays)
            for one in candidates:
                if one.bucket.take(self._lane):
                    return one
            wait = min(one.bucket.wait(self._lane) for one in candidates)
            if wait > left:
                return None
            await asyncio.sleep(wait)
            left -= wait

    async def send(self, message: Outgoing, *, first: Provider, seconds: float, stays: str | None = None) -> Taken:
        """Hand one message over within `seconds`; raises what the last provider asked raised, and `Unsure` as soon
        as one of them may have it. `stays` names the one that may have it from an earlier try."""
        ends = asyncio.get_running_loop().time() + seconds
        others = [one for one in self._candidates(stays) if one is not first]
        try:
            return await self._over(first, message, ends)
        except Refused as refusal:
            last = refusal
        for one in others:
            if not last.elsewhere or asyncio.get_running_loop().time() >= ends:
                break
            if not one.bucket.take(self._lane):
                continue
            try:
                return await self._over(one, message, ends)
            except Refused as refusal:
                last = refusal if refusal.tried else last
        raise last

    async def close(self) -> None:
        for one in self.providers:
            await one.channel.close()

    def _candidates(self, stays: str | None) -> list[Provider]:
        """In the order in which they are asked: by chance and weight, those left alone last. One that is no longer
        in the settings holds nobody."""
        held = [one for one in self.providers if one.name == stays]
        if held or len(self.providers) == 1:
            return held or self.providers
        drawn = [(one.breaker.seconds_to_probe() > 0, -_draw(one.weight), one) for one in self.providers]
        return [one for _, _, one in sorted(drawn, key=lambda found: found[:2])]

    async def _over(self, one: Provider, message: Outgoing, ends: float) -> Taken:
        if wait := one.breaker.seconds_to_probe():
            raise Refused("left_alone", tried=False, elsewhere=True, retry_after=wait)
        one.breaker.asked()
        count = segments(message.text) if one.purse else 0
        if one.purse and not await self._paid(one.purse, count):
            raise Refused("no_money", elsewhere=True, retry_after=NO_MONEY_SECONDS)
        try:
            async with asyncio.timeout_at(ends):
                accepted = await one.channel.send(message)
        except Refused as refusal:
            self._refused(one, refusal)
            await _refund(one.purse, count)
            raise
        except (Unsure, TimeoutError) as error:
            code, later = (error.code, error.later) if isinstance(error, Unsure) else ("no_answer", 0.0)
            raise self._unsure(one, code, later) from None
        except Exception as error:
            log.get().error("channel_broken", channel=one.name, lane=self._lane, exc_info=error)
            raise self._unsure(one, "channel_broken", 0.0) from None
        one.breaker.worked()
        self._count(one, "accepted")
        measures.segments.labels(one.name).inc(count)
        return Taken(provider=one.name, reference=accepted.reference)

    def _refused(self, one: Provider, refusal: Refused) -> None:
        if refusal.provider:
            one.breaker.failed()
        else:
            one.breaker.worked()
        if refusal.elsewhere and refusal.retry_after:
            one.bucket.drain()
        self._count(one, "refused")

    def _unsure(self, one: Provider, code: str, later: float) -> Unsure:
        one.breaker.failed()
        self._count(one, "unsure")
        wait = 0.0 if one.keeps_keys else UNSURE_SECONDS[self._lane]
        return Unsure(code, provider=one.name, later=max(wait, later))

    def _count(self, one: Provider, end: str) -> None:
        measures.tries.labels(one.name, self._lane, end).inc()
        measures.away.labels(one.name, self._lane).set(one.breaker.open)

    async def _paid(self, purse: Purse, count: int) -> bool:
        """Without the store nobody knows what the day has cost: then nothing is spent."""
        try:
            return await purse.pay(count, self._lane)
        except Exception as error:
            if not is_unavailable(error):
                raise
            return False


async def _refund(purse: Purse | None, count: int) -> None:
    """A refund that the store does not take is lost: the cap then holds a little too early, never too late."""
    try:
        if purse:
            await purse.give_back(count)
    except Exception as error:
        if not is_unavailable(error):
            raise


def _draw(weight: int) -> float:
    """Of two, the one with twice the weight comes first twice as often (Efraimidis, Spirakis); weight 0 last."""
    return random.random() ** (1.0 / weight) if weight else -1.0
