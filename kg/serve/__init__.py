"""The graph over HTTP: a SPARQL endpoint, a query page and the explorer.

`docs/decisions/0010-serve.md` says how a query is bounded. Nothing is imported here, since the processes that
answer queries need no web server.
"""
