"""Load, decide, save, for one enrolment: of two writers at once one is second, reads again and decides again."""

from collections.abc import Awaitable, Callable

from services.training.domain.enrolments import Decided, Enrolment
from services.training.store.enrolments import EnrolmentStore
from shared.errors import StaleVersion

TRIES = 5


async def decide(
    store: EnrolmentStore, load: Callable[[], Awaitable[Enrolment]], decision: Callable[[Enrolment], Decided]
) -> Enrolment:
    for _ in range(TRIES):
        before = await load()
        after, events = decision(before)
        if not events:
            return before
        try:
            return await store.save(before, after, events)
        except StaleVersion:
            continue
    raise StaleVersion
