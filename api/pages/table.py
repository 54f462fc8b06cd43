"""The table of pages: every page there is, in the order of the navigation."""

from api.pages import account, accounts, home, provider, sign_in
from api.pages.directory.table import PAGES as DIRECTORY
from api.pages.page import Page

PAGES: tuple[Page, ...] = (
    *home.PAGES,
    *DIRECTORY,
    *sign_in.PAGES,
    *provider.PAGES,
    *accounts.PAGES,
    *account.PAGES,
)
