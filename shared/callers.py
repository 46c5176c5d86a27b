"""Who acts, as the commands know it; how they proved it is for `shared.auth`, which only an API needs."""

from contextvars import ContextVar
from typing import Literal

from pydantic import BaseModel, ConfigDict

AUDIENCE, ALGORITHM = "si-caker", "EdDSA"  # of every access token
Role = Literal["seeker", "employer", "officer", "admin", "cadre"]
Part = Literal["profile", "applications", "card"]  # of what is a person's own, that a mandate may open (ADR 23)

# The mandate under which this request writes: whatever is stored and told meanwhile carries its id.
acting: ContextVar[str | None] = ContextVar("acting", default=None)


class Caller(BaseModel):
    """A signed-in account; with `mandate` somebody else acts for it, and only within `parts`."""

    model_config = ConfigDict(frozen=True)
    account_id: str
    role: Role
    mandate: str | None = None
    parts: frozenset[Part] = frozenset()
