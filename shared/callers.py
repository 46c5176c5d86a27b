"""Who acts, as the commands know it; how they proved it is for `shared.auth`, which only an API needs."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

AUDIENCE, ALGORITHM = "si-caker", "EdDSA"  # of every access token
Role = Literal["seeker", "employer", "officer", "admin"]


class Caller(BaseModel):
    """A signed-in account."""

    model_config = ConfigDict(frozen=True)
    account_id: str
    role: Role
