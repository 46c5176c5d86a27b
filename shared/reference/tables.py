"""Official tables that every service shows or checks codes against: kelurahan of Kota Madiun and education levels."""

import csv
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict


class Kelurahan(BaseModel):
    """A ward of the city; `lat`, `lon` are the approximate centre in degrees (WGS 84)."""

    model_config = ConfigDict(frozen=True)
    code: str
    name: str
    kecamatan_code: str
    kecamatan: str
    postcode: str
    lat: float
    lon: float


class EducationLevel(BaseModel):
    """An education code of the IPK report (Kepdirjen 268/PPTK/XII/2012); key (form, code)."""

    model_config = ConfigDict(frozen=True)
    form: str
    code: str
    title: str


@cache
def kelurahan() -> dict[str, Kelurahan]:
    """The city's kelurahan by code such as `35.77.01.1001`."""
    return {row["code"]: Kelurahan.model_validate(row) for row in _rows("kelurahan.csv")}


@cache
def education() -> dict[tuple[str, str], EducationLevel]:
    """Education levels by (form, code)."""
    rows = (EducationLevel.model_validate(row) for row in _rows("education.csv"))
    return {(row.form, row.code): row for row in rows}


def _rows(name: str) -> list[dict[str, str]]:
    with files("shared.reference").joinpath(name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
