"""Ports: one base port, everything else counted from it; a port in use is named, with who holds it.

base + 0        gateway               base + 20 + 10·i + n    api number n of service i
base + 1, 2     inbox: HTTP, SMTP     base + 120 + 10·i + n   worker number n of service i
base + 3 … 8    Kafka: brokers, controllers (three of each at most)
base + 9        store
"""

import os
import socket
from collections.abc import Mapping

import psutil

from deploy.local.progress import Failed

GATEWAY, INBOX, SMTP, KAFKA, STORE = 0, 1, 2, 3, 9
API, WORKER, STEP = 20, 120, 10
DEFAULT_BASE = 8080


def base_port() -> int:
    given = os.environ.get("BASE_PORT") or str(DEFAULT_BASE)
    if not given.isdigit() or not 1024 <= int(given) <= 65000:
        raise Failed(f"BASE_PORT={given}: must be a number from 1024 to 65000")
    return int(given)


def require_free(ports: Mapping[int, str]) -> None:
    """Fail with one line that names the first taken port, what wanted it, and who has it."""
    for port, wanted_by in ports.items():
        if not is_free(port):
            raise Failed(
                f"port {port} ({wanted_by}) is in use{_holder(port)}; "
                "stop that program or choose other ports: BASE_PORT=9080 make run"
            )


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_ports(count: int) -> list[int]:
    """Ports that nothing listens on just now, for tests."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def _holder(port: int) -> str:
    try:
        for connection in psutil.net_connections("tcp"):
            if connection.laddr and connection.laddr.port == port and connection.status == "LISTEN":
                name = psutil.Process(connection.pid).name() if connection.pid else "another user's process"
                return f" by {name}" + (f" (pid {connection.pid})" if connection.pid else "")
    except (psutil.Error, OSError):
        pass
    return ""
