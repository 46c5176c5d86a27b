"""What a saved search found, as the texts of its message need it."""

from collections.abc import Mapping
from typing import Any

from services.notifier.domain import Item, Param
from shared.contracts.seeker import MatchedVacancy, VacanciesMatched
from shared.reference.tables import kelurahan

SCHEDULE, STOP = "/simpanan", "/kabar/henti?t="
_PER = {"hour": "per jam", "day": "per hari", "week": "per minggu", "month": "per bulan", "piece": "per potong"}
_AT_HOME = "dari rumah"


def digest(event: VacanciesMatched) -> dict[str, Param]:
    """`daftar` is what the mail lists, `lain` how many more there are; the rest are places to go to."""
    return {
        "jumlah": event.total,
        "lain": max(event.total - len(event.vacancies), 0),
        "daftar": [_item(vacancy) for vacancy in event.vacancies],
        "atur": SCHEDULE,
        "henti": STOP + event.stop_token,
    }


def stop_path(params: Mapping[str, Any]) -> str | None:
    """Where one click ends messages of this kind; None for those that do not come by themselves."""
    found = params.get("henti")
    return found if isinstance(found, str) else None


def _item(vacancy: MatchedVacancy) -> Item:
    return {
        "judul": vacancy.title,
        "usaha": vacancy.employer_name,
        "tempat": _place(vacancy),
        "upah": _wage(vacancy),
        "alamat": f"/lowongan/{vacancy.number}",
    }


def _place(vacancy: MatchedVacancy) -> str | None:
    if vacancy.workplace == "home" or vacancy.kind == "piecework_home":
        return _AT_HOME
    ward = kelurahan().get(vacancy.kelurahan_code or "")
    return ward.name if ward else None


def _wage(vacancy: MatchedVacancy) -> str | None:
    """`Rp2.500.000 sampai Rp3.000.000 per bulan`"""
    wage = vacancy.wage
    if wage is None:
        return None
    to = f" sampai {_rupiah(wage.max)}" if wage.max is not None and wage.max != wage.min else ""
    return f"{_rupiah(wage.min)}{to} {_PER.get(wage.per, '')}".strip()


def _rupiah(amount: int) -> str:
    return "Rp" + f"{amount:,}".replace(",", ".")
