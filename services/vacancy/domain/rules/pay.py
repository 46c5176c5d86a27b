"""M4 and M7: pay that is too good to be true, and pay below the floor."""

from collections.abc import Iterator

from services.vacancy.domain.rules.looking import Hit, Known
from services.vacancy.domain.rules.wording import words
from services.vacancy.domain.terms import Terms
from services.vacancy.domain.wages import hourly_pay, monthly_pay
from shared.contracts.vacancy import Wage

TOO_GOOD = 3  # times what is usual
_NO_FLOOR = frozenset({"internship", "training", "overseas"})
_PER = {"hour": "jam", "day": "hari", "week": "minggu", "month": "bulan", "piece": "potong"}
# What makes high pay unlikely, where nothing is known of the occupation.
_EASY = words(
    r"\b(?:tanpa (?:tes|pengalaman|keahlian|skill)|kerja(?:nya)? mudah|\d jam (?:se|per )hari|cukup (?:hp|handphone)|"
    r"modal hp|pasti (?:diterima|dapat|cair)|dijamin (?:diterima|dapat))\b"
)


def too_good(terms: Terms, known: Known) -> Iterator[Hit]:
    """More than three times what the occupation usually pays; where nobody knows that, more than three times the
    minimum wage for work that is said to need nothing."""
    pay = monthly_pay(terms.wage, terms.hours)
    if pay is None or terms.wage is None:
        return
    easy = _EASY.search(f"{terms.title}\n{terms.description}\n{terms.conditions}")
    usual = known.usual_month or (known.floors.month if known.floors and easy else None)
    if usual and pay > TOO_GOOD * usual:
        yield Hit("wage", 0, 0, shown(terms.wage))


def below_floor(terms: Terms, known: Known) -> Iterator[Hit]:
    """Less than the law's floor; piecework less an hour than the yardstick."""
    if known.floors is None or terms.wage is None or terms.kind in _NO_FLOOR:
        return
    if terms.piecework:
        floor: int | None = known.floors.hour
        pay = hourly_pay(terms.piecework) or 0
    else:
        floor, pay = known.floors.of(terms.wage, kind=terms.kind, hours=terms.hours), terms.wage.min
    if floor is not None and pay < floor:
        yield Hit("wage", 0, 0, shown(terms.wage), f"Paling sedikit {_rupiah(floor)}.")


def shown(wage: Wage) -> str:
    """As an Indonesian page writes it."""
    most = f"–{_rupiah(wage.max)}" if wage.max else ""
    return f"{_rupiah(wage.min)}{most} per {_PER[wage.per]}"


def _rupiah(amount: int) -> str:
    return f"Rp{amount:,}".replace(",", ".")
