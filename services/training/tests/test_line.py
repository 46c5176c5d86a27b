"""The line for the seats: fair for many at once, and it moves by itself."""

import asyncio
from collections import Counter

import pytest

from services.training.domain.line import REPLY_WITHIN
from services.training.domain.trainings import Training
from services.training.problems import EnrolmentClosed, OfferOver, ResidentsOnly
from services.training.tests.conftest import BUDI, DAY, HOUR, NOW, OFFICER, SITI, Desk
from shared.errors import NotFound, WrongState


async def crowd(desk: Desk, training: Training, people: list[str]) -> None:
    await asyncio.gather(*(desk.enrol(training, person) for person in people))


async def seats(desk: Desk, training: Training) -> list[int]:
    found = desk.stores.enrolments.enrolments.find({"training.id": training.id, "seat": {"$gt": 0}}).sort("seat", 1)
    return [row["seat"] async for row in found]


async def test_of_five_hundred_at_once_ten_get_the_last_ten_seats_and_the_rest_wait_in_order(desk: Desk) -> None:
    training = await desk.published(capacity=20)
    await crowd(desk, training, [f"acc_early_{number}" for number in range(10)])
    people = [f"acc_{number}" for number in range(500)]
    await crowd(desk, training, people)
    states = await desk.states(training)
    assert Counter(states.values()) == {"confirmed": 20, "waiting": 490}
    assert list(states.values()) == ["confirmed"] * 20 + ["waiting"] * 490, "in the order of arrival"
    assert await seats(desk, training) == list(range(1, 21))


async def test_many_who_reach_for_one_seat_that_was_given_back_do_not_share_it(desk: Desk) -> None:
    training = await desk.published(capacity=2)
    first = await desk.enrol(training, SITI)
    await desk.enrol(training, BUDI)
    await desk.enrolments.cancel(first.id, seeker_id=SITI)
    await crowd(desk, training, [f"acc_{number}" for number in range(40)])
    assert Counter((await desk.states(training)).values()) == {"cancelled": 1, "confirmed": 2, "waiting": 39}
    assert await seats(desk, training) == [1, 2]


async def test_a_hundred_clicks_of_one_person_are_one_enrolment_and_cost_nobody_a_seat(desk: Desk) -> None:
    training = await desk.published(capacity=2)
    found = await asyncio.gather(*(desk.enrol(training, SITI) for _ in range(100)))
    assert len({enrolment.id for enrolment in found}) == 1
    await desk.enrol(training, BUDI)
    assert await desk.states(training) == {SITI: "confirmed", BUDI: "confirmed"}


async def test_a_seat_that_is_given_back_is_offered_to_whoever_waits_longest(desk: Desk) -> None:
    training = await desk.published(capacity=1)
    mine = await desk.enrol(training, SITI)
    waiting = [await desk.enrol(training, person) for person in (BUDI, "acc_third")]
    desk.at[0] = NOW + HOUR
    await desk.enrolments.cancel(mine.id, seeker_id=SITI)
    assert await desk.states(training) == {SITI: "cancelled", BUDI: "offered", "acc_third": "waiting"}
    offered = await desk.stores.enrolments.load(waiting[0].id)
    assert offered.reply_by == NOW + HOUR + REPLY_WITHIN
    accepted = await desk.enrolments.accept(offered.id, seeker_id=BUDI)
    again = await desk.enrolments.accept(offered.id, seeker_id=BUDI)
    assert (accepted.state, again) == ("confirmed", accepted)
    assert await desk.told(offered.id) == ["EnrolmentWaiting", "SeatOffered", "EnrolmentConfirmed"]


async def test_an_offer_without_an_answer_goes_to_the_next_and_cannot_be_taken_any_more(desk: Desk) -> None:
    training = await desk.published(capacity=1)
    mine, second, _ = [await desk.enrol(training, person) for person in (SITI, BUDI, "acc_third")]
    desk.at[0] = NOW + HOUR
    await desk.enrolments.cancel(mine.id, seeker_id=SITI)
    desk.at[0] = NOW + HOUR + REPLY_WITHIN
    with pytest.raises(OfferOver):
        await desk.enrolments.accept(second.id, seeker_id=BUDI)
    await desk.line.move()
    await desk.line.move()
    assert await desk.states(training) == {SITI: "cancelled", BUDI: "lapsed", "acc_third": "offered"}
    with pytest.raises(OfferOver):
        await desk.enrolments.accept(second.id, seeker_id=BUDI)


async def test_whoever_gave_a_place_back_comes_again_at_the_end_of_the_line(desk: Desk) -> None:
    training = await desk.published(capacity=1)
    mine = await desk.enrol(training, SITI)
    await desk.enrol(training, BUDI)
    desk.at[0] = NOW + HOUR
    await desk.enrolments.cancel(mine.id, seeker_id=SITI)
    again = await desk.enrol(training, SITI)
    assert (again.id, again.state) == (mine.id, "waiting")
    assert await desk.states(training) == {BUDI: "offered", SITI: "waiting"}


async def test_a_departure_that_died_before_the_line_moved_is_made_up_for_by_the_worker(desk: Desk) -> None:
    training = await desk.published(capacity=1)
    mine, second = [await desk.enrol(training, person) for person in (SITI, BUDI)]
    from services.training.domain.line import cancel

    desk.at[0] = NOW + HOUR
    gone, events = cancel(mine, at=desk.at[0])
    await desk.stores.enrolments.save(mine, gone, events)
    await desk.line.move()
    assert (await desk.stores.enrolments.load(second.id)).state == "offered"


async def test_more_seats_are_offered_in_order_and_never_less(desk: Desk) -> None:
    training = await desk.published(capacity=1)
    for number in range(4):
        await desk.enrol(training, f"acc_{number}")
    desk.at[0] = NOW + HOUR
    await desk.trainings.change(training.id, {"capacity": 3}, if_match=None)
    await desk.line.move()
    assert list((await desk.states(training)).values()) == ["confirmed", "offered", "offered", "waiting"]
    await desk.enrol(training, "acc_late")
    assert await seats(desk, training) == [1, 2, 3]


async def test_enrolment_is_open_from_its_first_instant_to_the_one_before_its_last(desk: Desk) -> None:
    opens, closes = NOW + HOUR, NOW + 2 * DAY
    training = await desk.published(enrolment_opens_at=opens.isoformat(), enrolment_closes_at=closes.isoformat())
    outcomes = []
    for number, at in enumerate((opens - HOUR, opens, closes - HOUR, closes)):
        desk.at[0] = at
        try:
            outcomes.append((await desk.enrol(training, f"acc_{number}")).state)
        except EnrolmentClosed as refused:
            outcomes.append(refused.state)
    assert outcomes == ["not_yet", "confirmed", "confirmed", "over"]


async def test_a_training_for_residents_asks_for_a_kelurahan_of_the_city(desk: Desk) -> None:
    training = await desk.published(audience="residents")
    with pytest.raises(ResidentsOnly):
        await desk.enrol(training, SITI)
    await desk.stores.people.seekers.insert_one({"_id": SITI, "kelurahan_code": "35.77.01.1001", "seq": 1})
    assert (await desk.enrol(training, SITI)).state == "confirmed"


async def test_a_place_cannot_be_given_back_once_the_training_has_begun_nor_by_another(desk: Desk) -> None:
    training = await desk.published()
    mine = await desk.enrol(training, SITI)
    with pytest.raises(NotFound):
        await desk.enrolments.cancel(mine.id, seeker_id=BUDI)
    desk.at[0] = training.starts_at
    with pytest.raises(WrongState):
        await desk.enrolments.cancel(mine.id, seeker_id=SITI)


async def test_a_called_off_training_tells_everybody_once_and_takes_nobody_in(desk: Desk) -> None:
    training = await desk.published(capacity=1)
    places = [await desk.enrol(training, person) for person in (SITI, BUDI)]
    await desk.trainings.cancel(training.id, reason="Pengajar sakit.")
    with pytest.raises(EnrolmentClosed):
        await desk.enrol(training, OFFICER)
    await desk.settling.settle_all()
    await desk.settling.settle_all()
    assert await desk.states(training) == {SITI: "called_off", BUDI: "called_off"}
    assert [await desk.told(place.id) for place in places] == [
        ["EnrolmentConfirmed", "EnrolmentCalledOff"],
        ["EnrolmentWaiting", "EnrolmentCalledOff"],
    ]
    desk.at[0] = NOW + HOUR
    await desk.settling.settle_all()
    assert await desk.stores.trainings.settling(limit=10) == []
