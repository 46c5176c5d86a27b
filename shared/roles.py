"""The command line of a service: which of its processes to be."""

import sys
from collections.abc import Callable, Mapping


def run_role(roles: Mapping[str, Callable[[], None]]) -> None:
    """The command line of a service's `main.py`: `python -m services.vacancy.main api|worker`."""
    wanted = sys.argv[1] if len(sys.argv) == 2 else ""
    if wanted not in roles:
        sys.stderr.write(f"si-caker: say which process to run: {' or '.join(roles)}\n")
        raise SystemExit(64)
    roles[wanted]()
