"""What the clients know: one line on the disk before each attempt and after each answer, so that whatever dies, it is
certain what was promised to whom. With the load that makes it.
"""

import asyncio
import hashlib
import json
import math
import os
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import httpx2


@dataclass(frozen=True)
class Answer:
    """`status` 0: none came (the connection broke). `key` is `seeker vacancy`; `body` a hash."""

    key: str
    status: int
    seconds: float
    at: float
    code: str = ""
    id: str = ""
    number: str = ""
    body: str = ""
    retry_after: str = ""

    @property
    def accepted(self) -> bool:
        return 200 <= self.status < 300


@dataclass
class Ledger:
    file: Path
    attempted: Counter[str] = field(default_factory=Counter)
    answers: list[Answer] = field(default_factory=list)

    def attempt(self, key: str) -> None:
        self.attempted[key] += 1
        self._write({"attempt": key, "at": time.time()})

    def answer(self, answer: Answer) -> None:
        self.answers.append(answer)
        self._write(asdict(answer))

    @property
    def accepted(self) -> list[Answer]:
        return [answer for answer in self.answers if answer.accepted]

    def statuses(self) -> dict[int, int]:
        return dict(sorted(Counter(answer.status for answer in self.answers).items()))

    def _write(self, line: dict[str, Any]) -> None:
        with self.file.open("a") as out:
            out.write(json.dumps(line) + "\n")
            out.flush()
            os.fsync(out.fileno())

    @classmethod
    def read(cls, file: Path) -> "Ledger":
        """As another process wrote it."""
        ledger = cls(file)
        for row in map(json.loads, file.read_text().splitlines()):
            if "attempt" in row:
                ledger.attempted[row["attempt"]] += 1
            else:
                ledger.answers.append(Answer(**row))
        return ledger


@dataclass(frozen=True)
class Applicant:
    """A seeker with a way to sign each request."""

    id: str
    headers: Callable[[], dict[str, str]]


@dataclass
class Driver:
    """Sends applications to `url` (an API or the gateway), asking again as a client does until one is accepted or
    `patience` seconds are over."""

    url: str
    ledger: Ledger
    patience: float = 30.0
    on_accepted: Callable[[int], Awaitable[None] | None] = lambda count: None
    seconds: float = math.inf  # after which nothing new is sent: a busy computer sends fewer, not longer

    async def apply_all(self, applicants: Sequence[Applicant], vacancies: Sequence[str], *, rate: float) -> None:
        """Every applicant for every vacancy (at most 20 a day are allowed), `rate` new ones a second."""
        pairs = [(applicant, vacancy) for vacancy in vacancies for applicant in applicants]
        limits = httpx2.Limits(max_connections=60, max_keepalive_connections=60)
        async with httpx2.AsyncClient(timeout=10.0, limits=limits, trust_env=False) as http:
            started, tasks = time.monotonic(), []
            for number, (applicant, vacancy) in enumerate(pairs):
                await asyncio.sleep(max(started + number / rate - time.monotonic(), 0.0))
                if time.monotonic() - started > self.seconds:
                    break
                tasks.append(asyncio.create_task(self.apply(http, applicant, vacancy)))
            await asyncio.gather(*tasks)

    async def apply(self, http: httpx2.AsyncClient, applicant: Applicant, vacancy: str) -> Answer:
        deadline = time.monotonic() + self.patience
        while True:
            answer = await self.once(http, applicant, vacancy)
            if answer.accepted or answer.code == "daily_limit" or time.monotonic() > deadline:
                return answer
            await asyncio.sleep(0.3)

    async def once(self, http: httpx2.AsyncClient, applicant: Applicant, vacancy: str) -> Answer:
        key, begun = f"{applicant.id} {vacancy}", time.monotonic()
        self.ledger.attempt(key)
        try:
            found = await http.post(
                f"{self.url}/api/v1/applications", json={"vacancy_id": vacancy}, headers=applicant.headers()
            )
        except httpx2.HTTPError as error:
            answer = Answer(key, 0, time.monotonic() - begun, time.time(), code=type(error).__name__)
        else:
            said = found.json() if "json" in found.headers.get("content-type", "") else {}
            answer = Answer(
                key,
                found.status_code,
                time.monotonic() - begun,
                time.time(),
                code=said.get("code", ""),
                id=said.get("id", ""),
                number=said.get("number", ""),
                body=hashlib.sha256(found.content).hexdigest()[:16],
                retry_after=found.headers.get("retry-after", ""),
            )
        self.ledger.answer(answer)
        if answer.accepted and (waited := self.on_accepted(len(self.ledger.accepted))) is not None:
            await waited
        return answer
