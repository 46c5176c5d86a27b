"""The command that makes officers: run as an operator runs it, in its own process."""

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from services.identity.domain.account import OtherRole
from services.identity.domain.contact import BadFields
from shared.testing import TEST_KEY

EMAIL, PASSWORD = "petugas@madiun.example", "bengawan solo mengalir"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(store_url: str, prefix: str) -> Run:
    def officer(*arguments: str, env: dict[str, str] | None = None, stdin: str = "") -> Any:
        settings = {
            "CAKER_MONGO_URL": store_url,
            "CAKER_DATABASE_PREFIX": f"{prefix}_",
            "CAKER_MASTER_KEY": TEST_KEY,
            "CAKER_INDEX_KEY": TEST_KEY,
            **(env or {}),
        }
        return subprocess.run(
            [sys.executable, "-m", "services.identity.officer", *arguments],
            env={**{name: value for name, value in os.environ.items() if "CAKER" not in name}, **settings},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return officer


async def test_an_officer_is_made_signs_in_and_gets_a_new_password(identity: Any, run: Run) -> None:
    made = run(EMAIL, "--name", "Bu Ratna", env={"CAKER_OFFICER_PASSWORD": PASSWORD})
    assert (made.returncode, made.stdout, made.stderr) == (0, "officer made\n", "")
    tokens = (await identity.post("/login", {"email": EMAIL, "password": PASSWORD})).json()
    assert tokens["role"] == "officer"
    assert (await identity.me(tokens)).json()["name"] == "Bu Ratna"

    reset = run(EMAIL, stdin="semanggi suroboyo\n")
    assert (reset.returncode, len(reset.stdout.splitlines())) == (0, 1)
    assert (await identity.post("/login", {"email": EMAIL, "password": PASSWORD})).status_code == 401
    assert (await identity.refresh(tokens["refresh_token"])).json()["code"] == "token_invalid"
    renewed = (await identity.post("/login", {"email": EMAIL, "password": "semanggi suroboyo"})).json()
    assert (await identity.me(renewed)).json()["name"] == "Bu Ratna"


async def test_a_refused_password_is_one_clear_line_and_makes_nobody(identity: Any, run: Run) -> None:
    refused = run(EMAIL, stdin="12345678\n")
    assert (refused.returncode, refused.stdout) == (65, "")
    assert "easy to guess" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1
    assert await identity.parts.store.accounts.collection.count_documents({}) == 0


def test_a_bad_setting_ends_it_with_its_name(run: Run) -> None:
    refused = run(EMAIL, env={"CAKER_MASTER_KEY": "short"}, stdin=PASSWORD)
    assert refused.returncode == 78
    assert "CAKER_MASTER_KEY" in refused.stderr


@pytest.mark.parametrize(("email", "password"), [("bukan-alamat", PASSWORD), (EMAIL, ""), (EMAIL, "pendek")])
async def test_what_cannot_be_read_makes_nobody(identity: Any, email: str, password: str) -> None:
    with pytest.raises(BadFields):
        await identity.parts.commands.accounts.appoint(email=email, name=None, password=password)
    assert await identity.parts.store.accounts.collection.count_documents({}) == 0


async def test_somebody_elses_account_is_not_made_an_officers(identity: Any) -> None:
    await identity.register_employer()
    with pytest.raises(OtherRole):
        await identity.parts.commands.accounts.appoint(email="siti@usaha.example", name=None, password=PASSWORD)
