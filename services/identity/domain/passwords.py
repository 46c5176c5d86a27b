"""Which passwords are refused: too short, too long, or among those that everybody tries first. No other rule:
composition rules make people write passwords down and guessers no slower (NIST SP 800-63B)."""

from services.identity.domain.contact import Advice, BadFields

SHORTEST, LONGEST = 8, 128

LENGTH = Advice(
    "/password",
    f"Buat kata sandi {SHORTEST} sampai {LONGEST} huruf. Beberapa kata sekaligus lebih kuat dan mudah diingat.",
    f"Make a password of {SHORTEST} to {LONGEST} characters. A few words are strong and easy to remember.",
)
COMMON = Advice(
    "/password",
    "Kata sandi ini terlalu sering dipakai orang dan mudah ditebak. Pilih yang lain.",
    "This password is used by many people and easy to guess. Choose another.",
)

_WORDS = """
    password password1 password12 password123 passw0rd p@ssw0rd p@ssword 12345678 123456789 1234567890 12341234
    11111111 00000000 88888888 87654321 987654321 0987654321 123123123 1q2w3e4r 1q2w3e4r5t 1qaz2wsx qwertyui
    qwertyuiop qwerty123 qwerty12 asdfghjkl zxcvbnm1 abcd1234 abc12345 aa123456 a1234567 iloveyou iloveyou1
    sunshine princess football baseball superman admin123 admin1234 administrator welcome1 letmein1 changeme
    indonesia indonesia1 indonesia123 sayangku sayangku1 bismillah bismillah1 alhamdulillah rahasia1 rahasia123
    katasandi katasandi123 kotamadiun madiun123 madiunkota lowongan lowongan123 lamaran123 merdeka45 garuda123
"""
_COMMON = frozenset(_WORDS.split())


def accept_password(typed: str) -> str:
    if not SHORTEST <= len(typed) <= LONGEST:
        raise BadFields(LENGTH)
    if typed.lower() in _COMMON:
        raise BadFields(COMMON)
    return typed
