"""Commands of seekers, employers and officers on an application that is there."""

from services.application import domain
from services.application.commands.saving import Saving
from services.application.domain import Actor, Application, Command, Words
from shared.callers import Caller
from shared.versions import expected_version


class Deciding(Saving):
    async def decide(
        self, id: str, command: Command, *, caller: Caller, words: Words, if_match: str | None = None
    ) -> Application:
        """Move the application; the first of two that contradict each other wins, the other is refused."""
        actor = _actor(caller)

        async def load() -> Application:
            return await self._reachable(id, caller)

        def by_table(application: Application) -> domain.Decided:
            return domain.decide(application, command, actor=actor, by=caller.account_id, at=self._now(), words=words)

        return await self._decide(load, by_table, expected=expected_version(if_match))

    async def _reachable(self, id: str, caller: Caller) -> Application:
        """The seeker's own, an employer's of its own vacancies, an officer's all."""
        if _actor(caller) == "officer":
            return await self._any(id)
        return await (self._mine if caller.role == "seeker" else self._managed)(id, caller.account_id)


def _actor(caller: Caller) -> Actor:
    return caller.role if caller.role in ("seeker", "employer") else "officer"
