"""A provider of the Cloud API's shape. A rule may be an error code: `131026` (no WhatsApp), `130429`
(busy)."""

from dataclasses import dataclass
from typing import Any

from services.notifier.tests.providers.http import HttpProvider, Request


@dataclass(kw_only=True)
class WhatsAppProvider(HttpProvider):
    def number(self, request: Request) -> str:
        return f"+{request.content['to']}"

    def answer(self, what: str, request: Request) -> tuple[int, Any]:
        if what == "accept":
            return 200, {"messaging_product": "whatsapp", "messages": [{"id": f"wamid.{len(self.requests)}"}]}
        code = int(what)
        return (400 if code > 999 else code), {"error": {"code": code, "message": "no"}}
