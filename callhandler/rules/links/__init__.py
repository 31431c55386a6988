"""How everything in a picture hangs together: a graph of its links, and a genogram of its people. Pure."""

from callhandler.rules.links.genogram import genogram_of
from callhandler.rules.links.graph import graph_of

__all__ = ["genogram_of", "graph_of"]
