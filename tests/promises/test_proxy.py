"""The fault kit itself: messages are cut where they end, a trap springs at exactly one, a toxic does what it says."""

import asyncio
import struct
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from tests.promises.frames import Frame, KafkaCutter, MongoCutter, SmtpCutter, Way
from tests.promises.ledger import Answer, Ledger
from tests.promises.proxy import Edge
from tests.promises.rewrite import Rewrite
from tests.promises.toxics import Toxic
from tests.promises.traps import Place, nothing, reply, request


def kafka(key: int, correlation: int, client: bytes = b"relay") -> bytes:
    body = struct.pack(">hhih", key, 9, correlation, len(client)) + client + b"rest"
    return struct.pack(">i", len(body)) + body


def mongo(number: int, answers: int, name: bytes, value: bytes) -> bytes:
    element = b"\x02" + name + b"\0" + struct.pack("<i", len(value) + 1) + value + b"\0"
    document = struct.pack("<i", len(element) + 5) + element + b"\0"
    body = struct.pack("<I", 0) + b"\0" + document
    return struct.pack("<iiii", 16 + len(body), number, answers, 2013) + body


def cut_bytewise(cutter: KafkaCutter | MongoCutter | SmtpCutter, way: Way, data: bytes) -> Iterator[Frame]:
    for at in range(len(data)):
        yield from cutter.cut(way, data[at : at + 1])


def test_kafka_replies_bear_the_names_of_their_requests() -> None:
    cutter = KafkaCutter()
    asked = list(cut_bytewise(cutter, "request", kafka(0, 7) + kafka(8, 8)))
    answered = list(cutter.cut("reply", struct.pack(">ii", 4, 8) + struct.pack(">ii", 4, 7)))
    assert [frame.name for frame in asked] == ["Produce relay", "OffsetCommit relay"]
    assert [frame.name for frame in answered] == ["OffsetCommit relay", "Produce relay"]


def test_mongo_commands_are_named_with_their_collection() -> None:
    cutter = MongoCutter()
    asked = mongo(5, 0, b"insert", b"applications")
    frames = [*cut_bytewise(cutter, "request", asked), *cutter.cut("reply", mongo(9, 5, b"ok", b"1"))]
    assert [(frame.way, frame.name) for frame in frames] == [
        ("request", "insert applications"),
        ("reply", "insert applications"),
    ]
    assert frames[1].asked == asked


def test_the_body_of_a_mail_is_one_message() -> None:
    cutter = SmtpCutter()
    said = b"EHLO x\r\nDATA\r\n" + b"a\r\nb\r\n.\r\n" + b"QUIT\r\n"
    assert [frame.name for frame in cut_bytewise(cutter, "request", said)] == ["EHLO", "DATA", "MAIL BODY", "QUIT"]
    answers = b"220 hi\r\n250-x\r\n250 y\r\n354 go\r\n250 taken\r\n221 bye\r\n"
    names = [frame.name for frame in cutter.cut("reply", answers)]
    assert names == ["CONNECT", "EHLO", "EHLO", "DATA", "MAIL BODY", "QUIT"]


def test_after_a_refused_data_comes_a_command() -> None:
    cutter = SmtpCutter()
    said = b"EHLO x\r\nMAIL FROM:<a>\r\nRCPT TO:<b>\r\nDATA\r\n"
    assert [frame.name for frame in cutter.cut("request", said)] == ["EHLO", "MAIL", "RCPT", "DATA"]
    answers = b"220 hi\r\n250 y\r\n250 ok\r\n550 no\r\n503 to whom?\r\n"
    assert [frame.name for frame in cutter.cut("reply", answers)][-2:] == ["RCPT", "DATA"]
    assert [frame.name for frame in cutter.cut("request", b"RSET\r\n")] == ["RSET"]


@pytest.fixture
async def edge() -> AsyncIterator[Edge]:
    """In front of a server that answers each line with the same line."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 ready\r\n")
        while line := await reader.readline():
            writer.write(b"250 " + line)
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    edge = await Edge(target=server.sockets[0].getsockname()[1], cutter=SmtpCutter).start()
    yield edge
    await edge.stop()
    server.close()


async def talk(edge: Edge, *lines: bytes, seconds: float = 2.0) -> list[bytes]:
    """What comes back, until it ends or nothing more comes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", edge.port)
    writer.writelines([line + b"\r\n" for line in lines])
    heard: list[bytes] = []
    try:
        async with asyncio.timeout(seconds):
            while len(heard) <= len(lines) and (line := await reader.readline()):
                heard.append(line.strip())
    except (TimeoutError, ConnectionError):
        pass
    writer.close()
    return heard


NOOPS = (b"NOOP 1", b"NOOP 2", b"NOOP 3")


@pytest.mark.parametrize(
    ("when", "place", "heard"),
    [
        (reply("NOOP"), "before", [b"220 ready", b"250 NOOP 1", b"250 NOOP 3"]),
        (reply("NOOP"), "while", [b"220 ready", b"250 NOOP 1", b"250 NOOP 2", b"250 NOOP 3"]),
        (request("NOOP"), "before", [b"220 ready", b"250 NOOP 1", b"250 NOOP 3"]),
        (request("NOOP"), "after", [b"220 ready", b"250 NOOP 1", b"250 NOOP 2", b"250 NOOP 3"]),
    ],
)
async def test_a_trap_springs_once_at_the_nth_message(
    edge: Edge, when: Callable[[Frame], bool], place: Place, heard: list[bytes]
) -> None:
    sprung: list[int] = []
    trap = edge.trap(lambda: sprung.append(1), when=when, nth=2, place=place)
    assert await talk(edge, *NOOPS, seconds=0.5) == heard
    assert (trap.sprung.is_set(), sprung) == (True, [1])


@pytest.mark.parametrize(
    ("toxic", "heard"),
    [
        (Toxic(swallow=True), 0),
        (Toxic(reset=True), 0),
        (Toxic(slice=1), 4),
        (Toxic(bandwidth=1_000), 4),
        (Toxic(latency=0.05, jitter=0.05), 4),
        (Toxic(limit_data=25), 2),
        (Toxic(swallow=True, chance=0.0), 4),
    ],
    ids=repr,
)
async def test_a_toxic_does_what_it_says(edge: Edge, toxic: Toxic, heard: int) -> None:
    edge.poison(reply=toxic)
    whole = [
        line
        for line in await talk(edge, *NOOPS, seconds=1.0)
        if line in (b"220 ready", *(b"250 " + n for n in NOOPS))
    ]
    assert len(whole) == heard
    edge.poison()
    assert len(await talk(edge, *NOOPS)) == 4


async def test_an_edge_that_refuses_lets_nobody_through_until_it_is_opened_again(edge: Edge) -> None:
    edge.trap(nothing, when=request("QUIT"))
    edge.refuse()
    with pytest.raises(ConnectionRefusedError):
        await talk(edge)
    await edge.start()
    assert len(await talk(edge, *NOOPS)) == 4


def test_a_ledger_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    ledger.attempt("a b")
    ledger.answer(Answer("a b", 201, 0.1, 1.0, number="N1"))
    ledger.attempt("a c")
    back = Ledger.read(ledger.file)
    assert (back.attempted, back.answers) == (ledger.attempted, ledger.answers)
    assert [answer.number for answer in back.accepted] == ["N1"]


def test_a_rewritten_kafka_reply_is_the_same_with_another_error() -> None:
    asked = struct.pack(">ihhih", 0, 12, 1, 7, 1) + b"n"
    sound = struct.pack(">iiih", 10, 7, 250, 0)
    fault = Rewrite("Heartbeat", 27, most=1)
    assert fault(Frame("reply", "Heartbeat n", sound, asked)) == struct.pack(">iiih", 10, 7, 250, 27)
    assert fault(Frame("reply", "Heartbeat n", sound, asked)) == sound
    assert fault(Frame("reply", "Fetch n", sound, asked)) == sound
    assert fault.hits == 1
