"""Where the frame's own pages are, and which addresses a visitor may be sent on to."""

from urllib.parse import urlsplit

HOME, SIGN_IN, SIGN_OUT = "/home", "/sign-in", "/sign-out"
ACCOUNT, PASSWORD, SESSIONS = "/account", "/account/password", "/account/sessions"
PREFERENCES, TOPICS = "/preferences", "/live"
ACCOUNTS = "/accounts"
BY_PROVIDER, FROM_PROVIDER = "/sign-in/provider", "/sign-in/provider/back"

LONGEST = 1000


def ours(wished: str, otherwise: str = HOME) -> str:
    """The address to go on to: what was wished if it is a path of ours, else another.

    Browsers read `//host`, `/\\host` and what has tabs or line ends in it as an address of somebody else.
    """
    plain = wished.isascii() and wished.isprintable() and "\\" not in wished and len(wished) <= LONGEST
    if not plain or not wished.startswith("/") or wished.startswith("//"):
        return otherwise
    parts = urlsplit(wished)
    return otherwise if parts.scheme or parts.netloc else wished
