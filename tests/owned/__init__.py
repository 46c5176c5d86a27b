"""For each service a small world in which everything is somebody's: what `tests.test_ownership` walks."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager

from tests.owned.people import identity, notifier, seeker
from tests.owned.work import application, training, vacancy
from tests.owned.world import Ground, World

__all__ = ["WORLDS", "Ground", "World"]
Build = Callable[[Ground], AbstractAsyncContextManager[World]]
WORLDS: Mapping[str, Build] = {
    "application": application,
    "identity": identity,
    "notifier": notifier,
    "seeker": seeker,
    "training": training,
    "vacancy": vacancy,
}
