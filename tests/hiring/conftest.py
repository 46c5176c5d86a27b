"""A town is built once for all examples of a test."""

import pytest

from tests.hiring.town import Town


@pytest.fixture
def towns() -> list[Town]:
    return []
