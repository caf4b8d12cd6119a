"""What holds for every request: for whom this server answers, and the headers that keep browsers safe."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Final

from kg.serve.protocol import RequestError, error_response
from kg.serve.settings import Settings

if TYPE_CHECKING:
    from starlette.datastructures import Headers
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# A page that needs more brings its own policy.
POLICY: Final = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
    "content-security-policy": POLICY,
    "cache-control": "no-store",
}


def guarded(app: ASGIApp, settings: Settings) -> ASGIApp:
    """Return the app behind checks of host, origin and length of the URL, sending safe headers."""
    from starlette.datastructures import Headers, MutableHeaders

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await app(scope, receive, send)

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if not settings.origins:
                    headers.setdefault("cross-origin-resource-policy", "same-origin")
            await send(message)

        headers = Headers(scope=scope)
        try:
            _check(scope, headers, settings)
        except RequestError as error:
            refusal = error_response(
                error.status, str(error), accept=headers.get("accept", ""), headers=error.headers
            )
            return await refusal(scope, receive, send_safely)
        return await app(scope, receive, send_safely)

    return guard


def _check(scope: Scope, headers: Headers, settings: Settings) -> None:
    if len(scope["raw_path"] or b"") + len(scope["query_string"]) > settings.limits.url_bytes:
        raise RequestError(
            414, f"the URL may have {settings.limits.url_bytes:,} bytes; send long queries by POST"
        )
    hosts = headers.getlist("host")
    if len(hosts) != 1 or not _is_ours(hosts[0], settings):
        # Otherwise a page elsewhere could point its own name at this machine and read what is here.
        raise RequestError(421, "this server does not answer for that host; `--allow-host` adds one")
    _check_origin(headers, hosts[0], settings, navigates=scope["method"] in ("GET", "HEAD"))


def _is_ours(host: str, settings: Settings) -> bool:
    name = host.lower()
    if not name.endswith("]"):
        name, _, port = name.rpartition(":") if ":" in name else (name, "", "")
        if port and not (port.isascii() and port.isdigit()):
            return False
    if name == "localhost" or name in {one.lower() for one in (settings.host, *settings.hosts)}:
        return True
    try:
        ipaddress.ip_address(name.removeprefix("[").removesuffix("]"))
    except ValueError:
        return False
    return True  # no name that could be pointed at another machine


def _check_origin(headers: Headers, host: str, settings: Settings, *, navigates: bool) -> None:
    """Refuse what a page of another site makes a browser send, even though it could not read the answer."""
    origin = headers.get("origin")
    if origin is not None:
        if "*" in settings.origins or origin in settings.origins:
            return
        if origin not in (f"http://{host}", f"https://{host}"):
            raise RequestError(403, "pages of other sites may not use this server; `--cors` allows one")
    if headers.get("sec-fetch-site") in ("cross-site", "same-site") and not settings.origins:
        follows_link = (
            headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        )
        if not (navigates and follows_link):
            raise RequestError(403, "pages of other sites may not use this server; `--cors` allows one")
