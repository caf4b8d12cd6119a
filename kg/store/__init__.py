"""Graphs on disk and in memory, and SPARQL over them."""

from kg.store.answers import Answer as Answer
from kg.store.growing import GrowingStore as GrowingStore
from kg.store.opened import read_graph as read_graph
from kg.store.place import is_store as is_store
from kg.store.querying import Store as Store
from kg.store.querying import quads_of as quads_of
from kg.store.querying import rdf_source as rdf_source
