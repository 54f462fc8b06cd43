"""What the hall's catalogue and notices abbreviate, and how a voice says it. Tables only."""

PHRASES = {
    "sp. z o.o.": "spółka z ograniczoną odpowiedzialnością",
    "sp. z o. o.": "spółka z ograniczoną odpowiedzialnością",
    "m. in.": "między innymi",
    "m.in.": "między innymi",
    "n.p.m.": "nad poziomem morza",
    "dz. u.": "Dziennik Ustaw",
    "b.r.": "bieżącego roku",
    "s.a.": "spółka akcyjna",
    "s.c.": "spółka cywilna",
    "p.o.": "pełniący obowiązki",
}
"""Abbreviations of several parts; matched first, whatever their capitals."""

AFTER_PLACE = {
    "al.": "alei",
    "bud.": "budynku",
    "lok.": "lokalu",
    "os.": "osiedlu",
    "pl.": "placu",
    "pok.": "pokoju",
    "ul.": "ulicy",
}
"""Their form after "przy", "w", "na", "do" and the like: "przy ulicy Szkolnej"."""

PLACE_PREPOSITIONS = frozenset({"przy", "w", "we", "na", "do", "od", "z", "ze", "u", "obok", "koło"})

DOTTED = {
    "al.": "aleja",
    "art.": "artykuł",
    "bud.": "budynek",
    "ds.": "do spraw",
    "fax.": "faks",
    "gm.": "gmina",
    "gen.": "generała",
    "godz.": "godzina",
    "im.": "imienia",
    "inż.": "inżynier",
    "itd.": "i tak dalej",
    "itp.": "i tym podobne",
    "kpt.": "kapitana",
    "ks.": "księdza",
    "lok.": "lokal",
    "mgr.": "magister",
    "nt.": "na temat",
    "np.": "na przykład",
    "ok.": "około",
    "os.": "osiedle",
    "pkt.": "punkt",
    "pl.": "plac",
    "pok.": "pokój",
    "por.": "porucznika",
    "pow.": "powiat",
    "poz.": "pozycja",
    "prof.": "profesor",
    "płk.": "pułkownika",
    "r.": "roku",
    "red.": "redaktor",
    "rtm.": "rotmistrza",
    "str.": "strona",
    "św.": "świętego",
    "szt.": "sztuk",
    "tel.": "telefon",
    "tj.": "to jest",
    "tys.": "tysięcy",
    "tzn.": "to znaczy",
    "tzw.": "tak zwany",
    "ul.": "ulica",
    "ust.": "ustęp",
    "wew.": "wewnętrzny",
    "woj.": "województwo",
    "ws.": "w sprawie",
    "wsch.": "wschodni",
    "zach.": "zachodni",
    "zam.": "zamieszkały",
}
"""Abbreviations that end with a full stop, in the form that fits most names (streets of saints, generals)."""

BARE = {
    "dr": "doktor",
    "dot": "dotyczy",
    "dyr": "dyrektor",
    "ha": "hektarów",
    "km": "kilometrów",
    "kg": "kilogramów",
    "kW": "kilowatów",
    "m²": "metrów kwadratowych",
    "mgr": "magister",
    "nr": "numer",
    "pkt": "punkt",
    "tel": "telefon",
    "wg": "według",
}
"""Abbreviations without a full stop."""

SIGNS = {
    "%": " procent",
    "&": " i ",
    "§": "paragraf ",
    "+": " plus ",
    "=": " równa się ",
    "@": " małpa ",
    "€": " euro",
}
"""Signs that a voice would skip or spell."""

SAID = {
    "BIP": "bip",
    "BOM": "bom",
    "CEIDG": "ce e i de gie",
    "CEPIK": "cepik",
    "CIT": "cit",
    "EBOM": "e-bom",
    "EPUAP": "epuap",
    "EWUŚ": "ewuś",
    "GOPS": "gops",
    "GUS": "gus",
    "KRUS": "krus",
    "MDOWÓD": "em-dowód",
    "MOBYWATEL": "em-obywatel",
    "MOPR": "mopr",
    "MOPS": "mops",
    "NIP": "nip",
    "OSIR": "osir",
    "PESEL": "pesel",
    "PFRON": "pefron",
    "PINB": "pinb",
    "PIT": "pit",
    "PUP": "pup",
    "REGON": "regon",
    "RODO": "rodo",
    "SANEPID": "sanepid",
    "VAT": "wat",
    "WORD": "word",
    "ZUS": "zus",
}
"""Names of capitals that are read as a word, by their capitals. All others are spelled: USC, TBS, RP."""

KINGS = frozenset(
    {
        "pawła",
        "władysława",
        "zygmunta",
        "kazimierza",
        "bolesława",
        "stanisława",
        "mieszka",
        "augusta",
        "piusa",
        "jana",
    }
)
"""After these a Roman numeral is an ordinal in the genitive: (ulica) Jana Pawła drugiego."""

THINGS = {"piętro": "e", "liceum": "e", "wiek": "y", "wieku": "ego", "kwartał": "y", "kwartału": "ego"}
"""Before these a numeral is an ordinal; the ending as in `numbers.Ending`, by the noun that follows."""
