"""What a CV tells besides the profile, for its owner, and the CV itself."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from services.seeker.domain import Career, Seeker
from services.seeker.resume_json.reading import document, read
from services.seeker.resume_json.rows import Row, readable
from services.seeker.resume_json.writing import written
from services.seeker.resume_paper import resume_of
from services.seeker.store import SeekerStore
from services.seeker.views.cards import CardViews
from shared import clock
from shared.errors import NotFound
from shared.papers.resume import Resume


class CareerView(Career):
    """Jobs, courses, school and the person's own words, newest first."""

    version: int = Field(description="of the profile that it belongs to: the ETag")


class ResumeRow(BaseModel):
    """Something that the file holds, and what becomes of it."""

    model_config = ConfigDict(frozen=True)
    place: str = Field(description="such as work/0")
    text: str
    taken: bool
    advice: str | None = Field(description="in the reader's language")


class ResumePreview(BaseModel):
    """Nothing is stored yet: send `career` and `skills` to PUT /me/resume to do so."""

    model_config = ConfigDict(frozen=True)
    rows: list[ResumeRow]
    taken: int = Field(description="how many rows would be")
    career: Career
    skills: tuple[str, ...]
    version: int = Field(description="of the profile that it was compared with: the ETag")


class ResumeViews:
    def __init__(self, profiles: SeekerStore, cards: CardViews, *, now: clock.Clock = clock.now) -> None:
        self._profiles, self._cards, self._now = profiles, cards, now

    async def career(self, id: str) -> CareerView:
        return show_career(await self._load(id))

    async def paper(self, id: str, *, photo: bool) -> Resume:
        """With the photo of the jobseeker card, where one is wanted and there is one."""
        seeker = await self._load(id)
        return resume_of(seeker, photo=await self._photo(id) if photo else None, today=clock.today(self._now()))

    async def as_json(self, id: str) -> dict[str, Any]:
        return written(await self._load(id))

    async def preview(self, id: str, raw: bytes, *, language: str) -> ResumePreview:
        """What of a JSON Resume would be taken, row by row; raises a `Flaw` where it is none."""
        seeker = await self._load(id)
        now = f"{clock.today(self._now()):%Y-%m}"
        found = read(document(raw), seeker.personal.career, seeker.skills, now=now)
        rows = [_row(each, language) for each in found.rows]
        return ResumePreview(
            rows=rows,
            taken=sum(each.taken for each in rows),
            career=found.career,
            skills=found.skills,
            version=seeker.version,
        )

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


def _row(row: Row, language: str) -> ResumeRow:
    said = row.advice.value[2 if language == "en" else 1] if row.advice else None
    return ResumeRow(place=readable(row.place), text=readable(row.text), taken=row.taken, advice=said)


def show_career(seeker: Seeker) -> CareerView:
    return CareerView(**dict(seeker.personal.career), version=seeker.version)
