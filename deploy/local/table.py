"""One table of what runs: each service, its processes, and the names of the settings it is given.

`make run` builds its processes from it, and a test holds docker-compose.yml to it.
"""

from dataclasses import dataclass
from typing import Literal

from deploy.local.ports import STEP
from deploy.local.progress import Failed

Role = Literal["api", "worker"]

EVERYONE = ("ENVIRONMENT", "LOG_LEVEL", "HOST", "PORT", "PUBLIC_URL", "JWKS_URL", "ISSUER")
STORED = ("MONGO_URL", "KAFKA_URL", "TOPIC_PREFIX", "DATABASE_PREFIX", "MASTER_KEY_FILE", "INDEX_KEY_FILE")

# How often somebody may ask for a code, guess, or register: lenient here, so that demos and journeys are not held up.
LIMITS = (
    "CODE_INTERVAL_SECONDS",
    "CODES_PER_NUMBER_PER_DAY",
    "CODES_PER_ADDRESS_PER_HOUR",
    "FAILED_LOGINS_PER_ADDRESS",
    "REGISTRATIONS_PER_ADDRESS_PER_HOUR",
)

# How messages leave, and when.
SENDING = (
    "SMTP_URL",
    "SMS_URL",
    "SMS_TOKEN_FILE",
    "PROVIDERS",
    "MAIL_FROM",
    "QUIET_HOURS",
    "GATHER_SECONDS",
    "PUSH_KEY_FILE",
)

# For the interpreter, not for us: few threads for the store's driver, few heaps for the threads.
PROCESS_ENV = {"MOTOR_MAX_WORKERS": "24", "MALLOC_ARENA_MAX": "2", "PYTHONUNBUFFERED": "1"}

API_PORT, WORKER_PORT = 8000, 9100  # inside a container, where every process has an address of its own
ALIVE, READY = "/livez", "/readyz"


@dataclass(frozen=True)
class Service:
    name: str
    roles: tuple[Role, ...]
    settings: tuple[str, ...]  # without the prefix CAKER_

    @property
    def stored(self) -> bool:
        """Has a database and topics of its own."""
        return "MONGO_URL" in self.settings


SERVICES = (
    Service("identity", ("api", "worker"), (*EVERYONE, *STORED, "PORTAL_TOKEN_FILE", *LIMITS)),
    Service("vacancy", ("api", "worker"), (*EVERYONE, *STORED, "SEARCH_DIR", "PORTAL_TOKEN_FILE")),
    Service("seeker", ("api", "worker"), (*EVERYONE, *STORED, "PAPER_KEY_FILE", "CLAMAV_URL")),
    Service("application", ("api", "worker"), (*EVERYONE, *STORED, "PAPER_KEY_FILE")),
    Service("notifier", ("api", "worker"), (*EVERYONE, *STORED, *SENDING)),
    Service("portal", ("api",), (*EVERYONE, "API_URL", "COOKIE_KEY_FILE", "PORTAL_TOKEN_FILE")),
    Service("training", ("api", "worker"), (*EVERYONE, *STORED, "PAPER_KEY_FILE")),
)
BY_NAME = {service.name: service for service in SERVICES}
INBOX_SETTINGS = ("HOST", "PORT", "SMTP_PORT", "SMS_TOKEN_FILE", "INBOX_FILE", "CALLBACK_URL")


def process_name(service: str, role: Role, number: int = 0) -> str:
    """`application-worker`, then `application-worker-2`: its pid file and log are called that."""
    return f"{service}-{role}" + (f"-{number + 1}" if number else "")


def read_scale(text: str) -> dict[str, int]:
    """`application-worker=3 vacancy-api=2` as numbers; one clear line for anything else."""
    known = {process_name(service.name, role) for service in SERVICES for role in service.roles}
    scale = {}
    for part in text.split():
        name, _, number = part.partition("=")
        if name not in known or not number.isdigit() or not 1 <= int(number) <= STEP:
            names = ", ".join(sorted(known))
            raise Failed(f'SCALE="{text}": "{part}" is not PROCESS=1 to {STEP}, with a process of: {names}')
        scale[name] = int(number)
    return scale
