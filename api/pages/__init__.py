"""Pages for people: server-rendered, in the same application as the REST API, under the same headers and log.

How a page is added (`api.pages.accounts` is an example of everything):

1.  Write its handler: `async def listed(visit: Visit) -> Answer`. `visit` says who is here (`visit.account`,
    `visit.by`), what was asked (`visit.asked("q")`, `visit.path["id"]`) and filled in (`visit.filled("name")`,
    `visit.chosen("roles")`). Use the parts by `visit.parts` and `visit.pages`, never HTTP. Answer `Shown(values)`,
    `Shown(values, wrong={"name": "…"})` (422: each sentence beside its field), `Go("/path")` after a change, or
    raise `Problem(HTTPStatus.NOT_FOUND, TEXT)`.
2.  Write its template in `templates/`, beginning with `{% extends "layout.html" %}` and a block `content`; forms
    with the macros of `forms.html` (`token()` is a must in every form that posts).
3.  Add `Page(path=…, title=noted("…"), handler=…, template="…", roles=…)` to the table of its module, and that to
    `api.pages.table`. `menu=True` puts it into the navigation, `about` beside it on the home page, `part` is the
    fragment that htmx gets instead of the whole page; `at_most` allows a larger form (an uploaded file).
4.  Texts are Polish: `{% trans %}` and `_("…")` in templates, `noted("…")` in code, shown by `visit.text(TEXT)`.
    `python -m api.pages.extract` puts them into `api/locale`; fill in the English.
5.  Live: whoever changes something calls `visit.pages.bell.ring("topic")`; a fragment with the attributes of
    `live(path, ["topic"])` (`templates/live.html`) then comes anew, and keeps no session from ending.
6.  It must work without scripts, and by keyboard alone: tests/browser goes through every page.
"""
