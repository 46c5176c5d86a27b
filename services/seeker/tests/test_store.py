"""What a profile looks like in the store and on its way out: nothing personal in the clear."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from services.seeker.commands import Commands
from services.seeker.domain import Draft, Wishes
from services.seeker.domain.profile import FACTS
from services.seeker.main import build_store
from services.seeker.settings import SeekerSettings
from services.seeker.store import SeekerStore
from services.seeker.tests.conftest import SITI
from shared.contracts.codes import Education
from shared.contracts.seeker import NikRepeated
from shared.errors import NotFound
from shared.events import decode
from shared.mongo import Client, Document
from shared.sealed import Vault

SECRETS = ("Siti", "Aminah", "siti@contoh.id", "3577015203950001", "pagi saja", "penjahit rumahan", "1995")
DRAFT = Draft(
    name="Siti Aminah",
    email="siti@contoh.id",
    nik="3577015203950001",
    wishes=Wishes(titles=("penjahit rumahan",), hours="pagi saja"),
    kelurahan_code="35.77.03.1005",
    education=Education(form="rekap_III_2", code="3001"),
    graduation_year=2014,
    skills=("menjahit",),
)


async def row(store: SeekerStore) -> Document:
    found = await store.seekers.find_one({"_id": SITI})
    assert found is not None
    return found


async def test_no_personal_field_is_readable_in_the_stored_document(store: SeekerStore, commands: Commands) -> None:
    await commands.save(SITI, DRAFT, if_match=None)
    stored = json.dumps(await row(store), default=str)
    assert [secret for secret in SECRETS if secret in stored] == []
    assert "35.77.03.1005" in stored


async def test_events_carry_the_public_facts_and_the_contact_only_sealed(
    store: SeekerStore, commands: Commands, vault: Vault
) -> None:
    await commands.save(SITI, DRAFT, if_match=None)
    entries = (await row(store))["outbox"]
    first, second = (decode(entry["value"].encode()) for entry in entries)
    assert first is not None
    assert second is not None
    assert (first.type, first.sequence, first.subject) == ("SeekerRegistered.v1", 1, SITI)
    assert first.data.model_dump() == DRAFT.model_dump(include=set(FACTS))
    assert (second.type, second.sequence) == ("SeekerContactChanged.v1", 2)
    opened = await vault.open(SITI, "seeker-contact", second.data.sealed)
    assert opened == {"name": "Siti Aminah", "email": "siti@contoh.id"}
    assert [secret for secret in SECRETS if any(secret in entry["value"] for entry in entries)] == []


async def test_a_profile_reads_back_as_it_was_saved(store: SeekerStore, commands: Commands) -> None:
    saved = await commands.save(SITI, DRAFT, if_match=None)
    assert await store.load(SITI) == saved


async def test_a_save_without_a_difference_makes_no_version_and_tells_nothing(
    store: SeekerStore, commands: Commands
) -> None:
    first = await commands.save(SITI, DRAFT, if_match=None)
    again = await commands.save(SITI, DRAFT, if_match='"2"')
    assert again == first
    assert len((await row(store))["outbox"]) == 2


async def test_of_an_erased_person_nothing_can_be_read_or_written(
    commands: Commands, vault: Vault, client: Client, settings: SeekerSettings
) -> None:
    await commands.save(SITI, DRAFT, if_match=None)
    await vault.destroy(SITI)
    later = build_store(client, settings)  # another process, or this one half a minute later
    with pytest.raises(NotFound):
        await later.load(SITI)
    with pytest.raises(NotFound):
        await Commands(later, test_data=True).save(SITI, DRAFT, if_match='"2"')


async def test_a_nik_is_found_again_only_by_its_keyed_hash(store: SeekerStore, commands: Commands) -> None:
    await commands.save(SITI, DRAFT, if_match=None)
    other = Commands(store, test_data=False, now=lambda: datetime(2026, 5, 4, tzinfo=UTC))
    marked = await other.save("acc_budi", DRAFT, if_match=None)
    assert (marked.personal.nik, marked.nik_needs_check) == (DRAFT.nik, True)
    assert await store.id_of_nik(DRAFT.nik or "") == SITI


async def test_the_owner_of_a_nik_hears_once_a_day_that_others_gave_it_and_nobody_else_does(
    store: SeekerStore, commands: Commands
) -> None:
    at = datetime(2026, 5, 4, tzinfo=UTC)
    await commands.save(SITI, DRAFT, if_match=None)
    for who, when in (
        ("acc_budi", at),
        ("acc_wati", at + timedelta(hours=23)),
        ("acc_agus", at + timedelta(hours=24)),
    ):
        later = Commands(store, test_data=False, now=lambda when=when: when)  # type: ignore[misc]
        await later.save(who, DRAFT, if_match=None)
    rows = [found async for found in store.seekers.find({})]
    events = [decode(entry["value"].encode()) for found in rows for entry in found["outbox"]]
    told = [event.subject for event in events if event and isinstance(event.data, NikRepeated)]
    assert told == [SITI, SITI]
