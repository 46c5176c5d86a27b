"""The routes: HTTP into commands and views."""

from fastapi import APIRouter

from services.seeker.api import profile, saved, searches

router = APIRouter(prefix="/api/v1/seekers")
for part in (profile.router, saved.router, searches.router):
    router.include_router(part)

__all__ = ["router"]
