"""Every route of every service says who may use it; a new one without a policy fails here."""

import importlib
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from shared.auth import Policy
from shared.testing import TEST_KEY
from tests.contracts.published import SERVICES


def apps() -> Iterator[tuple[str, FastAPI]]:
    """Every API, with nothing behind it."""
    for service in SERVICES:
        main = importlib.import_module(f"services.{service}.main")
        kind = getattr(importlib.import_module(f"services.{service}.settings"), f"{service.capitalize()}Settings")
        given = {"sms_url": "http://sms.invalid/sms", "sms_token": "none"} if service == "notifier" else {}
        keys = dict.fromkeys(("master_key", "index_key", "paper_key"), TEST_KEY)
        app, client = main.application(kind(service=service, **keys, **given))
        client.close()
        yield service, app


def routes() -> Iterator[tuple[str, APIRoute]]:
    for service, app in apps():
        yield from ((service, route) for route in app.routes if isinstance(route, APIRoute))


ROUTES = [pytest.param(route, id=f"{service} {min(route.methods or ())} {route.path}") for service, route in routes()]


def test_there_are_routes_to_look_at() -> None:
    assert len(ROUTES) > 30


@pytest.mark.parametrize("route", ROUTES)
def test_a_route_states_its_policy(route: APIRoute) -> None:
    assert any(isinstance(call, Policy) for call in _calls(route.dependant)), "say who may use it (shared.auth)"


def _calls(dependant: Any) -> Iterator[Any]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)
