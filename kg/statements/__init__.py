"""From a Doc with resolved mentions to statements: extractors draft, one builder finishes."""
