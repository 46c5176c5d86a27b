"""The inbox as a page: what a person would have received on a phone, newest first."""

from datetime import datetime, timedelta, timezone
from html import escape

from deploy.local.letters import Letter

WIB = timezone(timedelta(hours=7), "WIB")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
CHANNELS = {"email": "Surel", "sms": "SMS"}

STYLE = """
:root{color-scheme:light dark;--paper:#fff;--canvas:#f7f6f0;--ink:#14201b;--muted:#4b5a53;--line:#d8ddd6;
--brand:#0b5a3c;--link:#0a5493;--mail:#e5eff8;--sms:#e4f1ea}
@media (prefers-color-scheme:dark){:root{--paper:#121916;--canvas:#0c1210;--ink:#e9efea;--muted:#a9b8b0;
--line:#2a352f;--brand:#143426;--link:#86bdf0;--mail:#122a40;--sms:#143426}}
*{box-sizing:border-box}
body{margin:0;background:var(--canvas);color:var(--ink);
font:1rem/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif}
header{background:var(--brand);color:#fff;padding:12px 16px;border-bottom:4px solid #ffc629}
header p{margin:0;font-size:.875rem}
h1{margin:0;font-size:1.375rem;line-height:1.25}
main{max-width:48rem;margin:0 auto;padding:16px}
form{display:flex;flex-wrap:wrap;gap:8px;align-items:end;margin-bottom:16px}
label{flex:1 1 14rem;font-weight:700;font-size:.875rem}
input{display:block;width:100%;min-height:44px;padding:8px 12px;font:inherit;border:1px solid #6a7871;
border-radius:4px;background:var(--paper);color:var(--ink)}
button{min-height:44px;padding:8px 16px;font:inherit;font-weight:700;border:0;border-radius:4px;
background:var(--brand);color:#fff;cursor:pointer}
:focus-visible{outline:3px solid #ffc629;box-shadow:0 0 0 6px #14201b}
article{background:var(--paper);border:1px solid var(--line);border-radius:4px;padding:12px 16px;margin-bottom:12px}
article p{margin:0;color:var(--muted);font-size:.875rem;overflow-wrap:anywhere}
article b{display:inline-block;padding:0 8px;border-radius:4px;color:var(--ink);background:var(--mail)}
article.sms b{background:var(--sms)}
h2{margin:8px 0 0;font-size:1.125rem;line-height:1.25;overflow-wrap:anywhere}
pre{margin:8px 0 0;white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}
a{color:var(--link)}
article form{margin:12px 0 0}
"""


def page(letters: list[Letter], *, to: str, total: int) -> str:
    shown = "\n".join(_article(letter) for letter in reversed(letters)) or "<p>Belum ada pesan di sini.</p>"
    count = f"{total} pesan" + (f", {len(letters)} terbaru ditampilkan" if total > len(letters) else "")
    return f"""<!doctype html>
<html lang="id">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kotak masuk pengembangan - Si-Caker</title>
<style>{STYLE}</style>
<header><h1>Kotak masuk pengembangan</h1><p>Surel dan SMS yang dikirim sistem ini. {count}.</p></header>
<main>
<form method="get"><label>Nomor atau alamat penerima
<input name="to" value="{escape(to)}" autocomplete="off" inputmode="email"
placeholder="+62812… atau nama@contoh.id"></label>
<button>Tampilkan</button>{' <a href="?">Semua pesan</a>' if to else ""}</form>
{shown}
</main>
</html>"""


def _article(letter: Letter) -> str:
    title = f"<h2>{escape(letter.subject)}</h2>" if letter.subject else ""
    return (
        f'<article class="{escape(letter.channel)}"><p><b>{CHANNELS.get(letter.channel, "Pesan")}</b> '
        f'kepada {escape(letter.to)} · <time datetime="{escape(letter.at)}">{_wib(letter.at)}</time></p>'
        f"{title}<pre>{escape(letter.text)}</pre>{_reply(letter)}</article>"
    )


def _reply(letter: Letter) -> str:
    """An SMS can be answered, as from that phone."""
    if letter.channel != "sms":
        return ""
    phone = escape(letter.to)
    return (
        f'<form method="post" action="/dev/inbox/reply"><input type="hidden" name="phone" value="{phone}">'
        f'<label>Balas sebagai {phone}<input name="text" maxlength="160" required autocomplete="off"></label>'
        "<button>Balas</button></form>"
    )


def _wib(at: str) -> str:
    when = datetime.fromisoformat(at).astimezone(WIB)
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}, {when:%H.%M.%S} WIB"
