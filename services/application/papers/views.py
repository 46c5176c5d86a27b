"""A seeker's papers, from what is stored."""

from datetime import date, timedelta

from services.application.domain import Application
from services.application.papers.printed import Papers, concerns
from services.application.papers.problems import NameMissing, PeriodWrong
from services.application.store import CONTACT_SEAL, ApplicationStore, Position
from shared import clock
from shared.errors import NotFound
from shared.papers.paper import Paper
from shared.sealed import Erased, Vault

LONGEST = timedelta(days=366)
BATCH, MOST = 100, 300  # applications that one report may list


class PaperViews:
    def __init__(
        self, store: ApplicationStore, *, vault: Vault, papers: Papers, now: clock.Clock = clock.now
    ) -> None:
        self._store, self._vault, self._papers, self._now = store, vault, papers, now

    async def proof(self, application_id: str, *, seeker_id: str) -> Paper:
        application = await self._store.load(application_id, seeker_id=seeker_id)
        if application is None:
            raise NotFound
        return self._papers.proof(application, name=await self._name(seeker_id))

    async def activity(self, seeker_id: str, *, first: date, last: date) -> Paper:
        """The applications and interviews of a period that is over, or under way."""
        today = clock.today(self._now())
        if not first <= last <= today or last - first > LONGEST:
            raise PeriodWrong
        found = [each for each in await self._latest(seeker_id) if concerns(each, first, last)]
        name = await self._name(seeker_id)
        return self._papers.activity(found[::-1], first=first, last=last, name=name, issued=today)

    async def _latest(self, seeker_id: str) -> list[Application]:
        found: list[Application] = []
        after: Position | None = None
        while len(found) < MOST:
            batch = await self._store.page(seeker_id=seeker_id, newest_first=True, after=after, limit=BATCH)
            found += batch
            if len(batch) < BATCH:
                break
            after = (batch[-1].submitted_at, batch[-1].id)
        return found

    async def _name(self, seeker_id: str) -> str:
        sealed = (await self._store.sealed_contacts([seeker_id])).get(seeker_id)
        try:
            contact = await self._vault.open(seeker_id, CONTACT_SEAL, sealed) if sealed else {}
        except Erased:
            contact = {}
        if not contact.get("name"):
            raise NameMissing
        return str(contact["name"])
