"""`make bench`: the figures, measured on a system of its own in one run."""

import asyncio

from bench.importing import importing
from bench.mail import application_to_mail
from bench.rest import rest
from deploy.local.beside import system_beside


def main() -> None:
    with system_beside() as system:
        print(f"make run, warm cache, with first data: {system.started_in:.1f} s (goal 25)")
        rest(system)
        asyncio.run(application_to_mail(system))
        importing(system)


if __name__ == "__main__":
    main()
