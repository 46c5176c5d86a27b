"""The routes: HTTP into commands and views."""

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

PARTS = (
    *(profile, resume, documents, attachments, saved, searches, cards, officer_cards),
    *(readers, finding, consents, disability, paper_keys),
)
routers = [each.router for each in PARTS]
