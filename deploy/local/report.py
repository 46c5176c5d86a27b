"""What `make run` tells the person who started it."""

from deploy.local.places import LOCAL, LOGS, ROOT, SEEDED
from deploy.local.system import System


def say(text: str) -> None:
    print(f"  {text}", flush=True)


def ready(system: System, seconds: float, *, whole: bool) -> None:
    """Addresses, what stands behind them, and who can sign in."""
    print(f"\nSi-Caker is ready after {seconds:.1f} s\n")
    say(f"portal and API   {system.gateway}/   {system.gateway}/api/v1/")
    say(f"mail and SMS     {system.gateway}/dev/inbox")
    say(f"Kafka            {system.kafka_url}   {system.kafka}")
    say(f"store            {system.store_url}   {system.store}")
    say(f"logs, pid files  {_short(str(LOGS))}/   {_short(str(LOCAL))}/run/")
    if whole and SEEDED.exists() and (logins := SEEDED.read_text().strip()):
        print("\n" + "\n".join(f"  {line}" for line in logins.splitlines()))
    print("\n  Stop with Ctrl-C, or from elsewhere with: make stop\n", flush=True)


def _short(path: str) -> str:
    return path.removeprefix(f"{ROOT}/")
