"""Two hundred requests and more that mean harm: none may change the graph, leak a file, break the server."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from kg.export import export
from kg.graph import KnowledgeGraph
from tests.serve.servers import Served, eventually, serving

CANARY = "canary-7f3a91"
MARK = "<script>alert(1)</script>"


class Trap:
    """A web server that counts who comes: nobody should."""

    def __init__(self) -> None:
        self.visits: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/{CANARY}"
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while True:
            try:
                visitor, _ = self._listener.accept()
            except OSError:
                return
            with visitor:
                self.visits.append(visitor.recv(200))

    def close(self) -> None:
        self._listener.close()


def sparql(trap: str, secret: Path) -> Iterator[str]:
    """Yield queries and updates that would change something, leave the machine or read a file."""
    file = secret.as_uri()
    yield from (
        "INSERT DATA { <urn:x> <urn:y> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } INSERT { ?s ?p 0 } WHERE { ?s ?p ?o }",
        "DELETE DATA { <urn:x> <urn:y> 1 }",
        "CLEAR ALL",
        "CLEAR SILENT DEFAULT",
        "DROP ALL",
        "DROP GRAPH <https://w3id.org/polkg/claims/x>",
        "CREATE GRAPH <urn:g>",
        "COPY DEFAULT TO <urn:g>",
        "MOVE DEFAULT TO <urn:g>",
        "ADD DEFAULT TO <urn:g>",
        f"LOAD <{trap}>",
        f"LOAD SILENT <{trap}> INTO GRAPH <urn:g>",
        f"LOAD <{file}>",
        "PREFIX x: <urn:x> INSERT DATA { GRAPH x:g { x:a x:b x:c } }",
        "ASK {} ; DROP ALL",
        "ASK {}\n;\nINSERT DATA { <urn:x> <urn:y> 1 }",
        "SELECT * { ?s ?p ?o } LIMIT 1 # \n DELETE WHERE { ?s ?p ?o }",
        "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "insert data { <urn:x> <urn:y> 1 }",
        "\ufeffDROP ALL",
        "DROP/**/ALL",
        "\\u0044ROP ALL",
    )
    calls = (
        f"SERVICE <{trap}> {{ ?s ?p ?o }}",
        f"SERVICE SILENT <{trap}> {{ ?s ?p ?o }}",
        f"SERVICESILENT<{trap}>{{ ?s ?p ?o }}",
        f"{{ {{ SERVICE <{trap}> {{ }} }} }}",
        f"OPTIONAL {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}",
        f"FILTER EXISTS {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}",
        f"FILTER NOT EXISTS {{ SERVICE SILENT <{trap}> {{ ?s ?p ?o }} }}",
        f"MINUS {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}",
        f"LATERAL {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}",
        f"BIND (<{trap}> AS ?g) SERVICE ?g {{ ?s ?p ?o }}",
        f"VALUES ?g {{ <{trap}> }} SERVICE ?g {{ ?s ?p ?o }}",
        f"#\rSERVICE <{trap}> {{ ?s ?p ?o }}",
        f"# x\nsErViCe<{trap}>{{ ?s ?p ?o }}",
        f"BIND (1 AS ?a) FILTER (?a<5)SERVICE#>\n<{trap}> {{ ?s ?p ?o }}",
        f"BIND (1 AS ?a) FILTER (?a<t:b#>'''\n)SERVICE<{trap}>{{ ?s ?p '''x''' }}",
        f"{{ SELECT * {{ SERVICE <{trap}> {{ ?s ?p ?o }} }} }}",
        f"GRAPH ?g {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}",
        f"\\u0053ERVICE <{trap}> {{ ?s ?p ?o }}",
        f"?s ?p 'a' . SERVICE <{trap}> {{ ?s ?p ?o }}",
        f'?s ?p """a""" . SERVICE <{trap}> {{ ?s ?p """b""" }}',
        f"SERVICE <{file}> {{ ?s ?p ?o }}",
    )
    for call in calls:
        yield f"SELECT * WHERE {{ {call} }}"
    yield f"PREFIX : <{trap}> SELECT * {{ SERVICE:x{{ ?s ?p ?o }} }}"
    yield f"PREFIX : <{trap}> SELECT * {{ SERVICESILENT:x{{ ?s ?p ?o }} }}"
    yield f"PREFIX service: <{trap}> SELECT * {{ SERVICE service:x {{ ?s ?p ?o }} }}"
    yield f"BASE <{trap}> SELECT * {{ SERVICE <x> {{ ?s ?p ?o }} }}"
    yield f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}"
    yield f"DESCRIBE ?s WHERE {{ SERVICE <{trap}> {{ ?s ?p ?o }} }}"
    yield f"SELECT * FROM <{trap}> {{ ?s ?p ?o }}"
    yield f"SELECT * FROM NAMED <{trap}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    yield f"SELECT * FROM <{file}> {{ ?s ?p ?o }}"
    yield f"SELECT (<{trap}>(1) AS ?x) {{}}"
    yield f"DESCRIBE <{trap}>"


def costly() -> Iterator[str]:
    """Yield queries that want all the time, memory or stack there is."""
    yield "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
    yield "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    yield "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c"
    yield "SELECT DISTINCT ?a ?d ?g ?j { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    yield f"SELECT * {'{' * 60_000}{'}' * 60_000}"
    yield f"ASK {{ FILTER ({'!' * 90_000}true) }}"
    yield f"ASK {{ FILTER ({'-' * 90_000}1 = 1) }}"
    yield f"ASK {{ ?s {'(' * 40_000}<urn:p>{')' * 40_000} ?o }}"
    yield f"SELECT * {{ VALUES ?x {{ {'1 ' * 200_000} }} }}"
    yield "ASK { FILTER (" + " || ".join(["1 = 2"] * 40_000) + ") }"
    yield "SELECT (CONCAT(" + ", ".join(["'x'"] * 100_000) + ") AS ?x) {}"
    yield "ASK { FILTER (REGEX('" + "a" * 50_000 + "', '(a*)*(a*)*(a*)*b')) }"
    yield "ASK { FILTER (REGEX('a', 'a{1,1000}{1,1000}{1,1000}')) }"
    yield "'\\" * 100_000
    yield "ASK { ?s ?p '" + "\\'" * 100_000 + " SERVICE"
    yield "<" * 300_000


def paths(secret: Path) -> Iterator[str]:
    """Yield addresses that try to climb out of the folder of assets, or to something that is not meant."""
    up = ("..", "%2e%2e", "..%2f..", "%252e%252e", "..%5c..", "....//", ".%00.", "%c0%ae%c0%ae", "..;")
    for start, climb in itertools.product(("assets/", "", "questions/", "assets/query.js/"), up):
        yield f"{start}{climb}/{secret.name}"
        yield f"{start}{'/'.join([climb] * 8)}{secret}"
    for odd in (
        f"assets/{secret}",
        "assets//etc/passwd",
        "assets/",
        "assets/.",
        "assets/app.py",
        "app.py",
        ".git/config",
    ):
        yield odd
    for odd in (f"//{secret}", "assets/query", "assets/shell", f"file://{secret}", "sparql/../../etc/passwd"):
        yield odd
    yield "explorer.json?source=/etc/passwd"
    yield f"questions/{MARK}"
    yield f"questions/partners?actor={quote(MARK)}"
    yield f"questions/partners?{quote(MARK)}=1"
    yield f"questions/partners?actor={quote('> } } ; DROP ALL #')}"
    yield f"questions/timeline?actor={quote('wd:Q1> . } DROP ALL #')}"
    yield f"questions/quotes?relation={quote('relatedTo } ; DROP ALL')}"
    yield f"questions/quotes?since={quote('2024' + chr(34) + ' } DROP ALL')}"
    yield f"sparql?query={quote('ASK ' + MARK)}"
    yield f"sparql?query={quote('SELECT * { ?s foo:' + MARK)}"
    yield f"sparql?query=ASK%7B%7D&callback={quote(MARK)}&format={quote(MARK)}"
    yield f"sparql?query=ASK%7B%7D&default-graph-uri={quote('file:///etc/passwd')}"
    yield f"sparql?query=ASK%7B%7D&named-graph-uri={quote('javascript:alert(1)')}"


def heads(port: int, trap: str) -> Iterator[dict[str, str]]:
    """Yield headers that lie about who asks, from where, and for what."""
    own = f"127.0.0.1:{port}"
    for host in (
        "evil.example",
        f"evil.example:{port}",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "[::1",
        "a b",
    ):
        yield {"Host": host}
    for host in (
        "",
        f"{own}@evil.example",
        f"evil.example#{own}",
        "localhost:x",
        "2130706433.evil",
        f"{own}, evil.example",
    ):
        yield {"Host": host}
    for origin in (
        "https://evil.example",
        "null",
        f"http://{own}.evil.example",
        f"https://evil.example?http://{own}",
    ):
        yield {"Origin": origin}
        yield {"Origin": origin, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    yield {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
    yield {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
    yield {"X-HTTP-Method-Override": "DELETE", "X-Method-Override": "PUT"}
    yield {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-For": "127.0.0.1",
        "Forwarded": "host=evil.example",
    }
    yield {"X-Original-URL": "/sparql?update=CLEAR+ALL", "X-Rewrite-URL": "/etc/passwd"}
    yield {"Authorization": "Bearer "}
    yield {"Authorization": "Basic YWRtaW46YWRtaW4="}
    yield {"Accept": MARK}
    yield {"Accept": "*/*;q=" + "9" * 5000}
    yield {"Accept": ",".join(f"a{i}/b" for i in range(3000))}
    yield {"Accept-Encoding": "gzip;q=nonsense, " * 200}
    yield {"If-None-Match": '"' * 3000}
    yield {"Range": "bytes=0-,0-,0-,0-"}
    yield {"Cookie": f"a={MARK}"}
    yield {"Upgrade": "websocket", "Connection": "Upgrade"}
    yield {"Expect": "100-continue"}
    yield {"Referer": trap}


def raw(port: int) -> Iterator[bytes]:
    """Yield bytes that a proxy and a server could understand in two ways, or that are no HTTP at all."""
    host = f"Host: 127.0.0.1:{port}\r\n".encode()
    form = b"Content-Type: application/x-www-form-urlencoded\r\n"
    direct = b"Content-Type: application/sparql-update\r\n"
    hidden = b"POST /sparql HTTP/1.1\r\n" + host + direct + b"Content-Length: 8\r\n\r\nDROP ALL"
    yield (
        b"POST /sparql HTTP/1.1\r\n"
        + host
        + form
        + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        + hidden
    )
    yield (
        b"POST /sparql HTTP/1.1\r\n"
        + host
        + form
        + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"
        + hidden
    )
    yield (
        b"POST /sparql HTTP/1.1\r\n" + host + form + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + hidden
    )
    yield (
        b"POST /sparql HTTP/1.1\r\n"
        + host
        + form
        + b"Content-Length: 4\r\nContent-Length: 60\r\n\r\na=b&"
        + hidden
    )
    yield b"POST /sparql HTTP/1.1\r\n" + host + form + b"Content-Length: +4\r\n\r\na=b&" + hidden
    yield b"POST /sparql HTTP/1.1\r\n" + host + form + b"Content-Length: -1\r\n\r\n" + hidden
    yield (
        b"POST /sparql HTTP/1.1\r\n" + host + form + b"Content-Length: 99999999999999999999\r\n\r\n" + hidden
    )
    yield (
        b"POST /sparql HTTP/1.1\r\n"
        + host
        + form
        + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n"
        + hidden
    )
    yield (
        b"POST /sparql HTTP/1.1\r\n"
        + host
        + form
        + b"Transfer-Encoding: chunked\r\n\r\n4;"
        + b"x" * 70_000
        + b"\r\n"
    )
    yield b"GET /query HTTP/1.1\r\n" + host + b"X: a\n\nPOST /sparql HTTP/1.1\r\n\r\n"
    yield b"GET /query HTTP/1.1\r\n" + host + b"Host: evil.example\r\n\r\n"
    yield b"GET /query HTTP/1.1\r\n\r\n"
    yield b"GET /query HTTP/1.0\r\n\r\n"
    yield b"GET http://evil.example/sparql HTTP/1.1\r\nHost: evil.example\r\n\r\n"
    yield b"CONNECT evil.example:443 HTTP/1.1\r\n" + host + b"\r\n"
    yield b"TRACE / HTTP/1.1\r\n" + host + b"\r\n"
    yield b"GET /\x00 HTTP/1.1\r\n" + host + b"\r\n"
    yield b"GET /sparql?query=\xff\xfe HTTP/1.1\r\n" + host + b"\r\n"
    yield b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + host + b"\r\n"
    yield b"GET / HTTP/1.1\r\n" + host + b"X: " + b"a" * 100_000 + b"\r\n\r\n"
    yield b"GET / HTTP/1.1\r\n" + host + b"".join(b"X%d: a\r\n" % i for i in range(9000)) + b"\r\n"
    yield b"GET / HTTP/9.9\r\n" + host + b"\r\n"
    yield b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    yield b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500)
    yield b"\r\n" * 5000
    yield bytes(range(256)) * 50


def bodies() -> Iterator[tuple[str, bytes]]:
    """Yield content types and bodies that are not what they say."""
    form, direct, update = (
        f"application/{kind}" for kind in ("x-www-form-urlencoded", "sparql-query", "sparql-update")
    )
    yield form, b"query=ASK%7B%7D&update=CLEAR+ALL"
    yield form, b"query=ASK%7B%7D&query=DROP+ALL"
    yield form, b"query=%ff%fe%00"
    yield form, b"query=%ED%A0%80"
    yield form, b"update=INSERT+DATA+%7B%7D&using-graph-uri=urn:x"
    yield form, "query=ASK{}é".encode("latin-1")
    yield form, b"&".join(b"query=1" for _ in range(5000))
    yield form, b"query=" + b"%" * 5000
    yield direct, b"\xff\xfeA\x00S\x00K\x00"
    yield direct, b"ASK {} \x00 DROP ALL"
    yield direct, "ASK { ?s ?p '\ud800' }".encode("utf-8", "surrogatepass")
    yield direct, b"\x1f\x8b\x08\x00" + bytes(100)
    yield direct, b""
    yield direct, b"{" * 3_000_000
    yield update, b"DROP ALL"
    yield f"{update}; charset=utf-7", b"DROP ALL"
    yield f"{update}, {direct}", b"DROP ALL"
    yield (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="update"\r\n\r\nDROP ALL\r\n--x--',
    )
    yield "text/plain", b"update=DROP ALL"
    yield "application/json", b'{"update": "DROP ALL"}'
    yield MARK, b"DROP ALL"
    yield "application/xml", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'


def send(served: Served, content: bytes, *, patience: float) -> bytes:
    with socket.create_connection(("127.0.0.1", served.port), timeout=patience) as client:
        answer = b""
        try:
            client.sendall(content)
            while part := client.recv(65536):
                answer += part
        except (ConnectionError, TimeoutError):
            pass  # the server may hang up on nonsense, or wait for the rest of it
        return answer


def hangs_up(client: socket.socket) -> bool:
    """Tell whether the server soon listens no longer to what comes byte by byte."""

    def sent() -> bool:
        try:
            client.sendall(b"X")
        except ConnectionError:
            return True
        return False

    return eventually(sent)


@pytest.fixture(scope="module")
def hurried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that waits half a second for the head of a request."""
    quick = "import kg.serve.heads; kg.serve.heads.SECONDS = 0.5"
    graph = tmp_path_factory.mktemp("hurried")
    (graph / "graph.nt").write_text("<urn:a> <urn:b> <urn:c> .\n", "utf8")
    with serving(graph / "graph.nt", "--timeout", "100", patched=quick) as found:
        yield found


@pytest.fixture
def trap() -> Iterator[Trap]:
    found = Trap()
    yield found
    found.close()


def test_two_hundred_hostile_requests_leak_and_change_nothing(
    hostile_graph: KnowledgeGraph, tmp_path: Path, trap: Trap
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(CANARY, "utf8")
    export(hostile_graph, tmp_path / "graph", formats=["jsonl", "rdf"])
    files = {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(tmp_path.rglob("*"))
        if path.is_file()
    }
    with serving(tmp_path / "graph", "--timeout", "2", "--memory", "256", "--max-result", "4") as served:
        before = served.dump()
        assert len(before) > 100
        statuses: list[int] = []

        def seen(status: int, head: str, text: str) -> None:
            statuses.append(status)
            assert status != 500, text
            leaked = [word for word in ("Traceback", "root:x:0", "site-packages") if word in text]
            assert not leaked
            # What a request brings may come back in an error, but never as what a browser would run.
            kind = re.search(r"content-type: ([^\r\n]+)", head.lower())
            if kind and kind[1].startswith(("text/html", "image/svg")):
                assert text.find(MARK) == -1
            if status == 200 and "content-type" in head.lower():
                assert "nosniff" in head.lower()

        def request(
            method: str, path: str, content: bytes = b"", headers: dict[str, str] | None = None
        ) -> None:
            lines = {"Host": f"127.0.0.1:{served.port}", **(headers or {})}
            head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if name != "Expect")
            head += f"Content-Length: {len(content)}\r\nConnection: close\r\n"
            line = f"{method} /{path} HTTP/1.1\r\n{head}\r\n"
            raw_answer(line.encode("latin-1") + content, patience=60)

        def raw_answer(content: bytes, *, patience: float = 1) -> None:
            head, _, text = send(served, content, patience=patience).partition(b"\r\n\r\n")
            status = re.match(rb"HTTP/1\.1 ([0-9]{3})", head)
            assert text.find(CANARY.encode()) == -1 or CANARY.encode() in content
            seen(int(status[1]) if status else 0, head.decode("latin-1"), text.decode("utf8", "replace"))

        for query in sparql(trap.url, secret):
            for kind in ("query", "update"):
                form = urlencode({kind: query}).encode()
                request("POST", "sparql", form, {"Content-Type": "application/x-www-form-urlencoded"})
            request("GET", f"sparql?query={quote(query)}")
        for query in costly():
            request("POST", "sparql", query.encode(), {"Content-Type": "application/sparql-query"})
        for path in paths(secret):
            request("GET", path)
        for headers in heads(served.port, trap.url):
            request("GET", "query", headers=headers)
            request("POST", "sparql", b"ASK {}", {"Content-Type": "application/sparql-query", **headers})
        for content_type, body in bodies():
            request("POST", "sparql", body, {"Content-Type": content_type})
        for content in raw(served.port):
            raw_answer(content)
        for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "MOVE"):
            request(method, "sparql", b"DROP ALL", {"Content-Type": "application/sparql-update"})

        assert len(statuses) >= 200
        assert served.dump() == before
        assert "Traceback" not in served.log.read_text("utf8")
    assert trap.visits == []
    after = {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(tmp_path.rglob("*"))
        if path.is_file()
    }
    assert after == files


def test_names_that_are_markup_are_never_sent_as_html(hostile_graph: KnowledgeGraph, tmp_path: Path) -> None:
    export(hostile_graph, tmp_path / "graph", formats=["jsonl"])
    with serving(tmp_path / "graph") as served:
        for path in (
            "explorer.json",
            "questions/actors",
            "questions/denied",
            "sparql?query=" + quote("SELECT * { ?s rdfs:label ?o }"),
        ):
            answer = served.client.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
            assert "html" not in answer.headers["content-type"]
            assert answer.headers["x-content-type-options"] == "nosniff"
        for path in ("", "query"):
            policy = served.client.get(path).headers["content-security-policy"]
            scripts = re.search(r"script-src ([^;]*)", policy)
            assert scripts
            assert "unsafe" not in scripts[1]
            assert "frame-ancestors 'none'" in policy


def test_connections_that_say_nothing_are_closed(hurried: Served) -> None:
    address = ("127.0.0.1", hurried.port)
    with contextlib.ExitStack() as stack:
        idle = [stack.enter_context(socket.create_connection(address, timeout=20)) for _ in range(100)]
        assert eventually(lambda: hurried.client.get("questions").status_code == 200)
        assert [client.recv(1) for client in idle] == [b""] * 100


def test_a_head_that_is_never_whole_is_not_waited_for(hurried: Served) -> None:
    host = f"Host: 127.0.0.1:{hurried.port}\r\n".encode()
    for before in (b"", b"GET /questions/none HTTP/1.1\r\n" + host + b"\r\n"):
        with socket.create_connection(("127.0.0.1", hurried.port), timeout=20) as client:
            if before:
                client.sendall(before)
                assert client.recv(65536).startswith(b"HTTP/1.1 404 ")
            client.sendall(b"GET / HTTP/1.1\r\n")
            assert hangs_up(client)


def test_a_body_that_follows_an_answer_is_not_waited_for(hurried: Served) -> None:
    with socket.create_connection(("127.0.0.1", hurried.port), timeout=20) as client:
        head = f"POST /nowhere HTTP/1.1\r\nHost: 127.0.0.1:{hurried.port}\r\nContent-Length: 1000\r\n\r\n"
        client.sendall(head.encode())
        assert client.recv(65536).startswith(b"HTTP/1.1 404 ")
        assert hangs_up(client)


def test_whoever_has_sent_a_head_has_time(hurried: Served) -> None:
    head = f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:{hurried.port}\r\nContent-Length: 6\r\n"
    head += "Content-Type: application/sparql-query\r\n\r\n"
    with socket.create_connection(("127.0.0.1", hurried.port), timeout=20) as client:
        for _ in range(2):  # on the same connection
            client.sendall(head.encode())
            time.sleep(1)
            client.sendall(b"ASK {}")
            answer = b""
            while not answer.endswith(b"true}"):
                part = client.recv(65536)
                assert part, answer
                answer += part
            assert answer.startswith(b"HTTP/1.1 200 ")
            time.sleep(1)
