"""The routes: HTTP into commands and views."""

from fastapi import APIRouter

from services.seeker.api import (
    attachments,
    cards,
    consents,
    disability,
    documents,
    finding,
    officer_cards,
    paper_keys,
    profile,
    readers,
    resume,
    saved,
    searches,
)

router = APIRouter()
PARTS = (
    *(profile, resume, documents, attachments, saved, searches, cards, officer_cards),
    *(readers, finding, consents, disability),
)
for part in (each.router for each in PARTS):
    router.include_router(part, prefix="/api/v1/seekers")
router.include_router(paper_keys.router)

__all__ = ["router"]
