"""What `seeker` does when other services tell something."""

from typing import Any

from services.seeker.commands import Commands
from shared.contracts.identity import AccountContactChanged
from shared.effects import Reaction, Reactions
from shared.events import Envelope


def table(commands: Commands) -> Reactions:
    return {AccountContactChanged: take_contact(commands)}


def take_contact(commands: Commands) -> Reaction:
    """A seeker's account has a profile, with the name and phone that the account knows."""

    async def react(envelope: Envelope[Any]) -> None:
        if envelope.data.role == "seeker":
            await commands.take_contact(envelope.subject, envelope.data.sealed, sequence=envelope.sequence)

    return react
