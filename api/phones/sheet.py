"""The sheet that goes with a phone: what to type into it, and what its keys do. Polish, for paper, one page.

It holds the phone's secret: whoever has set the phone up destroys it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from api.phones.configuration import SignedIn
from api.phones.whose import DeskPhone

CODECS = "G.711 A-law (PCMA), G.711 µ-law (PCMU), G.722"
REGISTRATION_SECONDS = 300

_LOG_ON = (
    ("*11", "Zaczynam dyżur: linia kieruje do mnie dzwoniących z kolejki."),
    ("*12", "Kończę dyżur. Rozmowa, która trwa, nie przerywa się."),
    ("*13", "Przerwa: przez chwilę nie dostaję dzwoniących. Powrót: *11."),
)
_RUNG = (
    ("1", "Przyjmuję rozmowę, którą linia zapowiedziała po podniesieniu słuchawki."),
    ("2", "Odmawiam: rozmowa nie zostaje do mnie przełączona."),
)
_IN_A_TALK = (
    ("*2 numer #", "Przekazuję rozmowę pod ten numer wewnętrzny; linia mówi mi, jak idzie."),
    ("*3 numer #", "Najpierw pytam osobę pod tym numerem; dzwoniący słyszy muzykę."),
    ("*4", "Łączę dzwoniącego z osobą, którą zapytałem lub zapytałam."),
    ("*5", "Zawieszam rozmowę; jeszcze raz *5: wracam do niej."),
    ("*0", "Odwołuję przekazanie i wracam do dzwoniącego."),
)
_ABSENCE = (("*14", "Zgłaszam, do kiedy mnie nie ma; albo: jestem już. Powrót i zastępstwo linia odczyta."),)
_OUTSIDE = (
    ("112, 997, 998, 999", "Numery alarmowe: zawsze, bez żadnego prefiksu, także gdy usługa nie działa."),
    ("984–987, 991–996", "Pozostałe numery alarmowe (straż miejska 986, pogotowia techniczne 991–994)."),
    ("9 cyfr", "Numery krajowe: bez prefiksu, z 0 albo z +48."),
)
_INSIDE = (("2–6 cyfr", "Numery wewnętrzne urzędu."),)
_WHAT_IS_SHOWN = """<p>Numery o podwyższonej opłacie i zagraniczne są zablokowane,
chyba że administrator postanowił inaczej. Na zewnątrz pokazuje się numer urzędu.</p>"""
_NO_WAY_OUT = """<p><strong>Z tego telefonu nie można zadzwonić na zewnątrz, także pod 112 i inne numery alarmowe:
centrala nie ma łącza do operatora.</strong></p>"""
_STYLE = (
    "body{font:11pt/1.4 sans-serif;max-width:18cm;margin:1cm auto;color:#000}h1{font-size:16pt}h2{font-size:12pt}"
    "table{border-collapse:collapse;width:100%}td{border:1px solid #777;padding:.15cm .25cm;vertical-align:top}"
    "td:first-child{width:32%}code{font-size:12pt}@page{size:A4;margin:1.5cm}"
)


@dataclass(frozen=True, slots=True)
class Server:
    """Where phones register."""

    host: str
    port: int


def sheet(phone: DeskPhone, signed_in: SignedIn, server: Server, *, outside: bool) -> str:
    """Return one phone's sheet, as a page of HTML that needs nothing else.

    Where there is no way to the `outside`, it promises none: somebody might trust it with a call for help.
    """
    setting_up = (
        ("Serwer (registrar, proxy)", server.host),
        ("Port", str(server.port)),
        ("Transport", "UDP"),
        ("Użytkownik (user, auth ID)", phone.extension),
        ("Hasło", signed_in.secret),
        ("Nazwa na wyświetlaczu", signed_in.name),
        ("Kodeki, w tej kolejności", CODECS),
        ("Klawisze (DTMF)", "RFC 4733 (RFC 2833), typ 101"),
        ("Rejestracja", f"co {REGISTRATION_SECONDS} s"),
        ("Przekierowania w telefonie", "wyłączone: linia ich nie wykona"),
        ("Lampki innych telefonów (BLF)", "numer wewnętrzny tamtego telefonu"),
    )
    of_a_clerk, of_a_person = _LOG_ON if phone.clerk else (), _ABSENCE if phone.personal else ()
    keys = (*of_a_clerk, *_RUNG, *_IN_A_TALK, *of_a_person)
    numbers, besides = ((*_OUTSIDE, *_INSIDE), _WHAT_IS_SHOWN) if outside else (_INSIDE, _NO_WAY_OUT)
    return f"""<!doctype html>
<html lang="pl"><meta charset="utf-8"><title>Telefon {escape(phone.extension)}</title><style>{_STYLE}</style>
<h1>Telefon {escape(phone.extension)}: {escape(", ".join(phone.whose))}</h1>
<h2>Ustawienia</h2>
{_table(setting_up)}
<h2>Kody{" dyżuru i" if phone.clerk else ""} rozmowy z dzwoniącym</h2>
{_table(keys)}
<p>Klawisz przekazywania w telefonie (transfer) działa tak samo jak *2, a z konsultacją tak jak *3 i *4.</p>
<h2>Dokąd można zadzwonić</h2>
{_table(numbers)}
{besides}
<p><strong>Na tej kartce jest hasło. Po ustawieniu telefonu proszę ją zniszczyć.</strong></p>
</html>
"""


def _table(rows: Iterable[tuple[str, str]]) -> str:
    cells = (f"<tr><td>{escape(name)}</td><td><code>{escape(value)}</code></td></tr>" for name, value in rows)
    return "<table>" + "".join(cells) + "</table>"
