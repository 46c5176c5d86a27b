"""Renews expired sign-ins. Refresh tokens work once, so requests that arrive together share one renewal."""

import asyncio
import hashlib
import time
from collections import OrderedDict
from dataclasses import replace

from services.portal.client import Answer, Api, Refused, Voice
from services.portal.session import Helping, Session

EARLY = 30  # seconds before its end in which a token counts as spent
OVER = (403, 404, 409)  # what the API answers when nobody may act for somebody any more
REMEMBERED = 500  # renewals kept for pages that were asked for with the old cookie
KEPT_SECONDS = 60.0


class Renewals:
    """One renewal per refresh token in this process, remembered for a minute."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._running: OrderedDict[str, tuple[float, asyncio.Task[Answer]]] = OrderedDict()

    async def fresh(self, session: Session, voice: Voice) -> Session:
        """The session with a token that still works; without tokens where it cannot be renewed. Whoever acts for
        somebody else is back in the own session once that is over."""
        if session.helping:
            return await self._acting(session, session.helping, voice)
        if not session.refresh or session.expires_at - EARLY > time.time():
            return session
        try:
            answer = await asyncio.shield(self._renewal(session.refresh, voice))
        except Refused as refused:
            if refused.status != 401:
                raise
            return signed_out(session)
        return signed_in(session, answer)

    async def _acting(self, session: Session, helping: Helping, voice: Voice) -> Session:
        own = await self.fresh(helping.own, voice)
        if not own.access:
            return own
        kept = helping.model_copy(update={"own": own})
        if session.expires_at - EARLY > time.time():
            return session.model_copy(update={"helping": kept})
        path = f"/mandates/{helping.mandate}/token"
        try:
            answer = await self._api.call("POST", path, voice=replace(voice, token=own.access), body={})
        except Refused as refused:
            if refused.status not in OVER:
                raise
            return own
        return acting(session.model_copy(update={"helping": kept}), answer)

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


def acting(session: Session, answer: Answer) -> Session:
    """The session with the next minute's token of somebody else."""
    ends = int(time.time()) + int(answer.body["expires_in"])
    return session.model_copy(update={"access": answer.body["access_token"], "expires_at": ends})


def signed_out(session: Session) -> Session:
    """The form secret stays, and what was typed and could not be sent; nothing else says who it was."""
    return Session(secret=session.secret, left=session.account or session.left, typed=session.typed)


def _failed(task: asyncio.Task[Answer]) -> bool:
    return task.done() and (task.cancelled() or task.exception() is not None)
