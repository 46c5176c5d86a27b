"""Routers of an API, whose routes stand side by side in the application.

FastAPI looks for a route of an included router twice and level by level, with a scope made ready for each that does
not fit: that was a tenth of what a submission costs. Here they are one flat list, paths without a parameter first, so
that `/applications/drafts` is never taken for an application, in whatever order the routers come.
"""

from collections.abc import Iterable
from functools import partial

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from shared.errors import ProblemDetails


def _operation_id(route: APIRoute) -> str:
    return route.name


# Each route tells, and its description says, how it refuses.
Router = partial(
    APIRouter,
    responses={"4XX": {"model": ProblemDetails}, "5XX": {"model": ProblemDetails}},
    generate_unique_id_function=_operation_id,
)


def side_by_side(routers: Iterable[APIRouter]) -> list[BaseRoute]:
    """All routes of `routers`; raises `TypeError` for a router within a router."""
    found = [route for router in routers for route in router.routes]
    for route in found:
        if not isinstance(route, APIRoute):
            raise TypeError(f"not a route: {type(route).__name__}")
    return sorted(found, key=lambda route: "{" in getattr(route, "path", ""))
