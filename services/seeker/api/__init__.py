"""The routes: HTTP into commands and views."""

from fastapi import APIRouter

from services.seeker.api import cards, officer_cards, paper_keys, profile, saved, searches

router = APIRouter()
for part in (profile.router, saved.router, searches.router, cards.router, officer_cards.router):
    router.include_router(part, prefix="/api/v1/seekers")
router.include_router(paper_keys.router)

__all__ = ["router"]
