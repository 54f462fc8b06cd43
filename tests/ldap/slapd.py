"""A slapd of one's own, from the folder where script/setup has put it: nothing of the machine's is touched.

    with Slapd(tree, schema=AD) as server:
        server.url, server.tls_url, server.ca

It listens on free ports of loopback, keeps everything in a temporary folder, and dies with the test process.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.pbx.ports import free_tcp_port

ROOT = Path(__file__).resolve().parents[2] / ".halo" / "slapd"
BASE = "dc=przykladowo,dc=example"
READER = f"cn=halo,{BASE}"
PASSWORD = "tajne hasło"
STANDARD = ("core", "cosine", "inetorgperson")
AD = """
attributetype ( 1.2.840.113556.1.4.2 NAME 'objectGUID' SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.782 NAME 'objectCategory' EQUALITY caseIgnoreMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.721 NAME 'ipPhone' EQUALITY caseIgnoreMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.2.141 NAME 'department' EQUALITY caseIgnoreMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
objectclass ( 1.2.840.113556.1.5.9 NAME 'user' SUP inetOrgPerson STRUCTURAL
  MUST ( objectGUID $ objectCategory ) MAY ( userAccountControl $ ipPhone $ department ) )
"""
"""What Active Directory has and OpenLDAP has not, as far as we read it; numbers and names are Microsoft's."""
SEVERAL = 7
"""So many objects this server gives at once, as Active Directory gives at most 1000: a reader has to ask for pages."""


class Slapd:
    """One server."""

    def __init__(self, tree: str, schema: str = "") -> None:
        """`tree` is LDIF below BASE; `schema` is added to the standard ones."""
        self._tree, self._schema = tree, schema
        self._folder = Path(tempfile.mkdtemp(prefix="halo-slapd-"))
        self._process: subprocess.Popen[bytes] | None = None
        self.url, self.tls_url = (f"{kind}://127.0.0.1:{free_tcp_port()}" for kind in ("ldap", "ldaps"))
        self.ca = self._folder / "ca.pem"

    def __enter__(self) -> Self:
        try:
            self._starts()
        except BaseException:
            self._ends()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ends()

    def changes(self, ldif: str) -> None:
        """Change what it holds (RFC 2849 change records), as somebody who may."""
        command = ["ldapmodify", "-x", "-H", self.url, "-D", f"cn=root,{BASE}", "-w", "root"]
        subprocess.run(command, input=ldif.encode(), check=True, capture_output=True)

    def _starts(self) -> None:
        _certificate(self._folder)
        (self._folder / "data").mkdir()
        (self._folder / "own.schema").write_text(self._schema)
        conf = self._folder / "slapd.conf"
        conf.write_text(self._configuration())
        self._runs("slapadd", "-q", "-f", str(conf), given=self._tree)
        command = [_program("slapd"), "-f", str(conf), "-h", f"{self.url}/ {self.tls_url}/", "-d", "0"]
        command = ["setpriv", "--pdeathsig=KILL", "--", *command]
        self._process = subprocess.Popen(command, env=_environment(), stderr=subprocess.PIPE)
        self._answers()

    def _answers(self) -> None:
        """Wait until it does."""
        assert self._process is not None
        host, _, port = self.url.removeprefix("ldap://").partition(":")
        while self._process.poll() is None:
            with socket.socket() as asking:
                if asking.connect_ex((host, int(port))) == 0:
                    return
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(0.02)
        assert self._process.stderr is not None
        raise AssertionError(f"slapd ended: {self._process.stderr.read().decode()}")

    def _ends(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)
            if self._process.stderr is not None:
                self._process.stderr.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _configuration(self) -> str:
        schemas = [ROOT / "etc" / "ldap" / "schema" / f"{name}.schema" for name in STANDARD]
        return "\n".join(
            (
                *(f"include {path}" for path in (*schemas, self._folder / "own.schema")),
                f"modulepath {ROOT / 'usr' / 'lib' / 'ldap'}",
                "moduleload back_mdb",
                f"TLSCACertificateFile {self.ca}",
                f"TLSCertificateFile {self._folder / 'server.pem'}",
                f"TLSCertificateKeyFile {self._folder / 'server.key'}",
                "disallow bind_anon",
                "database mdb",
                "maxsize 16777216",
                f'suffix "{BASE}"',
                f'rootdn "cn=root,{BASE}"',
                "rootpw root",
                f"directory {self._folder / 'data'}",
                f"sizelimit size={SEVERAL} size.pr=500 size.prtotal=unlimited",
                "access to attrs=userPassword by anonymous auth by * none",
                f'access to * by dn.exact="{READER}" read by * none',
                "",
            )
        )

    def _runs(self, program: str, *arguments: str, given: str) -> None:
        done = subprocess.run(
            [_program(program), *arguments],
            input=given.encode(),
            env=_environment(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()


def _program(name: str) -> str:
    return str(ROOT / "usr" / "sbin" / name)


def _environment() -> dict[str, str]:
    libraries = ":".join(str(path.parent) for path in ROOT.glob("usr/lib/*/libslapi-*.so.*"))
    return {**os.environ, "LD_LIBRARY_PATH": libraries}


def _certificate(folder: Path) -> None:
    """A certificate authority, and a certificate for 127.0.0.1 that it signed."""
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-noenc",
        "-days",
        "2",
    ]
    authority = [*made, "-subj", "/CN=Urzad", "-keyout", f"{folder}/ca.key", "-out", f"{folder}/ca.pem"]
    server = [*made, "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    server += ["-CA", f"{folder}/ca.pem", "-CAkey", f"{folder}/ca.key"]
    for command in (authority, [*server, "-keyout", f"{folder}/server.key", "-out", f"{folder}/server.pem"]):
        subprocess.run(command, check=True, capture_output=True)
