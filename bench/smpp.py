"""SMPP submits each second over our line, with its window, against smpplib's own client, one at a time."""

import asyncio
import time
from datetime import UTC, datetime
from functools import partial

from smpplib.client import Client

from bench.figures import against, ratio
from bench.stand import Stand
from deploy.local.parts import free_ports
from services.notifier.channels.channel import Outgoing
from services.notifier.channels.smpp.channel import SmppSms
from services.notifier.channels.smpp.line import Line
from services.notifier.channels.smpp.pdus import messages

COUNT, WINDOW, USER = 3_000, 50, "bench"
PHONE, TEXT = "+6281234567890", "Si-Caker: ada kabar baru untuk Anda. Silakan buka akun Anda saat sempat."


async def smpp(stand: Stand) -> None:
    port = free_ports(1)[0]
    async with stand.process("bench.smsc", stand.place(), SMPP_PORT=str(port)):
        rates = await against(partial(_ours, port), partial(asyncio.to_thread, _bare, port))
        ratio(f"SMPP submits, window {WINDOW}, against smpplib's client without one", *rates, goal=1.0)


async def _ours(port: int) -> float:
    async def hear(_: object) -> None:
        return

    url, stopping = f"smpp://127.0.0.1:{port}", asyncio.Event()
    line = Line(name="bench", url=url, user=USER, password=USER, window=WINDOW, hear=hear)
    running = asyncio.create_task(line.run(stopping))
    sms = SmppSms(line, lane="code", sender="SICAKER")
    while line._session is None:
        await asyncio.sleep(0.01)
    left, begun = iter(range(COUNT)), time.perf_counter()

    async def some() -> None:
        for number in left:
            await sms.send(Outgoing(key=f"m{number}", to=PHONE, text=TEXT, created_at=datetime.now(UTC)))

    await asyncio.gather(*(some() for _ in range(WINDOW)))
    took = time.perf_counter() - begun
    stopping.set()
    await running
    return COUNT / took


def _bare(port: int) -> float:
    client = Client("127.0.0.1", port, allow_unknown_opt_params=True)
    client.connect()
    client.bind_transceiver(system_id=USER, password=USER)
    (fields,) = messages(sender="SICAKER", to=PHONE, text=TEXT, key="m")
    begun = time.perf_counter()
    for _ in range(COUNT):
        client.send_message(**fields)
        client.read_pdu()
    took = time.perf_counter() - begun
    client.unbind()
    client.disconnect()
    return COUNT / took
