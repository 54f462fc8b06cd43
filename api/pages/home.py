"""Where everybody arrives: what can be done here, by role; and the two choices that each browser keeps."""

from http import HTTPMethod

from api.language import noted
from api.pages.addresses import HOME, PREFERENCES, TOPICS, ours
from api.pages.cookies import SESSION, THEME, YEAR
from api.pages.live import write_topics
from api.pages.page import ANYBODY, Answer, Go, Page, Shown
from api.pages.visit import THEMES, Visit


async def home(visit: Visit) -> Answer:
    """What can be done here."""
    return Shown()


async def prefer(visit: Visit) -> Answer:
    """Keep the language or the colours that were chosen, and go back."""
    language, theme = visit.filled("language"), visit.filled("theme")
    visit.keep_language(language)
    if language and visit.signed_in is not None:
        await visit.pages.accounts.speak(visit.account, language)
    if theme in THEMES:
        visit.cookies.put(THEME, theme, seconds=YEAR)
    return Go(ours(visit.filled("next")))


async def topics(visit: Visit) -> Answer:
    """The stream of live topics, until the session is over."""
    token, sessions = visit.cookies.get(SESSION), visit.pages.sessions

    async def still_in() -> bool:
        return await sessions.glance(token) is not None

    return await write_topics(visit.request, visit.pages.bell, visit.parts.streams, still_in)


PAGES = (
    Page(path=HOME, title=noted("Start"), handler=home, template="home.html", menu=True),
    Page(
        path=PREFERENCES,
        title=noted("Ustawienia"),
        handler=prefer,
        method=HTTPMethod.POST,
        roles=ANYBODY,
    ),
    Page(path=TOPICS, title=noted("Na żywo"), handler=topics),
)
