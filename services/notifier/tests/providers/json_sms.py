"""The SMS provider that takes JSON."""

from dataclasses import dataclass
from typing import Any

from services.notifier.tests.providers.http import HttpProvider, Request


@dataclass(kw_only=True)
class SmsProvider(HttpProvider):
    """Keys that it has are not sent again, as a provider does."""

    @property
    def sent(self) -> dict[str, Request]:
        """What people got, by key."""
        return {request.content["key"]: request for request in self.requests}

    @property
    def tokens(self) -> set[str]:
        return {request.headers.get("authorization", "") for request in self.requests}

    def number(self, request: Request) -> str:
        return str(request.content["to"])

    def texts(self, phone: str) -> list[str]:
        return [str(request.content["text"]) for request in self.to(phone)]

    def answer(self, what: str, request: Request) -> tuple[int, Any]:
        return (202 if what == "accept" else int(what)), {"id": f"sms-{len(self.requests)}"}
