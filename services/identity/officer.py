"""Makes an officer or a cadre (kader PKK), or gives one a new password:
`python -m services.identity.officer EMAIL [--name NAME] [--role cadre]`.

The password comes from CAKER_OFFICER_PASSWORD or standard input, never from the command line, where others read it.
"""

import argparse
import asyncio
import getpass
import os
import sys

from services.identity.domain.mandate import HelperRole
from services.identity.main import build
from services.identity.settings import IdentitySettings
from shared.errors import Problem
from shared.mongo import WORKER_TIMEOUT_MS, connect, is_unavailable
from shared.settings import load

EXIT_REFUSED, EXIT_UNAVAILABLE = 65, 69  # EX_DATAERR, EX_UNAVAILABLE of sysexits.h


def read_password() -> str:
    if given := os.environ.get("CAKER_OFFICER_PASSWORD"):
        return given
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\r\n")


async def appoint(
    settings: IdentitySettings, *, email: str, name: str | None, password: str, role: HelperRole = "officer"
) -> bool:
    """Whether the account is new; raises `Problem` for what is refused."""
    client = connect(settings.mongo_url, app="identity-officer", timeout_ms=WORKER_TIMEOUT_MS)
    try:
        parts = build(settings, client=client)
        await parts.store.prepare()
        return await parts.commands.accounts.appoint(email=email, name=name, password=password, role=role)
    finally:
        client.close()


def main() -> None:
    parser = argparse.ArgumentParser(prog="officer", description="Make an officer, or reset the password of one.")
    parser.add_argument("email")
    parser.add_argument("--name", help="shown to colleagues; kept as it is when left out")
    parser.add_argument("--role", choices=("officer", "cadre"), default="officer", help="a cadre helps people only")
    asked = parser.parse_args()
    settings = load(IdentitySettings)
    try:
        wanted = {"email": asked.email, "name": asked.name, "role": asked.role, "password": read_password()}
        new = asyncio.run(appoint(settings, **wanted))
    except Problem as refused:
        details = [error.detail for error in refused.shown("en").errors or []]
        _end(EXIT_REFUSED, " ".join(details) or refused.english)
    except Exception as error:
        if not is_unavailable(error):
            raise
        _end(EXIT_UNAVAILABLE, "the store does not answer")
    sys.stdout.write(f"{asked.role} made\n" if new else f"{asked.role}'s password reset, open sessions ended\n")


def _end(code: int, line: str) -> None:
    sys.stderr.write(f"si-caker: {line}\n")
    raise SystemExit(code)


if __name__ == "__main__":
    main()
