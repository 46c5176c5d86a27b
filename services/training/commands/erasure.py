"""Forgetting a person who wanted it: the seat goes to the next in line, and what was written is deleted."""

import contextlib

from services.training.commands.enrolments import EnrolmentCommands
from services.training.store import Stores
from shared.errors import WrongState
from shared.sealed import Vault

MOST = 200  # enrolments of one person


class Erasure:
    def __init__(self, stores: Stores, enrolments: EnrolmentCommands, *, vault: Vault) -> None:
        self._stores, self._enrolments, self._vault = stores, enrolments, vault

    async def forget(self, seeker_id: str) -> None:
        """May be repeated. That somebody took part stays, of nobody whom one could find."""
        await self._vault.destroy(seeker_id)  # it also leaves this process
        for enrolment in await self._stores.enrolments.mine(seeker_id, after=None, limit=MOST):
            with contextlib.suppress(WrongState):  # it is over already
                await self._enrolments.cancel(enrolment.id, seeker_id=seeker_id)
        await self._stores.products.forget(seeker_id)
        await self._stores.people.forget(seeker_id)
