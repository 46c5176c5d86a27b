"""One visit to one page: who asks, in which language, with which session, and how the portal answers."""

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from services.portal.client import Answer, Json, Params, Voice
from services.portal.forms import Form
from services.portal.portal import ForeignForm, HelpOver, OtherRole, Portal, SignInFirst
from services.portal.renewal import signed_out
from services.portal.session import Session
from shared import log


class Visit:
    """Handlers read and answer through this, so that session, language and headers are in one place."""

    def __init__(self, request: Request, portal: Portal, session: Session | None) -> None:
        self.request, self.portal = request, portal
        self.language: str = request.scope.get("language", "id")
        self.words = portal.rendering.words[self.language]
        self.session = session or Session()
        self._stored = session

    @property
    def path(self) -> str:
        """The page's address without language."""
        return self.request.scope["path"]  # type: ignore[no-any-return]

    @property
    def voice(self) -> Voice:
        client = self.request.client
        return Voice(
            language=self.language,
            token=self.session.access,
            request_id=log.correlation.get(),
            visitor=client.host if client else None,
            visitor_token=self.portal.settings.portal_token,
        )

    def url(self, path: str) -> str:
        return ("/en" if self.language == "en" else "") + path

    def need(self, *roles: str) -> None:
        """Let only these roles go on."""
        if not self.session.access:
            raise SignInFirst
        if self.session.role not in roles:
            raise OtherRole(roles[0])

    async def get(self, path: str, params: Params | None = None) -> Json:
        return (await self.read(path, params)).body

    async def read(self, path: str, params: Params | None = None) -> Answer:
        return await self.portal.api.call("GET", path, voice=self.voice, params=params)

    async def post(
        self, path: str, body: Json | None = None, *, etag: str | None = None, key: str | None = None
    ) -> Json:
        return (await self.send("POST", path, body, etag=etag, key=key)).body

    async def send(
        self, method: str, path: str, body: Json | None = None, *, etag: str | None = None, key: str | None = None
    ) -> Answer:
        return await self.portal.api.call(
            method, path, voice=self.voice, body={} if body is None else body, etag=etag, key=key
        )

    async def download(self, path: str, params: Params | None = None, *, leave: str | None = None) -> Response:
        """A file of the API, handed on piece by piece as it comes."""
        answer = await self.portal.api.fetch(path, voice=replace(self.voice, leave=leave), params=params)
        kept = ("content-type", "content-disposition")
        headers = {name: value for name, value in answer.headers.items() if name.lower() in kept}

        async def pieces() -> AsyncIterator[bytes]:
            try:
                async for piece in answer.aiter_bytes():
                    yield piece
            finally:
                await answer.aclose()

        return self._sealed(StreamingResponse(pieces(), headers=headers))

    async def file(self, name: str) -> bytes:
        """An uploaded file, after `form`; empty where none was chosen."""
        found = (await self.request.form()).get(name)
        return b"" if found is None or isinstance(found, str) else await found.read()

    async def form(self) -> Form:
        """The submitted form, once it is sure that it came from a page of ours."""
        if self.request.scope.get("foreign"):
            raise ForeignForm
        pairs = (await self.request.form()).multi_items()
        form = Form.of((name, value) for name, value in pairs if isinstance(value, str))
        token = form.values.pop("csrf", "")
        if self._stored is None or not isinstance(token, str) or not self.session.accepts(token):
            raise ForeignForm
        return form

    def page(self, template: str, *, status: int = 200, **context: Any) -> Response:
        """Render a page. A refused form is a 422 on the same page."""
        form = context.setdefault("form", Form())
        if form.bad and status == 200:
            status = 422
        query = self.request.url.query
        html = self.portal.rendering.page(
            template,
            self.language,
            session=self.session,
            path=self.path,
            query=query,
            origin=self.portal.origin,
            message=self._message(),
            csrf=self._token,
            **context,
        )
        return self._sealed(HTMLResponse(html, status))

    def go(self, path: str, message: str | None = None) -> Response:
        """After a POST: to the page that shows the outcome, with a line from `message.*` on top of it."""
        target, mark, anchor = path.partition("#")
        if message:
            target += ("&" if "?" in target else "?") + urlencode({"pesan": message})
        return self._sealed(RedirectResponse(self.url(target + mark + anchor), 303))

    def sign_out(self) -> None:
        self.session = signed_out(Session())

    def _token(self) -> str:
        """Called by each form: only visitors who meet a form get a cookie."""
        if self._stored is None:
            self._stored = self.session
        return self.session.form_token()

    def _message(self) -> str | None:
        key = f"message.{self.request.query_params.get('pesan', '')}"
        return self.words.texts.get(key)

    def _sealed(self, response: Response) -> Response:
        """Send the cookie: always for the signed-in (it keeps living), else only when something needs it."""
        given = self.portal.cookie in self.request.cookies
        if self.session.access or self.session.waiting or self._stored is not None or given:
            response.set_cookie(
                self.portal.cookie,
                self.portal.seal.close(self.session),
                max_age=self.session.lifetime if self.session.access else None,
                path="/",
                httponly=True,
                secure=self.portal.settings.secure,
                samesite="lax",
            )
        private = self.session.access or self.session.waiting
        response.headers["Cache-Control"] = "no-store" if private else "private, no-cache"
        return response


async def open_visit(request: Request) -> Visit:
    """The visit behind a request, with its sign-in renewed if that was due."""
    known: Visit | None = request.scope.get("visit")
    if known:
        return known
    portal: Portal = request.app.state.portal
    session = portal.seal.open(request.cookies.get(portal.cookie, ""))
    visit = Visit(request, portal, session)
    request.scope["visit"] = visit
    if session and (session.refresh or session.helping) and session.expires_at < time.time() + 60:
        visit.session = await portal.renewals.fresh(session, visit.voice)
        if session.helping and visit.session.access and not visit.session.helping:
            raise HelpOver
    return visit


Visiting = Annotated[Visit, Depends(open_visit)]


def onward(path: str | None, default: str = "/akun") -> str:
    """Where to go after signing in: a page of ours, never another site's."""
    local = path and path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if local and path and path.isprintable() else default
