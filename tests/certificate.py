"""A certificate for 127.0.0.1 and its key, for servers on loopback; nobody but these tests trusts it."""

import ssl
from pathlib import Path

CERTIFICATE = """\
-----BEGIN CERTIFICATE-----
MIIBdzCCAR2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABMRkTlwBmzSLLaVo
121bhpbpBx+ZOKeRmVx6y2LvXohy8LEMJWRjfH9jd0r0yfERU2ukXzMZ4otvVIVj
9kBFtrGjXjBcMBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAPBgNVHRMBAf8E
BTADAQH/MB0GA1UdDgQWBBSw+mSbVRnQ9uOZkNUda4b3N1k2izAOBgNVHQ8BAf8E
BAMCAoQwCgYIKoZIzj0EAwIDSAAwRQIgUTmdGPV9a02KnylcGaIAwGiZWCHqxr9G
iquqZ6kjlaACIQCwKbBPPm8Ru9h77zcTRNJWH65jAixo8153mW2y0r1qtw==
-----END CERTIFICATE-----
"""

_KEY = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgg5ZH7LvXhzU2fOFX
uOE2/L+zFwO96l04RQGe0mtfmhOhRANCAATEZE5cAZs0iy2laNdtW4aW6QcfmTin
kZlcesti716IcvCxDCVkY3x/Y3dK9MnxEVNrpF8zGeKLb1SFY/ZARbax
-----END PRIVATE KEY-----
"""


def write_certificate(folder: Path) -> Path:
    """Write the certificate into a file that a client can trust."""
    path = folder / "certificate.pem"
    path.write_text(CERTIFICATE, encoding="ascii")
    return path


def server_context(folder: Path) -> ssl.SSLContext:
    """Return what a server needs to speak TLS."""
    path = folder / "server.pem"
    path.write_text(_KEY + CERTIFICATE, encoding="ascii")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
