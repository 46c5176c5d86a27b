"""The columns of the table: their Indonesian names, what they are for, and where each goes in a vacancy."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from services.vacancy.bulk import cells
from services.vacancy.bulk.cells import Unclear


class Column(NamedTuple):
    """`pointer` is the field of the vacancy that it fills; `read` turns the text of a cell into its value."""

    name: str
    pointer: str
    read: Callable[[str], Any]
    example: str
    about: str
    choices: tuple[str, ...] = ()


def _said(words: cells.Words) -> tuple[str, ...]:
    return tuple(words.shown(code) for code in words.codes)


_YES = ("ya", "tidak")
COLUMNS = (
    Column("judul", "/title", str, "Penjahit", "Wajib. Nama pekerjaan, 3 sampai 80 huruf."),
    Column("jenis", "/kind", cells.KINDS.read, "penuh waktu", "Jenis pekerjaan.", _said(cells.KINDS)),
    Column("kontrak", "/contract", cells.CONTRACTS.read, "tetap", "Bentuk perjanjian.", _said(cells.CONTRACTS)),
    Column("jumlah", "/openings", cells.number, "2", "Berapa orang dicari."),
    Column("tempat_kerja", "/workplace", cells.WORKPLACES.read, "di tempat", "Di mana.", _said(cells.WORKPLACES)),
    Column("kelurahan", "/kelurahan_code", cells.ward, "Kartoharjo", "Kelurahan tempat kerja di Kota Madiun."),
    Column("alamat", "/address", str, "Jl. Contoh 1", "Tidak tayang bila itu rumah seseorang."),
    Column("keterangan_tempat", "/location_text", str, "", "Untuk pekerjaan keliling atau di luar kota."),
    Column("hari", "/hours/days", cells.days, "Senin-Sabtu", "Hari kerja."),
    Column("jam_mulai", "/hours/start", cells.clock, "08.00", "Jam mulai (WIB)."),
    Column("jam_selesai", "/hours/end", cells.clock, "15.00", "Jam selesai (WIB)."),
    Column("jam_fleksibel", "/hours/flexible", cells.yes, "tidak", "Jamnya bisa diatur sendiri?", _YES),
    Column("sif", "/hours/shift", cells.yes, "tidak", "Bergantian sif?", _YES),
    Column("malam", "/hours/night", cells.yes, "tidak", "Ada kerja malam?", _YES),
    Column("upah_min", "/wage/min", cells.number, "2422105", "Upah dalam rupiah, angka saja."),
    Column("upah_maks", "/wage/max", cells.number, "", "Upah tertinggi, bila ada kisaran."),
    Column("upah_per", "/wage/per", cells.WAGE_PER.read, "bulan", "Upah untuk berapa lama.", _said(cells.WAGE_PER)),
    Column(
        "uraian",
        "/description",
        str,
        "Menjahit seragam sesuai pola.",
        "Apa yang dikerjakan, paling sedikit 20 huruf.",
    ),
    Column("syarat", "/conditions", str, "Bisa mesin jahit.", "Kemampuan yang dibutuhkan."),
    Column(
        "pendidikan", "/education_min/code", cells.SCHOOLING.read, "SMP", "Ijazah terendah.", _said(cells.SCHOOLING)
    ),
    Column("pengalaman_bulan", "/experience_months", cells.number, "0", "Pengalaman terendah, dalam bulan."),
    Column("sim", "/licences", cells.LICENCES.read_each, "SIM C", "SIM atau sertifikat. Pisahkan dengan koma."),
    Column("berkas", "/documents_asked", cells.PAPERS.read_each, "CV, ijazah", "Salinan yang diminta dari pelamar."),
    Column(
        "pertanyaan",
        "/questions",
        cells.questions,
        "Punya motor? (wajib ya) | Bisa mulai Senin? (ya)",
        "Paling banyak lima, pisahkan dengan |. Akhiri dengan (ya), (tidak), (wajib ya) atau (angka).",
    ),
    Column("keahlian", "/skills", cells.listed, "menjahit, obras", "Pisahkan dengan koma."),
    Column("fasilitas", "/benefits", cells.listed, "makan siang", "Pisahkan dengan koma."),
    Column("boleh_bawa_anak", "/may_bring_child", cells.yes, "tidak", "Anak boleh ikut?", _YES),
    Column("tutup", "/closes_on", cells.day, "", "Hari terakhir melamar, 1 sampai 60 hari lagi."),
    Column("kabar", "/answer_by", cells.day, "", "Janji kabar, 1 sampai 30 hari sesudah tutup. Kosong: seminggu."),
    Column("kbji", "/occupation/code", str, "", "Kode jabatan KBJI 2014, bila tahu."),
    Column("menit_per_potong", "/piecework/minutes_per_piece", cells.number, "", "Borongan: lama satu potong."),
    Column(
        "bahan_oleh",
        "/piecework/materials_by",
        cells.BY.read,
        "",
        "Borongan: siapa mengantar bahan.",
        _said(cells.BY),
    ),
    Column("hasil_oleh", "/piecework/collected_by", cells.BY.read, "", "Borongan: siapa mengambil.", _said(cells.BY)),
    Column("bayar", "/piecework/pay_day", cells.PAY_DAYS.read, "", "Borongan: kapan dibayar.", _said(cells.PAY_DAYS)),
)
BY_NAME: Mapping[str, Column] = {column.name: column for column in COLUMNS}
# What a refusal of a group, or of a field without a column, is shown at.
_GROUPS = {"/hours": "jam_mulai", "/wage": "upah_min", "/education_min": "pendidikan", "/occupation": "kbji"}
_GROUPS |= {"/piecework": "menit_per_potong", "/piecework/rate": "upah_min"}
# Headings that people write instead.
_ALIASES = {
    "jabatan": "judul",
    "nama_pekerjaan": "judul",
    "jumlah_lowongan": "jumlah",
    "lokasi": "keterangan_tempat",
    "upah": "upah_min",
    "gaji": "upah_min",
    "deskripsi": "uraian",
    "persyaratan": "syarat",
    "tanggal_tutup": "tutup",
    "tanggal_kabar": "kabar",
}


def named(heading: str) -> str:
    """`Upah Min (Rp)` and `upah_min` are the same column."""
    name = re.sub(r"\(.*?\)|\*", "", heading.casefold()).strip()
    name = re.sub(r"[^a-z0-9]+", "_", name).strip("_")
    return _ALIASES.get(name, name)


def column_of(pointer: str) -> str:
    """The column at which a refusal of this field is shown."""
    for column in COLUMNS:
        if column.pointer == pointer:
            return column.name
    parts = pointer.strip("/").split("/")
    for length in range(len(parts), 0, -1):
        start = "/" + "/".join(parts[:length])
        if start in _GROUPS:
            return _GROUPS[start]
        for column in COLUMNS:
            if column.pointer == start:
                return column.name
    return "judul"


class Cell(NamedTuple):
    """What is wrong with one cell, and what to do about it."""

    column: str
    indonesian: str
    english: str


def vacancy_of(row: Mapping[str, str]) -> tuple[dict[str, Any], list[Cell]]:
    """The request body that a row stands for, without the cells that cannot be read, and those cells."""
    made: dict[str, Any] = {}
    wrong: list[Cell] = []
    for name, text in row.items():
        column = BY_NAME[name]
        if not text.strip():
            continue
        try:
            _put(made, column.pointer, column.read(text.strip()))
        except Unclear as unclear:
            wrong.append(Cell(name, unclear.indonesian, unclear.english))
    return _finished(made), wrong


def _put(made: dict[str, Any], pointer: str, value: Any) -> None:
    *groups, last = pointer.strip("/").split("/")
    for group in groups:
        made = made.setdefault(group, {})
    made[last] = value


def _finished(made: dict[str, Any]) -> dict[str, Any]:
    """The parts that no column says by itself, and groups without what they are about."""
    schooling = made.pop("education_min", None)
    if schooling and schooling["code"]:
        made["education_min"] = {"form": "rinci", **schooling}
    if "occupation" in made:
        made["occupation"] = {"scheme": "KBJI", "version": "2014", **made["occupation"]}
    hours = made.get("hours", {})
    if not any(hours.values()):
        made.pop("hours", None)
    if set(made.get("wage", {})) == {"per"}:
        del made["wage"]
    if "piecework" in made and (rate := made.get("wage", {}).get("min")):
        made["piecework"]["rate"] = rate
    if made.get("kind") == "piecework_home":
        made.setdefault("workplace", "home")
    return made
