"""A session with a Bolt server, and how commands are sent there; what goes wrong is said in one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from kg.load import Loaded, LoadError, Order

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, Session

Row: TypeAlias = dict[str, Any]
Item = TypeVar("Item")
BATCH: Final = 1000
PATIENCE: Final = 60.0  # seconds for which a transaction that the server asks to repeat is repeated


@contextmanager
def open_session(order: Order) -> Iterator[Session]:
    """Give a session with the order's database; raises `LoadError` for all that server and driver refuse."""
    try:
        from neo4j import GraphDatabase
        from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable
    except ImportError as error:
        raise LoadError("the driver is not installed: pip install 'polkg[load]'") from error
    auth = None if order.user is None else (order.user, order.password or "")
    place = order.target if order.database is None else f"{order.target}, database {order.database!r},"
    try:
        with (
            GraphDatabase.driver(
                order.target, auth=auth, max_transaction_retry_time=PATIENCE, warn_notification_severity="OFF"
            ) as driver,
            driver.session(database=order.database) as found,
        ):
            driver.verify_connectivity()
            found.run("RETURN 1").consume()
            yield found
    except AuthError as error:
        who = "without a user" if order.user is None else f"as {order.user!r}"
        raise LoadError(f"{order.target} lets nobody in {who}: {_line(error)}") from error
    except ServiceUnavailable as error:
        raise LoadError(f"no Bolt server answers at {order.target}: {_line(error)}") from error
    except Neo4jError as error:
        raise LoadError(f"{place} refuses: {error.code}: {error.message or _line(error)}") from error
    except (DriverError, ValueError) as error:
        raise LoadError(f"{order.target}: {_line(error)}") from error


def run(transaction: ManagedTransaction, command: str, rows: Sequence[Any]) -> Loaded:
    """Send a command for each `row`, and return what it has made and taken away."""
    if not rows:
        return Loaded()
    counts = transaction.run(f"UNWIND $rows AS row {command}", rows=list(rows)).consume().counters
    return Loaded(
        created=counts.nodes_created + counts.relationships_created,
        removed=counts.nodes_deleted + counts.relationships_deleted,
    )


def rows_of(transaction: ManagedTransaction, query: str, rows: Sequence[Any] = ()) -> list[Row]:
    """Return the answer to a query, which may ask for `$rows`."""
    return [record.data() for record in transaction.run(query, rows=list(rows))]


def chunks(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Yield the items in lists of that size."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
