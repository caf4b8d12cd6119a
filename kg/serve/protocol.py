"""The SPARQL 1.1 protocol: what an HTTP request asks, and how an answer or an error is worded."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from kg.errors import KgError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from kg.serve.answering import Done
    from kg.serve.settings import Limits

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
_FIELDS: Final = 100


class RequestError(KgError):
    """A request that cannot be served, with the HTTP status that says so."""

    def __init__(self, status: int, message: str, *, headers: Mapping[str, str] | None = None) -> None:
        self.status, self.headers = status, dict(headers or {})
        super().__init__(message)


async def asked(request: Request, limits: Limits) -> tuple[str, dict[str, Any]]:
    """Return `query` or `update` and the job that a request to the endpoint is; `none` for a bare GET."""
    url = fields(request.scope["query_string"], "the query string")
    if request.method in ("GET", "HEAD"):
        if not any(name in ("query", "update") for name, _ in url):
            return "none", {}
        if any(name == "update" for name, _ in url):
            raise RequestError(400, "an update must be sent by POST")
        return "query", _job(url, _only(url, "query"), request)
    kind = content_type(request)
    body = await content(request, limits)
    if kind == FORM:
        form = fields(body, "the form")
        names = [name for name, _ in form if name in ("query", "update")]
        if len(names) != 1:
            raise RequestError(400, "the form must hold either one `query` or one `update`")
        return names[0], _job(form, _only(form, names[0]), request)
    text = decoded(body, "the body")
    return ("query" if kind == QUERY else "update"), _job(url, text, request)


def fields(encoded: bytes, place: str) -> list[tuple[str, str]]:
    """Return the names and values of a query string or form."""
    try:
        text = encoded.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeError as error:
        raise RequestError(400, f"{place} must be percent-encoded UTF-8") from error
    except ValueError as error:
        raise RequestError(400, f"{place} has more than {_FIELDS} fields") from error


def content_type(request: Request) -> str:
    """Return the media type of the body, one that the endpoint takes."""
    kind, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    takes = (QUERY, FORM, UPDATE)
    if kind not in takes:
        accepted = ", ".join(takes)
        raise RequestError(
            415, f"the body must be {accepted}; not {kind or 'untyped'}", headers={"Accept-Post": accepted}
        )
    for parameter in parameters:
        if parameter.startswith("charset=") and parameter[8:].strip('"') not in ("utf-8", "utf8", "us-ascii"):
            raise RequestError(415, "the body must be UTF-8")
    if request.headers.get("content-encoding", "identity") != "identity":
        raise RequestError(415, "the body must not be compressed", headers={"Accept-Encoding": "identity"})
    return kind


async def content(request: Request, limits: Limits) -> bytes:
    """Return the body, if it is not too large and comes in time."""
    from starlette.requests import ClientDisconnect

    too_large = RequestError(413, f"the body may have {limits.body_bytes:,} bytes")
    length = request.headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or int(length) > limits.body_bytes:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(limits.upload_seconds):
            async for part in request.stream():
                body += part
                if len(body) > limits.body_bytes:
                    raise too_large
    except ClientDisconnect as error:
        raise RequestError(400, "the body did not come") from error
    except TimeoutError as error:
        raise RequestError(
            408,
            f"the body did not come within {limits.upload_seconds:g} seconds",
            headers={"Connection": "close"},
        ) from error
    return bytes(body)


def decoded(body: bytes, place: str) -> str:
    """Return text from UTF-8."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RequestError(400, f"{place} is not UTF-8: {error.reason} at byte {error.start:,}") from error


def response(done: Done, accept: str) -> Response:
    """Return the answer to a job as the client sees it."""
    from starlette.responses import Response

    if done.status != 200:
        return error_response(done.status, done.message, accept=accept, place=(done.line, done.column))
    kind = done.media_type
    if kind.startswith("text/") and "charset" not in kind:
        kind += "; charset=utf-8"
    return Response(done.body, media_type=kind, headers={"Vary": "Accept"})


def error_response(
    status: int,
    message: str,
    *,
    accept: str = "",
    place: Sequence[int | None] = (None, None),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return an error as JSON to clients that accept JSON of any kind, and as a line of text to others."""
    from starlette.responses import JSONResponse, PlainTextResponse

    # A message may quote what the client sent, which may hold anything, half a surrogate pair too.
    message = "".join(
        char if char.isprintable() or char == "\n" else "\N{REPLACEMENT CHARACTER}" for char in message
    )
    if "json" in accept.lower():
        found = {"status": status, "error": message, "line": place[0], "column": place[1]}
        return JSONResponse({k: v for k, v in found.items() if v is not None}, status, headers)
    return PlainTextResponse(message + "\n", status, headers)


def _only(pairs: Sequence[tuple[str, str]], name: str) -> str:
    values = [value for key, value in pairs if key == name]
    if len(values) != 1:
        raise RequestError(400, f"`{name}` must be given once, not {len(values)} times")
    return values[0]


def authorised(request: Request, token: str) -> bool:
    """Tell whether a request brings the token; how long that takes does not tell how much of it is right."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    same = hmac.compare_digest(given.strip().encode("utf8", "replace"), token.encode())
    return same and scheme.lower() == "bearer" and bool(token)


def _job(pairs: Sequence[tuple[str, str]], sparql: str, request: Request) -> dict[str, Any]:
    return {
        "kind": "query",
        "sparql": sparql,
        "accept": accepted(request),
        "default_graphs": [value for name, value in pairs if name == "default-graph-uri"],
        "named_graphs": [value for name, value in pairs if name == "named-graph-uri"],
        "other": sorted({name for name, _ in pairs}),
    }


def accepted(request: Request) -> str:
    """Return the Accept header, of which there may be several lines."""
    return ", ".join(request.headers.getlist("accept")) or "*/*"
