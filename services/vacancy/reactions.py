"""What the vacancy service does when others tell it something."""

from typing import Any

from services.vacancy.commands.employers import EmployerCommands
from services.vacancy.store.database import VacancyStore
from shared.contracts.identity import AccountContactChanged
from shared.effects import Projection, Reactions
from shared.events import Envelope
from shared.mongo import Document


def table(store: VacancyStore, employers: EmployerCommands) -> Reactions:
    async def follow_account_contact(envelope: Envelope[Any]) -> None:
        # It reads the projection, which is written first and never steps back, so order does not matter here.
        if envelope.data.role == "employer":
            await employers.follow_account(envelope.subject)

    kept = Projection(collection=store.account_contacts, shape=_account_contact)
    return {AccountContactChanged: (kept, follow_account_contact)}


def _account_contact(envelope: Envelope[Any]) -> Document | None:
    return {"sealed": envelope.data.sealed} if envelope.data.role == "employer" else None
