"""A mail server to be refused by."""

import asyncio
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

from services.notifier.tests.providers.provider import Provider


@dataclass(frozen=True)
class Mail:
    to: tuple[str, ...]
    raw: bytes

    @property
    def parsed(self) -> Message:
        return message_from_bytes(self.raw)


@dataclass(kw_only=True)
class MailServer(Provider):
    """Rules: `accept`; a reply code at RCPT such as `550`, or at the end of the data such as `data 450`; `drop`
    (takes it, and hangs up instead of answering); `stall` (takes it, and never answers); `hang up` at RCPT;
    `garbage` at the end; `once` (accepts and closes the connection)."""

    accepted: list[Mail] = field(default_factory=list)
    greeting: str = "220 ready"
    pipelining: bool = False

    def to(self, address: str) -> list[Mail]:
        return [mail for mail in self.accepted if address in mail.to]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def say(line: str) -> None:
            writer.write(line.encode() + b"\r\n")
            await writer.drain()

        recipients: list[str] = []
        what = "accept"
        await say(self.greeting)
        while line := (await reader.readline()).decode().strip():
            word = line.upper()
            if word.startswith("RCPT"):
                to = line.partition("<")[2].partition(">")[0]
                what = self.verdict(to)
                if what == "hang up":
                    return
                if what.isdigit():
                    await say(f"{what} no")
                    if what == "421":
                        return
                    continue
                recipients.append(to)
                await say("250 ok")
            elif word == "DATA" and not recipients:
                await say("503 to whom?")
            elif word == "DATA":
                await say("354 go on")
                raw = (await reader.readuntil(b"\r\n.\r\n"))[:-5]
                if what.startswith("data "):
                    await say(f"{what[5:]} no")
                    continue
                self.accepted.append(Mail(tuple(recipients), raw.replace(b"\r\n..", b"\r\n.")))
                if what == "drop":
                    return
                if what == "stall":
                    await asyncio.Event().wait()
                await say("hello?" if what == "garbage" else "250 taken")
                if what == "once":
                    return
                recipients = []
            elif word.startswith(("MAIL", "RSET")):
                recipients = []
                await say("250 ok")
            elif word.startswith("QUIT"):
                await say("221 bye")
                return
            else:
                await say("250-me\r\n250 PIPELINING" if self.pipelining else "250 me")
