"""The routes, all below one path: the gateway knows only that one."""

from services.notifier.api import announcements, desk, devices, inbox, preferences

routers = [each.router for each in (inbox, preferences, announcements, devices, desk)]
