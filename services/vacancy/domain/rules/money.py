"""M1 and M5: somebody who looks for work is to pay, or to buy. Work is free for whoever seeks it."""

from services.vacancy.domain.rules.wording import WORD, words

_FOR = (
    r"(?:pendaftaran|registrasi|jaminan|administrasi|admin|pelatihan|training|seragam|formulir|aktivasi|penempatan|"
    r"keberangkatan|bahan(?: baku)?|material|tanda jadi|pangkal|member(?:ship)?|keanggotaan|rekrutmen|masuk kerja)"
)
_PAY = r"(?:bayar|membayar|dibayar|membayarkan|bayarkan|transfer|mentransfer|ditransfer|setor|menyetor|disetor)"
_GIVE = r"(?:bayar|membayar|membayarkan|bayarkan|transfer|mentransfer|setor|menyetor)"
_BEFORE = r"sebelum (?:mulai|bekerja|interview|wawancara)"
_FIRST = rf"(?:dulu|dahulu|di muka|dimuka|di awal|diawal|{_BEFORE})"
_TRAVEL = r"(?:transport(?:asi)?|perjalanan|hotel|akomodasi|tiket|penginapan|travel|pesawat)"
_APPLICANT = r"(?:pelamar|peserta|kandidat|calon (?:karyawan|pekerja))"

FEES = words(
    # uang pendaftaran, uang jaminan, uang bahan
    rf"\buang {_FOR}\b",
    # bayar biaya pelatihan; biaya pendaftaran Rp 150.000; biaya seragam ditanggung pelamar
    rf"\b{_PAY}(?: {WORD}){{0,2}} (?:biaya|uang|dana|deposit|jaminan) {_FOR}\b",
    rf"\bbiaya {_FOR}(?: {WORD}){{0,3}}[\s:=]*(?:rp\.?\s*\d|\d+ ?(?:ribu|rb|juta|jt)\b)",
    rf"\bbiaya\b[^.\n]{{0,40}}?\b(?:ditanggung|dibebankan|dibayar)[^.\n]{{0,20}}?\b(?:{_APPLICANT}|sendiri)\b",
    rf"\b(?:ada|dikenakan|dikenai|wajib|harus|cukup|hanya)(?: {WORD}){{0,2}} biaya {_FOR}\b",
    rf"\b(?:bayar|membayar|transfer|setor)(?: {WORD}){{0,2}} {_FOR}\b(?: {WORD}){{0,3}}[\s:]*rp\.?\s*\d",
    r"\b(?:bayar|membayar|transfer|setor)(?: sebesar)?[\s:]*rp\.?\s*[\d.,]++(?! ?(?:/|per|tiap|setiap|sehari))\b",
    r"\b(?:uang )?jaminan(?: \w+){0,2}[\s:]*rp\.?\s*\d",
    r"\bgaji (?:bulan )?pertama (?:akan )?(?:ditahan|dijadikan jaminan|sebagai jaminan)\b",
    # bayar deposit, deposit bahan, deposit Rp 300.000
    r"\bdeposit (?:bahan|awal|dulu|jaminan|sebesar|wajib|minimal|kerja)\b|\bdeposit[\s:]*rp\.?\s*\d",
    rf"\b(?:uang|{_PAY}) deposit\b",
    # bayar ... dulu
    rf"\b{_GIVE} (?!gaji|upah|pesanan)(?:\w+ ){{0,4}}{_FIRST}\b",
    rf"\b(?:dibayar|ditransfer|disetor)(?: terlebih| sendiri)? (?:dulu|dahulu|{_BEFORE})\b",
    r"\b(?:dikenakan|dikenai) biaya\b|\b(?:setor|menyetor|bayar|membayar|transfer) uang muka\b",
    r"\btransfer (?:\w+ ){0,2}ke rekening (?:hrd|admin|kami|pribadi|atas nama)\b",
    r"\buang pelicin\b|\blewat orang dalam\b|\b(?:dijamin|pasti) (?:lolos|diterima)\b",
    r"\bmembeli (?:bahan|mesin|alat|paket)(?: \w+){0,4} (?:dari kami|dulu|terlebih dahulu|di awal)\b",
    # hotel and travel that an applicant pays
    rf"\bbiaya {_TRAVEL}[^.\n]{{0,60}}?\b(?:{_APPLICANT}|travel rekanan|diganti|di-?reimburse)\b",
    r"\b(?:agen )?travel (?:rekanan|yang ditunjuk|resmi kami)\b",
    # money back later
    r"\b(?:dikembalikan|diganti|kembali) (?:bersama|bersamaan dengan|saat|setelah|pada) (?:gaji|gajian|upah)\b",
    # tasks that need a balance
    r"\b(?:top ?up|isi) (?:saldo|dana|deposit|akun)[^.\n]{0,40}?\b(?:level|komisi|tugas|misi|dulu|aktif|bonus)",
    r"\b(?:like|klik|menonton|nonton|tonton|subscribe|follow) (?:video|iklan|akun|produk)\b[^.\n]{0,40}\bkomisi\b",
    r"\b(?:like|subscribe|follow)\b[^.\n]{0,30}\b(?:dapat|dibayar|komisi|cuan)\b[^.\n]{0,20}\d",
)

SCHEMES = words(
    r"\bmlm\b|\bmulti[- ]?level marketing\b|\bnetwork marketing\b|\bmember get member\b",
    r"\b(?:downline|upline)s?\b|\bbonus (?:sponsor|pasangan|(?:dari )?(?:setiap )?jaringan)\b|\bpassive income\b",
    r"\b(?:rekrut|ajak|mencari) (?:member|mitra) (?:baru|sebanyak|untuk bergabung)\b",
    r"\b(?:beli|membeli|bayar|ambil) (?:stok|produk|paket)(?: \w+){0,3} (?:dulu|sendiri|di awal|perdana|terlebih)\b",
    r"\b(?:paket|biaya|modal) (?:kemitraan|franchise|waralaba|perdana|join)\b",
    r"\b(?:buka|beli|gabung|join|jadi|menjadi) (?:franchise|waralaba|mitra usaha|agen resmi|reseller)\b",
    r"\bpeluang (?:usaha|bisnis|kerja) (?:menjanjikan|sampingan|rumahan|tanpa modal|modal kecil|online|modal hp)\b",
    r"\bmodal awal\b|\bbalik modal\b|\binvestasi awal\b|\bpenghasilan (?:pasif|tanpa batas|tak terbatas)\b",
    r"\b(?:me)?(?:rekrut|ngajak|ajak) (?:minimal )?(?:\d+|dua|tiga|lima|sepuluh) (?:orang|teman|anggota|member)\b",
    r"\b(?:beli|membeli) (?:produk|paket|stok)[^.\n]{0,20}?(?:rp\.?\s*\d|minimal|perdana|awal)",
)
