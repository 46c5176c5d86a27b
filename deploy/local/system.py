"""The addresses of the system that runs here, written down for every other command to find it by."""

import json
import os
from dataclasses import asdict, dataclass, field

from deploy.local.places import LOCAL, RUN, SECRETS, SYSTEM
from deploy.local.ports import API, GATEWAY, INBOX, SMTP, STEP, WORKER
from deploy.local.program import MARK
from deploy.local.table import BY_NAME, PROCESS_ENV, SERVICES, Role, process_name

# One person plays everybody here, from one address; production keeps the defaults.
LENIENT = {
    "CODE_INTERVAL_SECONDS": "0",
    "CODES_PER_NUMBER_PER_DAY": "10",
    "CODES_PER_ADDRESS_PER_HOUR": "3000",
    "FAILED_LOGINS_PER_ADDRESS": "500",
    "REGISTRATIONS_PER_ADDRESS_PER_HOUR": "20000",
}


@dataclass(frozen=True)
class System:
    pid: int
    base_port: int
    kafka_url: str
    kafka: str
    store_url: str
    store: str
    topic_prefix: str = ""
    database_prefix: str = ""
    log_level: str = "INFO"
    scale: dict[str, int] = field(default_factory=dict)
    ready: bool = False

    @property
    def gateway(self) -> str:
        return f"http://127.0.0.1:{self.base_port + GATEWAY}"

    @property
    def inbox(self) -> str:
        return f"http://127.0.0.1:{self.base_port + INBOX}"

    @property
    def smtp(self) -> str:
        return f"smtp://127.0.0.1:{self.base_port + SMTP}"

    def port(self, service: str, role: Role, number: int = 0) -> int:
        place = [one.name for one in SERVICES].index(service)
        return self.base_port + (API if role == "api" else WORKER) + STEP * place + number

    def count(self, service: str, role: Role) -> int:
        return self.scale.get(process_name(service, role), 1)

    def environment(self, service: str, role: Role = "api", number: int = 0) -> dict[str, str]:
        """What one process of a service is given."""
        identity = f"http://127.0.0.1:{self.port('identity', 'api')}"
        values = {
            "ENVIRONMENT": "development",
            "LOG_LEVEL": self.log_level,
            "HOST": "127.0.0.1",
            "PORT": str(self.port(service, role, number)),
            "PUBLIC_URL": self.gateway,
            "JWKS_URL": f"{identity}/.well-known/jwks.json",
            "ISSUER": "si-caker",
            "MONGO_URL": self.store_url,
            "KAFKA_URL": self.kafka_url,
            "TOPIC_PREFIX": self.topic_prefix,
            "DATABASE_PREFIX": self.database_prefix,
            "MASTER_KEY_FILE": str(SECRETS / "master_key"),
            "INDEX_KEY_FILE": str(SECRETS / "index_key"),
            "PAPER_KEY_FILE": str(SECRETS / "paper_key"),
            "COOKIE_KEY_FILE": str(SECRETS / "cookie_key"),
            "PORTAL_TOKEN_FILE": str(SECRETS / "portal_token"),
            **LENIENT,
            # Given from outside, messages go to other providers than the inbox: so do those that fail on purpose.
            "SMTP_URL": os.environ.get("SMTP_URL") or self.smtp,
            "SMS_URL": os.environ.get("SMS_URL") or f"{self.inbox}/sms",
            "SMS_TOKEN_FILE": str(SECRETS / "sms_token"),
            "PUSH_KEY_FILE": str(SECRETS / "push_key"),
            "PROVIDERS": os.environ.get("PROVIDERS", ""),
            "MAIL_FROM": "si-caker@example.go.id",
            "GATHER_SECONDS": "60",
            "QUIET_HOURS": "none",  # whoever tries it at night wants to see the messages
            "API_URL": self.gateway,
            "CLAMAV_URL": os.environ.get("CLAMAV_URL", ""),
            # Each replica follows the collection by itself, so each has an index of its own.
            "SEARCH_DIR": str(LOCAL / "search" / process_name(service, role, number)),
        }
        given = {f"CAKER_{name}": values[name] for name in BY_NAME[service].settings}
        return {**PROCESS_ENV, **given, MARK: str(LOCAL)}

    def _upstream(self, service: str) -> str:
        ports = (self.port(service, "api", number) for number in range(self.count(service, "api")))
        return " ".join(["to", *(f"127.0.0.1:{port}" for port in ports)])

    def inbox_environment(self) -> dict[str, str]:
        return {
            **PROCESS_ENV,
            "CAKER_HOST": "127.0.0.1",
            "CAKER_PORT": str(self.base_port + INBOX),
            "CAKER_SMTP_PORT": str(self.base_port + SMTP),
            "CAKER_SMS_TOKEN_FILE": str(SECRETS / "sms_token"),
            "CAKER_INBOX_FILE": str(LOCAL / "inbox.jsonl"),
            "CAKER_CALLBACK_URL": f"{self.gateway}/api/v1/callbacks/sms",
        }

    def gateway_environment(self) -> dict[str, str]:
        return {
            **{f"{service.name.upper()}_UPSTREAM": self._upstream(service.name) for service in SERVICES},
            "INBOX_UPSTREAM": f"to 127.0.0.1:{self.base_port + INBOX}",
            "GATEWAY_SITE": f"http://:{self.base_port + GATEWAY}",
            "GATEWAY_BIND": "127.0.0.1",
            "XDG_DATA_HOME": str(LOCAL / "data"),
            "XDG_CONFIG_HOME": str(LOCAL / "data"),
        }


def save(system: System) -> None:
    """At once or not at all: a reader never meets half a file."""
    RUN.mkdir(parents=True, exist_ok=True)
    partial = SYSTEM.with_suffix(".partial")
    partial.write_text(json.dumps(asdict(system), indent=2) + "\n")
    partial.replace(SYSTEM)


def find() -> System | None:
    """The system that runs here, or None; a file left by one that was killed does not count."""
    try:
        system = System(**json.loads(SYSTEM.read_text()))
        os.kill(system.pid, 0)
    except (OSError, ValueError, TypeError):
        return None
    return system
