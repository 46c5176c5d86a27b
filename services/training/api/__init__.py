"""The routes: HTTP into commands and views."""

from fastapi import APIRouter

from services.training.api import afterwards, enrolments, papers, trainings

router = APIRouter(prefix="/api/v1")
for part in (papers.router, trainings.router, afterwards.router, enrolments.router):
    router.include_router(part)

__all__ = ["router"]
