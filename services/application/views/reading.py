"""What people see of applications: the seeker the own ones, the employer those for the own vacancies."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from services.application.answered import Fit, answered, fits, matched, person_of
from services.application.domain import Actor, Application, Letter
from services.application.domain.matching import Match, compare
from services.application.domain.states import IN_TOUCH, open_to
from services.application.domain.telling import ANSWER_STILL
from services.application.meeting.views import InterviewView, show_interview, show_offer
from services.application.store import CONTACT_SEAL, NOTE_SEAL, ApplicationStore, Position
from services.application.views.models import Applicant, ApplicationView, StepView, VacancyView
from shared.callers import Caller
from shared.clock import now
from shared.contracts.application import ApplicationState
from shared.contracts.vacancy import VacancyState
from shared.cursors import BadCursor, decode_cursor, encode_cursor
from shared.errors import NotFound
from shared.mongo import Document
from shared.pages import Page
from shared.sealed import Erased, Vault

BATCH, SCANNED = 100, 500
NOT_PUBLIC = ("draft", "submitted", "returned", "refused", "recalled")
# Kept inside, or shown in another shape.
NOT_SHOWN = {
    *("seeker_id", "vacancy", "history", "interview", "offer"),
    *("note_sealed", "wish_sealed", "why", "promise", "reminded", "vacancy_ended", "vacancy_recalled"),
}


class Views:
    """Reads; whoever may not see something finds nothing there."""

    def __init__(self, store: ApplicationStore, *, vault: Vault) -> None:
        self._store, self._vault = store, vault

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
        return await self._page(found, limit, with_applicant=False)

    async def of_vacancy(
        self,
        vacancy_id: str,
        *,
        caller: Caller,
        state: ApplicationState | None,
        limit: int,
        cursor: str | None,
        fit: Fit | None = None,
    ) -> Page[ApplicationView]:
        """The applicants of a vacancy, oldest first, for its employer or an officer."""
        await self._may_read(vacancy_id, caller)
        after = _position(cursor)
        if fit is not None:
            return await self._fitting(vacancy_id, fit, state=state, limit=limit, after=after)
        found = await self._store.page(
            vacancy_id=vacancy_id, state=state, newest_first=False, after=after, limit=limit + 1
        )
        return await self._page(found, limit, with_applicant=True)

    async def _fitting(
        self, vacancy_id: str, fit: Fit, *, state: ApplicationState | None, limit: int, after: Position | None
    ) -> Page[ApplicationView]:
        """What fits is in the profiles as they are now and in sealed answers, so it is looked for: at most `SCANNED`
        for one page, which may then be short and still have a next one."""
        kept: list[ApplicationView] = []
        for _ in range(SCANNED // BATCH):
            found = await self._store.page(
                vacancy_id=vacancy_id, state=state, newest_first=False, after=after, limit=BATCH
            )
            for application, shown in zip(found, await self._shown(found, with_applicant=True), strict=True):
                after = (application.submitted_at, application.id)
                if fits(shown.match, fit):
                    kept.append(shown)
                if len(kept) == limit:
                    return Page(items=kept, next=_cursor(application))
            if len(found) < BATCH:
                return Page(items=kept, next=None)
        return Page(items=kept, next=_cursor(found[-1]))

    async def one(self, id: str, *, caller: Caller) -> ApplicationView:
        seeker = caller.role == "seeker"
        found = await self._store.load(id, seeker_id=caller.account_id if seeker else None)
        if found is None:
            raise NotFound
        if not seeker:
            await self._may_read(found.vacancy.id, caller)
        return await self.show(found, with_applicant=not seeker)

    async def match(self, seeker_id: str, *, vacancy_id: str) -> Match | None:
        """How the seeker's profile and a vacancy fit, before applying."""
        vacancy, facts = await asyncio.gather(self._store.vacancy(vacancy_id), self._store.seeker_facts([seeker_id]))
        if vacancy is None or vacancy.state in NOT_PUBLIC:
            raise NotFound
        return compare(vacancy.needed, person_of(facts.get(seeker_id, {})))

    async def show(self, application: Application, *, with_applicant: bool) -> ApplicationView:
        return (await self._shown([application], with_applicant=with_applicant))[0]

    @staticmethod
    def accepted(application: Application, *, letter: Letter) -> ApplicationView:
        """What was stored just now, for its seeker, without another read."""
        return _view(application, state="published", letter=letter, applicant=None, match=None)

    async def _may_read(self, vacancy_id: str, caller: Caller) -> None:
        """Officers read all, an employer what belongs to the own vacancies."""
        owner_id = caller.account_id if caller.role == "employer" else None
        if await self._store.vacancy(vacancy_id, owner_id=owner_id) is None:
            raise NotFound

    async def _page(self, found: list[Application], limit: int, *, with_applicant: bool) -> Page[ApplicationView]:
        last = found[limit - 1] if len(found) > limit else None
        items = await self._shown(found[:limit], with_applicant=with_applicant)
        return Page(items=items, next=_cursor(last) if last else None)

    async def _shown(self, found: Sequence[Application], *, with_applicant: bool) -> list[ApplicationView]:
        """A page of views: one read each of vacancies, facts, contacts and keys, however many items."""
        people = sorted({each.seeker_id for each in found}) if with_applicant else []
        vacancies = sorted({each.vacancy.id for each in found})
        states, needed, facts = await asyncio.gather(
            self._store.vacancy_states(vacancies),
            self._store.needed(vacancies if with_applicant else ()),
            self._store.seeker_facts(people),
        )
        applicants = await self._applicants(people, facts, _in_touch(found))
        shown = []
        for each in found:
            letter, known = await self._letter(each), facts.get(each.seeker_id, {})
            asked, questions = needed.get(each.vacancy.id), each.vacancy.questions
            match = matched(asked, known, questions=questions, answers=letter.answers) if with_applicant else None
            state = states.get(each.vacancy.id, "published")
            shown.append(
                _view(
                    each,
                    state=state,
                    letter=letter,
                    applicant=applicants.get(each.seeker_id),
                    match=match,
                    interview=await show_interview(each, self._vault),
                )
            )
        return shown

    async def _applicants(
        self, people: Sequence[str], facts: dict[str, Document], reachable: frozenset[str]
    ) -> dict[str, Applicant]:
        if not people:
            return {}
        sealed = await self._store.sealed_contacts(people)
        try:
            contacts = await self._vault.open_many(CONTACT_SEAL, sealed)
        except Erased:
            contacts = {}
        return {
            person: Applicant(
                name=contacts.get(person, {}).get("name"),
                kelurahan_code=known.get("kelurahan_code"),
                education=known.get("education"),
                skills=known.get("skills", ()),
                licences=known.get("licences", ()),
                experience_months=known.get("experience_months"),
                phone=contacts.get(person, {}).get("phone") if person in reachable else None,
                email=contacts.get(person, {}).get("email") if person in reachable else None,
            )
            for person in people
            for known in (facts.get(person, {}),)
        }

    async def _letter(self, application: Application) -> Letter:
        """The seeker's words; the key is in the vault's cache where the name was read, too."""
        if application.note_sealed is None:
            return Letter()
        try:
            return Letter.read(await self._vault.open(application.seeker_id, NOTE_SEAL, application.note_sealed))
        except Erased:
            return Letter()


def _view(
    application: Application,
    *,
    state: VacancyState,
    letter: Letter,
    applicant: Applicant | None,
    match: Match | None,
    interview: InterviewView | None = None,
) -> ApplicationView:
    plain = application.model_dump(exclude=NOT_SHOWN)
    actor: Actor = "seeker" if applicant is None else "employer"
    until = application.updated_at + ANSWER_STILL if application.state == "closed_without_reply" else None
    history = [StepView(**step.model_dump(exclude={"by"})) for step in application.history]
    vacancy = VacancyView(**application.vacancy.model_dump(exclude={"employer_id"}), state=state)
    return ApplicationView(
        **plain,
        vacancy=vacancy,
        note=letter.note,
        answers=answered(application.vacancy.questions, letter),
        documents=letter.documents,
        match=match,
        history=history,
        applicant=applicant,
        answer_by=application.answer_by,
        answer_until=until,
        interview=interview,
        offer=show_offer(application),
        commands=open_to(application.state, actor) if until is None or now() < until else (),
    )


def _in_touch(found: Sequence[Application]) -> frozenset[str]:
    """Those whom the employer may call or write to."""
    return frozenset(each.seeker_id for each in found if each.state in IN_TOUCH)


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
