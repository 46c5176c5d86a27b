"""The seeker's collections: profiles, what people keep, and the local copy of vacancies."""

from services.seeker.store.profiles import CONTACT_SEAL, NikTaken, Overtaken, SeekerStore

__all__ = ["CONTACT_SEAL", "NikTaken", "Overtaken", "SeekerStore"]
