"""An employer from registration to verification, and how it is reached."""

from datetime import timedelta
from typing import Any

import pytest

from services.vacancy.domain import employer as decisions
from services.vacancy.domain.contact import e164, effective
from services.vacancy.domain.employer import Details, Employer, Reach
from services.vacancy.domain.refusals import Flawed
from services.vacancy.tests.making import NOW, OFFICER
from shared.contracts.employer import EmployerState, Size
from shared.errors import WrongState

NOT_YET = Reach(contact=None, contact_given=None, contact_waits=True)
SEALED = Reach(contact="v1.sealed", contact_given=None, contact_waits=False)


def standing(state: EmployerState, *, reach: Reach = NOT_YET, **details: Any) -> Employer:
    given = Details(**{"name": "Jahit Contoh", "address": "Jl. Contoh 1", **details})
    made = decisions.register(given, id="emp_1", owner_id="acc_owner", reach=reach, at=NOW)[0]
    if state == "verified":
        return decisions.verify(made, by=OFFICER, at=NOW)[0]
    if state == "returned":
        return decisions.send_back(made, reason="NIB tidak ditemukan.", by=OFFICER, at=NOW)[0]
    return made


@pytest.mark.parametrize("state", ["pending", "verified", "returned"])
def test_an_officer_decides_only_on_what_is_pending(state: EmployerState) -> None:
    def decide() -> list[str]:
        verified = decisions.verify(standing(state), by=OFFICER, at=NOW)
        returned = decisions.send_back(standing(state), reason="NIB salah.", by=OFFICER, at=NOW)
        return [event.type for _, events in (verified, returned) for event in events]

    if state == "pending":
        assert decide() == ["EmployerVerified.v1", "EmployerReturned.v1"]
    else:
        with pytest.raises(WrongState) as refused:
            decide()
        assert refused.value.state == state


@pytest.mark.parametrize(
    ("state", "changes", "afterwards", "event"),
    [
        ("pending", {"name": "Jahit Baru"}, "pending", "EmployerChanged.v1"),
        ("returned", {"address": "Jl. Contoh 2"}, "pending", "EmployerRegistered.v1"),
        ("verified", {"address": "Jl. Contoh 2"}, "verified", "EmployerChanged.v1"),
        ("verified", {"name": "Jahit Baru"}, "pending", "EmployerRegistered.v1"),
        ("verified", {"nib": "9999000000001"}, "pending", "EmployerRegistered.v1"),
    ],
)
def test_a_change_is_looked_at_again_where_the_verified_name_or_number_is_another(
    state: EmployerState, changes: dict[str, Any], afterwards: str, event: str
) -> None:
    after, events = decisions.change(standing(state), changes, at=NOW + timedelta(hours=1))
    assert (after.state, [each.type for each in events]) == (afterwards, [event])


def test_a_change_that_changes_nothing_is_no_event() -> None:
    assert decisions.change(standing("verified"), {"name": "Jahit Contoh"}, at=NOW)[1] == []


@pytest.mark.parametrize(
    ("size", "public"),
    [
        ("micro", False),
        ("household", False),
        ("small", True),
        ("medium", True),
        ("large", True),
        ("foundation", True),
    ],
)
def test_the_address_of_a_home_is_not_public(size: Size, public: bool) -> None:
    assert standing("pending", size=size).address_public is public


def test_the_contact_is_told_sealed_in_the_same_decision_and_not_at_all_while_there_is_none() -> None:
    details = Details(name="Jahit Contoh")
    made, events = decisions.register(details, id="emp_1", owner_id="acc_owner", reach=SEALED, at=NOW)
    assert [event.type for event in events] == ["EmployerRegistered.v1", "EmployerContactChanged.v1"]
    assert "v1.sealed" not in events[0].model_dump_json()
    assert "v1.sealed" not in repr(made)
    _, alone = decisions.register(details, id="emp_1", owner_id="acc_owner", reach=NOT_YET, at=NOW)
    assert [event.type for event in alone] == ["EmployerRegistered.v1"]


def test_events_never_tell_the_address() -> None:
    _, events = decisions.verify(standing("pending", size="large"), by=OFFICER, at=NOW)
    assert "Jl. Contoh" not in events[0].model_dump_json()


@pytest.mark.parametrize(
    ("given", "account", "used"),
    [
        ({}, None, None),
        ({"name": "Bu Siti"}, None, None),
        ({}, {"name": "Siti", "email": "s@example.com"}, {"name": "Siti", "email": "s@example.com"}),
        ({"phone": "+628390"}, None, {"name": "Jahit Contoh", "phone": "+628390"}),
        (
            {"phone": "+628390"},
            {"name": "Siti", "phone": "+628391", "email": "s@example.com"},
            {"name": "Siti", "phone": "+628390", "email": "s@example.com"},
        ),
    ],
)
def test_the_chosen_parts_go_before_the_accounts(given: Any, account: Any, used: Any) -> None:
    assert effective(given, account, employer_name="Jahit Contoh") == used


@pytest.mark.parametrize("typed", ["0839 0012-345", "839 0012 345", "62839 0012 345", "+62 839 0012 345"])
def test_a_phone_number_is_understood_as_people_write_it(typed: str) -> None:
    assert e164(typed) == "+628390012345"


@pytest.mark.parametrize("typed", ["", "0839", "+0839001234", "dua tiga", "0839001234567890123"])
def test_what_is_no_phone_number_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(Flawed) as refused:
        e164(typed)
    shown = refused.value.shown("id")
    assert [error.pointer for error in shown.errors or ()] == ["/contact/phone"]
    assert not typed or typed not in shown.model_dump_json()
