"""The pages and their assets, all in memory, each with the policy that lets just its own scripts run."""

from __future__ import annotations

import base64
import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

ASSETS: Final = Path(__file__).with_name("assets")
_INLINE: Final = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Something to send as it is, compressed too, with a tag by which browsers know it again."""

    media_type: str
    plain: bytes
    zipped: bytes
    tag: str
    headers: dict[str, str] = field(default_factory=dict)


def page(content: bytes, media_type: str, *, headers: dict[str, str] | None = None) -> Page:
    """Return content ready to be sent."""
    return Page(
        media_type=media_type,
        plain=content,
        zipped=gzip.compress(content, 6, mtime=0),
        tag=hashlib.sha256(content).hexdigest()[:32],
        headers=headers or {},
    )


def html_page(text: str) -> Page:
    """Return an HTML page whose scripts are its own: inline ones by their hash, others from this server."""
    scripts = " ".join(f"'sha256-{_hash(script)}'" for script in sorted(set(_INLINE.findall(text))))
    policy = (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return page(text.encode(), "text/html; charset=utf-8", headers={"Content-Security-Policy": policy})


def assets(folder: Path = ASSETS) -> dict[str, Page]:
    """Return the files of a folder by name; what is not among them is not served."""
    found = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in (".js", ".css", ".svg", ".woff2", ".txt"):
            kind = mimetypes.types_map[path.suffix] if path.suffix != ".woff2" else "font/woff2"
            text = kind.startswith("text/") or path.suffix in (".js", ".svg")
            found[path.name] = page(path.read_bytes(), f"{kind}; charset=utf-8" if text else kind)
    return found


def sent(found: Page, request: Request) -> Response:
    """Return the page, or 304 where the browser has it already."""
    from starlette.responses import Response

    zipped = re.search(
        r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", request.headers.get("accept-encoding", "")
    )
    tag = f'"{found.tag}{"-gz" if zipped else ""}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding", **found.headers}
    known = {text.strip().removeprefix("W/") for text in request.headers.get("if-none-match", "").split(",")}
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return Response(found.zipped if zipped else found.plain, media_type=found.media_type, headers=headers)


def _hash(script: str) -> str:
    # A browser hashes what its parser has made of the text, in which line ends are line feeds.
    normal = script.replace("\r\n", "\n").replace("\r", "\n")
    return base64.b64encode(hashlib.sha256(normal.encode()).digest()).decode()
