"""What is wrong on the reader's own machine is told as that, with the name of the variable."""

import sys
from collections.abc import Iterator
from pathlib import Path

import certifi
import pytest

from papertrail.domain.errors import NetworkError
from papertrail.sources.arxiv_api import ArxivSource
from tests import arxiv_faults
from tests.arxiv_server import Answer, ArxivServer, Behaviour, closed_url
from tests.certificate import server_context, write_certificate

_ALL = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*_ALL, *map(str.upper, _ALL), *_BUNDLES):
        monkeypatch.delenv(name, raising=False)


def closed_port() -> str:
    """Return host and port of a place where nobody listens."""
    return closed_url().partition("//")[2].partition("/")[0]


def failure(environ: dict[str, str], folder: Path) -> str:
    source = ArxivSource.from_environment(environ, folder, print)
    with pytest.raises(NetworkError) as caught:
        list(source.by_ids(["1512.03385"]))
    assert str(caught.value).isprintable() and len(str(caught.value)) < 250
    return str(caught.value)


# Proxies. arXiv itself is named here, and cannot be reached: every way to it is closed.


@pytest.mark.parametrize("name", ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])
def test_a_proxy_that_is_not_there(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = closed_port()
    monkeypatch.setenv(name, f"http://me:secret@{place}")
    assert failure({}, tmp_path) == (
        f"the proxy that {name} names, {place}, does not let us through: mend or unset {name}"
    )


def test_a_proxy_for_plain_http_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = closed_port()
    monkeypatch.setenv("http_proxy", place)
    told = failure({"PAPERTRAIL_ARXIV_API": "http://mirror.example/api/query"}, tmp_path)
    assert (
        told == f"the proxy that http_proxy names, {place}, does not let us through: mend or unset http_proxy"
    )


@pytest.mark.parametrize("value", ["http://", "http://[::1", "http://host:port", "://", "http://host:99999"])
def test_a_proxy_that_is_no_address(value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", value)
    assert failure({}, tmp_path).startswith("https_proxy is no address of a proxy: ")


@pytest.mark.parametrize("value", ["htp://127.0.0.1:9", "ftp://127.0.0.1:9", "\x1b[2J://127.0.0.1:9"])
def test_a_proxy_of_an_unknown_kind(value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", value)
    assert failure({}, tmp_path).endswith("mend or unset https_proxy; nothing was asked of arXiv")


@pytest.mark.parametrize("scheme", ["socks4", "socks5", "socks5h"])
def test_a_socks_proxy_needs_a_package(scheme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "socks", None)
    monkeypatch.setenv("all_proxy", f"{scheme}://{closed_port()}")
    assert failure({}, tmp_path) == (
        "all_proxy wants a SOCKS proxy, for which a package is missing: "
        "pip install 'requests[socks]', or unset all_proxy"
    )


def test_a_proxy_that_wants_a_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ArxivServer() as proxy:
        proxy.always(lambda _: Answer(b"", 407, {"Proxy-Authenticate": "Basic"}))
        monkeypatch.setenv("http_proxy", proxy.url.removesuffix("/api/query"))
        told = failure({"PAPERTRAIL_ARXIV_API": "http://mirror.example/api/query"}, tmp_path)
    assert told == ("the proxy that http_proxy names wants a user and a password: mend or unset http_proxy")


def test_a_proxy_is_used_unless_no_proxy_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ArxivServer() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url.removesuffix("/api/query"))
        mirror = {"PAPERTRAIL_ARXIV_API": "http://mirror.example/api/query", "PAPERTRAIL_ARXIV_DELAY": "0"}
        source = ArxivSource.from_environment(mirror, tmp_path, print)
        assert len(next(iter(source.by_ids(["1512.03385"]))).found) == 1
        assert proxy.requests[0].path.startswith("http://mirror.example/api/query?")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        assert "Proxy-Authorization" not in proxy.requests[0].headers
        direct = ArxivSource.from_environment(proxy.env(), tmp_path, print)
        assert len(next(iter(direct.by_ids(["1512.03385"]))).found) == 1
        assert proxy.requests[1].path.startswith("/api/query?")


# Certificates


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ArxivServer]:
    with ArxivServer(timeout=1, tls=server_context(tmp_path)) as running:
        yield running


@pytest.mark.parametrize("name", _BUNDLES)
def test_a_file_of_certificates_that_cannot_be_used(
    name: str, server: ArxivServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "text").write_text("no certificates")
    for path, why in (("nothing", "which is not there"), ("text", "which holds no certificates")):
        monkeypatch.setenv(name, str(tmp_path / path))
        told = failure(server.env(), tmp_path)
        assert told.startswith(f"{name} names ") and why in told
        assert told.endswith(f": mend or unset {name}; nothing was asked of arXiv")
    assert server.requests == []


def test_a_certificate_that_nobody_knows(server: ArxivServer, tmp_path: Path) -> None:
    assert failure(server.env(), tmp_path) == (
        "the certificate of 127.0.0.1 is not trusted: "
        "check the clock; where a proxy reads along, name its certificates with SSL_CERT_FILE"
    )


@pytest.mark.parametrize("name", _BUNDLES)
def test_certificates_are_those_that_a_variable_names(
    name: str, server: ArxivServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, certifi.where())
    assert failure(server.env(), tmp_path) == (
        f"the certificate of 127.0.0.1 is not trusted by those that {name} names: mend or unset {name}"
    )
    monkeypatch.setenv(name, str(write_certificate(tmp_path)))
    source = ArxivSource.from_environment(server.env(), tmp_path, print)
    (batch,) = source.by_ids(["1512.03385"])
    assert len(batch.found) == 1


@pytest.mark.parametrize(
    "behaviour",
    [
        arxiv_faults.trickling_head,
        arxiv_faults.trickling_body,
        arxiv_faults.trickling_without_length,
        arxiv_faults.trickling_chunk,
    ],
)
def test_the_time_is_up_behind_tls_as_well(
    behaviour: Behaviour, server: ArxivServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(write_certificate(tmp_path)))
    server.always(behaviour)
    told = failure(server.env(), tmp_path)
    assert told == "arXiv's reply was not complete within 1.25 s: try again later"
