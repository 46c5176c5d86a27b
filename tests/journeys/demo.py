"""`make demo`: the whole journey against the running system, printed; exit 0 when everything was as promised."""

import asyncio
import sys
import time

from deploy.local import environment
from deploy.local.demo.people import Gateway, Refused, sign_in
from deploy.local.seed import OFFICER
from tests.journeys.journey import whole_journey


async def demo(url: str) -> None:
    started = time.monotonic()

    def tell(line: str) -> None:
        print(f"{time.monotonic() - started:6.2f} s  {line}", flush=True)

    async with Gateway(url) as gateway:
        officer = await sign_in(gateway, email=OFFICER[0], password=OFFICER[1])
        await whole_journey(gateway, officer, tell)
    print(f"{time.monotonic() - started:6.2f} s  selesai")


def main() -> None:
    url = environment.load("portal")["CAKER_PUBLIC_URL"]
    print(f"demo at {url}")
    try:
        asyncio.run(demo(url))
    except (AssertionError, Refused, TimeoutError) as error:
        sys.exit(f"the demo failed: {error}")


if __name__ == "__main__":
    main()
