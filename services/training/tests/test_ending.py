"""Who came, who gets a certificate, and what became of it: asked after months, answered with one tap."""

import asyncio
from datetime import UTC, datetime

import pytest

from services.training.domain.ending import EARLY, asking_at
from services.training.domain.trainings import FINISHED_BY_ITSELF, Training
from services.training.problems import NotOverYet, SessionNotBegun, SessionUnknown, TokenUnknown
from services.training.tests.conftest import BUDI, DAY, HOUR, NOW, SITI, Desk
from services.training.views.results import ResultViews
from shared.errors import NotFound, WrongState


async def attended(desk: Desk, *, follow_up: bool = True) -> tuple[Training, str, str]:
    """Siti came twice of three times, Budi once; two were asked for."""
    training = await desk.published(attendance_needed=2)
    siti = await desk.enrol(training, SITI, follow_up=follow_up)
    budi = await desk.enrol(training, BUDI, follow_up=follow_up)
    await desk.enrol(training, "acc_waiting")
    desk.at[0] = training.ends_at
    await desk.attendance.note(training.id, 1, present=[siti.id, budi.id], absent=[])
    await desk.attendance.note(training.id, 2, present=[siti.id], absent=[budi.id])
    return training, siti.id, budi.id


async def finished(desk: Desk, *, follow_up: bool = True) -> tuple[Training, str, str]:
    training, siti, budi = await attended(desk, follow_up=follow_up)
    await desk.trainings.finish(training.id)
    await desk.settling.settle_all()
    return training, siti, budi


async def test_attendance_is_noted_once_and_can_be_corrected(desk: Desk) -> None:
    training, siti, _ = await attended(desk)
    await desk.attendance.note(training.id, 2, present=[siti], absent=[])
    assert (await desk.stores.enrolments.load(siti)).attended == (1, 2)
    await desk.attendance.note(training.id, 1, present=[], absent=[siti])
    assert (await desk.stores.enrolments.load(siti)).attended == (2,)
    assert (await desk.told(siti)).count("AttendanceRecorded") == 3


async def test_two_officers_at_once_lose_no_tick(desk: Desk) -> None:
    training, siti, budi = await attended(desk)
    await asyncio.gather(*(desk.attendance.note(training.id, 3, present=[id], absent=[]) for id in (siti, budi) * 3))
    assert [(await desk.stores.enrolments.load(id)).attended for id in (siti, budi)] == [(1, 2, 3), (1, 3)]


async def test_nobody_attends_a_session_that_has_not_begun_that_is_not_there_or_is_anothers(desk: Desk) -> None:
    training, other = await desk.published(), await desk.published()
    mine = await desk.enrol(training, SITI)
    desk.at[0] = training.starts_at - EARLY - HOUR
    with pytest.raises(SessionNotBegun):
        await desk.attendance.note(training.id, 1, present=[mine.id], absent=[])
    desk.at[0] = training.starts_at - EARLY
    await desk.attendance.note(training.id, 1, present=[mine.id], absent=[])
    with pytest.raises(SessionUnknown):
        await desk.attendance.note(training.id, 4, present=[mine.id], absent=[])
    with pytest.raises(NotFound):
        await desk.attendance.note(other.id, 1, present=[mine.id], absent=[])


async def test_a_training_is_finished_only_when_its_last_session_is_over(desk: Desk) -> None:
    training = await desk.published()
    desk.at[0] = training.ends_at - HOUR
    with pytest.raises(NotOverYet):
        await desk.trainings.finish(training.id)


async def test_who_attended_enough_gets_a_numbered_certificate_and_the_others_are_told_kindly(desk: Desk) -> None:
    training, siti, budi = await finished(desk)
    await desk.settling.settle_all()
    assert await desk.states(training) == {SITI: "completed", BUDI: "missed", "acc_waiting": "unplaced"}
    assert (await desk.stores.enrolments.load(siti)).certificate_number == "SRT-2026-000001"
    assert (await desk.told(siti))[-1] == "CertificateIssued"
    assert (await desk.told(budi))[-1] == "EnrolmentMissed"
    with pytest.raises(WrongState):
        await desk.attendance.note(training.id, 1, present=[siti], absent=[])


async def test_a_training_that_nobody_finished_ends_by_itself(desk: Desk) -> None:
    training, siti, _ = await attended(desk)
    await desk.settling.finish_forgotten()
    assert (await desk.stores.trainings.load(training.id)).state == "published"
    desk.at[0] = training.ends_at + FINISHED_BY_ITSELF
    await desk.settling.finish_forgotten()
    await desk.settling.settle_all()
    assert (await desk.stores.enrolments.load(siti)).state == "completed"


async def test_who_agreed_is_asked_after_three_six_and_twelve_months_each_time_once(desk: Desk) -> None:
    _, siti, budi = await finished(desk)
    for days in (89, 92, 92, 182, 366, 700):
        desk.at[0] = NOW + 13 * DAY + days * DAY
        await desk.afterwards.ask()
    assert (await desk.told(siti)).count("FollowUpDue") == 3
    assert "FollowUpDue" not in await desk.told(budi)


async def test_whoever_did_not_agree_is_never_asked(desk: Desk) -> None:
    _, siti, _ = await finished(desk, follow_up=False)
    desk.at[0] = NOW + 400 * DAY
    await desk.afterwards.ask()
    assert "FollowUpDue" not in await desk.told(siti)


async def test_questions_that_were_slept_through_are_asked_once(desk: Desk) -> None:
    _, siti, _ = await finished(desk)
    desk.at[0] = NOW + 800 * DAY
    await desk.afterwards.ask()
    await desk.afterwards.ask()
    assert (await desk.told(siti)).count("FollowUpDue") == 1


async def test_an_answer_is_taken_once_can_be_changed_and_needs_our_own_link(desk: Desk) -> None:
    training, siti, _ = await finished(desk)
    token = desk.tokens.make(siti, 3)
    for outcome in ("seeking", "working", "working"):
        await desk.afterwards.answer(token, outcome)
    found = await desk.stores.enrolments.load(siti)
    assert [(one.outcome, one.months) for one in found.answers] == [("working", 3)]
    assert (await desk.told(siti)).count("OutcomeRecorded") == 2
    await desk.afterwards.tell(siti, "first_sale", seeker_id=SITI)
    for wrong in (token[:-1], token.replace(".3.", ".6."), f"{siti}.x.y", "", f"{siti}.3"):
        with pytest.raises(TokenUnknown):
            await desk.afterwards.answer(wrong, "working")
    results = await ResultViews(desk.stores).of(training.id)
    assert results.outcomes == {"first_sale": 1}
    assert [(one.months, one.answered, one.selling, one.working) for one in results.after] == [
        *((3, 1, 0, 1), (6, 0, 0, 0), (12, 0, 0, 0))
    ]
    await desk.afterwards.answer(desk.tokens.make(siti, 6), "own_business")
    assert (await ResultViews(desk.stores).of(training.id)).after[1].selling == 1
    assert (results.enrolled, results.completed, results.missed, results.attended) == (3, 1, 1, [2, 1, 0])


async def test_whoever_does_not_want_to_be_asked_is_left_in_peace_from_then_on(desk: Desk) -> None:
    _, siti, _ = await finished(desk)
    await desk.afterwards.stop(desk.tokens.make(siti, 3))
    await desk.afterwards.stop(desk.tokens.make(siti, 3))
    desk.at[0] = NOW + 800 * DAY
    await desk.afterwards.ask()
    assert (await desk.told(siti))[-2:] == ["CertificateIssued", "FollowUpDeclined"]


def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month() -> None:
    ended = datetime(2026, 8, 31, 3, tzinfo=UTC)
    assert [asking_at(ended, months).isoformat() for months in (3, 6, 12)] == [
        "2026-11-30T02:00:00+00:00",
        "2027-02-28T02:00:00+00:00",
        "2027-08-31T02:00:00+00:00",
    ]
