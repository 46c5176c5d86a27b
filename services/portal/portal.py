"""What all visits share, and the ways in which a visit is turned away."""

from services.portal.client import Api
from services.portal.rendering import Rendering
from services.portal.renewal import Renewals
from services.portal.session import Seal, cookie_name
from services.portal.settings import PortalSettings
from shared.papers.printing import Printer


class Portal:
    """What all visits share; made once in `main.py`."""

    def __init__(self, *, settings: PortalSettings, api: Api, rendering: Rendering) -> None:
        self.settings, self.api, self.rendering = settings, api, rendering
        self.seal, self.renewals = Seal(settings.cookie_key), Renewals(api)
        self.printer = Printer()
        self.cookie = cookie_name(secure=settings.secure)
        self.origin = settings.public_url.rstrip("/")


class SignInFirst(Exception):
    """The page is for people who are signed in."""


class OtherRole(Exception):
    """The page is for another role than the visitor's."""

    def __init__(self, role: str) -> None:
        super().__init__(role)
        self.role = role


class HelpOver(Exception):
    """The visitor may not act for somebody else any more."""


class ForeignForm(Exception):
    """A form that did not come from a page of ours, or from one that is too old."""
