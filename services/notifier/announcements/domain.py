"""What an announcement is, to whom it goes, and who may do what with it. Pure."""

from datetime import datetime
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.vacancy import Kind as WorkKind
from shared.errors import Problem, WrongState

Purpose = Literal["news", "breach"]
AnnouncementState = Literal["draft", "released", "stopped", "done"]


class FourEyes(Problem):
    code: ClassVar[str] = "four_eyes"
    status: ClassVar[int] = 409
    indonesian = "Pengumuman dilepas oleh petugas lain, bukan oleh penulisnya."
    english = "An announcement is released by another officer than the one who wrote it."


class Segment(BaseModel):
    """To whom it goes, among those who agreed to news; what is left empty means all."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
    kelurahan: tuple[str, ...] = Field((), max_length=30, description="codes; one of these")
    education: tuple[str, ...] = Field((), max_length=20, description="codes of the profile; one of these")
    work_kinds: tuple[WorkKind, ...] = Field((), max_length=7, description="one of these is wanted, or any kind is")


class Text(BaseModel):
    """What is said in one language."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, str_strip_whitespace=True)
    title: str = Field(min_length=5, max_length=80)
    body: str = Field(min_length=10, max_length=1500, description="paragraphs, parted by line breaks")


class Step(BaseModel):
    """Something that an officer did."""

    model_config = ConfigDict(frozen=True)
    state: AnnouncementState
    at: datetime
    by: str | None = Field(description="account of the officer; null where it ended by itself")


class Announcement(BaseModel):
    """`reached` counts those for whom a message was planned; `cursor` is the last of them. `breach`: what the law
    wants people to be told (UU 27/2022 art. 46), whether they agreed to news or not."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    id: str
    purpose: Purpose = "news"
    state: AnnouncementState = "draft"
    indonesian: Text
    english: Text | None = None
    path: str
    segment: Segment = Segment()
    per_minute: int
    author: str
    history: tuple[Step, ...] = ()
    cursor: str = ""
    reached: int = 0
    version: int = 1

    def released(self, *, by: str, at: datetime) -> "Announcement":
        if self.state != "draft":
            raise WrongState(state=self.state)
        if by == self.author:
            raise FourEyes
        return self._step("released", by, at)

    def stopped(self, *, by: str, at: datetime) -> "Announcement":
        """Also a draft that is not to be sent; what ended stays as it ended."""
        if self.state not in ("draft", "released"):
            raise WrongState(state=self.state)
        return self._step("stopped", by, at)

    def spread(self, *, last: str, count: int, at: datetime) -> "Announcement":
        """Told to `count` more, up to the account `last`; to fewer than it could have been: all are told."""
        moved = self.model_copy(update={"cursor": last or self.cursor, "reached": self.reached + count})
        return moved if count >= self.per_minute else moved._step("done", None, at)

    @property
    def to_everybody(self) -> bool:
        """Also to employers, of whom neither kelurahan nor education is known."""
        return self.purpose == "breach" and self.segment == Segment()

    def text(self, language: str) -> Text:
        return self.english if language == "en" and self.english else self.indonesian

    def _step(self, state: AnnouncementState, by: str | None, at: datetime) -> "Announcement":
        return self.model_copy(update={"state": state, "history": (*self.history, Step(state=state, at=at, by=by))})


def params_of(announcement: Announcement, *, stop: str | None) -> dict[str, Any]:
    """What the message's texts name."""
    said: dict[str, Any] = {}
    for language, end in (("id", ""), ("en", "_en")):
        text = announcement.text(language)
        said[f"judul_kabar{end}"] = text.title
        said[f"paragraf{end}"] = [{"teks": line.strip()} for line in text.body.splitlines() if line.strip()]
    return {**said, "henti": stop}
