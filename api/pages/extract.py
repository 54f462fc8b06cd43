"""`python -m api.pages.extract`: bring the catalogues in `api/locale` up to date with templates and code.

New texts are added without a translation (the tests complain until they have one), and those that are gone are
dropped. Texts stand in templates in `{% trans %}` and `_("…")`, in code in `noted("…")` and `counted("…", "…", n)`.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from api.language import LANGUAGES, LOCALE, SOURCE

API = Path(__file__).parent.parent
METHODS = [("pages/templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
OPTIONS = {
    "pages/templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true"}
}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "noted": None, "counted": (1, 2)}

HEADER = """\
# The texts of the pages; see api/language.py.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {forms}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""

Id = str | tuple[str, ...]


def texts() -> Iterator[tuple[Id, str]]:
    """Every text, with the file that it stands in."""
    for file, _line, id_, _comments, _context in extract_from_dir(
        API, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS
    ):
        yield id_, file


def updated(language: str) -> Catalog:
    """The catalogue of a language with exactly the texts that there are; Polish needs plural forms only."""
    path = LOCALE / language / "LC_MESSAGES" / "halo.po"
    with path.open("rb") as file:
        old = read_po(file, locale=language)
    catalog = Catalog(locale=language, project="halo-urzad", fuzzy=False)
    for id_, file_name in sorted(texts(), key=lambda each: (each[1], str(each[0]))):
        if language != SOURCE or isinstance(id_, tuple):
            known = old.get(id_ if isinstance(id_, str) else id_[0])
            catalog.add(id_, known.string if known else "", locations=[(file_name, 0)])
    return catalog


def written(catalog: Catalog) -> str:
    """The catalogue as it is kept: without dates and names that change at every run."""
    file = BytesIO()
    write_po(file, catalog, include_lineno=False, width=100)
    texts = file.getvalue().decode()
    return (
        HEADER.format(language=catalog.locale, forms=catalog.plural_forms) + texts[texts.index("\n\n") + 1 :]
    )


def main() -> None:
    """Write every catalogue anew."""
    for language in LANGUAGES:
        catalog = updated(language)
        file = LOCALE / language / "LC_MESSAGES" / "halo.po"
        file.write_text(written(catalog), encoding="utf-8")
        missing = sum(1 for message in catalog if message.id and not all(message.string or [""]))
        print(f"{language}: {len(catalog)} texts, {missing} without a translation")


if __name__ == "__main__":
    main()
