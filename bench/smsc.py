"""An SMSC that takes everything, as a process of its own, at CAKER_SMPP_PORT."""

import asyncio
import os

import uvloop

from bench.ready import serve_ready
from services.notifier.tests.providers.smpp import Smsc


async def main() -> None:
    smsc = Smsc(port=int(os.environ["CAKER_SMPP_PORT"]))
    await smsc.start()
    await asyncio.gather((await serve_ready()).serve_forever())


if __name__ == "__main__":
    uvloop.run(main())
