"""The only writers: of profiles, of what people keep, and of what they are told about it."""

from services.seeker.commands.profiles import Commands

__all__ = ["Commands"]
