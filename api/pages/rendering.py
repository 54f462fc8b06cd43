"""From templates to HTML: Jinja2 with everything escaped, one environment per language.

Every template may use: `visit` (who, where, `visit.asked("q")`), `page`, `language`, `wrong` (sentences about
fields), `menu`, `way_back`, `static("halo.css")`, `form_token()`, `roles` (their names), the filters `moment`,
`day`, `clock` for times in the hall's zone, and `{% trans %}…{% endtrans %}` or `_("…")` for texts.
"""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from aiohttp import web
from babel.dates import format_date, format_datetime, format_time
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.language import LANGUAGES, NAMES, catalogue
from api.pages.forms import form_token
from api.pages.page import ROLES
from api.pages.static_files import scripts, static
from api.pages.visit import THEMES, Visit
from api.settings.model import HOME_ZONE
from api.version import VERSION
from records.account_views import Role

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment(language: str) -> Environment:
    """The templates in one language."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    texts = catalogue(language)
    made.install_gettext_callables(texts.gettext, texts.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters |= {
        "moment": lambda at: format_datetime(at.astimezone(HOME_ZONE), "d MMM y, HH:mm", locale=language),
        "day": lambda at: format_date(_day(at), "EEEE, d MMMM y", locale=language),
        "clock": lambda at: format_time(at.astimezone(HOME_ZONE), "HH:mm", locale=language),
        "translated": texts.gettext,
    }
    made.globals |= {
        "static": static,
        "scripts": scripts,
        "language": language,
        "languages": {each: NAMES[each] for each in LANGUAGES},
        "themes": THEMES,
        "roles": {role: texts.gettext(name) for role, name in ROLES.items()},
        "Role": Role,
        "version": VERSION,
    }
    return made


def rendered(visit: Visit, template: str, values: Mapping[str, Any]) -> str:
    """A template with these values, for this visit."""
    given = {
        "visit": visit,
        "page": visit.page,
        "wrong": {},
        "form_token": lambda: form_token(visit),
        "flashes": visit.take_flashes,
        **values,
    }
    return environment(visit.language).get_template(template).render(given)


def html(visit: Visit, template: str, values: Mapping[str, Any], status: HTTPStatus) -> web.Response:
    """An answer from a template."""
    return web.Response(text=rendered(visit, template, values), status=status.value, content_type="text/html")


def _day(at: date) -> date:
    return at.astimezone(HOME_ZONE).date() if isinstance(at, datetime) else at
