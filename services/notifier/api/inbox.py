"""The inbox of whoever is signed in."""

from typing import Annotated

from fastapi import Depends, Request, Response

from services.notifier.views import Notification, Views
from services.notifier.wording import Language
from shared.auth import SignedIn
from shared.guard import language_of
from shared.pages import Cursor, Limit, Page, link_next
from shared.routing import Router

PATH = "/api/v1/notifications"
router = Router(tags=["notifications"])


async def _views(request: Request) -> Views:
    found: Views = request.app.state.views
    return found


@router.get(PATH)
async def list_notifications(
    caller: SignedIn,
    views: Annotated[Views, Depends(_views)],
    request: Request,
    response: Response,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[Notification]:
    """What you were told, newest first, and how it reached you."""
    language: Language = "en" if language_of(request.scope) == "en" else "id"
    page = await views.notifications(caller.account_id, limit=limit, cursor=cursor, language=language)
    response.headers["Cache-Control"] = "no-store"
    link_next(response, PATH, page.next)
    return page
