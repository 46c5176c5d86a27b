"""A mail server that takes everything, as a process of its own; `CAKER_SINK_SECONDS` is how long it thinks about each
mail, as a provider over a network does. `CAKER_SINK_FILE` gets a line for each application told of."""

import asyncio
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

import uvloop

from bench.ready import serve_ready
from tests.promises.sinks import MailSink

NUMBER = re.compile(rb"LMR-\d{4}-\d{6,}")


@dataclass(kw_only=True)
class ThinkingSink(MailSink):
    seconds: float

    async def _end_of_data(self, to: str, verdict: str, raw: bytes) -> str:
        if self.seconds:
            await asyncio.sleep(self.seconds)
        if self.file is not None and (number := NUMBER.search(raw)):
            with self.file.open("a") as out:
                out.write(f"{time.time()} {number[0].decode()} {to}\n")
        return "250 taken"


async def main() -> None:
    sink = ThinkingSink(seconds=float(os.environ["CAKER_SINK_SECONDS"]), port=int(os.environ["CAKER_SMTP_PORT"]))
    sink.file = Path(found) if (found := os.environ.get("CAKER_SINK_FILE")) else None
    await sink.start()
    await (await serve_ready()).serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
