"""A profile's rules without a store: the traps of the NIK, which flaws are found, and what is told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.seeker import problems
from services.seeker.domain import (
    Draft,
    Personal,
    Seeker,
    Wishes,
    check,
    contact_news,
    profile_news,
    revise,
    take_contact,
)
from services.seeker.nik import masked, read_nik
from shared.contracts.codes import Education

TODAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("text", "birth_date", "sex", "warnings"),
    [
        ("3577011203950001", "1995-03-12", "male", ()),
        ("3577015203950001", "1995-03-12", "female", ()),
        ("3577 0112 0395 0001", "1995-03-12", "male", ()),
        ("3577.01.12.03.95.0001", "1995-03-12", "male", ()),
        ("3577010405110001", "2011-05-04", "male", ()),  # 15 today
        ("3577010505110001", "2011-05-05", "male", ("birth_date_unlikely",)),  # 15 tomorrow
        ("3577010505450001", "1945-05-05", "male", ()),  # still 80
        ("3577010405450001", "1945-05-04", "male", ("birth_date_unlikely",)),  # 81 today
        ("3577010101260001", "2026-01-01", "male", ("birth_date_unlikely",)),
        ("3577010101300001", "1930-01-01", "male", ("birth_date_unlikely",)),
        ("3577012902000001", "2000-02-29", "male", ()),  # 1900 was no leap year, 2000 was
        ("3577016902960001", "1996-02-29", "female", ()),
        ("3577013112990001", "1999-12-31", "male", ()),
        ("3577017112990001", "1999-12-31", "female", ()),
        ("3519011203950001", "1995-03-12", "male", ("region_differs",)),  # Kabupaten Madiun
        ("0000001203950001", "1995-03-12", "male", ("region_differs",)),
        ("3577091203950001", "1995-03-12", "male", ("unknown_kecamatan",)),
        ("3577001203950001", "1995-03-12", "male", ("unknown_kecamatan",)),
        ("3577011203950000", "1995-03-12", "male", ()),  # a test number, in development
    ],
)
def test_a_nik_says_when_and_as_what_somebody_was_born(
    text: str, birth_date: str, sex: str, warnings: tuple[str, ...]
) -> None:
    nik = read_nik(text, today=TODAY, test_numbers=True)
    assert (nik.birth_date.isoformat(), nik.sex, nik.warnings) == (birth_date, sex, warnings)


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("", problems.NikLength),
        ("357701120395001", problems.NikLength),
        ("35770112039500011", problems.NikLength),
        ("357701120395000a", problems.NikLength),
        ("３５７７０１１２０３９５０００１", problems.NikLength),
        ("-3577011203950001-0", problems.NikLength),
        ("3577010003950001", problems.NikDate),
        ("3577013203950001", problems.NikDate),
        ("3577014003950001", problems.NikDate),
        ("3577017203950001", problems.NikDate),
        ("3577019903950001", problems.NikDate),
        ("3577011200950001", problems.NikDate),
        ("3577011213950001", problems.NikDate),
        ("3577013104950001", problems.NikDate),
        ("3577013002960001", problems.NikDate),
        ("3577012902950001", problems.NikDate),
        ("3577016902950001", problems.NikDate),
        ("3577011203950000", problems.NikTestNumber),
    ],
)
def test_a_nik_that_cannot_be_is_refused_by_name(text: str, flaw: type[problems.Flaw]) -> None:
    with pytest.raises(flaw):
        read_nik(text, today=TODAY, test_numbers=False)


@given(st.dates(date(1946, 5, 5), date(2011, 5, 4)), st.booleans(), st.integers(1, 9999))
def test_every_working_age_is_read_back_from_the_digits(born: date, woman: bool, serial: int) -> None:
    day = born.day + (40 if woman else 0)
    nik = read_nik(f"357703{day:02}{born:%m%y}{serial:04}", today=TODAY, test_numbers=False)
    assert (nik.birth_date, nik.sex == "female", nik.warnings) == (born, woman, ())


def test_a_mask_shows_the_city_and_the_serial_only() -> None:
    assert masked("3577011203950001") == "3577********0001"


def draft(**given: object) -> Draft:
    empty = dict.fromkeys(("email", "nik", "kelurahan_code", "education", "graduation_year"))
    return Draft.model_validate({"name": "Siti", "skills": (), "wishes": Wishes(), **empty, **given})


@pytest.mark.parametrize(
    ("given", "flaw"),
    [
        ({"kelurahan_code": "35.77.01.9999"}, problems.KelurahanUnknown),
        ({"kelurahan_code": ""}, problems.KelurahanUnknown),
        ({"education": Education(form="rinci", code="9")}, problems.EducationUnknown),
        ({"graduation_year": 2027}, problems.GraduationYear),
        ({"skills": ("menjahit, WA 0812-3456-7890",)}, problems.SkillContact),
        ({"skills": ("siti@contoh.id",)}, problems.SkillContact),
        ({"email": "siti@"}, problems.EmailInvalid),
        ({"email": "siti di contoh.id"}, problems.EmailInvalid),
        ({"nik": "12"}, problems.NikLength),
        ({"nik": "12", "email": "x"}, problems.SeveralFlaws),
    ],
)
def test_a_flaw_has_its_own_code(given: dict[str, object], flaw: type[Exception]) -> None:
    with pytest.raises(flaw):
        check(draft(**given), known=None, today=TODAY, test_data=False)


def test_years_of_work_are_no_phone_number() -> None:
    check(draft(skills=("operator jahit 2014-2018",)), known=None, today=TODAY, test_data=False)


BORN = take_contact(None, {"name": "Siti", "phone": "+628"}, id="acc_1", sequence=3)


def kinds(events: list[object]) -> list[str]:
    return [type(event).__name__ for event in events]


def test_an_older_contact_changes_nothing_and_a_newer_one_brings_the_phone() -> None:
    assert take_contact(BORN, {"name": "Lama", "phone": "+620"}, id="acc_1", sequence=3) == BORN
    later = take_contact(BORN, {"name": "Siti A", "phone": "+621", "email": "a@b.id"}, id="acc_1", sequence=4)
    assert (later.personal.name, later.personal.phone, later.personal.email) == ("Siti A", "+621", "a@b.id")
    assert kinds([*contact_news(BORN, later, sealed="x")]) == ["SeekerContactChanged"]


def test_what_the_person_wrote_outlives_a_later_contact() -> None:
    written = revise(BORN, draft(name="Siti Aminah", email="siti@contoh.id"), None, id="acc_1", taken=False)
    later = take_contact(written, {"name": "Lain", "phone": "+621"}, id="acc_1", sequence=9)
    assert later.personal == Personal(name="Siti Aminah", phone="+621", email="siti@contoh.id")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"skills": ("menjahit",)}, ["SeekerProfileChanged"]),
        ({"wishes": Wishes(no_night=True)}, ["SeekerProfileChanged"]),
        ({"name": "Siti Aminah"}, ["SeekerProfileChanged", "SeekerContactChanged"]),
        ({"email": "siti@contoh.id"}, ["SeekerProfileChanged", "SeekerContactChanged"]),
        ({}, []),
    ],
)
def test_a_change_tells_the_profile_and_the_contact_only_where_it_changed(
    given: dict[str, object], told: list[str]
) -> None:
    before = revise(BORN, draft(), None, id="acc_1", taken=False)
    after = revise(before, draft(**given), None, id="acc_1", taken=False)
    assert kinds([*profile_news(before, after, sealed="x")]) == told


def test_a_nik_that_another_has_is_kept_and_marked_until_a_good_one_comes() -> None:
    nik = read_nik("3577011203950001", today=TODAY, test_numbers=False)
    refused = revise(BORN, draft(skills=("las",)), nik, id="acc_1", taken=True)
    assert (refused.personal.nik, refused.nik_needs_check, refused.skills) == (nik.digits, True, ("las",))
    unchanged = revise(refused, draft(), None, id="acc_1", taken=False)
    assert unchanged.nik_needs_check
    good = revise(unchanged, draft(), nik, id="acc_1", taken=False)
    assert (good.personal.nik, good.nik_needs_check) == (nik.digits, False)


def test_personal_fields_do_not_show_up_in_a_representation() -> None:
    seeker = Seeker(
        id="acc_1", personal=Personal(name="Siti", phone="+62812", email="s@c.id", nik="3577011203950001")
    )
    shown = repr(seeker) + repr(draft(nik="3577011203950001", email="s@c.id"))
    assert not any(secret in shown for secret in ("Siti", "+62812", "s@c.id", "3577011203950001"))
