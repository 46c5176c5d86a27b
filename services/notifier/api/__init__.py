"""The routes, all below one path: the gateway knows only that one."""

from fastapi import APIRouter

from services.notifier.api import announcements, desk, devices, inbox, preferences

router = APIRouter()
for part in (inbox.router, preferences.router, announcements.router, devices.router, desk.router):
    router.include_router(part)

__all__ = ["router"]
