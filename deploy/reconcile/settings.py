"""What the environment may change about the comparison: where to look, and what is too young to be judged."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ReconcileSettings(BaseSettings):
    """It reads ids and states only, so it needs no key."""

    model_config = SettingsConfigDict(env_prefix="CAKER_", frozen=True, extra="ignore", hide_input_in_errors=True)
    mongo_url: str = Field("mongodb://127.0.0.1:27017/?directConnection=true", repr=False)
    kafka_url: str = "127.0.0.1:9092"
    database_prefix: str = ""
    topic_prefix: str = ""
    reconcile_grace_seconds: float = Field(3600, ge=0, description="younger work is under way, and not judged")
    reconcile_message_days: float = Field(30, gt=0, description="older messages were judged on their own nights")
    reconcile_seconds: float = Field(3600, gt=0, description="the whole comparison must end within these")
