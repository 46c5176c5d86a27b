"""Each rule by what it must find and what it must leave in peace."""

from typing import Any

import pytest

from services.vacancy.domain.rules.looking import Known
from services.vacancy.domain.rules.pay import shown
from services.vacancy.domain.rules.table import RULES, look
from services.vacancy.domain.terms import Terms
from services.vacancy.domain.wages import floors
from shared.contracts.vacancy import Hours, Piecework, Wage

KNOWN = Known(floors=floors(2_422_105))

FINDS: dict[str, tuple[str, ...]] = {
    "M1": (
        "Transfer uang pendaftaran Rp 150.000 untuk aktivasi akun.",
        "Deposit bahan Rp 300.000 wajib dibayar dulu.",
        "Bayar uang bahan dulu, nanti kami kirim.",
        "Ada biaya pelatihan Rp 1.500.000 yang ditanggung sendiri.",
        "Peserta wajib membayar uang seragam.",
        "Cukup membayar Rp 50.000 untuk formulir.",
        "Biaya transportasi dan hotel interview ditanggung dulu oleh pelamar.",
        "Tiket dipesan melalui travel rekanan.",
        "Uang jaminan kerja Rp 500.000 dikembalikan bersama gaji pertama.",
        "Gaji pertama ditahan sebagai jaminan.",
        "Top up saldo untuk naik level komisi.",
        "Tiket dan hotel dibayar sendiri dulu, nanti diganti perusahaan.",
        "Transfer ke rekening HRD untuk seragam dan kartu pegawai.",
        "Biaya medical check up ditanggung pelamar.",
        "Jaminan alat Rp 500.000, bisa dicicil.",
        "Untuk pelatihan dikenakan biaya 1,5 juta.",
        "Harap menyetor uang muka sebagai tanda keseriusan.",
        "Tanpa pengalaman, deposit awal Rp 100.000.",
    ),
    "M2": (
        "Kirim foto KTP dan KK.",
        "Kirim KTP, NPWP dan nomor rekening.",
        "Selfie sambil memegang KTP.",
        "Siapkan kode OTP yang kami kirim.",
        "Sebutkan kode yang masuk lewat SMS.",
        "Lamaran: CV, fotokopi KTP.",
    ),
    "M3": (
        "Ijazah asli dititipkan di kantor selama kontrak.",
        "Ijazah ditahan selama satu tahun.",
        "Bersedia menyerahkan ijazah asli.",
        "Ada penahanan ijazah.",
        "KTP asli disimpan perusahaan.",
    ),
    "M5": (
        "Bergabung dengan MLM terbesar.",
        "Ajak 3 orang dan dapatkan bonus sponsor.",
        "Beli produk perdana Rp 500.000 lalu jual kembali.",
        "Modal awal kecil, balik modal sebulan.",
        "Gabung franchise kami.",
        "Peluang bisnis menjanjikan dari rumah.",
    ),
    "M6": (
        "Usia maksimal 25 tahun.",
        "Usia 18 - 30 th.",
        "Umur maks. 35.",
        "Max 27 years old.",
        "Wanita, single, rapi.",
        "Pria\nBerpengalaman",
        "Khusus ibu rumah tangga.",
        "Diutamakan wanita.",
        "Jenis kelamin: Laki-laki",
        "Belum menikah.",
        "Belum punya anak.",
        "Berpenampilan menarik.",
        "Good looking.",
        "Tinggi badan minimal 160 cm.",
        "Kulit putih.",
        "Beragama Islam.",
        "Tidak berhijab.",
        "Khusus muslimah.",
        "Dibutuhkan karyawati.",
        "Cewek cantik dan ramah.",
        "Usia produktif.",
        "Suku Jawa.",
    ),
    "M8": (
        "Daftar di https://contoh.example/daftar",
        "Isi forms.gle/abc",
        "Hubungi wa.me/62812",
        "Kirim ke lowongan.contoh@gmail.com",
    ),
}
LEAVES: dict[str, tuple[str, ...]] = {
    "M1": (
        "Tanpa uang jaminan.",
        "Tidak dipungut biaya apa pun.",
        "Proses ini gratis, tidak ada uang pendaftaran, deposit atau biaya administrasi.",
        "Perusahaan tidak pernah meminta uang atau biaya pendaftaran.",
        "Kami tidak akan memungut biaya pelatihan dalam bentuk apa pun.",
        "Bebas biaya pendaftaran.",
        "Biaya pelatihan ditanggung perusahaan.",
        "Uang makan dan uang transport setiap hari.",
        "Upah dibayar Rp 100.000 per hari.",
        "Kami membayar Rp 5.000 per potong.",
        "Gaji dibayar di awal bulan.",
        "Uang makan Rp 15.000 per hari dibayar di muka.",
        "Perusahaan menanggung biaya pelatihan dan seragam.",
        "Menyetor uang hasil penjualan setiap sore.",
        "Menghitung biaya operasional dan uang kembalian.",
        "Melayani top up dan tarik tunai.",
        "Jaminan sosial BPJS.",
        "Bayar gaji tidak pakai biaya administrasi.",
        "Menawarkan deposito kepada nasabah.",
        "Menerima pembayaran, transfer dan setor tunai.",
    ),
    "M2": (
        "Punya KTP Kota Madiun.",
        "Kami tidak meminta foto KTP atau kode OTP.",
        "Membantu warga mengurus KTP dan KK.",
        "Memindai dan fotokopi KTP nasabah.",
        "Kirim barang ke rumah pelanggan.",
    ),
    "M3": (
        "Tidak ada penahanan ijazah.",
        "Ijazah tidak ditahan.",
        "Tanpa menahan ijazah asli.",
        "Ijazah asli cukup ditunjukkan saat wawancara.",
        "Minimal ijazah SMP.",
        "Ijazah Anda tidak akan disimpan.",
    ),
    "M5": (
        "Mencari peluang bisnis baru untuk perusahaan.",
        "Kasir di gerai waralaba.",
        "Bukan MLM.",
        "Menjual produk di toko.",
        "Membangun jaringan pelanggan.",
    ),
    "M6": (
        "Usia minimal 18 tahun.",
        "Usia tidak dibatasi.",
        "Pria/wanita boleh melamar.",
        "Laki-laki atau perempuan.",
        "Mengasuh anak usia 1-4 tahun.",
        "Merawat nenek 78 tahun.",
        "Potong rambut pria.",
        "Menjahit busana muslim dan pakaian wanita.",
        "Guru agama Islam.",
        "Tinggi fisik tidak dipersyaratkan.",
        "Cocok untuk ibu rumah tangga.",
        "Berpenampilan rapi dan bersih.",
        "Pengalaman minimal 2 tahun.",
        "Lulusan tata kecantikan.",
        "Menjaga anak perempuan 8 tahun.",
        "Menjual suku cadang motor.",
        "Single page application dengan React.",
    ),
    "M8": ("Upah dibayar tiap Sabtu.Bahan diantar.", "Menguasai Ms. Office dan Node.js."),
}


def rules(known: Known = KNOWN, **given: Any) -> set[str]:
    return {finding.rule for finding in look(Terms(**{"title": "Kasir toko", **given}), known)}


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, all in FINDS.items() for text in all])
@pytest.mark.parametrize("field", ["description", "conditions"])
def test_a_rule_finds_what_it_is_for(rule: str, text: str, field: str) -> None:
    given: dict[str, Any] = {field: f"Menjaga toko.\n{text}"}
    assert rule in rules(**given)


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule, all in LEAVES.items() for text in all])
def test_a_rule_leaves_in_peace_what_only_sounds_like_it(rule: str, text: str) -> None:
    assert rule not in rules(conditions=text)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"wage": Wage(min=2_422_104)}, True),
        ({"wage": Wage(min=2_422_105)}, False),
        ({"wage": Wage(min=96_000, per="day")}, True),  # six days or unknown: / 25 = 96,884
        ({"wage": Wage(min=96_884, per="day")}, False),
        ({"wage": Wage(min=96_884, per="day"), "hours": Hours(days=("mon", "tue", "wed", "thu", "fri"))}, True),
        ({"wage": Wage(min=115_338, per="day"), "hours": Hours(days=("mon", "tue", "wed", "thu", "fri"))}, False),
        ({"wage": Wage(min=19_222, per="hour"), "kind": "part_time"}, True),  # / 126
        ({"wage": Wage(min=19_223, per="hour"), "kind": "part_time"}, False),
        ({"wage": Wage(min=14_000, per="hour")}, False),  # / 173
        ({"wage": Wage(min=900_000), "kind": "part_time"}, False),  # so many hours are not said
        ({"wage": Wage(min=900_000), "kind": "part_time", "hours": Hours(per_week=20)}, True),
        ({"wage": Wage(min=1_700_000), "kind": "part_time", "hours": Hours(per_week=20)}, False),
        ({"wage": Wage(min=500_000), "kind": "internship"}, False),
        ({"wage": Wage(min=500, per="piece")}, False),
        ({}, False),
    ],
)
def test_pay_below_the_floor_is_flagged_by_the_unit_that_it_is_said_in(given: dict[str, Any], expected: bool) -> None:
    assert ("M7" in rules(**given)) == expected
    assert "M7" not in rules(Known(), **given), "without a confirmed minimum wage there is no floor"


@pytest.mark.parametrize(("rate", "expected"), [(4_000, True), (8_000, False)])
def test_piecework_is_measured_by_the_hour(rate: int, expected: bool) -> None:
    work = Piecework(
        rate=rate, minutes_per_piece=30, materials_by="employer", collected_by="employer", pay_day="weekly"
    )
    wage = Wage(min=rate, per="piece")
    assert ("M7" in rules(kind="piecework_home", piecework=work, wage=wage)) == expected


@pytest.mark.parametrize(
    ("given", "known", "expected"),
    [
        ({"wage": Wage(min=8_000_000)}, KNOWN, False),
        ({"wage": Wage(min=8_000_000), "description": "Kerja mudah, 1 jam sehari."}, KNOWN, True),
        ({"wage": Wage(min=8_000_000)}, Known(usual_month=2_500_000), True),
        ({"wage": Wage(min=7_500_000)}, Known(usual_month=2_500_000), False),
        ({"wage": Wage(min=500_000, per="day")}, Known(usual_month=2_500_000), True),
    ],
)
def test_pay_that_is_too_good_is_held(given: dict[str, Any], known: Known, expected: bool) -> None:
    assert ("M4" in rules(known, **given)) == expected


def test_what_only_the_store_knows_is_flagged_too() -> None:
    assert rules(Known(first_of_employer=True)) == {"M9"}
    assert rules(Known(same_number="LWK-2026-000001")) == {"M10"}
    assert rules() == set()


def test_every_row_of_the_table_is_tried_and_explained() -> None:
    assert [rule.id for rule in RULES] == [f"M{number}" for number in range(1, 11)]
    assert {*FINDS, *LEAVES, "M4", "M7", "M9", "M10"} == {rule.id for rule in RULES}
    assert all(rule.message and rule.message_en and rule.looks_for for rule in RULES)
    assert {rule.id: rule.level for rule in RULES if rule.level != "flag"} == {
        **dict.fromkeys(("M1", "M2", "M3", "M4", "M5"), "hold"),
        "M6": "warn",
    }


def test_a_finding_says_where_it_is_and_what_to_write_instead() -> None:
    conditions = "Jujur. Usia maks 25 tahun, good looking."
    findings = look(Terms(title="Admin wanita", conditions=conditions), KNOWN)
    assert [(each.field, each.text) for each in findings] == [
        ("conditions", "Usia maks 25 tahun"),
        ("conditions", "good looking"),
        ("title", "wanita"),
    ]
    for each in findings:
        text = conditions if each.field == "conditions" else "Admin wanita"
        assert text[each.start : each.end] == each.text
        assert each.suggestion
        assert each.law


def test_a_long_text_is_read_in_no_time_worth_waiting_for() -> None:
    for hostile in ("biaya " * 660, "usia, " * 660, "kirim a " * 500, "tidak ada " * 400, "((((" * 1000):
        look(Terms(title="Kasir", description=hostile, conditions=hostile), KNOWN)


def test_pay_is_shown_as_an_indonesian_page_writes_it() -> None:
    assert shown(Wage(min=2_400_000, max=2_600_000, per="month")) == "Rp2.400.000–Rp2.600.000 per bulan"
