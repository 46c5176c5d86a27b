"""What every service's tests share: tokens that its verifier accepts, and a bus to speak to with real records."""

import asyncio
import base64
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from joserfc import jwt
from joserfc.jwk import OKPKey

from shared.auth import Verifier
from shared.callers import ALGORITHM, AUDIENCE
from shared.events import Envelope, Event, decode, encode, new_id
from shared.kafka import stop_consumer, topic_name
from shared.mongo import Client, is_unavailable, ping

TEST_KEY = base64.b64encode(b"k" * 32).decode()
ISSUER = "si-caker"


class TokenMint:
    """An issuer of access tokens for tests, with the verifier that trusts it."""

    def __init__(self) -> None:
        self.key = OKPKey.generate_key("Ed25519", {"kid": "test", "use": "sig"}, private=True)

    def verifier(self) -> Verifier:
        async def keys() -> dict[str, Any]:
            return {"keys": [self.key.as_dict(private=False)]}

        return Verifier(keys, issuer=ISSUER)

    def token(self, account_id: str, role: str, *, seconds: int = 600, **claims: Any) -> str:
        now = int(time.time())
        body = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": account_id,
            "role": role,
            "iat": now,
            "nbf": now,
            "exp": now + seconds,
            "jti": new_id("jti"),
            **claims,
        }
        return jwt.encode({"alg": ALGORITHM, "kid": "test", "typ": "at+jwt"}, body, self.key, algorithms=[ALGORITHM])

    def headers(self, account_id: str, role: str, *, seconds: int = 600, **claims: Any) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token(account_id, role, seconds=seconds, **claims)}"}

    def helping(self, seeker_id: str, *parts: str, mandate: str = "mdt_1", seconds: int = 60) -> dict[str, str]:
        """Headers of somebody who acts for a seeker."""
        claims = {"act": {"sub": "acc_helper"}, "mandate": mandate, "scope": " ".join(parts)}
        return self.headers(seeker_id, "seeker", seconds=seconds, **claims)


def envelope(event: Event, *, subject: str, sequence: int = 1, id: str | None = None) -> Envelope[Any]:
    """`event` as another service would have sent it."""
    return Envelope[Any].model_construct(
        specversion="1.0",
        id=id or new_id("evt"),
        source="/si-caker/test",
        type=event.type,
        subject=subject,
        time=datetime.now(UTC),
        sequence=sequence,
        correlationid=None,
        causationid=None,
        mandateid=None,
        datacontenttype="application/json",
        dataschema=f"/schemas/{event.type}.json",
        data=event,
    )


@dataclass
class Bus:
    """Real records on real topics, for a test: publish as another service, read what was published."""

    url: str
    prefix: str
    _producer: Any = field(default=None)

    async def publish(self, *events: Envelope[Any]) -> None:
        for event in events:
            await self.publish_raw(event.data.topic, event.subject.encode(), encode(event).encode())

    async def publish_raw(
        self, topic: str, key: bytes | None, value: bytes | None, headers: Sequence[tuple[str, bytes]] = ()
    ) -> None:
        if self._producer is None:
            self._producer = AIOKafkaProducer(bootstrap_servers=self.url)
            await self._producer.start()
        await self._producer.send_and_wait(topic_name(self.prefix, topic), value, key=key, headers=list(headers))

    async def records(self, topic: str) -> list[Any]:
        """Every record now on `topic`, from the beginning, partition by partition."""
        name = topic_name(self.prefix, topic)
        consumer = AIOKafkaConsumer(name, bootstrap_servers=self.url, auto_offset_reset="earliest")
        await consumer.start()
        try:
            ends = await consumer.end_offsets(list(consumer.assignment()))
            found: list[Any] = []
            while any([await consumer.position(tp) < end for tp, end in ends.items()]):
                for records in (await consumer.getmany(timeout_ms=200)).values():
                    found.extend(records)
            return found
        finally:
            await stop_consumer(consumer)

    async def events(self, topic: str) -> list[Envelope[Any]]:
        """The readable events on `topic`, oldest first."""
        found = [event for record in await self.records(topic) if (event := decode(record.value, record.headers))]
        return sorted(found, key=lambda event: (event.time, event.sequence))

    async def stop(self) -> None:
        if self._producer is not None:
            await self._producer.stop()


async def reached(client: Client) -> None:
    """Until the store has answered once: on a busy computer the first answer may take longer than an API waits."""
    async with asyncio.timeout(20):
        while True:
            try:
                await ping(client)
                return
            except Exception as error:
                if not is_unavailable(error):
                    raise
                await asyncio.sleep(0.1)
