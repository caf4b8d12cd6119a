"""Questions worth asking of the whole graph: each a function from a graph to frozen results.

All take a `Selection`, which says what counts. `kg analyse` prints and plots the same results.
"""

from kg.analyse.balance import Balance as Balance
from kg.analyse.balance import Triangle as Triangle
from kg.analyse.balance import balance as balance
from kg.analyse.centrality import Centrality as Centrality
from kg.analyse.centrality import centrality as centrality
from kg.analyse.chains import Chain as Chain
from kg.analyse.chains import Step as Step
from kg.analyse.chains import chains as chains
from kg.analyse.communities import Community as Community
from kg.analyse.communities import Member as Member
from kg.analyse.communities import Partition as Partition
from kg.analyse.communities import communities as communities
from kg.analyse.contradictions import Contradiction as Contradiction
from kg.analyse.contradictions import contradictions as contradictions
from kg.analyse.ego import Among as Among
from kg.analyse.ego import Ego as Ego
from kg.analyse.ego import Neighbour as Neighbour
from kg.analyse.ego import ego as ego
from kg.analyse.matrix import Cell as Cell
from kg.analyse.matrix import Matrix as Matrix
from kg.analyse.matrix import matrix as matrix
from kg.analyse.plots import plot as plot
from kg.analyse.rollup import Affiliation as Affiliation
from kg.analyse.said import Said as Said
from kg.analyse.selection import Selection as Selection
from kg.analyse.signs import Tie as Tie
from kg.analyse.tables import Table as Table
from kg.analyse.tables import as_json as as_json
from kg.analyse.tables import table as table
from kg.analyse.trend import Trend as Trend
from kg.analyse.trend import trend as trend
