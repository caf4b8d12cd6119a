"""Questions over HTTP, the explorer's data, and the OpenAPI document that describes them."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any
from unittest import SkipTest

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.core.result import Ok

from kg.questions import questions
from tests.serve.servers import Served

HYPOTHESIS = settings(
    max_examples=5,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)


def test_questions_are_listed_and_answered(served: Served) -> None:
    listed = served.client.get("questions").json()
    assert [one["name"] for one in listed["questions"]] == list(questions())
    for one in listed["questions"]:
        needed = {p["name"]: "Japan" for p in one["parameters"] if p["required"]}
        answer = served.client.get(f"questions/{one['name']}", params=needed)
        assert answer.status_code == 200, answer.text
        text = served.client.get(f"questions/{one['name']}/text", params=needed)
        assert text.headers["content-type"] == "application/sparql-query"
        assert served.ask(text.text).json()["head"] == answer.json()["head"]


def test_a_question_takes_names_and_gives_csv(served: Served) -> None:
    answer = served.client.get("questions/partners?actor=Tiongkok", headers={"Accept": "text/csv"})
    assert "Tiongkok dan Indonesia adalah mitra" in answer.text


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("questions/nonsense", 404, "known: "),
        ("questions/partners?actor=Jupan", 400, "close: Japan"),
        ("questions/partners?acter=Japan", 400, "known: actor"),
        ("questions/partners?actor=Japan&actor=China", 400, "more than once"),
        ("questions/timeline", 400, "needs a value for 'actor'"),
        ("questions/quotes?relation=likes", 400, "unknown relation type"),
        ("questions/quotes?since=yesterday", 400, "not a day"),
    ],
)
def test_wrong_questions_are_explained(served: Served, path: str, status: int, words: str) -> None:
    answer = served.client.get(path)
    assert answer.status_code == status
    assert words in answer.text


def test_the_explorer_has_its_data_compressed_and_tagged(served: Served) -> None:
    page = served.client.get("")
    assert "<title>" in page.text
    first = served.client.get("explorer.json", headers={"Accept-Encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip"
    again = served.client.get(
        "explorer.json", headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    plain = served.client.get("explorer.json", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.headers["etag"] != first.headers["etag"]
    assert plain.json() == first.json()


def test_the_interface_is_described_completely(served: Served) -> None:
    document = served.client.get("openapi.json").json()
    paths = set(document["paths"])
    assert {f"/questions/{name}" for name in questions()} <= paths
    assert {"/sparql", "/questions", "/", "/explorer.json", "/query"} <= paths
    assert json.dumps(document)


def test_no_request_after_the_description_breaks_the_server(served: Served) -> None:
    schema = schemathesis.openapi.from_url(f"{served.address}openapi.json")
    broken: list[str] = []
    asked: dict[str, int] = {}

    def call(case: schemathesis.Case[Any]) -> None:
        answer = case.call(timeout=30)
        asked[case.operation.label] = asked.get(case.operation.label, 0) + 1
        if answer.status_code >= 500:
            broken.append(f"{answer.status_code} {case.as_curl_command()}")

    for result in schema.get_all_operations():
        assert isinstance(result, Ok)
        operation = result.ok()
        for mode in (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE):
            strategy = operation.as_strategy(generation_mode=mode)
            run = seed(5)(HYPOTHESIS(given(case=strategy)(call)))
            with suppress(
                Unsatisfiable, SkipTest
            ):  # nothing can be wrong about an operation without parameters
                run()
    assert not broken
    assert sum(asked.values()) > 120
    assert len(asked) == len(list(schema.get_all_operations()))
