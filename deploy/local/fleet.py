"""Our own programs, made from the table: gateway, inbox, every service's api and worker, and where each answers."""

import sys
from dataclasses import dataclass

from deploy.local.answers import http_status
from deploy.local.places import LOGS, ROOT, tool
from deploy.local.program import Program
from deploy.local.system import System
from deploy.local.table import READY, SERVICES, Role, process_name


@dataclass(frozen=True)
class Member:
    """A program with the address that says it is ready; any answer will do where `exact` is false."""

    program: Program
    url: str
    exact: bool = True

    @property
    def name(self) -> str:
        return self.program.name

    @property
    def port(self) -> int:
        return int(self.url.removeprefix("http://").split("/")[0].rsplit(":", 1)[1])

    def is_ready(self) -> bool:
        status = http_status(self.url)
        return status == 200 if self.exact else status is not None


def front(system: System) -> list[Member]:
    """What stands between the services and the world; neither needs them to start."""
    return [_gateway(system), _inbox(system)]


def services(system: System, role: Role) -> list[Member]:
    return [
        _process(system, service.name, role, number)
        for service in SERVICES
        if role in service.roles
        for number in range(system.count(service.name, role))
    ]


def _process(system: System, service: str, role: Role, number: int) -> Member:
    name = process_name(service, role, number)
    port = system.port(service, role, number)
    program = Program(
        name=name,
        argv=(sys.executable, "-m", f"services.{service}.main", role),
        log=LOGS / f"{name}.log",
        env=system.environment(service, role, number),
        cwd=ROOT,
        stop_s=15.0,
    )
    return Member(program, f"http://127.0.0.1:{port}{READY}")


def _gateway(system: System) -> Member:
    config = ROOT / "deploy" / "gateway" / "Caddyfile"
    program = Program(
        name="gateway",
        argv=(tool("caddy"), "run", "--config", str(config), "--adapter", "caddyfile"),
        log=LOGS / "gateway.log",
        env=system.gateway_environment(),
        stop_s=10.0,
    )
    return Member(program, f"{system.gateway}{READY}", exact=False)


def _inbox(system: System) -> Member:
    program = Program(
        name="inbox",
        argv=(sys.executable, "-m", "deploy.local.inbox"),
        log=LOGS / "inbox.log",
        env=system.inbox_environment(),
        cwd=ROOT,
        stop_s=5.0,
    )
    return Member(program, f"{system.inbox}{READY}")
