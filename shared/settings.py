"""What the environment may change: read once, at start, in a service's `main.py`.

Every value comes from `CAKER_<NAME>`; a secret may come from the file named in `CAKER_<NAME>_FILE`.
"""

import base64
import os
import sys
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

EXIT_BAD_SETTINGS = 78  # EX_CONFIG of sysexits.h


def _key(value: str) -> str:
    """A 256-bit key in base64; refused before the first request rather than at the first secret."""
    try:
        size = len(base64.b64decode(value, validate=True))
    except ValueError:
        size = 0
    if size != 32:
        raise ValueError("must be the base64 of 32 bytes")
    return value


def _keys(value: str) -> str:
    """One key or more, parted by spaces or lines."""
    if not value.split():
        raise ValueError("must be the base64 of 32 bytes")
    return " ".join(_key(key) for key in value.split())


Key = Annotated[str, AfterValidator(_key)]
Keys = Annotated[str, AfterValidator(_keys)]


class ProcessSettings(BaseSettings):
    """The settings that every process has, with or without a store."""

    model_config = SettingsConfigDict(env_prefix="CAKER_", frozen=True, extra="ignore", hide_input_in_errors=True)

    service: str = Field(description="name of the service: database, consumer group and event source")
    environment: Literal["development", "production"] = "development"
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=1, le=65535)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    public_url: str = Field("http://localhost:8080", description="the gateway as people see it; links begin so")
    jwks_url: str = "http://localhost:8080/.well-known/jwks.json"
    issuer: str = "si-caker"


class Settings(ProcessSettings):
    """The settings of a service with its own data; a service adds its own in its `settings.py`."""

    mongo_url: str = "mongodb://127.0.0.1:27017/?directConnection=true"
    kafka_url: str = "127.0.0.1:9092"
    database_prefix: str = ""
    topic_prefix: str = ""
    master_key: Key = Field(repr=False)
    index_key: Key = Field(repr=False)

    @property
    def database(self) -> str:
        return f"{self.database_prefix}{self.service}"

    @property
    def vault(self) -> str:
        """Database of the person keys: apart from every service's data, and backed up apart."""
        return f"{self.database_prefix}keys"


class PaperSettings(Settings):
    """The settings of a service that issues papers (`shared.papers`)."""

    paper_key: Keys = Field(repr=False, description="signs the papers; further keys, after a space, only verify")


S = TypeVar("S", bound=BaseSettings)


def load(kind: type[S], **given: object) -> S:
    """Build `kind` from the environment; on a bad value print one clear line and exit 78."""
    try:
        return kind(**{**_secrets(kind), **given})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = "CAKER_" + "_".join(str(part) for part in first["loc"]).upper()
        sys.stderr.write(f"si-caker: {name}: {first['msg']}\n")
        raise SystemExit(EXIT_BAD_SETTINGS) from None
    except OSError as error:
        sys.stderr.write(f"si-caker: a secret file cannot be read: {error.strerror}\n")
        raise SystemExit(EXIT_BAD_SETTINGS) from None


def _secrets(kind: type[BaseSettings]) -> dict[str, object]:
    found = {name: os.environ.get(f"CAKER_{name.upper()}_FILE") for name in kind.model_fields}
    return {name: Path(path).read_text().strip() for name, path in found.items() if path}
