"""The tables of those who sign in: accounts, their sessions, and who they are at an identity provider."""

from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint

from records.columns import CleanText, Document, Moment, metadata


def _of_account() -> Column[str]:
    """The account, with which this row goes."""
    return Column(
        "account",
        CleanText,
        ForeignKey("accounts.account", ondelete="CASCADE"),
        nullable=False,
        comment="Whose.",
    )


accounts = Table(
    "accounts",
    metadata,
    Column("account", CleanText, primary_key=True, comment="The account's id."),
    Column("sign_in", CleanText, nullable=False, comment="The name they sign in with."),
    Column("name", CleanText, nullable=False, comment="The name that is shown."),
    Column("hash", CleanText, comment="argon2 hash of the password; empty: only by an identity provider."),
    Column("roles", Document, nullable=False, comment="A list of roles."),
    Column("person", CleanText, comment="Who they are in the directory, if they are in it."),
    Column("language", CleanText, nullable=False, comment="The language of their pages (BCP 47)."),
    Column("created", Moment, nullable=False, comment="When the account was made."),
    Column("disabled_at", Moment, comment="Since when nobody signs in with it."),
    Column("password_changed", Moment, comment="When the password was last set."),
    UniqueConstraint("sign_in"),
    comment="Who may sign in to the pages, and what for.",
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", CleanText, primary_key=True, comment="SHA-256 of the cookie's token, in hex."),
    _of_account(),
    Column("csrf", CleanText, nullable=False, comment="What forms of this session must bring back."),
    Column("began", Moment, nullable=False, comment="When they signed in."),
    Column("seen", Moment, nullable=False, comment="When they last asked for something."),
    Column("ends", Moment, nullable=False, comment="When it is over, whatever they do."),
    Index(None, "account"),
    Index(None, "ends"),
    comment="Who is signed in.",
)

oidc_subjects = Table(
    "oidc_subjects",
    metadata,
    Column("issuer", CleanText, primary_key=True, comment="The identity provider."),
    Column("subject", CleanText, primary_key=True, comment="Who they are there (the claim `sub`)."),
    _of_account(),
    Index(None, "account"),
    comment="Who signs in by an identity provider (OpenID Connect).",
)
