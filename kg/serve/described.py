"""What the server says of itself: its questions, its interface in OpenAPI, its service description."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

from kg.export.rdf_terms import PREFIXES
from kg.ontology import relation_types
from kg.questions import Parameter, Question, questions

DESCRIPTION: Final = Path(__file__).with_name("description.ttl")
_OPENAPI: Final = Path(__file__).with_name("openapi.yaml")
_SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    "actor": {"type": "string", "minLength": 1},
    "relation": {"type": "string"},
    "date": {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
    "integer": {"type": "integer"},
}


def listed() -> dict[str, Any]:
    """Return the questions with their parameters and texts, and the prefixes that queries may use."""
    return {
        "prefixes": dict(PREFIXES),
        "relations": sorted(relation_types()),
        "questions": [
            {
                "name": one.name,
                "title": one.title,
                "description": one.description,
                "sparql": one.sparql,
                "parameters": [
                    {
                        "name": parameter.name,
                        "type": parameter.type,
                        "required": parameter.required,
                        "default": parameter.default,
                        "description": parameter.description,
                    }
                    for parameter in one.parameters
                ],
            }
            for one in questions().values()
        ],
    }


def openapi() -> dict[str, Any]:
    """Return the OpenAPI document: the fixed part from YAML, and two addresses for each question."""
    document: dict[str, Any] = yaml.safe_load(_OPENAPI.read_text("utf8"))
    paths = document["paths"]
    table, text = paths.pop("/questions/{name}"), paths.pop("/questions/{name}/text")
    for one in questions().values():
        paths[f"/questions/{one.name}"] = {"get": _operation(one, table["get"], "")}
        paths[f"/questions/{one.name}/text"] = {"get": _operation(one, text["get"], "-text")}
    return document


def _operation(question: Question, like: dict[str, Any], suffix: str) -> dict[str, Any]:
    return {
        **like,
        "operationId": f"{question.name}{suffix}",
        "summary": question.title,
        "description": f"{question.description} {like['description']}",
        "parameters": [_parameter(parameter) for parameter in question.parameters],
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = dict(_SCHEMAS[parameter.type])
    if parameter.default is not None:
        schema["default"] = int(parameter.default) if parameter.type == "integer" else parameter.default
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.description,
        "schema": schema,
    }
