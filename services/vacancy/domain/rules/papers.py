"""M2 and M3: papers and codes that nobody hands over before there is a job, and originals that nobody keeps."""

from services.vacancy.domain.rules.wording import WORD, words

_ASK = (
    r"(?:kirim(?:kan)?|mengirim(?:kan)?|foto|scan|fotokopi|foto copy|fotocopy|fc|selfie|swafoto|unggah|upload|"
    r"lampirkan|melampirkan|serahkan|menyerahkan|setor(?:kan)?|berikan|sertakan|sebutkan|isikan|pegang|memegang)"
)
_PAPER = (
    r"(?:ktp|e-ktp|kk|kartu keluarga|npwp|nomor rekening|no\.? ?rek(?:ening)?|buku (?:tabungan|rekening)|"
    r"rekening bank)"
)

# Up to five words may stand between, but none that says "to" or "when".
_FAR = r"(?:[\s,:/&]+(?!ke\b|jika\b|bila\b|setelah\b)[\w.-]+){0,5}?[\s,:/&(]+"

IDENTITY = words(
    rf"\b{_ASK}{_FAR}{_PAPER}\b(?! (?:nasabah|pelanggan|klien|konsumen))",
    r"\b(?:kode )?otp\b|\bkode verifikasi\b|\bpin atm\b",
    r"\bkode (?:yang )?(?:masuk|dikirim|diterima) (?:lewat|via|melalui|di) (?:sms|wa|whatsapp|hp)\b",
)

_DIPLOMA = r"(?:ijazah|ijasah|ijazah/ktp|ktp|akta|akte|sertifikat)"
_KEEP = r"(?:ditahan|dititip(?:kan)?|diserahkan|disimpan|dijaminkan|dikumpulkan|ditinggal(?:kan)?|sebagai jaminan)"

ORIGINALS = words(
    rf"\b{_DIPLOMA}(?: {WORD}){{0,2}} asli[^.\n]{{0,30}}?\b{_KEEP}\b|\b{_DIPLOMA} asli[^.\n]{{0,30}}?\b{_KEEP}\b",
    rf"\b{_DIPLOMA}(?: {WORD}){{0,2}} (?:akan |wajib |harus |bersedia )?{_KEEP}\b",
    r"\b(?:menahan|penahanan|tahan|jaminan|menjaminkan|titip|menitipkan) (?:ijazah|ijasah)\b",
    r"\b(?:menyerahkan|serahkan|menitipkan|meninggalkan) (?:ijazah|ijasah|ktp) asli\b",
    r"\b(?:ijazah|ijasah) (?:terakhir )?(?:asli )?(?:sebagai |untuk |jadi )jaminan\b",
)
