"""What no question may ask, because it is about what a person is: age, sex, marriage and children, pregnancy,
religion and origin, looks, health. A question is refused, not only marked, so it must be meant that way: asking who
has looked after old people or taught religion is about the work."""

from services.vacancy.domain.rules.wording import words

_YOU = r"(?:anda|kamu|mu|saudara|sdr|kakak|ibu|bapak|pelamar|calon)"
_MARRIED = r"(?:menikah|nikah|kawin|berkeluarga|berumah tangga|bersuami|beristri|bercerai|cerai)"
_MAN, _WOMAN = r"(?:pria|laki[- ]?laki|lelaki|cowok)", r"(?:wanita|perempuan|cewek)"
_FAITH = r"(?:islam|muslim(?:ah)?|non[- ]?muslim|kristen|katolik|hindu|buddha|konghucu)"
_THING = r"(?: (?:lanjut|dini|pakai|produk|kendaraan|mesin|barang|simpan|usaha|toko|perusahaan|bangunan|alat))"
_OWN = r"(?:punya|memiliki|mempunyai|ada|berapa)"

PRIVATE = words(
    # age
    rf"\b(?:usia|umur)\b(?!{_THING})|\bber(?:usia|umur)\b",
    r"\b(?:tempat|tanggal|tahun|tgl)(?:[ ,/&]+(?:dan )?(?:tanggal|tgl))? (?:ke)?lahir(?:an)?\b",
    r"\bkelahiran (?:tahun|berapa)\b|\blahir (?:tahun|pada|kapan)\b",
    r"\bhow old\b|\byour age\b|\bdate of birth\b|\bbirth ?(?:day|date)\b",
    # sex
    r"\b(?:jenis )?kelamin\b|\bgender\b|\byour sex\b",
    rf"\b{_MAN} ?(?:atau|/) ?{_WOMAN}\b|\b{_WOMAN} ?(?:atau|/) ?{_MAN}\b|^\W*(?:{_MAN}|{_WOMAN})\W*$",
    rf"\b(?:apakah|apa) (?:{_YOU} )?(?:seorang )?(?:{_MAN}|{_WOMAN}|janda|duda)\b",
    # marriage and children
    rf"\b(?:sudah|belum|pernah|akan|berencana|rencana|status|segera) (?:\w+ )?{_MARRIED}\b",
    rf"\bstatus (?:per)?(?:nikah|kawin)an\b|\b{_MARRIED} ?(?:atau|/) ?(?:belum|lajang|tidak)\b",
    r"\blajang\b|\bmarried\b|\bmarital\b|\b(?:any|have) (?:children|kids)\b",
    rf"\b{_OWN} (?:jumlah )?(?:anak|momongan|balita|bayi|suami|istri|pacar)\b(?! (?:buah|perusahaan|didik|tangga))",
    rf"\b(?:izin|ijin) (?:dari )?(?:suami|istri)\b|\b(?:anak|suami|istri) {_YOU}\b",
    # pregnancy
    r"\bhamil\b|\bkehamilan\b|\bmelahirkan\b|\bhaid\b|\bpregnan\w+|\b(?:sedang|apakah) mengandung\b",
    # religion and origin
    rf"\bagama (?:{_YOU}|apa|yang)\b|\b(?:apa|sebutkan) agama(?:mu|nya)?\b|\bberagama\b|\bkeyakinan {_YOU}\b",
    rf"\b(?:apakah|apa) (?:{_YOU} )?(?:seorang )?{_FAITH}\b|^\W*{_FAITH}\W*$|\byour religion\b|\breligious\b",
    r"\bber(?:hijab|jilbab|kerudung)\b|\b(?:rajin|taat) (?:shalat|sholat|salat|beribadah)\b",
    r"\b(?:suku|etnis|ras|keturunan) (?:apa|anda|mu)\b|\bapa (?:suku|etnis)\b",
    # looks
    rf"\b(?:tinggi|berat) badan\b|\bwarna kulit\b|\b(?:wajah|penampilan) {_YOU}\b",
    r"\b(?:ber)?penampilan (?:menarik|cantik)\b|\b(?:cantik|ganteng|tampan|good[- ]?looking)\b",
    r"\bber(?:tato|tindik)\b|\b(?:punya|memiliki|ada) (?:tato|tindik)\b|\btattoos?\b|\byour (?:height|weight)\b",
    r"\b(?:kirim|lampirkan|unggah) (?:pas )?foto\b",
    # health
    r"\b(?:punya|memiliki|mempunyai|mengidap|menderita|ada|riwayat)(?: riwayat)? (?:penyakit|alergi|gangguan)\b",
    r"\bpenyakit (?:apa|bawaan|kronis|menular|berat)\b|\b(?:sering|sedang) sakit\b(?! hati)",
    r"\bpernah (?:\w+ )?(?:sakit|opname|rawat inap|dirawat|dioperasi|operasi)\b(?! (?:hati|alat|mesin))",
    rf"\b(?:kesehatan|kondisi (?:fisik|mental|badan)) {_YOU}\b|\bsehat (?:jasmani|rohani)\b|\bbuta warna\b",
    r"\b(?:hiv|aids|hepatitis|tbc?|epilepsi|diabetes)\b|\bmedical (?:history|condition)\b",
    r"\b(?:penyandang|seorang) (?:disabilitas|difabel|cacat)\b|\bcacat (?:fisik|tubuh|mental)\b",
)
# Before it stands whom the work is for, or what it is about.
_ABOUT_WORK = words(
    r"\b(?:mengasuh|merawat|mendampingi|menjaga|melayani|mengajar|mengajari|mendidik|menangani|menghadapi|membantu|"
    r"memijat|memotret|menjual|menjahit|mengukur|memotong|pasien|pelanggan|tamu|pengunjung|siswa|murid|santri|"
    r"peserta|balita|lansia|busana|baju|pakaian|rambut)\b"
)


def asks_for_private(text: str) -> bool:
    """Whether a question, with its options line by line, asks what a person is and not what it can do."""
    return any(
        not _ABOUT_WORK.search(line, 0, found.start())
        for line in text.splitlines()
        for found in PRIVATE.finditer(line)
    )
