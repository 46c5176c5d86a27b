"""What the environment may change for `application`."""

from shared.settings import Settings


class ApplicationSettings(Settings):
    """The shared settings are all it needs."""

    service: str = "application"
