"""What is left of somebody: every file, every record as a consumer reads it (batches are compressed on disk), every
document as the driver reads it. What cannot be read counts as found: of it nobody could say that it is clean."""

import mmap
from collections.abc import Iterable, Mapping
from pathlib import Path

from shared.mongo import WORKER_TIMEOUT_MS, connect
from tests.promises import dump

OUTSIDE = "inbox.jsonl"  # messages that left the system: it stands for the telephones and mailboxes of the world
OF_THE_STORE = ("admin", "config", "local")


async def remains(marks: Iterable[str], *, folder: Path, environment: Mapping[str, str]) -> tuple[list[str], int]:
    """Where one of `marks` still stands, and in how many places it was looked for. `environment` is a service's."""
    wanted = {mark: mark.encode() for mark in marks}
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != OUTSIDE]
    found = [f"{path.relative_to(folder)}: {what}" for path in files for what in in_file(path, wanted)]
    topics = await _in_topics(wanted, environment)
    documents = await _in_store(wanted, environment)
    return [*found, *topics[0], *documents[0]], len(files) + topics[1] + documents[1]


def in_file(path: Path, wanted: Mapping[str, bytes]) -> list[str]:
    """Which of the marks stand in it; one that was rolled away since it was listed is no file any more."""
    try:
        if not path.stat().st_size:
            return []
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return [mark for mark, raw in wanted.items() if content.find(raw) >= 0]
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        return [f"cannot be read: {type(error).__name__}"]


async def _in_topics(wanted: Mapping[str, bytes], environment: Mapping[str, str]) -> tuple[list[str], int]:
    url, found, looked = environment["CAKER_KAFKA_URL"], list[str](), 0
    for topic in await dump.topics(url, prefix=environment.get("CAKER_TOPIC_PREFIX", "")):
        for record in await dump.topic(url, topic):
            looked += 1
            whole = b"\0".join([record.key or b"", record.value or b"", *(raw for _, raw in record.headers)])
            found += [f"topic {topic}, offset {record.offset}: {mark}" for mark in in_bytes(whole, wanted)]
    assert looked, "no record was read: nothing is proved"
    return found, looked


async def _in_store(wanted: Mapping[str, bytes], environment: Mapping[str, str]) -> tuple[list[str], int]:
    client = connect(environment["CAKER_MONGO_URL"], app="drill", timeout_ms=WORKER_TIMEOUT_MS)
    prefix, found, looked = environment.get("CAKER_DATABASE_PREFIX", ""), list[str](), 0
    try:
        for name in await client.list_database_names():
            if name in OF_THE_STORE or not name.startswith(prefix):
                continue
            for collection, rows in (await dump.everything(client[name])).items():
                looked += len(rows)
                whole = str(rows).encode()
                found += [f"{name}.{collection}: {mark}" for mark in in_bytes(whole, wanted)]
    finally:
        client.close()
    assert looked, "no document was read: nothing is proved"
    return found, looked


def in_bytes(whole: bytes, wanted: Mapping[str, bytes]) -> list[str]:
    return [mark for mark, raw in wanted.items() if raw in whole]
