"""Results as pictures."""

from kg.analyse.plots.drawing import plot as plot
