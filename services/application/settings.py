"""What the environment may change for `application`."""

from shared.settings import PaperSettings


class ApplicationSettings(PaperSettings):
    """The shared settings are all it needs."""

    service: str = "application"
