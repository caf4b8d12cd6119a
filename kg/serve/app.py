"""The ASGI app: which address does what."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from kg.export import html
from kg.questions import questions
from kg.serve import protocol
from kg.serve.answering import Answerers, BusyError, Done
from kg.serve.described import DESCRIPTION, listed, openapi
from kg.serve.guard import guarded
from kg.serve.pages import ASSETS, Page, assets, html_page, page, sent
from kg.serve.protocol import RequestError, accepted, error_response
from kg.serve.settings import Settings
from kg.store.answering import TABLES

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

Endpoint = Callable[["Request"], Awaitable["Response"]]
_EXPLORER_SECONDS = 300.0


def application(answerers: Answerers, settings: Settings, *, explorer: bool) -> ASGIApp:
    """Return the app over a graph; `explorer` says whether there is one, which an RDF file has not."""
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.middleware import Middleware
    from starlette.middleware.cors import CORSMiddleware
    from starlette.routing import Route

    pages = _fixed_pages()
    routes = [
        Route("/", _explorer if explorer else _no_explorer),
        Route("/explorer.json", _explorer_data),
        Route("/query", _fixed("query")),
        Route("/sparql", _sparql, methods=["GET", "POST"]),
        Route("/questions", _fixed("questions")),
        Route("/questions/{name}", _question),
        Route("/questions/{name}/text", _question_text),
        Route("/openapi.json", _fixed("openapi")),
        Route("/assets/{name}", _asset),
        Route("/favicon.ico", _asset),
    ]
    cors = Middleware(
        CORSMiddleware,
        allow_origins=settings.origins,
        allow_methods=["GET", "POST"],
        allow_headers=["Accept", "Content-Type"],
    )

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        watcher = asyncio.create_task(answerers.watch())
        yield
        watcher.cancel()
        answerers.close()

    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        middleware=[cors] if settings.origins else [],
        exception_handlers={
            RequestError: _request_error,
            BusyError: _busy,
            HTTPException: _http_error,
            500: _internal_error,
        },
    )
    app.state.answerers, app.state.settings, app.state.pages = answerers, settings, pages
    app.state.explorer = None
    return guarded(app, settings)


def _fixed_pages() -> Mapping[str, Page]:
    return {
        **assets(),
        "query": html_page((ASSETS / "query.html").read_text("utf8")),
        "questions": page(json.dumps(listed(), ensure_ascii=False).encode(), "application/json"),
        "openapi": page(json.dumps(openapi(), ensure_ascii=False).encode(), "application/json"),
        "shell": html_page(html.shell()),
    }


def _fixed(name: str) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return sent(request.app.state.pages[name], request)

    return endpoint


async def _asset(request: Request) -> Response:
    name = request.path_params.get("name", "icon.svg")
    found = request.app.state.pages.get(name)
    if found is None or "." not in name:
        raise RequestError(404, "there is no such file")
    return sent(found, request)


async def _sparql(request: Request) -> Response:
    from starlette.responses import RedirectResponse, Response

    kind, job = await protocol.asked(request, request.app.state.settings.limits)
    if kind == "none":
        if "text/html" in accepted(request):
            return RedirectResponse("query", 303)
        return Response(DESCRIPTION.read_bytes(), media_type="text/turtle; charset=utf-8")
    if kind == "update":
        return await _update(request, job)
    return protocol.response(await _answer(request, job), accepted(request))


async def _update(request: Request, job: dict[str, Any]) -> Response:
    from starlette.responses import Response

    token = request.app.state.settings.token
    if not token:
        raise RequestError(403, "this server takes queries only")
    if not protocol.authorised(request, token):
        raise RequestError(401, "an update needs the token", headers={"WWW-Authenticate": "Bearer"})
    if any(name.startswith("using-") for name in job["other"]):
        raise RequestError(400, "name the graphs in the update itself, with USING or WITH")
    done = await request.app.state.answerers.update({**job, "kind": "update"})
    return Response(status_code=204) if done.status == 200 else protocol.response(done, accepted(request))


async def _question(request: Request) -> Response:
    job = {"kind": "question", "accept": accepted(request), **_asked(request)}
    if "text/html" in job["accept"]:  # a browser's address bar: what it would make of XML or CSV is no help
        job["accept"] = next(iter(TABLES))
    return protocol.response(await _answer(request, job), accepted(request))


async def _question_text(request: Request) -> Response:
    return protocol.response(
        await _answer(request, {"kind": "question-text", **_asked(request)}), accepted(request)
    )


def _asked(request: Request) -> dict[str, Any]:
    name = request.path_params["name"]
    if name not in questions():
        raise RequestError(404, f"there is no question {name!r}; known: {', '.join(questions())}")
    pairs = protocol.fields(request.scope["query_string"], "the query string")
    params = dict(pairs)
    if len(params) < len(pairs):
        raise RequestError(400, "a parameter is given more than once")
    return {"name": name, "params": params}


async def _explorer(request: Request) -> Response:
    return sent(request.app.state.pages["shell"], request)


async def _no_explorer(_request: Request) -> Response:
    from starlette.responses import RedirectResponse

    return RedirectResponse("query", 303)


async def _explorer_data(request: Request) -> Response:
    state = request.app.state
    version = state.answerers.version
    if state.explorer is None or state.explorer[0] != version:
        done = await _answer(request, {"kind": "explorer", "confined": False, "seconds": _EXPLORER_SECONDS})
        if done.status != 200:
            raise RequestError(404 if done.status == 500 else done.status, done.message)
        state.explorer = version, await asyncio.to_thread(page, done.body, "application/json")
    return sent(state.explorer[1], request)


async def _answer(request: Request, job: Mapping[str, Any]) -> Done:
    """Do a job, but not for a client that has gone away."""
    work = asyncio.create_task(request.app.state.answerers.do(job))
    gone = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait((work, gone), return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            return Done(status=499, message="the client has gone")
        done: Done = work.result()
        return done
    finally:
        for task in (work, gone):
            task.cancel()
        await asyncio.gather(work, gone, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _request_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestError)
    return error_response(error.status, str(error), accept=accepted(request), headers=error.headers)


async def _busy(request: Request, error: Exception) -> Response:
    return error_response(503, str(error), accept=accepted(request), headers={"Retry-After": "2"})


async def _http_error(request: Request, error: Exception) -> Response:
    from starlette.exceptions import HTTPException

    assert isinstance(error, HTTPException)
    words = {404: "there is nothing at this address", 405: "this address does not take that method"}
    return error_response(
        error.status_code,
        words.get(error.status_code, error.detail),
        accept=accepted(request),
        headers=error.headers,
    )


async def _internal_error(request: Request, _error: Exception) -> Response:
    return error_response(500, "internal error", accept=accepted(request))
