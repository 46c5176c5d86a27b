"""What the environment may change for `training`."""

from shared.settings import PaperSettings


class TrainingSettings(PaperSettings):
    """The shared settings are all it needs."""

    service: str = "training"
