"""What every step of a vacancy does around its command: which version was seen, and what is shown afterwards."""

from typing import Annotated

from fastapi import Depends, Response

from services.vacancy.api.context import VacancyReads
from services.vacancy.domain.vacancy import Vacancy
from services.vacancy.views.models import VacancyView
from services.vacancy.views.vacancies import VacancyViews
from shared.pages import IfMatch, set_etag
from shared.versions import expected_version


class Answering:
    """`expected` is the version that the asker saw last, where he says one."""

    def __init__(self, views: VacancyViews, response: Response, if_match: str | None) -> None:
        self._views, self._response = views, response
        self.expected = expected_version(if_match)

    async def show(self, vacancy: Vacancy) -> VacancyView:
        view = await self._views.present(vacancy)
        set_etag(self._response, view.version)
        return view


async def _answering(views: VacancyReads, response: Response, if_match: IfMatch = None) -> Answering:
    return Answering(views, response, if_match)


Answer = Annotated[Answering, Depends(_answering)]
