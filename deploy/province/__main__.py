"""A province on the command line, against the running system (make run) or whatever CAKER_KAFKA_URL names.

python -m deploy.province send [N]             offer N vacancies, print their receipts
python -m deploy.province records              send the golden records, compare their receipts
python -m deploy.province end ORIGIN_ID REASON filled, closed, expired or recalled
python -m deploy.province follow               print the city's vacancies as they come
python -m deploy.province receipts             print every receipt
python -m deploy.province ask [ID...]          have some sent again; without ids everything, with a fresh list
python -m deploy.province check [--heal]       compare the books with the newest list; exit 1 where they differ
"""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable, Mapping

from deploy.province import records
from deploy.province.checker import check, heal, read_all
from deploy.province.telling import told_by_city, told_by_receipt, told_by_result
from deploy.province.wire import Wire, ending, new_id, request, vacancy

FAR = 2**40  # a revision that is newer than any that this toy sends


async def send(wire: Wire, count: str = "1") -> int:
    for number in range(int(count)):
        sent = vacancy(new_id("JT"), title=f"Operator gudang {number + 1}")
        print(told_by_receipt(await wire.receipt(await wire.send(sent))), flush=True)
    return 0


async def end(wire: Wire, origin_id: str, reason: str = "closed") -> int:
    sent = ending(origin_id, revision=int(time.time()) + FAR, reason=reason)
    print(told_by_receipt(await wire.receipt(await wire.send(sent))))
    return 0


async def follow(wire: Wire) -> int:
    async for event in wire.stream("outbound", follow=True):
        print(told_by_city(event), flush=True)
    return 0


async def receipts(wire: Wire) -> int:
    async for event in wire.stream("receipt"):
        print(told_by_receipt(event))
    return 0


async def ask(wire: Wire, *ids: str) -> int:
    print(told_by_receipt(await wire.receipt(await wire.send(request(ids, everything=not ids)))))
    return 0


async def compare(wire: Wire, *flags: str) -> int:
    books = await read_all(wire)
    result = await heal(wire, books) if "--heal" in flags else check(books)
    print(told_by_result(result))
    return 0 if result.agrees else 1


async def golden(wire: Wire) -> int:
    wrong = 0
    for case in records.read():
        receipt = await records.send(wire, case)
        good = records.as_expected(case, receipt)
        wrong += not good
        print(f"{'as agreed' if good else 'DIFFERENT'}  {case['what']}: {told_by_receipt(receipt)}", flush=True)
    return 1 if wrong else 0


COMMANDS: dict[str, Callable[..., Awaitable[int]]] = {
    "send": send,
    "records": golden,
    "end": end,
    "follow": follow,
    "receipts": receipts,
    "ask": ask,
    "check": compare,
}


async def run(url: str, prefix: str, name: str, arguments: list[str]) -> int:
    async with Wire(url, prefix=prefix) as wire:
        return await COMMANDS[name](wire, *arguments)


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0] not in COMMANDS:
        sys.stderr.write((__doc__ or "") + "\n")
        return 2
    known: Mapping[str, str] = os.environ
    if "CAKER_KAFKA_URL" not in known:
        from deploy.local.environment import load

        known = load("vacancy")
    try:
        return asyncio.run(
            run(known["CAKER_KAFKA_URL"], known.get("CAKER_TOPIC_PREFIX", ""), arguments[0], arguments[1:])
        )
    except TimeoutError:
        sys.stderr.write("no answer in time: is the system running?\n")
        return 2
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
