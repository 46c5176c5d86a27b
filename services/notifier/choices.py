"""What a person chose: the language, which messages not to get over which channel, and whether to get news. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from services.notifier.domain import ChannelName
from services.notifier.planner import KINDS, TABLE, Kind
from services.notifier.wording import Language
from shared.contracts.vacancy import Kind as WorkKind
from shared.errors import Problem

NEWS_TEXT = "2026-11"  # version of the words under which people agree to news
_USED = {row.kind for rows in TABLE.values() for row in rows}


class MayNotBeSwitchedOff(Problem):
    code: ClassVar[str] = "may_not_be_switched_off"
    status: ClassVar[int] = 422
    indonesian = "Pesan ini tidak bisa dimatikan, karena menyangkut keamanan atau janji Anda."
    english = "These messages cannot be switched off: they are about your safety, or about what you promised."


class Consent(BaseModel):
    """When the person agreed, to which words, and when that ended."""

    model_config = ConfigDict(frozen=True)
    given_at: datetime
    text_version: str
    withdrawn_at: datetime | None = None


class Choices(BaseModel):
    """`off` holds `kind:channel`. Whoever chose nothing has the defaults."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    language: Language = "id"
    off: frozenset[str] = frozenset()
    news: Consent | None = None
    work_kinds: tuple[WorkKind, ...] = Field((), description="the kinds of work of which news is wanted; none: any")
    shared_phone: bool = Field(False, description="others read along: no mail names a job or an employer")
    version: int = 0

    @property
    def wants_news(self) -> bool:
        return self.news is not None and self.news.withdrawn_at is None

    def wants(self, kind: str, channel: ChannelName) -> bool:
        """Whether the person gets messages of a kind over a channel. What nobody may switch off is always wanted."""
        known = KINDS.get(kind)
        if known is None:
            return True
        if known.asked and not self.wants_news:
            return False
        if channel == "push":  # what is switched off everywhere else comes to no device either
            return any(self.wants(kind, each) for each in known.channels)
        return channel not in known.off or f"{kind}:{channel}" not in self.off


def kinds_for(role: str) -> Mapping[str, Kind]:
    """The kinds that concern a role, of which there are messages; news is asked for apart."""
    audience = {"everyone", role}
    return {name: kind for name, kind in KINDS.items() if kind.audience in audience and name in _USED}


def choose(
    before: Choices,
    *,
    language: Language,
    off: Iterable[tuple[str, ChannelName]],
    news: bool,
    work_kinds: tuple[WorkKind, ...],
    at: datetime,
    shared_phone: bool = False,
) -> Choices:
    """The choices as the person wants them; refuses to switch off what must arrive."""
    wanted = set(off)
    if any(kind not in KINDS or channel not in KINDS[kind].off for kind, channel in wanted):
        raise MayNotBeSwitchedOff
    return before.model_copy(
        update={
            "language": language,
            "off": frozenset(f"{kind}:{channel}" for kind, channel in wanted),
            "news": _news(before, news, at),
            "shared_phone": shared_phone,
            "work_kinds": tuple(dict.fromkeys(work_kinds)),
        }
    )


def _news(before: Choices, wanted: bool, at: datetime) -> Consent | None:
    if wanted == before.wants_news:
        return before.news
    if wanted:
        return Consent(given_at=at, text_version=NEWS_TEXT)
    return before.news.model_copy(update={"withdrawn_at": at}) if before.news else None


def without_news(before: Choices, *, at: datetime) -> Choices:
    """The same choices, and no news any more."""
    return before.model_copy(update={"news": _news(before, False, at)})


def as_stored(choices: Choices) -> dict[str, Any]:
    """`news_on` is what announcements look for."""
    stored = choices.model_dump(exclude={"version"})
    return {**stored, "off": sorted(choices.off), "news_on": choices.wants_news}
