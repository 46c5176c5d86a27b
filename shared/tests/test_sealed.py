"""Personal data under a person's key: unreadable elsewhere, gone with the key."""

import base64
import os

import pytest

from shared.mongo import Client
from shared.sealed import Erased, Vault, blind_index
from shared.testing import TEST_KEY


@pytest.fixture
def vault(client: Client, prefix: str) -> Vault:
    return Vault(client[f"{prefix}_keys"].person_keys, master_key=TEST_KEY)


async def test_what_was_sealed_opens_again(vault: Vault) -> None:
    sealed = await vault.seal("acc_1", "contact", {"name": "Sari"})
    assert "Sari" not in sealed
    assert await vault.open("acc_1", "contact", sealed) == {"name": "Sari"}


@pytest.mark.parametrize(("person", "purpose"), [("acc_2", "contact"), ("acc_1", "code")])
async def test_a_seal_opens_only_for_its_person_and_place(vault: Vault, person: str, purpose: str) -> None:
    sealed = await vault.seal("acc_1", "contact", {"name": "Sari"})
    await vault.seal("acc_2", "contact", {})
    with pytest.raises(Erased):
        await vault.open(person, purpose, sealed)


async def test_a_destroyed_key_makes_every_seal_unreadable_and_no_new_one_possible(vault: Vault) -> None:
    sealed = await vault.seal("acc_1", "contact", {"name": "Sari"})
    await vault.destroy("acc_1")
    with pytest.raises(Erased):
        await vault.open("acc_1", "contact", sealed)
    with pytest.raises(Erased):
        await vault.seal("acc_1", "contact", {"name": "Sari"})


async def test_another_master_key_opens_nothing(client: Client, prefix: str, vault: Vault) -> None:
    sealed = await vault.seal("acc_1", "contact", {"name": "Sari"})
    stranger = base64.b64encode(os.urandom(32)).decode()
    with pytest.raises(Exception):  # noqa: B017, PT011
        await Vault(client[f"{prefix}_keys"].person_keys, master_key=stranger).open("acc_1", "contact", sealed)


async def test_of_several_people_the_erased_are_left_out(vault: Vault) -> None:
    sealed = {person: await vault.seal(person, "contact", {"name": person}) for person in ("acc_1", "acc_2")}
    await vault.destroy("acc_1")
    assert await vault.open_many("contact", sealed) == {"acc_2": {"name": "acc_2"}}


def test_a_blind_index_finds_the_same_value_and_hides_it() -> None:
    other = base64.b64encode(b"o" * 32).decode()
    assert blind_index(TEST_KEY, "3577010101900001") == blind_index(TEST_KEY, "3577010101900001")
    assert blind_index(TEST_KEY, "3577010101900001") != blind_index(other, "3577010101900001")
    assert "3577" not in blind_index(TEST_KEY, "3577010101900001")[:8]
