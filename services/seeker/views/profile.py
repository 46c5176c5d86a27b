"""What a seeker sees of the own profile. The NIK leaves the store only masked."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from services.seeker.domain import Seeker, Wishes
from services.seeker.nik import Warning, masked, read_nik
from services.seeker.store import SeekerStore
from shared import clock
from shared.contracts.codes import Education
from shared.contracts.screening import Licence
from shared.errors import NotFound


class SeekerView(BaseModel):
    """A profile, for its owner."""

    model_config = ConfigDict(frozen=True, title="Seeker")
    name: str
    phone: str | None = Field(description="of the account: changed there, not here")
    email: str | None
    kelurahan_code: str | None
    education: Education | None
    graduation_year: int | None
    skills: tuple[str, ...]
    licences: tuple[Licence, ...]
    experience_months: int | None = Field(description="of work, in all")
    match_hints: bool = Field(description="false: no comparison with what a vacancy asks")
    wishes: Wishes
    nik: str | None = Field(description="masked, such as 3577********0001")
    nik_birth_date: date | None = Field(description="as the NIK says")
    nik_sex: Literal["female", "male"] | None = Field(description="as the NIK says")
    warnings: list[Warning] = Field(
        description="for an officer, never a refusal. `region_differs`, `unknown_kecamatan`, `birth_date_unlikely`: "
        "what the NIK says is unusual. Whether somebody else has the NIK is told to nobody but that person."
    )
    version: int = Field(description="the ETag")


class Views:
    def __init__(self, store: SeekerStore) -> None:
        self._store = store

    async def mine(self, id: str) -> SeekerView:
        seeker = await self._store.load(id)
        if seeker is None:
            raise NotFound
        return show(seeker)

    async def by_nik(self, typed: str) -> str:
        """The id of who has the NIK; raises `NotFound`, or a `Flaw` for what is none."""
        found = await self._store.id_of_nik(read_nik(typed, today=clock.today(clock.now()), test_numbers=True).digits)
        if found is None:
            raise NotFound
        return found


def show(seeker: Seeker) -> SeekerView:
    digits = seeker.personal.nik
    nik = read_nik(digits, today=clock.today(clock.now()), test_numbers=True) if digits else None
    return SeekerView(
        **seeker.personal.model_dump(exclude={"nik", "wishes", "career"}),
        **seeker.facts(),
        wishes=seeker.personal.wishes,
        nik=masked(nik.digits) if nik else None,
        nik_birth_date=nik.birth_date if nik else None,
        nik_sex=nik.sex if nik else None,
        warnings=list(nik.warnings) if nik else [],
        version=seeker.version,
    )
