"""One bound SMPP connection: answers find their questions by sequence number, deliveries are acknowledged once they
are stored, and silence ends it."""

import asyncio
import contextlib
import hashlib
import struct
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from services.notifier.channels.channel import Unsure
from services.notifier.channels.smpp import pdus
from services.notifier.heard import Heard, Receipt, Reply
from shared import log

ANSWER_SECONDS = 5.0  # for a bind or an enquire_link
ENQUIRE_SECONDS = 20.0
WAITING = 1_000  # deliveries not stored yet at most; the next one is to be told again

Hear = Callable[[Sequence[Heard]], Awaitable[None]]


class Lost(Exception):
    """The connection is gone, or was never bound."""


class Session:
    """`ended` is done when the connection is."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, name: str, hear: Hear) -> None:
        self._reader, self._writer, self._name, self._hear = reader, writer, name, hear
        self._sequence = 0
        self._asked: dict[int, asyncio.Future[Any]] = {}
        self._deliveries: asyncio.Queue[Any] = asyncio.Queue(WAITING)
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._tasks = [asyncio.create_task(part()) for part in (self._read, self._keep_up, self._store)]

    async def bind(self, user: str, password: str) -> None:
        async with asyncio.timeout(ANSWER_SECONDS):
            answer = await self.ask("bind_transceiver", system_id=user, password=password, system_type="")
        if answer.status:
            raise Lost(f"bind_{answer.status:#x}")

    async def ask(self, command: str, **fields: Any) -> Any:
        """Send one packet and wait for its answer; raises `Unsure` where the connection ends before it comes."""
        if self.ended.done():
            raise Lost("ended")
        self._sequence = self._sequence % 0x7FFFFFFF + 1
        number, answer = self._sequence, asyncio.get_running_loop().create_future()
        self._asked[number] = answer
        try:
            self._writer.write(pdus.pdu(command, number, **fields))
            return await answer
        finally:
            self._asked.pop(number, None)

    def end(self) -> None:
        """Whoever waits for an answer gets none any more."""
        if self.ended.done():
            return
        self.ended.set_result(None)
        for answer in self._asked.values():
            if not answer.done():
                answer.set_exception(Unsure("smpp_lost"))
        for task in self._tasks:
            if task is not asyncio.current_task():
                task.cancel()
        self._writer.close()

    async def unbind(self) -> None:
        with contextlib.suppress(TimeoutError, Unsure, Lost):
            async with asyncio.timeout(1.0):
                await self.ask("unbind")
        self.end()

    async def _read(self) -> None:
        try:
            while True:
                head = await self._reader.readexactly(4)
                (length,) = struct.unpack(">L", head)
                if not pdus.HEADER <= length <= pdus.LONGEST_PDU:
                    break
                self._take(pdus.parse(head + await self._reader.readexactly(length - 4)))
        except (OSError, asyncio.IncompleteReadError):
            pass  # the other side has gone
        except Exception as error:
            log.get().warning("smpp_nonsense", channel=self._name, exc_info=error)
        finally:
            self.end()

    def _take(self, found: Any) -> None:
        if found.is_response():
            answer = self._asked.get(found.sequence)
            if answer is not None and not answer.done():
                answer.set_result(found)
        elif found.command == "deliver_sm":
            try:
                self._deliveries.put_nowait(found)
            except asyncio.QueueFull:
                self._answer("deliver_sm_resp", found.sequence, status=pdus.LATER)
        elif found.command == "enquire_link":
            self._answer("enquire_link_resp", found.sequence)
        elif found.command == "unbind":
            self._answer("unbind_resp", found.sequence)
            self.end()

    def _answer(self, command: str, sequence: int, *, status: int = 0) -> None:
        self._writer.write(pdus.pdu(command, sequence, status=status))

    async def _keep_up(self) -> None:
        """Ask now and then whether the other side is there."""
        while True:
            await asyncio.sleep(ENQUIRE_SECONDS)
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    await self.ask("enquire_link")
            except (TimeoutError, Unsure, Lost):
                self.end()
                return

    async def _store(self) -> None:
        """Acknowledge a delivery when it is stored, and never before; what cannot be stored now is told again."""
        while True:
            found = await self._deliveries.get()
            heard = self._heard(found)
            try:
                await self._hear([heard] if heard else [])
                status = 0
            except Exception as error:
                log.get().warning("smpp_not_stored", channel=self._name, exc_info=error)
                status = pdus.LATER
            self._answer("deliver_sm_resp", found.sequence, status=status)

    def _heard(self, found: Any) -> Heard | None:
        if pdus.is_receipt(found):
            told = pdus.receipt(found)
            return Receipt(provider=self._name, reference=told[0], state=told[1]) if told else None
        source = (found.source_addr or b"").decode("ascii", "replace")
        # SMPP gives a message from a phone no name of its own; told again within the hour it is the same one.
        same = f"{source}:{datetime.now(UTC):%Y%m%d%H}".encode() + (found.short_message or b"")
        text = pdus.reply_text(found)
        return Reply(provider=self._name, id=hashlib.sha256(same).hexdigest()[:32], phone=source, text=text)
