"""The development inbox: takes mail by SMTP and SMS as the provider would, shows both on one page, and tells the
notifier what arrived and what is answered from there.

Run as python -m deploy.local.inbox (CAKER_HOST, CAKER_PORT, CAKER_SMTP_PORT, CAKER_SMS_TOKEN_FILE, CAKER_INBOX_FILE,
CAKER_CALLBACK_URL).
"""

import asyncio
import hmac
import logging
import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qsl, urlencode

import uvicorn
from fastapi import FastAPI, Header, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from deploy.local.callbacks import Callbacks
from deploy.local.inbox_page import page
from deploy.local.letters import Letter, Letters, now
from deploy.local.mail import server

PAGE_SHOWS = 200


class Sms(BaseModel):
    """What the SMS provider's interface takes; `key` makes a repeated call harmless."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    to: str = Field(min_length=3, max_length=20)
    text: str = Field(min_length=1, max_length=1600)
    key: str = Field(min_length=1, max_length=200)


def application(letters: Letters, callbacks: Callbacks, *, token: str, host: str, smtp_port: int) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        smtp = await loop.create_server(lambda: server(letters), host, smtp_port, backlog=512)
        telling = asyncio.create_task(callbacks.run())
        yield
        telling.cancel()
        smtp.close()
        letters.close()

    app = FastAPI(title="Inbox", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)

    @app.post("/sms", status_code=202)
    async def take_sms(sms: Sms, authorization: Annotated[str, Header()] = "") -> dict[str, str]:
        if not hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode()):
            raise HTTPException(401, "unknown token")
        known = letters.accepted_as(sms.key)
        if known is not None:
            return {"id": known}
        accepted = f"sms_{uuid.uuid4().hex}"
        letters.add(
            Letter(channel="sms", to=sms.to, subject="", text=sms.text, at=now(), message_id=accepted, key=sms.key)
        )
        callbacks.add(kind="delivered", reference=accepted, key=sms.key)
        return {"id": accepted}

    @app.post("/dev/inbox/reply")
    async def reply(request: Request) -> Response:
        """An answer from the page, as if that phone had sent it."""
        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        phone, text = form.get("phone", "")[:20], form.get("text", "")[:160]
        if phone and text:
            callbacks.add(kind="reply", id=uuid.uuid4().hex, phone=phone, text=text)
        return RedirectResponse(f"/dev/inbox?{urlencode({'to': phone})}", status_code=303)

    @app.get("/dev/inbox")
    async def show(request: Request, to: str | None = None) -> Response:
        chosen = letters.to(to or None)
        headers = {"Cache-Control": "no-store", "Vary": "Accept"}
        if "text/html" in request.headers.get("accept", ""):
            return HTMLResponse(page(chosen[-PAGE_SHOWS:], to=to or "", total=len(chosen)), headers=headers)
        return JSONResponse([_public(letter, letters.copies(letter)) for letter in chosen], headers=headers)

    @app.delete("/dev/inbox", status_code=204)
    async def empty() -> None:
        letters.clear()

    @app.get("/livez")
    @app.get("/readyz")
    async def healthy() -> dict[str, str]:
        return {"status": "ready"}

    return app


def _public(letter: Letter, copies: int) -> dict[str, str | int]:
    return {**{name: value for name, value in asdict(letter).items() if name != "key"}, "copies": copies}


def main() -> None:
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    host, port = os.environ.get("CAKER_HOST", "127.0.0.1"), int(os.environ.get("CAKER_PORT", "8000"))
    token = Path(os.environ["CAKER_SMS_TOKEN_FILE"]).read_text().strip()
    letters = Letters(Path(os.environ["CAKER_INBOX_FILE"]))
    callbacks = Callbacks(url=os.environ.get("CAKER_CALLBACK_URL", ""), token=token)
    smtp_port = int(os.environ.get("CAKER_SMTP_PORT", "1025"))
    app = application(letters, callbacks, token=token, host=host, smtp_port=smtp_port)
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=2,
    )


if __name__ == "__main__":
    main()
