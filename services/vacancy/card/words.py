"""What stands on the picture of an advert, in Indonesian."""

from typing import NamedTuple

from services.vacancy.views.models import VacancyView
from shared.clock import WIB
from shared.contracts.vacancy import Wage

_PER = {"hour": "per jam", "day": "per hari", "week": "per minggu", "month": "per bulan", "piece": "per potong"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_WORKPLACES = {
    "home": "Kerja di rumah",
    "hybrid": "Sebagian di rumah",
    "travelling": "Keliling",
    "abroad": "Luar negeri",
}
ENDED = {"paused": "Sedang dijeda", "filled": "Sudah terisi", "closed": "Sudah ditutup", "expired": "Sudah ditutup"}


class CardWords(NamedTuple):
    title: str
    employer: str
    pay: str
    place: str
    until: str
    number: str


def words_of(vacancy: VacancyView) -> CardWords:
    return CardWords(
        title=vacancy.title,
        employer=vacancy.employer.name,
        pay=_pay(vacancy.wage),
        place=_place(vacancy),
        until=ENDED.get(vacancy.state) or _until(vacancy),
        number=vacancy.number,
    )


def _pay(wage: Wage | None) -> str:
    if wage is None:
        return "Upah tidak disebutkan"
    most = f" - {_rupiah(wage.max)}" if wage.max and wage.max != wage.min else ""
    return f"{_rupiah(wage.min)}{most} {_PER[wage.per]}"


def _rupiah(amount: int) -> str:
    return "Rp" + f"{amount:,}".replace(",", ".")


def _place(vacancy: VacancyView) -> str:
    how, where = _WORKPLACES.get(vacancy.workplace), vacancy.kelurahan or vacancy.location_text
    parts = (how, where) if how or not vacancy.kelurahan else (f"{where}, Kota Madiun",)
    return " · ".join(part for part in parts if part) or "Kota Madiun"


def _until(vacancy: VacancyView) -> str:
    if vacancy.closes_on:
        day = vacancy.closes_on
    elif vacancy.closes_at:
        day = vacancy.closes_at.astimezone(WIB).date()
    else:
        return ""
    return f"Lamar sampai {day.day} {_MONTHS[day.month - 1]} {day.year}"
