"""What somebody typed and could not send, because the sign-in had run out or the system was away: it waits, sealed,
in the visitor's own cookie, and comes back to the same person."""

import contextlib
import json
from collections.abc import AsyncIterator

from services.portal.client import Away, Refused
from services.portal.forms import Form
from services.portal.portal import SignInFirst
from services.portal.session import Typed
from services.portal.visit import Visit

LARGEST = 1600  # bytes: a cookie of 4 kB holds it, encrypted, beside the tokens
_OURS = ("csrf", "key")


@contextlib.asynccontextmanager
async def unsent(visit: Visit, *, page: str, first: str) -> AsyncIterator[Form]:
    """The submitted form; `page` is where it is shown, `first` the field that matters most."""
    if not visit.session.access and not visit.session.left:
        raise SignInFirst
    form = await visit.form()
    try:
        visit.need("seeker")
        yield form
    except (SignInFirst, Away):
        _keep(visit, form, page=page, first=first)
        raise
    except Refused as refused:
        if refused.status in (401, 429) or refused.status >= 500:
            _keep(visit, form, page=page, first=first)
        raise


def _keep(visit: Visit, form: Form, *, page: str, first: str) -> None:
    account = visit.session.account or visit.session.left
    values = {name: value for name, value in form.values.items() if name not in _OURS and value}
    if len(json.dumps(values, ensure_ascii=False).encode()) > LARGEST:
        values = {first: form.text(first)[: LARGEST // 4]}
    if account and values and not visit.session.borrowed:  # nothing stays on a borrowed phone
        typed = Typed(account=account, page=page, values=values)
        visit.session = visit.session.model_copy(update={"typed": typed})


def take_up(visit: Visit, page: str) -> Form | None:
    """What was typed on this page; it stays in the cookie until `let_go`."""
    typed = visit.session.typed
    mine = typed is not None and typed.page == page and typed.account == visit.session.account
    return Form(typed.values) if typed and mine else None


def let_go(visit: Visit) -> None:
    visit.session = visit.session.model_copy(update={"typed": None})
