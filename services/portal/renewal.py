"""Renews expired sign-ins. Refresh tokens work once, so requests that arrive together share one renewal."""

import asyncio
import hashlib
import time
from collections import OrderedDict

from services.portal.client import Answer, Api, Refused, Voice
from services.portal.session import Session

EARLY = 30  # seconds before its end in which a token counts as spent
REMEMBERED = 500  # renewals kept for pages that were asked for with the old cookie
KEPT_SECONDS = 60.0


class Renewals:
    """One renewal per refresh token in this process, remembered for a minute."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._running: OrderedDict[str, tuple[float, asyncio.Task[Answer]]] = OrderedDict()

    async def fresh(self, session: Session, voice: Voice) -> Session:
        """The session with a token that still works; without tokens where it cannot be renewed."""
        if not session.refresh or session.expires_at - EARLY > time.time():
            return session
        try:
            answer = await asyncio.shield(self._renewal(session.refresh, voice))
        except Refused as refused:
            if refused.status != 401:
                raise
            return signed_out(session)
        return signed_in(session, answer)

    def _renewal(self, refresh: str, voice: Voice) -> asyncio.Task[Answer]:
        name, now = hashlib.sha256(refresh.encode()).hexdigest(), time.monotonic()
        while self._running and (
            len(self._running) > REMEMBERED or now - next(iter(self._running.values()))[0] > KEPT_SECONDS
        ):
            self._running.popitem(last=False)
        known = self._running.get(name)
        if known and not _failed(known[1]):
            return known[1]
        call = self._api.call("POST", "/tokens/refresh", voice=voice, body={"refresh_token": refresh})
        task = asyncio.ensure_future(call)
        self._running[name] = (now, task)
        return task


def signed_in(session: Session, answer: Answer) -> Session:
    """The session with the tokens of a sign-in or renewal."""
    body = answer.body
    after = session.model_copy(
        update={
            "access": body["access_token"],
            "refresh": body["refresh_token"],
            "expires_at": int(time.time()) + int(body["expires_in"]),
            "role": body.get("role") or session.role,
            "waiting": None,
            "left": "",
        }
    )
    theirs = after.typed and after.typed.account == after.account
    return after if theirs else after.model_copy(update={"typed": None})


def signed_out(session: Session) -> Session:
    """The form secret stays, and what was typed and could not be sent; nothing else says who it was."""
    return Session(secret=session.secret, left=session.account or session.left, typed=session.typed)


def _failed(task: asyncio.Task[Answer]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)
