"""What people do around a vacancy, each as one command of the services; what is refused to them is a `Problem`."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import NamedTuple

from services.application.domain import Command, Words
from services.application.meeting.commands import Invitation, JobOffer
from services.vacancy.domain.vacancy import Actor
from services.vacancy.tests.making import OFFICER, OWNER
from shared import clock
from shared.callers import Caller
from shared.contracts.application import ApplicationState
from shared.contracts.vacancy import Wage
from shared.errors import NotFound, Problem
from tests.hiring.town import Town

EMPLOYER, DESK_OFFICER = (
    Caller(account_id="acc_owner", role="employer"),
    Caller(account_id="acc_officer", role="officer"),
)
# How a hire goes on, by the state that it has reached.
ONWARD: Mapping[ApplicationState | None, str] = {
    **{None: "submit", "withdrawn": "submit", "submitted": "offer_job", "viewed": "offer_job"},
    **{"shortlisted": "offer_job", "interview_offered": "accept", "interview_accepted": "offer_job"},
    **{"interview_declined": "offer_job", "interview_rescheduled": "offer_interview"},
    **{"offered": "accept", "offer_accepted": "hire", "closed_without_reply": "shortlist"},
}


class Act(NamedTuple):
    """`who` is one of a few seekers, or whose application it is about."""

    what: str
    who: int = 0


async def do(town: Town, act: Act) -> str:
    """What came of it: a word for the list that a failure prints."""
    try:
        await ACTS[act.what](town, act.who)
    except Problem as refused:
        return refused.code
    return "done"


async def _id(town: Town, who: int) -> str:
    found = await town.applications.of_seeker_for(town.vacancy_id, seeker_id=town.seeker(who))
    if found is None:
        raise NotFound
    return found.id


async def submit(town: Town, who: int) -> None:
    await town.commands.submit(seeker_id=town.seeker(who), vacancy_id=town.vacancy_id, note=None)


async def onward(town: Town, who: int) -> None:
    """Whatever brings this application nearer to a hire."""
    found = await town.applications.of_seeker_for(town.vacancy_id, seeker_id=town.seeker(who))
    step = ONWARD.get(found.state if found else None)
    if step:
        await ACTS[step](town, who)


def command(
    name: Command, *, officer: bool = False, words: Words | None = None
) -> Callable[[Town, int], Awaitable[None]]:
    async def give(town: Town, who: int) -> None:
        seeker = Caller(account_id=town.seeker(who), role="seeker")
        of_seeker = name in ("withdraw", "accept", "decline")
        caller = DESK_OFFICER if officer else seeker if of_seeker else EMPLOYER
        await town.commands.decide(await _id(town, who), name, caller=caller, words=words or Words())

    return give


async def offer_interview(town: Town, who: int) -> None:
    starts = clock.whole(town.clock() + timedelta(days=3))
    given = Invitation(starts_at=starts, remote=True, place=None, contact="Bu Ratna", reply_by=None)
    await town.meeting.invite(await _id(town, who), given, caller=EMPLOYER, if_match=None)


async def reschedule(town: Town, who: int) -> None:
    seeker = Caller(account_id=town.seeker(who), role="seeker")
    await town.meeting.reschedule(await _id(town, who), "Sore saja", caller=seeker, if_match=None)


async def offer_job(town: Town, who: int) -> None:
    starts = clock.today(town.clock()) + timedelta(days=7)
    given = JobOffer(wage=Wage(min=2_500_000), hours="Senin sampai Sabtu", start_date=starts, reply_by=None)
    await town.meeting.offer(await _id(town, who), given, caller=EMPLOYER, if_match=None)


async def hold(town: Town, who: int) -> None:
    """A rejection that nobody is to see for a day; its words name it."""
    made = town.clock()
    said, hour = f"ditahan {next(town.ids)}", clock.whole(made + timedelta(hours=24))
    town.held[said] = (made, hour)
    outcomes = await town.desk.decide_many(
        town.vacancy_id, [await _id(town, who)], "reject", reason=said, release_at=hour, caller=EMPLOYER
    )
    if outcomes[0].outcome == "refused":
        del town.held[said]


async def take_back(town: Town, who: int) -> None:
    await town.desk.take_back(await _id(town, who), caller=EMPLOYER)


async def release(town: Town, who: int) -> None:
    await town.desk.release_due()


async def due(town: Town, who: int) -> None:
    await town.commands.run_due(vacancy_id=town.vacancy_id)


async def erase(town: Town, who: int) -> None:
    await town.commands.person_erased(town.seeker(who))


async def recall(town: Town, who: int) -> None:
    await town.running.recall(town.vacancy_id, reason="Palsu.", code=None, by=OFFICER)


def close(code: str | None, by: Actor) -> Callable[[Town, int], Awaitable[None]]:
    async def end(town: Town, who: int) -> None:
        await town.running.close(town.vacancy_id, reason=None, code=code, by=by)

    return end


async def fill(town: Town, who: int) -> None:
    """The employer reports one that is taken; the system counts hires by itself."""
    await town.running.fill(town.vacancy_id, count=1, by=OWNER)


async def tell(town: Town, who: int) -> None:
    await town.tell()


ACTS: dict[str, Callable[[Town, int], Awaitable[None]]] = {
    "onward": onward,
    "submit": submit,
    "offer_interview": offer_interview,
    "offer_job": offer_job,
    "reschedule": reschedule,
    "withdraw": command("withdraw"),
    "view": command("view"),
    "shortlist": command("shortlist"),
    "accept": command("accept"),
    "decline": command("decline"),
    "reject": command("reject", words=Words(reason="Sudah ada.")),
    "hire": command("hire"),
    "hire_by_officer": command("hire", officer=True),
    "correct": command("cancel", officer=True, words=Words(reason="Keliru.")),
    "hold": hold,
    "take_back": take_back,
    "release": release,
    "due": due,
    "tell": tell,
    "fill": fill,
    "erase": erase,
    "recall": recall,
    "close": close(None, OWNER),
    "close_job": close("cancelled_job", OWNER),
}
