"""What people see of applications: the seeker the own ones, the employer those for the own vacancies. Whoever reads
another's is noted before it is shown."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from services.application.answered import Fit, fits, person_of
from services.application.domain import Application, Letter
from services.application.domain.matching import Match, compare
from services.application.store import ApplicationStore, Position
from services.application.views.models import ApplicationView
from services.application.views.showing import Showing, view_of
from shared.callers import Caller
from shared.contracts.application import ApplicationState
from shared.cursors import BadCursor, decode_cursor, encode_cursor
from shared.errors import NotFound
from shared.pages import Page
from shared.readings import Read, Way
from shared.sealed import Vault

BATCH, SCANNED = 100, 500
NOT_PUBLIC = ("draft", "submitted", "returned", "refused", "recalled")


class Views:
    """Reads; whoever may not see something finds nothing there."""

    def __init__(self, store: ApplicationStore, *, vault: Vault) -> None:
        self._store, self._showing = store, Showing(store, vault=vault)

    async def mine(
        self,
        seeker_id: str,
        *,
        vacancy_id: str | None,
        state: ApplicationState | None,
        limit: int,
        cursor: str | None,
    ) -> Page[ApplicationView]:
        """The seeker's own, newest first."""
        after = _position(cursor)
        found = await self._store.page(
            seeker_id=seeker_id, vacancy_id=vacancy_id, state=state, newest_first=True, after=after, limit=limit + 1
        )
        items = await self._showing.views(found[:limit], with_applicant=False)
        return Page(items=items, next=_next(found, limit))

    async def of_vacancy(
        self,
        vacancy_id: str,
        *,
        caller: Caller,
        state: ApplicationState | None,
        limit: int,
        cursor: str | None,
        fit: Fit | None = None,
        way: Way = "listed",
    ) -> Page[ApplicationView]:
        """The applicants of a vacancy, oldest first, for its employer or an officer."""
        await self._may_read(vacancy_id, caller)
        after = _position(cursor)
        if fit is not None:
            return await self._fitting(vacancy_id, fit, caller=caller, state=state, limit=limit, after=after)
        found = await self._store.page(
            vacancy_id=vacancy_id, state=state, newest_first=False, after=after, limit=limit + 1
        )
        items = await self._showing.views(found[:limit], with_applicant=True)
        await self._note(found[:limit], caller, way)
        return Page(items=items, next=_next(found, limit))

    async def _fitting(
        self,
        vacancy_id: str,
        fit: Fit,
        *,
        caller: Caller,
        state: ApplicationState | None,
        limit: int,
        after: Position | None,
    ) -> Page[ApplicationView]:
        """What fits is in the profiles as they are now and in sealed answers, so it is looked for: at most `SCANNED`
        for one page, which may then be short and still have a next one."""
        kept: list[tuple[Application, ApplicationView]] = []
        last: Application | None = None
        for _ in range(SCANNED // BATCH):
            found = await self._store.page(
                vacancy_id=vacancy_id, state=state, newest_first=False, after=after, limit=BATCH
            )
            shown = await self._showing.views(found, with_applicant=True)
            fitting = [pair for pair in zip(found, shown, strict=True) if fits(pair[1].match, fit)]
            kept += fitting[: limit - len(kept)]
            last = kept[-1][0] if len(kept) == limit else found[-1] if len(found) == BATCH else None
            if last is None or len(kept) == limit:
                break
            after = (last.submitted_at, last.id)
        await self._note([application for application, _ in kept], caller, "listed")
        return Page(items=[view for _, view in kept], next=_cursor(last) if last else None)

    async def one(self, id: str, *, caller: Caller) -> ApplicationView:
        seeker = caller.role == "seeker"
        found = await self._store.load(id, seeker_id=caller.account_id if seeker else None)
        if found is None:
            raise NotFound
        if not seeker:
            await self._may_read(found.vacancy.id, caller)
        return await self.show(found, caller=caller)

    async def match(self, seeker_id: str, *, vacancy_id: str) -> Match | None:
        """How the seeker's profile and a vacancy fit, before applying."""
        vacancy, facts = await asyncio.gather(self._store.vacancy(vacancy_id), self._store.seeker_facts([seeker_id]))
        if vacancy is None or vacancy.state in NOT_PUBLIC:
            raise NotFound
        return compare(vacancy.needed, person_of(facts.get(seeker_id, {})))

    async def show(self, application: Application, *, caller: Caller) -> ApplicationView:
        """As `caller`, who may see it, sees it."""
        (shown,) = await self._showing.views([application], with_applicant=caller.role != "seeker")
        await self._note([application], caller, "opened")
        return shown

    @staticmethod
    def accepted(application: Application, *, letter: Letter) -> ApplicationView:
        """What was stored just now, for its seeker, without another read."""
        return view_of(application, state="published", letter=letter, applicant=None, match=None)

    async def _may_read(self, vacancy_id: str, caller: Caller) -> None:
        """Officers read all, an employer what belongs to the own vacancies."""
        owner_id = caller.account_id if caller.role == "employer" else None
        if await self._store.vacancy(vacancy_id, owner_id=owner_id) is None:
            raise NotFound

    async def _note(self, seen: Sequence[Application], caller: Caller, way: Way) -> None:
        await self._store.readings.note([_read(each) for each in seen], caller=caller, way=way)


def _read(application: Application) -> Read:
    vacancy = application.vacancy
    known_as = {"number": application.number, "title": vacancy.title, "employer_name": vacancy.employer_name}
    return Read(application.seeker_id, application.id, known_as)


def _next(found: Sequence[Application], limit: int) -> str | None:
    """`found` has one more than the page, where there is more."""
    return _cursor(found[limit - 1]) if len(found) > limit else None


def _cursor(last: Application) -> str:
    return encode_cursor(round(last.submitted_at.timestamp() * 1000), last.id)


def _position(cursor: str | None) -> Position | None:
    if cursor is None:
        return None
    milliseconds, id = decode_cursor(cursor, length=2)
    if not isinstance(milliseconds, int) or not isinstance(id, str):
        raise BadCursor
    try:
        seconds, rest = divmod(milliseconds, 1000)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest * 1000), id
    except (ValueError, OverflowError, OSError):
        raise BadCursor from None
