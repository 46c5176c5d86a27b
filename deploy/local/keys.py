"""The secrets of a system on one computer: made once, kept readable to their owner only, handed over as files.

Also by itself, for compose: python -m deploy.local.keys FOLDER
"""

import base64
import os
import secrets
import sys
from pathlib import Path

# What a new secret looks like: keys are the base64 of 32 bytes, tokens are words.
NAMES = {
    **dict.fromkeys(("master_key", "index_key", "paper_key", "cookie_key", "push_key"), "key"),
    **dict.fromkeys(("sms_token", "portal_token"), "word"),
}


def ensure(folder: Path) -> None:
    """Make the secrets that are missing; never change one, data is sealed with it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, kind in NAMES.items():
        file = folder / name
        if not file.exists():
            value = base64.b64encode(secrets.token_bytes(32)).decode() if kind == "key" else secrets.token_urlsafe(24)
            _write(file, value)


def _write(file: Path, value: str) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as out:
        out.write(value + "\n")


if __name__ == "__main__":
    ensure(Path(sys.argv[1] if len(sys.argv) > 1 else "secrets"))
