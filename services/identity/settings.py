"""What the environment may change about `identity`: above all how often somebody may ask, try and register."""

from pydantic import Field

from shared.settings import Settings


class IdentitySettings(Settings):
    """The limits protect people from codes they did not ask for, and the city from paying for them."""

    service: str = "identity"
    code_interval_seconds: int = Field(60, ge=0, description="between two codes for one number; 0 = none")
    codes_per_number_per_day: int = Field(5, ge=1)
    codes_per_address_per_hour: int = Field(30, ge=1, description="for any numbers; carriers share addresses")
    failed_logins_per_address: int = Field(20, ge=1, description="wrong codes and passwords in 15 minutes")
    failed_logins_per_account: int = Field(20, ge=1, description="wrong passwords in 15 minutes")
    registrations_per_address_per_hour: int = Field(120, ge=1)
    repeats_told_per_day: int = Field(3, ge=1, description="how often one owner hears that he is registered already")
    portal_token: str | None = Field(
        None, min_length=32, repr=False, description="proves the portal, whose X-Visitor is then believed"
    )
