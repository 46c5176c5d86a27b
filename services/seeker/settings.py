"""What the environment may change for `seeker`."""

from pydantic import Field

from shared.settings import PaperSettings


class SeekerSettings(PaperSettings):
    """`environment=development` lets test NIK and test mail domains in."""

    service: str = "seeker"
    clamav_url: str = Field(
        "",
        pattern=r"^(tcp://[^/:\s]+:[0-9]{1,5}|unix:///\S+)?$",
        description="clamd: tcp://host:3310 or unix:///path; empty: documents are not scanned for viruses",
    )

    @property
    def test_data(self) -> bool:
        return self.environment == "development"
