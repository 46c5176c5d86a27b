"""Access tokens as an attacker would send them: whatever is missing, forged or odd is refused, and never a crash."""

import time

import httpx2
import pytest
from fastapi import FastAPI

from shared.auth import LEEWAY, Anyone, Verifier
from shared.errors import Unauthenticated
from shared.testing import ISSUER, TokenMint
from shared.tests.forged import FORGED, Json, good_claims, good_header, now, signed


@pytest.mark.parametrize("name", FORGED)
async def test_a_forged_token_is_refused(mint: TokenMint, name: str) -> None:
    with pytest.raises(Unauthenticated):
        await mint.verifier().caller(FORGED[name](mint))


async def test_a_true_token_is_accepted_and_says_who_asks(mint: TokenMint) -> None:
    caller = await mint.verifier().caller(signed(mint))
    assert (caller.account_id, caller.role) == ("acc_1", "seeker")


@pytest.mark.parametrize(("claim", "offset"), [("exp", 10 - LEEWAY), ("nbf", LEEWAY - 10)])
async def test_a_small_difference_of_clocks_is_forgiven(mint: TokenMint, claim: str, offset: int) -> None:
    assert await mint.verifier().caller(signed(mint, claims=good_claims(**{claim: now(offset)})))


class Keys:
    """A JWKS that can be taken away, with a count of how often it was asked for."""

    def __init__(self, mint: TokenMint) -> None:
        self.asked, self.away, self._mint = 0, False, mint

    async def load(self) -> Json:
        self.asked += 1
        if self.away:
            raise OSError
        return {"keys": [self._mint.key.as_dict(private=False)]}


async def test_made_up_key_ids_cannot_make_us_hammer_identity(mint: TokenMint) -> None:
    keys = Keys(mint)
    verifier = Verifier(keys.load, issuer=ISSUER)
    await verifier.caller(signed(mint))
    for number in range(50):
        with pytest.raises(Unauthenticated):
            await verifier.caller(signed(mint, header=good_header(kid=f"made-up-{number}")))
    assert keys.asked == 1


async def test_who_is_signed_in_stays_so_while_identity_is_away(
    mint: TokenMint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.auth.REFETCH_SECONDS", 0.0)
    keys = Keys(mint)
    verifier = Verifier(keys.load, issuer=ISSUER)
    await verifier.caller(signed(mint))
    keys.away = True
    with pytest.raises(Unauthenticated):
        await verifier.caller(signed(mint, header=good_header(kid="newer")))
    assert keys.asked == 2
    assert await verifier.caller(signed(mint))


async def test_without_keys_everybody_is_refused(mint: TokenMint) -> None:
    keys = Keys(mint)
    keys.away = True
    with pytest.raises(Unauthenticated):
        await Verifier(keys.load, issuer=ISSUER).caller(signed(mint))


async def test_a_bad_token_makes_a_public_route_anonymous_not_broken(mint: TokenMint) -> None:
    app = FastAPI()
    app.state.verifier = mint.verifier()

    @app.get("/who")
    async def who(caller: Anyone) -> str:
        return caller.account_id if caller else "nobody"

    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test") as http:
        seen = [
            (await http.get("/who", headers={"Authorization": f"Bearer {token}"})).json()
            for token in (signed(mint), FORGED["expired"](mint), FORGED["header a list"](mint))
        ]
    assert seen == ["acc_1", "nobody", "nobody"]


async def test_a_token_that_was_good_once_is_refused_when_its_time_is_over(
    mint: TokenMint, monkeypatch: pytest.MonkeyPatch
) -> None:
    verifier, token = mint.verifier(), mint.token("acc_1", "seeker", seconds=60)
    assert (await verifier.caller(token)).account_id == "acc_1"
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 50)
    assert (await verifier.caller(token)).account_id == "acc_1"
    monkeypatch.setattr(time, "time", lambda: real() + 60 + LEEWAY + 1)
    with pytest.raises(Unauthenticated):
        await verifier.caller(token)
