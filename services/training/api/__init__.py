"""The routes: HTTP into commands and views."""

from fastapi import APIRouter

from services.training.api import afterwards, enrolments, papers, products, trainings

router = APIRouter(prefix="/api/v1")
for part in (papers.router, trainings.router, afterwards.router, products.router, enrolments.router):
    router.include_router(part)

__all__ = ["router"]
