"""From a picture to a drawing, all of it off the window's thread: values, cards, places, ways."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from callhandler.model.picture import Picture
from callhandler.rules.links import genogram_of, graph_of
from callhandler.rules.links.values import Genogram, LinkGraph
from ui.graph import family, words
from ui.graph.cards import Letters, card_of
from ui.graph.drawing import Drawing
from ui.graph.family import Relatives
from ui.graph.placing import Placed, place
from ui.graph.tracing import drawing_of
from ui.graph.words import Naming


class Show(StrEnum):
    """What is drawn."""

    LINKS = "links"
    FAMILY = "family"


@dataclass(frozen=True)
class Read:
    """A picture as graph and genogram, each drawn; `placed` is what the next one starts from."""

    picture: Picture
    graph: LinkGraph
    genogram: Genogram
    drawings: dict[Show, Drawing]
    placed: Placed
    spoken: dict[str, str]


def read(
    picture: Picture,
    naming: Naming,
    letters: Letters,
    unfolded: Collection[str] = (),
    before: Placed | None = None,
) -> Read:
    """Read a picture. The same picture and the same `before` always give the same drawings."""
    graph = graph_of(picture, unfolded)
    genogram = genogram_of(picture)
    cards = {n.key: card_of(n, graph, naming, letters) for n in graph.nodes}
    placed = place(graph, cards, letters.line, before)
    spoken = {
        key: "; ".join([card.spoken, *words.harm(key, genogram)])
        if key.startswith("person:")
        else card.spoken
        for key, card in cards.items()
    }
    relatives = Relatives.of(genogram, graph, spoken, letters)
    return Read(
        picture=picture,
        graph=graph,
        genogram=genogram,
        drawings={
            Show.LINKS: drawing_of(graph, cards, placed, letters),
            Show.FAMILY: family.drawing_of(relatives, letters),
        },
        placed=placed,
        spoken=spoken,
    )
