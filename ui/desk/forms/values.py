"""What a form holds, as the services take it, and what came of it."""

from typing import Any

from callhandler.errors import BadInput, Refused
from callhandler.model.proposal import Consent, Decided, ProposalKind
from callhandler.services.door import Outcome
from ui.common.words import tr
from ui.desk.forms.field import Choices

Values = dict[str, str]


def fixed(pairs: list[tuple[str, str]]) -> Choices:
    """Choices that are the same for every incident."""
    return lambda: pairs


def who(value: str) -> int | str:
    """A person chosen from the picture, by id; or a name as it is said."""
    return int(value[1:]) if value.startswith("#") and value[1:].isdigit() else value


def named_here(value: str) -> int:
    """A person chosen from the picture. Raises BadInput for a name that is said."""
    person = who(value)
    if not isinstance(person, int):
        raise BadInput(tr("Choose somebody who is named in this incident."), "person")
    return person


def whole(text: str) -> int:
    """A count as it is typed. Raises BadInput when it is no whole number from nought."""
    if not (text.isascii() and text.isdigit()):
        raise BadInput(f"“{text}” is not a whole number; write it in figures.", "How many")
    return int(text)


def proposed(values: Values) -> dict[str, Any]:
    """What the form of what follows holds, as the service takes it."""
    kind, code, where = values["follows"].split("|")
    return {
        "kind": ProposalKind(kind),
        "code": code,
        "older": where == "older",
        "decided": Decided(values["decided"]),
        "owner": values["owner"],
        "consent": Consent(values["consent"]) if values["consent"] else None,
        "reason": values["reason"],
    }


def recorded(outcome: Outcome) -> Outcome:
    """What became of an act that the guard may refuse. Raises Refused with what it needs: nothing shows as saved before."""
    if not outcome.accepted:
        raise Refused(
            tr("Not recorded: warnings rest on this. {needs}").format(
                needs=" ".join(need.sentence for need in outcome.needs)
            ),
            [need.code for need in outcome.needs],
        )
    return outcome
