"""LDIF (RFC 2849), as far as `ldapsearch` writes it: object after object, base64 where a value is no plain text."""

from base64 import b64decode
from binascii import Error
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from directory.importing.sheets import readable


class BadLdif(ValueError):
    """This is no LDIF; the text says where."""


@dataclass(frozen=True, slots=True)
class Found:
    """One object: its name, and its attributes by their names in small letters, without options."""

    dn: str
    values: Mapping[str, tuple[bytes, ...]]

    def texts(self, attribute: str) -> tuple[str, ...]:
        """Return an attribute's values as text, without spaces around and what nobody sees; broken UTF-8 shows."""
        found = self.values.get(attribute.lower(), ())
        read = (readable(value.decode(errors="replace")).strip() for value in found)
        return tuple(text for text in read if text)


def objects(ldif: bytes) -> Iterator[Found]:
    """Yield every object. Raises BadLdif; references to other servers (`# refldap://`) and comments are passed over."""
    for record in ldif.replace(b"\r\n", b"\n").split(b"\n\n"):
        lines = [line for line in record.replace(b"\n ", b"").split(b"\n") if line and line[:1] != b"#"]
        if not lines:
            continue
        named = [_value(line) for line in lines if not line.startswith(b"ref: ")]
        if not named:
            continue
        if named[0][0] != "dn":
            raise BadLdif(f"an object without its name: it begins with {named[0][0]!r}")
        values: dict[str, list[bytes]] = {}
        for name, value in named[1:]:
            values.setdefault(name, []).append(value)
        yield Found(
            named[0][1].decode(errors="replace"), {name: tuple(each) for name, each in values.items()}
        )


def _value(line: bytes) -> tuple[str, bytes]:
    """Read `name: text` or `name:: base64`."""
    name, colon, rest = line.partition(b":")
    if not colon:
        raise BadLdif(f"a line without a colon: {line[:40]!r}")
    plain = name.partition(b";")[0].decode(errors="replace").lower()
    if not rest.startswith(b":"):
        return plain, rest.strip(b" ")
    try:
        return plain, b64decode(rest[1:].strip(), validate=True)
    except Error:
        raise BadLdif(f"no base64 in {plain!r}") from None
