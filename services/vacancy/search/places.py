"""Names of places as people say them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from services.vacancy.search.words import terms
from shared.reference.tables import kelurahan

_WORD = re.compile("[a-z0-9]+")
Name = tuple[str, ...]

# "dekat taman", "di kel. taman": what stands before a place and says nothing more.
BEFORE = frozenset(
    [
        "dekat",
        "deket",
        "sekitar",
        "daerah",
        "area",
        "wilayah",
        "seputaran",
        "kawasan",
        "domisili",
        "lokasi",
        "penempatan",
    ]
)
NEAR_ME = frozenset(["rumah", "sini", "saya", "aku", "kos"])  # "dekat rumah" names no place
_RANKS = {"kel": "ward", "kelurahan": "ward", "kec": "district", "kecamatan": "district"}
# Short or other names, as they stand in vacancies.
ALIASES = {
    **{"sby": "surabaya", "jkt": "jakarta", "bdg": "bandung", "smg": "semarang", "jogja": "yogyakarta"},
    **{"yogya": "yogyakarta", "jogjakarta": "yogyakarta", "solo": "surakarta", "mlg": "malang", "sda": "sidoarjo"},
    **{"mediun": "madiun", "madion": "madiun", "mdn": "madiun", "bjn": "bojonegoro", "sleko": "pandean"},
}
# Places around the city, and what else their vacancies may be found by: towns in the regency of Madiun are often
# named by their district, and have few vacancies of their own.
_REGENCY = "kebonsari dolopo geger dagangan kare gemarang wungu jiwan balerejo saradan pilangkenceng sawahan wonoasri"
AROUND: dict[str, tuple[str, ...]] = {
    **{name: (name,) for name in _REGENCY.split()},
    **{"caruban": ("caruban", "mejayan"), "mejayan": ("mejayan", "caruban"), "maospati": ("maospati", "magetan")},
}
_TOWNS = [
    "magetan",
    "ngawi",
    "ponorogo",
    "nganjuk",
    "pacitan",
    "trenggalek",
    "tulungagung",
    "kediri",
    "blitar",
    "bojonegoro",
    "tuban",
    "lamongan",
    "gresik",
    "surabaya",
    "sidoarjo",
    "mojokerto",
    "jombang",
    "pasuruan",
    "probolinggo",
    "malang",
    "batu",
    "lumajang",
    "jember",
    "bondowoso",
    "situbondo",
    "banyuwangi",
    "bangkalan",
    "sampang",
    "pamekasan",
    "sumenep",
    "jakarta",
    "bandung",
    "semarang",
    "yogyakarta",
    "surakarta",
    "bekasi",
    "bogor",
    "depok",
    "tangerang",
    "denpasar",
    "sleman",
    "bantul",
    "karawang",
    "medan",
    "makassar",
    "batam",
    "madiun",
]


@dataclass(frozen=True)
class Where:
    """A place that was asked for: wards of the city, or words of a location; `own` is the ward of that very name."""

    name: str
    wards: tuple[str, ...] = ()
    words: tuple[Name, ...] = ()
    own: str | None = None

    @property
    def centre(self) -> str | None:
        """The ward that distances count from."""
        return self.own or (self.wards[0] if 0 < len(self.wards) < len(kelurahan()) else None)


def at(said: Sequence[str], start: int) -> tuple[Where | None, int]:
    """The known place whose name begins at `start`, and how many words it takes."""
    rank = _RANKS.get(said[start])
    begin = start + (rank is not None)
    for length in range(min(3, len(said) - begin), 0, -1):
        name = tuple(ALIASES.get(word, word) for word in said[begin : begin + length])
        if found := _named(rank).get(name):
            return found, length + begin - start
    return None, 0


@cache
def _named(rank: str | None) -> dict[Name, Where]:
    wards = {tuple(_WORD.findall(ward.name.lower())): ward for ward in kelurahan().values()}
    named: dict[Name, Where] = {}
    if rank is None:
        named = {(town,): Where(name=town.title(), words=((town,),)) for town in _TOWNS}
        named |= {
            (town,): Where(name=town.title(), words=tuple((name,) for name in same)) for town, same in AROUND.items()
        }
        for kind in ("kab", "kabupaten"):
            named[kind, "madiun"] = Where(name="Kabupaten Madiun", words=(("kabupaten", "madiun"),))
        whole = Where(name="Kota Madiun", wards=tuple(kelurahan()), words=(("madiun",),))
        named |= {("madiun",): whole, ("kota", "madiun"): whole}
        named["nambangan",] = _several("Nambangan", "nambangan")
    if rank != "district":
        named |= {name: Where(name=ward.name, wards=(ward.code,), own=ward.code) for name, ward in wards.items()}
    if rank != "ward":
        for district in {ward.kecamatan for ward in kelurahan().values()}:
            name = (district.lower(),)
            codes = tuple(code for code, ward in kelurahan().items() if ward.kecamatan == district)
            own = wards[name].code if name in wards and rank is None else None
            named[name] = Where(name=district, wards=codes, own=own)
    return named


def _several(name: str, beginning: str) -> Where:
    codes = (code for code, ward in kelurahan().items() if ward.name.lower().startswith(beginning))
    return Where(name=name, wards=tuple(codes))


@cache
def place_words() -> frozenset[str]:
    """Every word of a known place's name, as typed."""
    names = [*_named(None), *_named("ward")]
    return frozenset(word for name in names for word in name) | set(ALIASES)


@cache
def place_terms() -> frozenset[str]:
    return frozenset(terms(" ".join([*place_words(), "kota", "kabupaten", "kecamatan", "kelurahan"])))
