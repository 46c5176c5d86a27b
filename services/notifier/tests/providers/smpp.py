"""An SMSC to be refused by. Rules, by destination: `accept`; a status such as `0x58`; `stall` (takes it, never
answers); `drop` (takes it, hangs up)."""

import asyncio
import struct
from dataclasses import dataclass, field
from typing import Any

from services.notifier.channels.smpp.pdus import parse, pdu
from services.notifier.tests.providers.provider import Provider


@dataclass(kw_only=True)
class Smsc(Provider):
    """`bind_status` answers a bind; `acknowledged` holds the status of each answer to what it delivered."""

    bind_status: int = 0
    deaf: bool = False
    submitted: list[Any] = field(default_factory=list)
    binds: list[tuple[str, str]] = field(default_factory=list)
    acknowledged: dict[int, int] = field(default_factory=dict)
    unbound: int = 0
    unanswered: int = 0
    most_unanswered: int = 0
    enquiries: int = 0
    _writers: list[asyncio.StreamWriter] = field(default_factory=list)
    _delivered: int = 0

    def to(self, phone: str) -> list[Any]:
        return [one for one in self.submitted if f"+{one.destination_addr.decode()}" == phone]

    def deliver(self, **fields: Any) -> int:
        """Tell the newest client of a receipt or a reply; returns its number."""
        self._delivered += 1
        self._writers[-1].write(pdu("deliver_sm", self._delivered, **fields))
        return self._delivered

    def receipt(self, reference: str, state: str) -> int:
        text = f"id:{reference} sub:001 dlvrd:001 submit date:2611240000 done date:2611240001 stat:{state} err:000"
        return self.deliver(esm_class=4, short_message=text.encode(), source_addr="628", destination_addr="1")

    def hang_up(self) -> None:
        for task in list(self._open):
            task.cancel()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        while True:
            head = await reader.readexactly(4)
            found = parse(head + await reader.readexactly(struct.unpack(">L", head)[0] - 4))
            if self.deaf:
                continue
            if found.command == "bind_transceiver":
                self.binds.append((found.system_id.decode(), found.password.decode()))
                writer.write(pdu("bind_transceiver_resp", found.sequence, status=self.bind_status, system_id="smsc"))
            elif found.command == "enquire_link":
                self.enquiries += 1
                writer.write(pdu("enquire_link_resp", found.sequence))
            elif found.command == "unbind":
                self.unbound += 1
                writer.write(pdu("unbind_resp", found.sequence))
                return
            elif found.command == "deliver_sm_resp":
                self.acknowledged[found.sequence] = found.status
            elif found.command == "submit_sm" and not await self._submit(found, writer):
                return

    async def _submit(self, found: Any, writer: asyncio.StreamWriter) -> bool:
        what = self.verdict(f"+{found.destination_addr.decode()}")
        if what in ("accept", "stall", "drop"):
            self.submitted.append(found)
        self.unanswered += 1
        self.most_unanswered = max(self.most_unanswered, self.unanswered)
        if what == "drop":
            return False
        if what != "stall":
            status = 0 if what == "accept" else int(what, 16)
            name = {} if status else {"message_id": f"m{len(self.submitted)}"}
            self.unanswered -= 1
            writer.write(pdu("submit_sm_resp", found.sequence, status=status, **name))
            await writer.drain()
        return True
