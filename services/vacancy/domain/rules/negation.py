"""Whether a text says that something is not asked for: "tanpa uang jaminan", "tidak dipungut biaya apa pun"."""

import re

_NOT = (
    r"(?:tidak|tdk|tanpa|tak|bukan|bebas|gratis|jangan|nggak|enggak|ngga|gak|no|non|never|not|without|free|"
    r"menolak|dilarang|anti)"
)
# What may stand between the "not" and the thing: helping words, and things of the same kind in a list.
_BETWEEN = (
    r"(?:ada|adanya|akan|pernah|perlu|harus|wajib|dapat|boleh|sama|sekali|dikenakan|dikenai|dipungut|memungut|dimintai|"
    r"diminta|meminta|menerima|mau|bayar|membayar|dibayar|menarik|ditarik|melakukan|menggunakan|pakai|memakai|menahan|"
    r"penahanan|pungutan|potongan|penarikan|pembayaran|syarat|dalam|bentuk|jenis|segala|macam|apa|apapun|pun|any|of|"
    r"uang|dana|biaya|deposit|jaminan|pendaftaran|registrasi|administrasi|bahan|seragam|pelatihan|training|transfer|"
    r"transportasi|akomodasi|fee|charge|foto|ktp|kk|npwp|ijazah|ijasah|asli|kode|otp|rekening|mlm|"
    r"dan|atau|maupun|serta|or|and|,|/|&)"
)
_BEFORE = re.compile(rf"\b{_NOT}(?:[\s(\"]+{_BETWEEN}|\s*[,/&])*[\s(\"]*$", re.IGNORECASE)
_AFTER = re.compile(
    r"^[\w\s,/]{0,40}?\b(?:tidak (?:ada|dipungut|ditahan|dikenakan|diminta|perlu|wajib|dibebankan|dipersyaratkan)|"
    r"gratis|free|ditanggung (?:oleh )?(?:perusahaan|kantor|pabrik|kami|pemberi kerja|majikan|pemerintah)|"
    r"(?:dari|oleh) (?:perusahaan|kantor|pabrik))\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?;\n]")


def negated(text: str, start: int, end: int) -> bool:
    """Whether the sentence denies what stands at `start` to `end`."""
    before = _SENTENCE.split(text[max(0, start - 160) : start])[-1]
    after = _SENTENCE.split(text[end : end + 80])[0]
    return bool(_BEFORE.search(before) or _AFTER.search(after))
