"""Cuts a byte stream into the messages of its protocol, each with a name, so that a fault can be put at exactly one.

A reply bears the name of its request: `insert applications` (Mongo), `Produce application-worker` (Kafka), `DATA`
(SMTP).
"""

import struct
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

Way = Literal["request", "reply"]
KAFKA_CALLS = {
    0: "Produce",
    1: "Fetch",
    2: "ListOffsets",
    3: "Metadata",
    8: "OffsetCommit",
    9: "OffsetFetch",
    10: "FindCoordinator",
    11: "JoinGroup",
    12: "Heartbeat",
    13: "LeaveGroup",
    14: "SyncGroup",
    18: "ApiVersions",
    22: "InitProducerId",
}


@dataclass(frozen=True)
class Frame:
    """One message on the wire. `asked` is the request's bytes, on the reply too."""

    way: Way
    name: str
    data: bytes
    asked: bytes


class Cutter(Protocol):
    """One per connection."""

    def cut(self, way: Way, data: bytes) -> Iterator[Frame]:
        """The messages that `data` completes."""
        ...


class KafkaCutter:
    """Length-prefixed; correlation ids tie a reply to its request."""

    def __init__(self) -> None:
        self._kept: dict[Way, bytes] = {"request": b"", "reply": b""}
        self._asked: dict[int, tuple[str, bytes]] = {}

    def cut(self, way: Way, data: bytes) -> Iterator[Frame]:
        kept = self._kept[way] + data
        while len(kept) >= 4 and len(kept) >= (size := 4 + struct.unpack_from(">i", kept)[0]):
            message, kept = kept[:size], kept[size:]
            yield self._request(message) if way == "request" else self._reply(message)
        self._kept[way] = kept

    def _request(self, message: bytes) -> Frame:
        key, _, correlation, length = struct.unpack_from(">hhih", message, 4)
        client = message[14 : 14 + max(length, 0)].decode("utf-8", "replace")
        name = f"{KAFKA_CALLS.get(key, key)} {client}"
        self._asked[correlation] = (name, message)
        return Frame("request", name, message, message)

    def _reply(self, message: bytes) -> Frame:
        name, asked = self._asked.pop(struct.unpack_from(">i", message, 4)[0], ("?", b""))
        return Frame("reply", name, message, asked)


class MongoCutter:
    """OP_MSG: a command and, mostly, the collection that it is for."""

    def __init__(self) -> None:
        self._kept: dict[Way, bytes] = {"request": b"", "reply": b""}
        self._asked: dict[int, tuple[str, bytes]] = {}

    def cut(self, way: Way, data: bytes) -> Iterator[Frame]:
        kept = self._kept[way] + data
        while len(kept) >= 16 and len(kept) >= (size := struct.unpack_from("<i", kept)[0]):
            message, kept = kept[:size], kept[size:]
            _, number, answers, _ = struct.unpack_from("<iiii", message)
            if way == "request":
                self._asked[number] = (_command(message), message)
                yield Frame(way, self._asked[number][0], message, message)
            else:
                name, asked = self._asked.pop(answers, ("?", b""))
                yield Frame(way, name, message, asked)
        self._kept[way] = kept


def _command(message: bytes) -> str:
    """`insert applications` out of {insert: "applications", …}; the first element names the command."""
    if struct.unpack_from("<i", message, 12)[0] != 2013 or message[20] != 0:
        return "?"
    kind, end = message[25], message.index(b"\0", 26)
    name = message[26:end].decode()
    if kind != 2:
        return name
    length = struct.unpack_from("<i", message, end + 1)[0]
    return f"{name} {message[end + 5 : end + 4 + length].decode()}"


class SmtpCutter:
    """Lines; what follows DATA belongs to it, and its reply is that of the whole mail."""

    def __init__(self) -> None:
        self._kept: dict[Way, bytes] = {"request": b"", "reply": b""}
        self._asked: deque[str] = deque(["CONNECT"])
        self._in_data = False

    def cut(self, way: Way, data: bytes) -> Iterator[Frame]:
        kept = self._kept[way] + data
        mark = b"\r\n.\r\n" if way == "request" and self._in_data else b"\r\n"
        while mark in kept:
            line, _, kept = kept.partition(mark)
            yield self._frame(way, line + mark)
            mark = b"\r\n.\r\n" if way == "request" and self._in_data else b"\r\n"
        self._kept[way] = kept

    def _frame(self, way: Way, line: bytes) -> Frame:
        if way == "request":
            name = "MAIL BODY" if self._in_data else line[:4].decode("ascii", "replace").upper().strip()
            self._in_data = name == "DATA"
            self._asked.append(name)
            return Frame(way, name, line, line)
        more = line[3:4] == b"-"
        name = (self._asked[0] if more else self._asked.popleft()) if self._asked else "?"
        if name == "DATA" and not line.startswith(b"354"):
            self._in_data = False  # refused: what comes next is a command again
        return Frame(way, name, line, b"")
