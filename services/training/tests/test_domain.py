"""The tables of states: every pair is either a step, a repeat, or refused."""

from typing import Any, get_args

import pytest

from services.training.api.inputs import TrainingInput
from services.training.domain import enrolments, line, trainings
from services.training.domain.enrolments import Enrolment
from services.training.domain.trainings import Terms, Training
from services.training.problems import Flaw, OfferOver, SeveralFlaws
from services.training.tests.conftest import DAY, HOUR, NOW, OFFICER, SITI, sessions, terms
from shared.contracts.training import EnrolmentState, TrainingState
from shared.errors import WrongState

TRAINING_STATES: tuple[TrainingState, ...] = get_args(TrainingState)
ENROLMENT_STATES: tuple[EnrolmentState, ...] = get_args(EnrolmentState)


def given(**more: Any) -> Terms:
    return TrainingInput.model_validate(terms(**more)).terms()


def training(state: TrainingState = "published", **more: Any) -> Training:
    made, _ = trainings.draft(given(**more), id="trn_1", number="PLT-2026-000001", by=OFFICER, at=NOW)
    return made.model_copy(update={"state": state})


def enrolment(state: EnrolmentState) -> Enrolment:
    made, _ = line.enrol(training(), id="enr_1", seeker_id=SITI, ticket=1, seat=None, consent=None, at=NOW)
    return made.model_copy(update={"state": state})


@pytest.mark.parametrize("state", TRAINING_STATES)
@pytest.mark.parametrize("command", ["publish", "cancel", "finish"])
def test_a_training_moves_only_by_its_table(state: TrainingState, command: trainings.Command) -> None:
    before, late = training(state), NOW + 30 * DAY
    steps: dict[str, Any] = {
        "publish": lambda: trainings.publish(before, at=NOW),
        "cancel": lambda: trainings.cancel(before, reason="Sakit.", at=late),
        "finish": lambda: trainings.finish(before, at=late),
    }
    target = trainings.TABLE.get((state, command))
    if target is None:
        with pytest.raises(WrongState):
            steps[command]()
        return
    after, events = steps[command]()
    assert (after.state, len(events)) == (target, int(target != state))


@pytest.mark.parametrize("state", ENROLMENT_STATES)
@pytest.mark.parametrize("command", ["enrol", "offer", "accept", "cancel"])
def test_a_place_moves_only_by_its_table(state: EnrolmentState, command: enrolments.Command) -> None:
    before = enrolment(state)
    steps: dict[str, Any] = {
        "enrol": lambda: line.enrol_again(before, ticket=9, consent=None, at=NOW),
        "offer": lambda: line.give_seat(before, seat=1, at=NOW + HOUR),
        "accept": lambda: line.accept(before, at=NOW),
        "cancel": lambda: line.cancel(before, at=NOW),
    }
    target = enrolments.TABLE.get((state, command))
    if target is None:
        with pytest.raises((WrongState, OfferOver)):
            steps[command]()
        return
    after, events = steps[command]()
    assert (after.state, len(events)) == (target, int(target != state))
    assert all(getattr(event, "state", None) == target for event in events)


@pytest.mark.parametrize("state", ENROLMENT_STATES)
def test_whoever_has_no_place_any_more_holds_no_seat(state: EnrolmentState) -> None:
    held = enrolment(state).model_copy(update={"seat": 7, "reply_by": NOW})
    for left, _ in (
        line.call_off(held, reason="Sakit.", at=NOW),
        line.lapse(held, at=NOW) if state == "offered" else (held, []),
    ):
        if left is not held:
            assert (left.seat, left.reply_by) == (None, None)


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"kelurahan_code": "35.77.99.1001"}, "/kelurahan_code"),
        ({"sessions": sessions()[::-1]}, "/sessions"),
        ({"sessions": [{"starts_at": "2026-12-04T03:00:00Z", "ends_at": "2026-12-04T03:00:00Z"}]}, "/sessions"),
        ({"enrolment_closes_at": (NOW + 11 * DAY).isoformat()}, "/enrolment_closes_at"),
        ({"enrolment_opens_at": (NOW + 10 * DAY).isoformat()}, "/enrolment_closes_at"),
        ({"attendance_needed": 4}, "/attendance_needed"),
    ],
)
def test_what_is_wrong_with_a_training_stands_beside_its_field(wrong: dict[str, Any], pointer: str) -> None:
    with pytest.raises((Flaw, SeveralFlaws)) as refused:
        trainings.draft(given(**wrong), id="", number="", by=OFFICER, at=NOW)
    assert pointer in {error.pointer for error in refused.value.shown("id").errors or ()}


def test_all_that_is_wrong_is_said_at_once() -> None:
    wrong = given(kelurahan_code="x", attendance_needed=9)
    with pytest.raises(SeveralFlaws) as refused:
        trainings.draft(wrong, id="", number="", by=OFFICER, at=NOW)
    assert len(refused.value.shown("en").errors or ()) == 2


def test_the_history_of_a_place_does_not_grow_for_ever() -> None:
    place = enrolment("waiting")
    for _ in range(100):
        place, _ = line.cancel(place, at=NOW)
        place, _ = line.enrol_again(place, ticket=1, consent=None, at=NOW)
    assert len(place.history) == enrolments.HISTORY
