"""Saved searches as their owner wants them, and the stop link of a message."""

from collections.abc import Mapping
from typing import Any

from services.seeker.commands.consents import ConsentCommands
from services.seeker.domain import searches as domain
from services.seeker.domain.consents import TEXTS
from services.seeker.domain.searches import SavedSearch, Terms
from services.seeker.problems import Flaw, NoAddress, SeveralFlaws, StopLinkUnknown, TooManySearches
from services.seeker.stopping import StopTokens
from services.seeker.store import SeekerStore
from services.seeker.store.searches import SearchStore
from shared import clock
from shared.errors import Unavailable
from shared.events import new_id

TRIES = 5  # of two writers at once one is second, and reads again
CONTACT = {"email": "email", "sms": "phone"}


class SearchCommands:
    """`profiles` says how a person can be reached."""

    def __init__(
        self, store: SearchStore, profiles: SeekerStore, *, tokens: StopTokens, now: clock.Clock = clock.now
    ) -> None:
        self._store, self._profiles, self._tokens, self._now = store, profiles, tokens, now
        self._consents = ConsentCommands(profiles, store, now=now)

    async def create(self, seeker_id: str, terms: Terms) -> tuple[SavedSearch, bool]:
        """The search, and whether it was made by this call: the very same one is not kept twice."""
        await self._check(seeker_id, terms)
        await self._consents.give(seeker_id, "job_alerts", text_version=TEXTS["job_alerts"].version)
        known = await self._store.of_seeker(seeker_id)
        if same := next((search for search in known if search.terms == terms and search.active), None):
            return same, False
        search = domain.begin(terms, id=new_id("srch"), seeker_id=seeker_id, at=self._now())
        if not await self._store.create(search):
            raise TooManySearches
        return search, True

    async def change(
        self, id: str, *, seeker_id: str, changes: Mapping[str, Any], active: bool | None
    ) -> SavedSearch:
        """The search with `changes`; `active` None leaves it going or stopped, as it is."""
        for _ in range(TRIES):
            before = await self._store.load(id, seeker_id=seeker_id)
            terms = before.terms.model_copy(update=dict(changes))
            going = before.active if active is None else active
            await self._check(seeker_id, terms, going=going)
            if active:  # whoever lets messages begin again agrees to them again
                await self._consents.give(seeker_id, "job_alerts", text_version=TEXTS["job_alerts"].version)
            after = domain.change(before, terms, active=going, at=self._now())
            if after == before or await self._store.change(before, after):
                return after
        raise Unavailable

    async def drop(self, id: str, *, seeker_id: str) -> None:
        await self._store.drop(id, seeker_id=seeker_id)

    async def stop(self, token: str) -> None:
        """Whoever has the link of a message may stop the search's messages; a deleted search is stopped already."""
        id = self._tokens.search_id(token)
        if id is None:
            raise StopLinkUnknown
        await self._store.stop(id)

    async def _check(self, seeker_id: str, terms: Terms, *, going: bool = True) -> None:
        """Raises every flaw at once; one that is stopped needs no address."""
        flaws: list[Flaw] = domain.flaws_of(terms)
        if going:
            seeker = await self._profiles.load(seeker_id)
            if seeker is None or CONTACT[terms.channel] not in seeker.personal.contact:
                flaws.append(NoAddress())
        if flaws:
            raise flaws[0] if len(flaws) == 1 else SeveralFlaws(flaws)
