"""A past incident in one line: what an import said of it, or, of one that was taken at a desk, what it was."""

from collections.abc import Mapping

from callhandler.model.facts import Stance
from callhandler.model.incident import Incident
from callhandler.model.picture import Picture


def what_happened(picture: Picture, types: Mapping[str, str], incident: Incident) -> str:
    """Its summary; without one its type, by `types`, and what was told first in it. A denial is nothing that happened."""
    if incident.summary:
        return incident.summary
    kind = types.get(incident.type, incident.type)
    first = next(
        (
            d.words
            for d in picture.disclosures
            if d.incident_id == incident.id and d.stance is Stance.TOLD and d.words
        ),
        "",
    )
    return f"{kind}: {first}" if first else kind
