"""The reader's own way to the network: proxies and certificates that the environment names.

What is wrong there is told with the name of the variable, since nothing at arXiv can mend it.
"""

import os
import ssl
from pathlib import Path
from urllib.parse import urlsplit

import requests
from requests.utils import get_environ_proxies, select_proxy

from papertrail.domain.errors import NetworkError
from papertrail.domain.text import clean_line, shorten

_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
_NOT_ASKED = "nothing was asked of arXiv"


def certificates(url: str) -> str | bool:
    """Return the file of certificates to trust for `url`; True for those that come with `requests`.

    Raises:
        NetworkError: a variable names one that cannot be used.
    """
    name = next((name for name in _BUNDLES if os.environ.get(name)), None)
    if name is None or not url.startswith("https:"):
        return True
    path = Path(os.environ[name])
    shown = f"{name} names {shorten(clean_line(str(path)), 60)}"
    if not path.exists():
        raise NetworkError(f"{shown}, which is not there", f"mend or unset {name}; {_NOT_ASKED}")
    if path.is_dir():
        return str(path)
    try:
        ssl.create_default_context(cafile=str(path))
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        why = "which cannot be read" if isinstance(error, PermissionError) else "which holds no certificates"
        raise NetworkError(f"{shown}, {why}", f"mend or unset {name}; {_NOT_ASKED}") from error
    return str(path)


def proxies(url: str) -> dict[str, str]:
    """Return the proxies that the environment wants for `url`, as `requests` takes them.

    Raises:
        NetworkError: one of them is no address, or of a kind that needs another package.
    """
    try:
        wanted = get_environ_proxies(url)
        proxy = select_proxy(url, wanted)
    except ValueError as error:
        raise NetworkError("the settings of the proxy cannot be understood", _mend(url)) from error
    if proxy is None:
        return {}
    name = _variable(url)
    try:
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        usable = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        raise NetworkError(f"{name} is no address of a proxy", f"{_mend(url)}; {_NOT_ASKED}")
    if parts.scheme.startswith("socks"):
        try:
            import socks  # type: ignore[import-untyped]  # noqa: F401
        except ImportError as error:
            raise NetworkError(
                f"{name} wants a SOCKS proxy, for which a package is missing",
                f"pip install 'requests[socks]', or unset {name}",
            ) from error
    elif parts.scheme not in ("http", "https"):
        raise NetworkError(
            f"{name} wants a proxy of an unknown kind, {shorten(clean_line(parts.scheme), 20)}:",
            f"{_mend(url)}; {_NOT_ASKED}",
        )
    return dict(wanted)


def blame(error: Exception, url: str) -> NetworkError | None:
    """Return what to tell of an error that is the fault of the reader's own settings; None if it is not."""
    proxy = select_proxy(url, get_environ_proxies(url))
    if proxy is not None and isinstance(error, requests.ConnectionError):
        at_proxy = isinstance(error, requests.exceptions.ProxyError) or not url.startswith("https:")
        timed_out = isinstance(error, requests.Timeout)
        if (at_proxy and not _broke_off(error)) or (timed_out and isinstance(error, requests.ConnectTimeout)):
            told = f"the proxy that {_variable(url)} names, {_host(proxy)}, does not let us through"
            return NetworkError(told, _mend(url))
    if isinstance(error, requests.exceptions.SSLError):
        name = next((name for name in _BUNDLES if os.environ.get(name)), None)
        host = urlsplit(url).hostname
        cause = f"the certificate of {host} is not trusted"
        if name is not None:
            return NetworkError(f"{cause} by those that {name} names", f"mend or unset {name}")
        remedy = "check the clock; where a proxy reads along, name its certificates with SSL_CERT_FILE"
        return NetworkError(cause, remedy)
    return None


def proxy_refused(url: str) -> NetworkError:
    """Return what to tell of a proxy that wants a user and a password (HTTP 407)."""
    return NetworkError(f"the proxy that {_variable(url)} names wants a user and a password", _mend(url))


def _broke_off(error: Exception) -> bool:
    return "aborted" in str(error)


def _variable(url: str) -> str:
    """Return the name of the variable that the proxy for `url` comes from."""
    scheme = urlsplit(url).scheme
    for name in (f"{scheme}_proxy", "all_proxy"):
        for spelled in (name, name.upper()):
            if os.environ.get(spelled):
                return spelled
    return "the system"


def _mend(url: str) -> str:
    name = _variable(url)
    return "check the system's proxy settings" if name == "the system" else f"mend or unset {name}"


def _host(proxy: str) -> str:
    """Return host and port of a proxy, without user and password."""
    try:
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        return shorten(
            clean_line(f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)), 60
        )
    except ValueError:
        return "no address"
