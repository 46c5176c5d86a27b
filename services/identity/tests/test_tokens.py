"""Sessions as clients live with them: exchanged tokens, lost replies, stolen tokens, and the keys to check with."""

import asyncio
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from shared.auth import Verifier
from shared.errors import Unauthenticated


async def signed_in(identity: Any) -> Any:
    await identity.register_seeker()
    return await identity.sign_in()


async def test_a_refresh_token_is_exchanged_for_the_next_pair(identity: Any) -> None:
    first = await signed_in(identity)
    answer = await identity.refresh(first["refresh_token"])
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    second = answer.json()
    assert second["refresh_token"] != first["refresh_token"]
    assert second["access_token"] != first["access_token"]
    assert (await identity.me(second)).status_code == 200


async def test_a_lost_reply_gets_the_same_successor_for_ten_seconds(identity: Any) -> None:
    first = await signed_in(identity)
    second = (await identity.refresh(first["refresh_token"])).json()
    identity.clock.advance(seconds=9)
    again = await identity.refresh(first["refresh_token"])
    assert again.json()["refresh_token"] == second["refresh_token"]
    assert (await identity.refresh(second["refresh_token"])).status_code == 200


async def test_two_exchanges_at_once_get_the_same_successor(identity: Any) -> None:
    first = await signed_in(identity)
    answers = await asyncio.gather(*(identity.refresh(first["refresh_token"]) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["refresh_token"] for answer in answers}) == 1


async def test_a_token_used_again_later_signs_out_the_whole_session(identity: Any) -> None:
    first = await signed_in(identity)
    second = (await identity.refresh(first["refresh_token"])).json()
    identity.clock.advance(seconds=11)
    stolen = await identity.refresh(first["refresh_token"])
    assert (stolen.status_code, stolen.json()["code"]) == (401, "token_invalid")
    assert (await identity.refresh(second["refresh_token"])).status_code == 401


async def test_a_token_two_generations_old_is_a_reuse_also_within_ten_seconds(identity: Any) -> None:
    first = await signed_in(identity)
    second = (await identity.refresh(first["refresh_token"])).json()
    third = (await identity.refresh(second["refresh_token"])).json()
    assert (await identity.refresh(first["refresh_token"])).status_code == 401
    assert (await identity.refresh(third["refresh_token"])).status_code == 401


async def test_one_stolen_session_leaves_the_others_alone(identity: Any) -> None:
    first = await signed_in(identity)
    other = await identity.sign_in()
    await identity.refresh(first["refresh_token"])
    identity.clock.advance(seconds=11)
    await identity.refresh(first["refresh_token"])
    assert (await identity.refresh(other["refresh_token"])).status_code == 200


async def test_a_session_ends_after_thirty_days_without_use(identity: Any) -> None:
    first = await signed_in(identity)
    identity.clock.advance(days=30, seconds=1)
    assert (await identity.refresh(first["refresh_token"])).json()["code"] == "token_invalid"


async def test_signing_out_ends_the_session_and_can_be_repeated(identity: Any) -> None:
    first = await signed_in(identity)
    for _ in range(2):
        answer = await identity.post("/tokens/revoke", {"refresh_token": first["refresh_token"]})
        assert (answer.status_code, answer.content) == (204, b"")
    assert (await identity.refresh(first["refresh_token"])).status_code == 401


@pytest.mark.parametrize("token", ["", "x", "x" * 22 + "." + "y" * 43])
async def test_an_unknown_refresh_token_is_invalid_and_its_end_is_no_error(identity: Any, token: str) -> None:
    assert (await identity.refresh(token)).json()["code"] == "token_invalid"
    assert (await identity.post("/tokens/revoke", {"refresh_token": token})).status_code == 204


async def test_no_refresh_token_can_be_read_in_the_store(identity: Any) -> None:
    first = await signed_in(identity)
    second = (await identity.refresh(first["refresh_token"])).json()
    rows = [row async for row in identity.parts.store.families.collection.find({})]
    for tokens in (first, second):
        assert tokens["refresh_token"].split(".")[1] not in str(rows)
    assert "successor" in rows[0]
    identity.clock.advance(seconds=12)
    await identity.parts.commands.sessions.forget_successors()
    rows = [row async for row in identity.parts.store.families.collection.find({})]
    assert "successor" not in rows[0]


async def test_the_published_keys_check_the_tokens(identity: Any) -> None:
    tokens = await signed_in(identity)
    answer = await identity.http.get("/.well-known/jwks.json")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=300"
    [key] = answer.json()["keys"]
    assert "d" not in key
    decoded = jwt.decode(tokens["access_token"], KeySet.import_key_set(answer.json()), algorithms=["EdDSA"])
    assert {**decoded.header, "kid": ""} == {"alg": "EdDSA", "kid": "", "typ": "at+jwt"}
    assert decoded.header["kid"] == key["kid"]
    claims = decoded.claims
    assert set(claims) == {"iss", "aud", "sub", "role", "iat", "nbf", "exp", "jti"}
    assert (claims["iss"], claims["aud"], claims["role"]) == ("si-caker", "si-caker", "seeker")
    assert claims["exp"] - claims["iat"] == 600


async def test_a_token_is_good_at_another_service_and_not_under_another_issuer(identity: Any) -> None:
    tokens = await signed_in(identity)

    async def load() -> Any:
        return (await identity.http.get("/.well-known/jwks.json")).json()

    assert (await Verifier(load, issuer="si-caker").caller(tokens["access_token"])).role == "seeker"
    with pytest.raises(Unauthenticated):
        await Verifier(load, issuer="somebody").caller(tokens["access_token"])


async def test_several_first_starts_at_once_end_with_one_key(start: Any) -> None:
    services = [await start() for _ in range(4)]
    first = services[0]
    await first.parts.store.keys.collection.delete_many({})
    await asyncio.gather(*(each.parts.keys.open() for each in services))
    assert await first.parts.store.keys.collection.count_documents({}) == 1
    await services[0].register_seeker()
    tokens = await services[0].sign_in()
    for each in services:
        assert (await each.me(tokens)).status_code == 200


async def test_a_restart_keeps_the_key_and_the_sessions(start: Any) -> None:
    before = await start()
    tokens = await signed_in(before)
    after = await start()
    assert (await after.me(tokens)).status_code == 200
    assert (await after.refresh(tokens["refresh_token"])).status_code == 200


async def test_the_private_key_is_not_readable_in_the_store(identity: Any) -> None:
    row = await identity.parts.store.keys.collection.find_one({})
    assert set(row) == {"_id", "public", "wrapped", "created_at", "kid"}
    assert "d" not in row["public"]
