"""Names and notices as people write them, as a voice says them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflows.spoken.pl import expand
from callflows.spoken.pl.expansion import roman

ADDRESSES = {
    "ul. Szkolna 28": "ulica Szkolna dwadzieścia osiem",
    "ul. Szkolna 28, pok. 72": "ulica Szkolna dwadzieścia osiem, pokój siedemdziesiąt dwa",
    "ul. Szkolna 28, III piętro, pok. 59": (
        "ulica Szkolna dwadzieścia osiem, trzecie piętro, pokój pięćdziesiąt dziewięć"
    ),
    "ul. Słowackiego 20, I piętro": "ulica Słowackiego dwadzieścia, pierwsze piętro",
    "ul. Sienkiewicza 16a": "ulica Sienkiewicza szesnaście a",
    "Al. 3-Maja 31": "Aleja trzeciego maja trzydzieści jeden",
    "al. 11 Listopada 5": "aleja jedenastego listopada pięć",
    "Pasaż K. Rudowskiego 10, p. 112": "Pasaż ka Rudowskiego dziesięć, pokój sto dwanaście",
    "ul. Jana Pawła II 12/14": "ulica Jana Pawła drugiego dwanaście łamane na czternaście",
    "przy ul. Szkolnej 28, II p.": "przy ulicy Szkolnej dwadzieścia osiem, drugie piętro",
    "Prosimy przyjść do pok. 5 na os. Słowackim": "Prosimy przyjść do pokoju pięć na osiedlu Słowackim",
}
NAMES = {
    "Miejski Zespół ds. Orzekania o Niepełnosprawności": "Miejski Zespół do spraw Orzekania o Niepełnosprawności",
    "Straż Miejska - służba dyżurna": "Straż Miejska, służba dyżurna",
    "Biuro Strefy Płatnego Parkowania (operator)": "Biuro Strefy Płatnego Parkowania, operator",
    "TBS Sp. z o.o.": "te be es spółka z ograniczoną odpowiedzialnością",
    "Skarga/Wniosek": "Skarga lub Wniosek",
    "rejestru mieszkańców i rejestru PESEL": "rejestru mieszkańców i rejestru pesel",
    "PESEL-u, NIP i REGON": "peselu, nip i regon",
    "poza granice RP": "poza granice er pe",
    "profil zaufany ePUAP i wpis do CEIDG": "profil zaufany epuap i wpis do ce e i de gie",
    "mDowód w mObywatelu": "em-dowód w mObywatelu",
    "USC-ie": "u es ce",
    "PWiK": "pe wu i ka",
    "BIURO KULTURY I SPORTU": "biuro kultury i sportu",
    "USC III": "u es ce trzy",
    "DRK XLVII": "de er ka czterdzieści siedem",
    "w XXI wieku": "w dwudziestego pierwszego wieku",
    "dla osób do 12. roku życia": "dla osób do dwunastego roku życia",
    "trwającego dłużej niż 6 miesięcy": "trwającego dłużej niż sześć miesięcy",
    "p. Anna Nowak i p. Jan Kot": "pani Anna Nowak i pan Jan Kot",
    "św. Floriana": "świętego Floriana",
    "Referat Ewidencji Ludności": "Referat Ewidencji Ludności",
    "nabycie m.in. garażu": "nabycie między innymi garażu",
}
NOTICES = {
    "Dziś urząd czynny w godz. 8-15.": "Dziś urząd czynny od ósmej do piętnastej.",
    "Kasa nieczynna od 8:00 do 15:30.": "Kasa nieczynna od ósmej do piętnastej trzydzieści.",
    "Kasa czynna 8:00–16:00": "Kasa czynna od ósmej do szesnastej",
    "Zapraszamy o godz. 9:30.": "Zapraszamy o dziewiątej trzydzieści.",
    "Przerwa po 12.30, do 24:00": "Przerwa po dwunastej trzydzieści, do północy",
    "Zebranie: godz. 17": "Zebranie: godzina siedemnasta",
    "W dniu 24.12.2026 r. nieczynne.": (
        "W dniu dwudziestego czwartego grudnia dwa tysiące dwudziestego szóstego roku nieczynne."
    ),
    "od 24 listopada": "od dwudziestego czwartego listopada",
    "od 2 stycznia 2027 r.": "od drugiego stycznia dwa tysiące dwudziestego siódmego roku",
    "w 2026 r.": "w dwa tysiące dwudziestym szóstym roku",
    "z 2025 roku": "z dwa tysiące dwudziestego piątego roku",
    "Opłata 17,50 zł": "Opłata siedemnaście złotych pięćdziesiąt groszy",
    "1 zł i 22 zł, 5 gr": "jeden złoty i dwadzieścia dwa złote, pięć groszy",
    "15% zniżki": "piętnaście procent zniżki",
    "wartość 0,5": "wartość zero przecinek pięć",
    "trwa 2 min. i nic": "trwa dwie minuty i nic",
    "art. 21-26 Prawa": "artykuł dwadzieścia jeden do dwadzieścia sześć Prawa",
    "tel. 44 732 77 05": "telefon cztery, cztery; siedem, trzy, dwa; siedem, siedem; zero, pięć",
    "pod numer 986": "pod numer dziewięć, osiem, sześć",
    "tel. 112": "telefon jeden, jeden, dwa",
    "konto 00123": "konto zero, zero, jeden, dwa, trzy",
    "o 25:70": "o dwadzieścia pięć:siedemdziesiąt",
}


SAID = [said for said in (*ADDRESSES.values(), *NAMES.values()) if "mObywatel" not in said]


@pytest.mark.parametrize(("written", "said"), list(ADDRESSES.items()))
def test_addresses(written: str, said: str) -> None:
    assert expand(written) == said


@pytest.mark.parametrize(("written", "said"), list(NAMES.items()))
def test_names_of_units_and_matters(written: str, said: str) -> None:
    assert expand(written) == said


@pytest.mark.parametrize(("written", "said"), list(NOTICES.items()))
def test_notices(written: str, said: str) -> None:
    assert expand(written) == said


@pytest.mark.parametrize("said", SAID)
def test_what_is_words_already_stays(said: str) -> None:
    assert expand(said) == said


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XL", 40), ("LIV", 54), ("LXXXIX", 89)],
)
def test_roman_numerals(numeral: str, value: int) -> None:
    assert roman(numeral) == value


@pytest.mark.parametrize("word", ["", "IIII", "VX", "IL", "LL", "A"])
def test_what_is_no_roman_numeral(word: str) -> None:
    assert roman(word) is None


@given(st.text(max_size=60))
def test_any_text_at_all_is_survived(text: str) -> None:
    assert isinstance(expand(text), str)


@given(st.text(alphabet="0123456789 .,:/-", max_size=30))
def test_figures_alone_never_fail(text: str) -> None:
    assert isinstance(expand(text), str)
