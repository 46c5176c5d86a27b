"""How a page of applications is put together: what is sealed is opened for the moment, one read for each kind."""

import asyncio
from collections.abc import Sequence

from services.application.answered import answered, matched
from services.application.domain import Actor, Application, Letter
from services.application.domain.matching import Match
from services.application.domain.states import IN_TOUCH, open_to
from services.application.domain.telling import ANSWER_STILL
from services.application.meeting.views import InterviewView, show_interview, show_offer
from services.application.store import CONTACT_SEAL, NOTE_SEAL, ApplicationStore
from services.application.views.models import Applicant, ApplicationView, StepView, VacancyView
from shared.clock import now
from shared.contracts.vacancy import VacancyState
from shared.mongo import Document
from shared.sealed import Erased, Vault

# Kept inside, or shown in another shape.
NOT_SHOWN = {
    *("seeker_id", "vacancy", "history", "interview", "offer"),
    *("note_sealed", "wish_sealed", "why", "promise", "reminded", "vacancy_ended", "vacancy_recalled"),
}


class Showing:
    def __init__(self, store: ApplicationStore, *, vault: Vault) -> None:
        self._store, self._vault = store, vault

    async def views(self, found: Sequence[Application], *, with_applicant: bool) -> list[ApplicationView]:
        """A page of them: one read each of vacancies, facts, contacts and keys, however many items."""
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
                view_of(
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


def view_of(
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
        attachments=letter.attachments,
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
