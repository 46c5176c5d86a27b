"""The only writer of what people chose."""

from services.notifier.choices import Choices, choose, without_news
from services.notifier.domain import ChannelName
from services.notifier.people import People
from services.notifier.wording import Language
from shared import clock
from shared.contracts.vacancy import Kind as WorkKind
from shared.errors import StaleVersion
from shared.versions import expected_version


class Commands:
    def __init__(self, people: People, *, now: clock.Clock = clock.now) -> None:
        self._people, self._now = people, now

    async def choose(
        self,
        account_id: str,
        *,
        language: Language,
        off: list[tuple[str, ChannelName]],
        news: bool,
        work_kinds: tuple[WorkKind, ...],
        shared_phone: bool,
        if_match: str | None,
    ) -> Choices:
        """Write the choices of an account; the first time it needs no If-Match, later it does."""
        before = await self._people.choices(account_id)
        expected = expected_version(if_match, required=before.version > 0)
        if expected is not None and expected != before.version:
            raise StaleVersion
        after = choose(
            before,
            language=language,
            off=off,
            news=news,
            work_kinds=work_kinds,
            shared_phone=shared_phone,
            at=self._now(),
        )
        return await self._save(account_id, before, after)

    async def end_news(self, account_id: str) -> None:
        """By the link in a mail; pressed again it changes nothing."""
        before = await self._people.choices(account_id)
        if before.wants_news:
            await self._save(account_id, before, without_news(before, at=self._now()))

    async def _save(self, account_id: str, before: Choices, after: Choices) -> Choices:
        ended = before.wants_news and after.news is not None and after.news.withdrawn_at
        return await self._people.save(account_id, after, withdrawn_at=ended or None)
