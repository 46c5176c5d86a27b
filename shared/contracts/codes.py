"""Codes of official tables, stored with their scheme and version, because every one of the tables changes."""

from pydantic import BaseModel, ConfigDict, Field


class Code(BaseModel):
    """One entry of an official classification."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
    scheme: str = Field(min_length=2, max_length=20, description="KBJI, KBLI")
    version: str = Field(min_length=1, max_length=10, description="year of the edition, such as 2014")
    code: str = Field(min_length=1, max_length=20)


class Education(BaseModel):
    """A level of education; the same code means different things in the two forms (3002: Aliyah or SMK)."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
    form: str = Field(pattern="^(rekap_III_2|rinci)$")
    code: str = Field(min_length=1, max_length=6)
