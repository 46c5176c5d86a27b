"""The words of M6, each group with neutral words to use instead. To be read and edited by officers and lawyers."""

import re

from services.vacancy.domain.rules.wording import words

AGE = "Tulis kemampuan atau pengalaman yang dibutuhkan; usia tidak perlu disebut."
SEX = "Terbuka untuk pria dan wanita; tulis kemampuan yang dibutuhkan."
MARRIED = "Hapus status pernikahan; tulis jam kerja, agar pelamar bisa menimbang sendiri."
LOOKS = "Tulis: rapi, ramah, dan senang melayani."
HEIGHT = "Tulis apa yang dikerjakan, misalnya: mampu menjangkau rak tinggi atau mengangkat 20 kg."
SKIN = "Hapus; warna kulit tidak ada hubungannya dengan pekerjaan."
FAITH = "Hapus; atau tulis tugasnya, misalnya: mampu mengajar mengaji."

_OLD = r"(?:1[5-9]|[2-6]\d)"  # years
_YEARS = r"(?:tahun|thn|th|years?)"
_AGE = r"(?:usia|umur|berusia|berumur|age|aged)"
_MOST = r"(?:maks(?:imal|imum)?|max(?:imal|imum)?|di ?bawah|under|tidak lebih dari|paling tua)"
_TO = r"\s*(?:-|–|s/?d|s-d|sampai|hingga|to|~)\s*"
_MAN = r"(?:pria|laki[- ]?laki|lelaki|cowok|cowo|male|man)"
_WOMAN = r"(?:wanita|perempuan|cewek|cewe|female|woman)"
_EITHER = rf"(?:{_MAN}|{_WOMAN})"
_ONLY = r"(?:khusus|hanya|diutamakan|utamakan|dibutuhkan|dicari|jenis kelamin|kelamin|gender|sex|seorang)"
_ITEM = r"(?:^|(?<=[\n.;,:•*(\-–/])|(?<=[\n.;,:•*(\-–/]\s))"  # where an item of a list begins
_MARRIED = r"(?:menikah|nikah|kawin|berkeluarga|berumah tangga)"
_SCARF = r"(?:hijab|jilbab|kerudung)"
_AND = r"\s*(?:/|,|&|-|\bdan\b|\batau\b|\bmaupun\b|\bor\b|\band\b)+\s*"

PATTERNS = {
    # "usia minimal 18 tahun" is the law's own limit, and no finding.
    words(
        rf"\b{_AGE}\b[^.\n\d]{{0,25}}?{_OLD}{_TO}{_OLD}\b(?: ?{_YEARS}\b)?",
        rf"\b{_AGE}[\s:.]*(?:antara )?{_MOST}[\s:.]*(?:usia )?{_OLD}\b(?: ?{_YEARS}\b)?",
        rf"\b{_MOST}[\s:.]*{_AGE}?[\s:.]*{_OLD} ?{_YEARS}(?: old)?\b",
        rf"\b{_AGE}[\s:.]*(?:min(?:imal|imum)?[\s.:]*)?(?:19|[2-6]\d) ?{_YEARS}\b",
        rf"\b{_OLD}{_TO}{_OLD} ?{_YEARS}\b",
        r"\busia (?:produktif|muda)\b|\b(?:ke)?lahir(?:an)? (?:tahun|thn) (?:19|20)\d\d\b",
    ): AGE,
    words(
        rf"\b{_ONLY}[\s:]+(?:\w+ )?{_EITHER}\b",
        rf"{_ITEM}{_EITHER}\b(?=\s*(?:$|[,.;\n()]|- |[2-6]\d|single|lajang|usia|umur|max|maks|belum|muda|min))",
        r"\bkhusus (?:ibu[- ]ibu|ibu rumah tangga|bapak[- ]bapak|mahasiswi)\b",
        r"\b(?:khusus|hanya|dibutuhkan|dicari|diutamakan) (?:karyawati|karyawan wanita|mbak[- ]mbak|gadis)\b",
    ): SEX,
    words(
        rf"\b(?:belum|tidak|sudah|status) {_MARRIED}\b",
        r"\b(?:belum|tidak) (?:punya|memiliki|mempunyai) anak\b",
        r"\blajang\b|\bunmarried\b|\bnot married\b|\btidak (?:sedang )?hamil\b|\bjanda\b",
        rf"\b(?:status|{_EITHER})[\s,:/]+single\b(?! parent| fighter| page| sign)",
        r"\bsingle\b(?=\s*[,/]\s*(?:usia|umur|max|maks|good))",
    ): MARRIED,
    words(
        r"\b(?:ber)?penampilan (?:yang )?(?:menarik|cantik|good looking)\b",
        rf"\b{_WOMAN} cantik\b",
        r"\bgood[- ]?looking\b|\battractive (?:appearance|looking)\b|\b(?:tampan|ganteng|berparas)\b",
        r"\b(?:wajah|muka) (?:menarik|cantik|bersih)\b|\btidak bertato\b|\btidak bertindik\b",
        r"\bberat badan (?:ideal|proporsional|maks\w*|seimbang)\b",
    ): LOOKS,
    words(
        r"\b(?:tinggi(?: badan)?|tb)[\s:.]*(?:min(?:imal|imum)?|minim|di ?atas|>|±)?[\s:.]*1[4-9]\d ?(?:cm)?\b"
    ): HEIGHT,
    words(r"\b(?:ber)?kulit (?:putih|bersih|cerah|sawo matang|kuning langsat|terang)\b"): SKIN,
    words(
        r"\b(?:beragama|agama)[\s:]+(?:islam|kristen|katolik|hindu|budd?ha|konghucu)\b",
        r"\b(?:wajib |khusus |hanya |diutamakan )?(?:non[- ]?)?muslim(?:ah)?\b",
        rf"\b(?:tidak|non|wajib|harus|bersedia(?: lepas)?|lepas) (?:ber)?{_SCARF}\b|\bber{_SCARF}\b",
        r"\b(?:suku|etnis|keturunan) (?:jawa|sunda|batak|madura|tionghoa|chinese|china|melayu|bali|betawi)\b",
    ): FAITH,
}
IN_TITLE = {words(rf"\b{_EITHER}\b"): SEX, words(r"\bcantik\b"): LOOKS}

# Both are welcome.
BOTH = words(rf"\b{_MAN}{_AND}{_WOMAN}\b", rf"\b{_WOMAN}{_AND}{_MAN}\b")
# It is about things, places or customers, and not about who works.
THINGS = words(
    r"\b(?:rambut|pakaian|baju|busana|fashion|fesyen|sepatu|sandal|tas|toilet|produk|salon|asrama|kos|celana|parfum|"
    r"aksesoris|mode|kesehatan|pelanggan|customer|konsumen|pasien|tamu|jamaah|santri|siswa|pondok|pesantren|bagian|"
    r"tim|dokter|perawatan|kerudung|hijab|kaos|kemeja|gamis|jam tangan|anak|bayi|lansia|area|kamar|sekolah)\W+$"
)
# A subject that is taught, a name, goods, or years of something else.
TRADES = re.compile(
    r"\b(?:guru|ustad\w*|pendidikan|pelajaran|studi|jurusan|prodi|bank|sekolah|busana|fashion|pakaian|baju|gamis|"
    r"mukena|produk|hari raya|pengalaman|masa kerja|kendaraan|anak|siswa|peserta didik) +(?:\w+ +){0,2}$",
    re.IGNORECASE,
)
OPEN_TO_ALL = words(
    r"\b(?:tidak (?:dipersyaratkan|dibatasi|membedakan|ada batas(?:an)?|disyaratkan|masalah|mempermasalahkan)|"
    r"tanpa (?:batas(?:an)?|memandang|syarat)|bebas|semua (?:usia|umur|gender|agama))\b"
)
