"""What the environment may change about the portal."""

from pydantic import Field

from shared.settings import Key, ProcessSettings


class PortalSettings(ProcessSettings):
    """The portal seals no personal data and opens no database, so it is given neither address nor key of one."""

    service: str = "portal"
    api_url: str = Field("http://localhost:8080", description="where the public API answers: the gateway")
    portal_token: str | None = Field(
        None, min_length=32, repr=False, description="proves to identity that this is the portal"
    )
    cookie_key: Key = Field(repr=False, description="base64 of 32 bytes; seals the visitors' sessions")

    @property
    def secure(self) -> bool:
        """Whether visitors come over HTTPS; browsers refuse `__Host-` cookies otherwise."""
        return self.public_url.startswith("https://")
