"""The texts of every message in both languages as people read them, kept beside the tests. After a change that is
meant: `python -m services.notifier.tests.golden` (or `make letters`), and look at the difference."""

from pathlib import Path

from services.notifier.rendering import Texts
from services.notifier.specimen import LINKS, NAME, specimen
from services.notifier.wording import LANGUAGES, Language, messages, wording

KEPT = Path(__file__).parent / "golden"
ADDRESS = "https://si-caker.example"
FRAMED = "application_received"  # of this one the whole page is kept; the others differ in words only


def letters() -> dict[str, str]:
    """File name → content."""
    texts = Texts(ADDRESS)
    found = {
        f"{message}.{language}.txt": _letter(texts, message, language)
        for message in messages()
        for language in LANGUAGES
    }
    for language in LANGUAGES:
        mail = texts.mail(FRAMED, specimen(FRAMED), link=LINKS[FRAMED][0], name=NAME, language=language)
        found[f"page.{language}.html"] = mail.html + "\n"
    return found


def _letter(texts: Texts, message: str, language: Language) -> str:
    words, params = wording(message, language), specimen(message)
    link, short = LINKS.get(message, ("/kabar", "/kabar"))
    parts = [f"SMS: {texts.sms(message, params, link=short, language=language)}"]
    if words.title:
        notice = texts.notice(message, params, link=link, language=language)
        parts.append(f"KABAR: {notice.title}\n{notice.text}")
    if words.mail:
        mail = texts.mail(message, params, link=link, name=NAME, language=language)
        parts.append(f"SURAT: {mail.subject}\n\n{mail.text}")
    return "\n\n".join(parts) + "\n"


def main() -> None:
    KEPT.mkdir(exist_ok=True)
    wanted = letters()
    for path in KEPT.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (KEPT / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
