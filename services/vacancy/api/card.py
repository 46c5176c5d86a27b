"""The route of an advert's picture, for those who share it."""

import asyncio
from collections import OrderedDict
from typing import Any

from fastapi import Response

from services.vacancy.api.context import Key, VacancyReads
from services.vacancy.card.words import words_of
from services.vacancy.views.models import VacancyView
from shared.auth import Anyone
from shared.pages import IfNoneMatch
from shared.routing import Router

router = Router(prefix="/api/v1", tags=["vacancies"])
KEPT = 64  # pictures, of some 20 KB each
AT_ONCE = asyncio.Semaphore(2)
_PICTURE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/png": {}}},
    304: {"description": "not changed since the ETag given"},
}
_made: OrderedDict[str, bytes] = OrderedDict()


@router.get("/vacancies/{key}/card.png", response_class=Response, responses=_PICTURE)
async def vacancy_card(key: Key, caller: Anyone, views: VacancyReads, if_none_match: IfNoneMatch = None) -> Response:
    """Title, pay and place as a picture of 1200 by 630. The same for everybody: whoever asks counts as nobody."""
    from services.vacancy.card.drawing import LAYOUT

    vacancy = await views.one(key, None)
    tag = f'"{vacancy.version}-{vacancy.state}-{LAYOUT}"'
    headers = {"ETag": tag, "Cache-Control": "public, max-age=3600"}
    if tag in (part.strip().removeprefix("W/") for part in (if_none_match or "").split(",")):
        return Response(status_code=304, headers=headers)
    return Response(await _picture(vacancy, vacancy.id + tag), media_type="image/png", headers=headers)


async def _picture(vacancy: VacancyView, name: str) -> bytes:
    """Drawn once for each version, beside the event loop."""
    from services.vacancy.card.drawing import draw

    async with AT_ONCE:
        if name not in _made:
            _made[name] = await asyncio.to_thread(draw, words_of(vacancy))
            while len(_made) > KEPT:
                _made.popitem(last=False)
        return _made[name]
