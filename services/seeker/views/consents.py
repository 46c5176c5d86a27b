"""A person's consents, each with the words in force and what was before."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from services.seeker.domain import Seeker
from services.seeker.domain.consenting import agrees
from services.seeker.domain.consents import TEXTS, Channel, standing
from services.seeker.store import SeekerStore
from shared.contracts.seeker import ConsentKind
from shared.errors import NotFound


class GivenConsent(BaseModel):
    """One time that the person agreed."""

    model_config = ConfigDict(frozen=True)
    text_version: str
    given_at: datetime
    channel: Channel
    mandate: str | None
    withdrawn_at: datetime | None


class ConsentView(BaseModel):
    """One purpose."""

    model_config = ConfigDict(frozen=True, title="Consent")
    kind: ConsentKind
    given: bool = Field(description="whether it holds now")
    text: str = Field(description="the words in force")
    text_version: str = Field(description="of these words: to be sent along by whoever agrees")
    given_at: datetime | None = Field(description="null also where a comparison was never asked about")
    newer_text: bool = Field(description="the person agreed to words that were changed since")
    history: list[GivenConsent] = Field(description="the newest first")


class ConsentList(BaseModel):
    items: list[ConsentView]


class ConsentViews:
    def __init__(self, store: SeekerStore) -> None:
        self._store = store

    async def mine(self, seeker_id: str, *, language: str) -> ConsentList:
        seeker = await self._store.load(seeker_id)
        if seeker is None:
            raise NotFound
        return ConsentList(items=[show_consent(seeker, kind, language=language) for kind in TEXTS])


def show_consent(seeker: Seeker, kind: ConsentKind, *, language: str) -> ConsentView:
    words, now = TEXTS[kind], standing(seeker.consents, kind)
    return ConsentView(
        kind=kind,
        given=agrees(seeker, kind),
        text=words.english if language == "en" else words.indonesian,
        text_version=words.version,
        given_at=now.given_at if now else None,
        newer_text=now is not None and now.text_version != words.version,
        history=[
            GivenConsent(**each.model_dump(exclude={"kind"}))
            for each in reversed(seeker.consents)
            if each.kind == kind
        ],
    )
