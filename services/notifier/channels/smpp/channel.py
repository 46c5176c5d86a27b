"""One lane's SMS over a provider's SMPP line."""

import asyncio
from typing import Any

from services.notifier.channels.channel import Accepted, Outgoing, Refused, Unsure
from services.notifier.channels.smpp import pdus
from services.notifier.channels.smpp.line import Line
from services.notifier.domain import Lane


class SmppSms:
    """A long text goes in parts, side by side; receipts name it by its last part."""

    def __init__(self, line: Line, *, lane: Lane, sender: str) -> None:
        self._line, self._lane, self._sender = line, lane, sender
        self.width = line.limit(lane)

    async def send(self, message: Outgoing) -> Accepted:
        parts = pdus.messages(sender=self._sender, to=message.to, text=message.text, key=message.key)
        if len(parts) == 1:
            answers: list[Any] = [await self._line.submit(self._lane, **parts[0])]
        else:
            sent = (self._line.submit(self._lane, **part) for part in parts)
            answers = await asyncio.gather(*sent, return_exceptions=True)
        return _judge(answers)

    async def close(self) -> None:
        """The line is everybody's: it is left when the process stops."""


def _judge(answers: list[Any]) -> Accepted:
    """Refused if no part was taken, for certain; what was taken in part is to be sent again as the same."""
    refused = [found for found in map(_refusal, answers) if found]
    if not refused:
        return Accepted(reference=(answers[-1].message_id or b"").decode("ascii", "replace")[:100] or None)
    if len(refused) < len(answers) or any(isinstance(found, Unsure) for found in refused):
        raise Unsure("smpp_in_part" if len(answers) > 1 else "smpp_lost")
    raise refused[0]


def _refusal(answer: Any) -> Exception | None:
    if isinstance(answer, Refused | Unsure):
        return answer
    if isinstance(answer, BaseException):
        raise answer
    return pdus.refusal(answer.status) if answer.status else None
