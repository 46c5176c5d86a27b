"""What the environment may change of the vacancy service, beside what every service has."""

from pathlib import Path

from pydantic import Field

from shared.settings import Settings


class VacancySettings(Settings):
    """`search_dir` (CAKER_SEARCH_DIR) is the folder of this process's index: not shared, rebuilt when absent."""

    service: str = "vacancy"
    search_dir: Path = Path(".run/search")
    portal_token: str | None = Field(
        None, min_length=32, repr=False, description="proves the portal, whose X-Visitor is then believed"
    )
