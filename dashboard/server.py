"""The dashboard's server: Streamlit's, which here answers sooner. Run by `jixiao dashboard` or `streamlit run`.

A browser that opens a page first loads Streamlit itself, some 65 files, and only then asks for the page. Five things make
that shorter (dashboard/README.md has the measurement), and none changes what is shown:

- these files are answered from memory, where Streamlit opens each anew in a thread, beside the scripts that make pages;
- the frame that all pages share (index.html) names what a chart needs, so that it is there when the chart comes, instead of
  being asked for then;
- the frame says where the server is and what it allows, so that the browser connects at once. Streamlit would try the page's
  own address first (/compare/_stcore/health), wait for the refusal, then ask the right one, and connect after its answer;
- the frame names our typefaces, so that Streamlit's own (170 kB), in which no page is set, is not fetched with it;
- what a session sends first comes in the order of reading (dashboard/arrival.py).

All else, and all of it below a base path (`server.baseUrlPath`), is answered by Streamlit.
"""

from __future__ import annotations

import json
import mimetypes
import re
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.middleware import Middleware

from dashboard import arrival

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

STATIC = Path(st.__file__).parent / "static"
#: Streamlit's pieces that mount components with a script, as charts are, and texts of ours, as those around charts are.
CHARTS_NEED = ("BidiComponent", "Html")
#: Names of files hold their content's hash, so they never change; the frame does with the version of Streamlit.
FOR_GOOD, ASK_AGAIN, NOT_KEPT = b"public, immutable, max-age=31536000", b"no-cache", b"no-store"
_FONT = re.compile(r'<link\s[^>]*rel="preload"[^>]*as="font"[^>]*>')
_IMPORT = re.compile(r"""(?:from|import)\s*["'`]\./([\w.$-]+\.js)["'`]""")


def pieces(scripts: Path, name: str) -> list[str]:
    """The file names of one of Streamlit's pieces and of all that it imports, itself first; none where there is no such
    piece (another version of Streamlit may have named it otherwise: pages then load it when they need it)."""
    found: list[str] = []
    waiting = sorted(file.name for file in scripts.glob(f"{name}.*.js"))
    while waiting:
        current = waiting.pop(0)
        if current not in found:
            found.append(current)
            waiting += _IMPORT.findall((scripts / current).read_text(encoding="utf-8"))
    return found


def frame(static: Path, host: bool = True) -> bytes:
    """Streamlit's index.html with what this server changes in its head; raises ValueError where it has none. With `host` it
    says what Streamlit would ask /_stcore/host-config before it connects."""
    page = (static / "index.html").read_text(encoding="utf-8")
    if "<head>" not in page or "</head>" not in page:
        raise ValueError(f"{static / 'index.html'}: no <head>; install the version of Streamlit in requirements.lock")
    named = set(re.findall(r"/js/([\w.$-]+\.js)", page))
    hints = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{piece}">'
        for piece in dict.fromkeys(p for name in CHARTS_NEED for p in pieces(static / "static" / "js", name))
        if piece not in named
    )
    # The address is read when Streamlit's script starts, so it comes before; the hints come after what Streamlit names.
    page = _FONT.sub("", page)
    # Streamlit's own typeface is for pages whose theme has not come yet; ours is then on the reader's machine already.
    said: dict[str, object] = {
        "LIGHT_THEME": {"bodyFont": st.get_option("theme.font"), "headingFont": st.get_option("theme.headingFont")}
    }
    if host:
        allowed = st.get_option("client.allowedOrigins")
        said["HOST_CONFIG"] = {"allowedOrigins": allowed, "useExternalAuthToken": False}
    here = f'BACKEND_BASE_URL:new URL("./",location.href).href,...{json.dumps(said)}'.replace("<", r"\u003c")
    return (
        page.replace("<head>", f"<head><script>window.__streamlit={{{here}}}</script>", 1)
        .replace("</head>", f"{hints}</head>", 1)
        # What a tab, a bookmark and a preview of a link say before the page's script has run.
        .replace("<title>Streamlit</title>", "<title>绩效 Jixiao</title>", 1)
        .replace('<html lang="en">', '<html lang="zh-CN">', 1)
        .encode()
    )


class FromMemory:
    """Middleware that answers the frame at the pages' addresses and Streamlit's own files, each read once."""

    def __init__(self, app: ASGIApp, static: Path = STATIC) -> None:
        self._app = app
        self._frame, self._frame_of_users = frame(static), frame(static, host=False)
        pages = (Path(__file__).parent / "app_pages").glob("*.py")
        self._pages = {"/", *(f"/{page.stem}" for page in pages)}
        self._files = {f"/{f.relative_to(static).as_posix()}": f for f in (static / "static").rglob("*") if f.is_file()}
        self._read: dict[str, bytes] = {}
        arrival.listen()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on to Streamlit."""
        if scope["type"] == "http" and scope["method"] == "GET":
            path = scope["path"]
            if arrival.ADDRESS in path:
                await _answer(send, b"", "text/plain", NOT_KEPT)
                await arrival.tell(path.rpartition(arrival.ADDRESS)[2])
                return
            if path in self._pages:
                # Who is logged in is recognised by a second cookie, which Streamlit sets when it is asked first.
                known = any(n == b"cookie" and b"_streamlit_user" in value for n, value in scope["headers"])
                await _answer(
                    send, self._frame_of_users if known else self._frame, "text/html; charset=utf-8", ASK_AGAIN
                )
                return
            if path in self._files:
                if path not in self._read:
                    self._read[path] = self._files[path].read_bytes()
                kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
                await _answer(send, self._read[path], kind, FOR_GOOD)
                return
        if scope["type"] == "websocket" and arrival.is_new_session(scope):
            first_page = arrival.Arrival(send)
            try:
                await self._app(scope, receive, first_page.send)
            finally:
                first_page.close()
            return
        await self._app(scope, receive, send)


async def _answer(send: Send, body: bytes, kind: str, keep: bytes) -> None:
    headers = [
        (b"content-type", kind.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", keep),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


app = st.App(Path(__file__).with_name("app.py"), middleware=[Middleware(FromMemory)])
