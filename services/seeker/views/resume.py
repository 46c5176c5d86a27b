"""What a CV tells besides the profile, for its owner, and the CV itself."""

from pydantic import Field

from services.seeker.domain import Career, Seeker
from services.seeker.resume_paper import resume_of
from services.seeker.store import SeekerStore
from services.seeker.views.cards import CardViews
from shared import clock
from shared.errors import NotFound
from shared.papers.resume import Resume


class CareerView(Career):
    """Jobs, courses, school and the person's own words, newest first."""

    version: int = Field(description="of the profile that it belongs to: the ETag")


class ResumeViews:
    def __init__(self, profiles: SeekerStore, cards: CardViews, *, now: clock.Clock = clock.now) -> None:
        self._profiles, self._cards, self._now = profiles, cards, now

    async def career(self, id: str) -> CareerView:
        return show_career(await self._load(id))

    async def paper(self, id: str, *, photo: bool) -> Resume:
        """With the photo of the jobseeker card, where one is wanted and there is one."""
        seeker = await self._load(id)
        return resume_of(seeker, photo=await self._photo(id) if photo else None, today=clock.today(self._now()))

    async def _photo(self, id: str) -> bytes | None:
        try:
            return await self._cards.my_photo(id)
        except NotFound:
            return None

    async def _load(self, id: str) -> Seeker:
        seeker = await self._profiles.load(id)
        if seeker is None:
            raise NotFound
        return seeker


def show_career(seeker: Seeker) -> CareerView:
    return CareerView(**dict(seeker.personal.career), version=seeker.version)
