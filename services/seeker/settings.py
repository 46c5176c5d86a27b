"""What the environment may change for `seeker`."""

from shared.settings import PaperSettings


class SeekerSettings(PaperSettings):
    """The shared settings are all it needs; `environment=development` lets test NIK and test mail domains in."""

    service: str = "seeker"

    @property
    def test_data(self) -> bool:
        return self.environment == "development"
