"""What other services tell, brought in by the real reactions; and what this one has to tell."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from services.seeker.commands import Commands
from services.seeker.commands.alerts import Alerts
from services.seeker.commands.cards import CardClock, CardCommands
from services.seeker.commands.consents import ConsentCommands
from services.seeker.commands.erasure import Erasure
from services.seeker.commands.saved import SavedCommands
from services.seeker.commands.searches import SearchCommands
from services.seeker.main import Stores
from services.seeker.reactions import table
from services.seeker.reporting import ReportTokens
from services.seeker.stopping import StopTokens
from shared.contracts.vacancy import VacancyFacts, VacancyPublished
from shared.effects import Projection
from shared.events import Event
from shared.kafka import Publisher
from shared.mongo import Collection
from shared.testing import TEST_KEY, envelope

# The clock of these tests stands in the past, so that the store, which has its own, finds due what it says is due.
MONDAY = datetime(2025, 6, 2, 1, 0, tzinfo=UTC)  # 08.00 in Madiun


class Clock:
    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **given: float) -> None:
        self.at += timedelta(**given)


def vacancy_event(kind: type[VacancyFacts] = VacancyPublished, **given: Any) -> VacancyFacts:
    facts: dict[str, Any] = {
        "number": "LWK-2025-000007",
        "title": "Penjahit Rumahan",
        "state": "published",
        "employer_id": "emp_1",
        "employer_name": "Konveksi Melati",
        "owner_id": "acc_ratna",
        "source": "city",
        "kind": "full_time",
        "contract": None,
        "occupation": None,
        "openings": 2,
        "workplace": "onsite",
        "kelurahan_code": "35.77.03.1005",
        "location_text": None,
        "hours": None,
        "wage": {"min": 2_500_000, "max": None, "per": "month"},
        "description": "Menjahit kaus.",
        "conditions": "",
        "education_min": None,
        "experience_months": None,
        "skills": (),
        "benefits": (),
        "may_bring_child": False,
        "closes_at": MONDAY + timedelta(days=20),
        "answer_by": None,
        "published_at": MONDAY,
        "reason": "Meminta uang.",
    }
    wanted = {name: value for name, value in {**facts, **given}.items() if name in kind.model_fields}
    return kind.model_validate_json(json.dumps(wanted, default=lambda at: at.isoformat()))


class House:
    """The service at work, with a clock that only a test moves."""

    def __init__(
        self, stores: Stores, clock: Clock, *, publisher: Publisher | None = None, topic_prefix: str = ""
    ) -> None:
        self.stores, self.clock, self._seq = stores, clock, 0
        self.tokens = StopTokens(TEST_KEY)
        self.profiles = Commands(stores.profiles, test_data=True)
        self.saved = SavedCommands(stores.saved, now=clock)
        self.searches = SearchCommands(stores.searches, stores.profiles, tokens=self.tokens, now=clock)
        self.alerts = Alerts(stores.searches, stores.saved, stores.profiles, tokens=self.tokens, now=clock)
        self.card_tokens = ReportTokens(TEST_KEY)
        self.cards = CardCommands(stores.cards, stores.profiles, tokens=self.card_tokens, now=clock)
        self.card_clock = CardClock(stores.cards, tokens=self.card_tokens, now=clock)
        everything = (stores.profiles, stores.saved, stores.searches, stores.cards)
        nowhere = Publisher("127.0.0.1:1", client_id="test")  # only an erasure publishes, and its test has a bus
        erasure = Erasure(*everything, vault=stores.vault, publisher=publisher or nowhere, topic_prefix=topic_prefix)
        consents = ConsentCommands(stores.profiles, stores.searches, now=clock)
        self.reactions = table(
            self.profiles, self.saved, erasure, stores.saved, cards=self.cards, consents=consents, now=clock
        )

    async def tell(self, event: Event, subject: str, *, sequence: int | None = None) -> None:
        """Every effect of one event, in the order of the consumer."""
        self._seq += 1
        told = envelope(event, subject=subject, sequence=sequence or self._seq)
        effects = self.reactions[type(event)]
        for effect in effects if isinstance(effects, tuple) else (effects,):
            await (effect.apply if isinstance(effect, Projection) else effect)(told)

    async def vacancy(self, id: str = "vac_1", kind: type[VacancyFacts] = VacancyPublished, **given: Any) -> None:
        await self.tell(vacancy_event(kind, **given), id)

    async def news(self, collection: Collection) -> list[dict[str, Any]]:
        """What waits to be published: type, subject, sequence and data of each event."""
        rows = [row async for row in collection.find({}).sort("_id", 1)]
        return [json.loads(entry["value"]) for row in rows for entry in row["outbox"]]

    async def matched(self) -> list[dict[str, Any]]:
        return [event["data"] for event in await self.news(self.stores.searches.searches)]

    async def told(self) -> list[tuple[str, str]]:
        """(who, what) of the kept vacancies."""
        news = await self.news(self.stores.saved.saved)
        return [(event["data"]["seeker_id"], event["type"]) for event in news if "seeker_id" in event["data"]]
