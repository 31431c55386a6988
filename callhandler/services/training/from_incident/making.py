"""Makes an exercise from an incident, lists what a person must pass, and hands nothing on before all of it is passed."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from callhandler.errors import BadInput, Refused
from callhandler.intake.exercise import read_exercise
from callhandler.model.actor import Actor, Right
from callhandler.model.picture import Picture
from callhandler.policy.language import Language
from callhandler.policy.pack import Policy
from callhandler.rules.joined import joined
from callhandler.services.entries import consulted
from callhandler.services.office import Office, line, require, work
from callhandler.services.training.from_incident.draft import Called, Draft
from callhandler.services.training.from_incident.identities import Identities
from callhandler.services.training.from_incident.texts import Left, Texts

_NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class ToPass:
    """One free text of the draft: as it would be handed on, what in it may still point to somebody, and who passed it.

    `digest` is of the text; changing a text takes its pass away.
    """

    digest: str
    text: str
    left: tuple[Left, ...]
    passed_by: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A draft with everything that a person must pass before it may be handed on."""

    draft: dict[str, Any]
    to_pass: tuple[ToPass, ...]

    @property
    def open(self) -> tuple[ToPass, ...]:
        """What nobody passed yet."""
        return tuple(t for t in self.to_pass if not t.passed_by)

    def passed(self, digest: str, by: str) -> "Made":
        """The same with one text passed. Raises BadInput when there is none such."""
        if digest not in {t.digest for t in self.to_pass}:
            raise BadInput("There is no such text to pass.", digest)
        return replace(
            self,
            to_pass=tuple(replace(t, passed_by=by) if t.digest == digest else t for t in self.to_pass),
        )

    def rewritten(self, digest: str, text: str, policy: Policy) -> "Made":
        """The same with one text written otherwise; it is to be passed anew."""
        old = next((t for t in self.to_pass if t.digest == digest), None)
        if old is None:
            raise BadInput("There is no such text.", digest)
        return checked(replace(self, draft=_with(self.draft, old.text, text)), policy)


def checked(made: Made, policy: Policy) -> Made:
    """The same with what is to be passed worked out from the draft itself: a pass belongs to the very text it was given."""
    records = made.draft["records"]
    names = [str(p["name"]) for p in records["people"]]
    names += [
        str(v) for p in records["places"] for k, v in p.items() if k in ("label", "address", "postcode")
    ]
    texts = Texts(Identities(0), {name: name for name in names}, _plain(policy))
    passed = {t.digest: t.passed_by for t in made.to_pass}
    found = dict.fromkeys(_free_texts(made.draft))
    to_pass = tuple(
        ToPass(_digest(t), t, left, passed.get(_digest(t), "")) for t in found if (left := texts.left(t))
    )
    return Made(made.draft, to_pass)


class FromIncident:
    """Makes exercises from a store's own incidents."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def make(self, actor: Actor, incident_id: int, purpose: str, name: str, seed: int = 1) -> Made:
        """The draft of an incident, and what makes its texts anew. That it was read, by whom and why, is recorded.

        Raises NotAllowed unless the actor is a trainer or supervisor, BadInput when there is no such incident.
        """
        require(actor, Right.TRAINER, Right.SUPERVISOR)
        why = line(purpose, "The purpose")
        with work(self._office) as w:
            picture = w.picture(incident_id)
            consulted(w, actor, "made into an exercise", why, incident_id=incident_id)
        return draft_of(picture, self._office.policy, name, seed)


def draft_of(picture: Picture, policy: Policy, name: str, seed: int) -> Made:
    """An incident with everybody in it replaced. The same seed gives the same stand-ins."""
    identities = Identities(seed)
    identities.avoid(_words_of(picture))
    # Whoever was judged to be one is one in the exercise too; every name of every record is replaced.
    whole = joined(picture)
    people = _people(whole, identities)
    places = _places(whole, identities)
    names = _names(picture, whole, people, places, identities)
    texts = Texts(identities, names, _plain(policy))
    said: dict[str, str] = {}

    def say(text: str) -> str:
        if text and text not in said:
            said[text] = texts.replaced(text)
        return said.get(text, "")

    called = Called(whole, people, places, identities.number)
    draft = Draft(whole, policy, say, identities.instant, called).whole(name, "To be written")
    return checked(Made(draft, ()), policy)


def export(made: Made, target: Path, policy: Policy) -> None:
    """Write the exercise's file. Raises Refused while anything is not passed, BadInputs when the file would not be read."""
    made = checked(made, policy)
    if made.open:
        n = len(made.open)
        raise Refused(
            f"{n} {'text' if n == 1 else 'texts'} may still tell who somebody is. Read and pass each, or write it anew.",
            [f"pass:{t.digest}" for t in made.open],
        )
    if target.exists():
        raise BadInput(f"{target.name} exists already; nothing was written over.", "file")
    target.write_text(as_yaml(made.draft), encoding="utf-8")
    read_exercise(target)


def as_yaml(draft: dict[str, Any]) -> str:
    """A draft as the text of a file."""
    yaml = YAML()
    yaml.width = 110
    yaml.default_flow_style = False
    text = StringIO()
    yaml.dump(draft, text)
    return text.getvalue()


def kept(made: Made) -> str:
    """A draft under way as text: what was passed by whom stays with it. It is as secret as the log until all is passed."""
    body = {"draft": made.draft, "to_pass": [asdict(t) for t in made.to_pass]}
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def taken_up(text: str, policy: Policy) -> Made:
    """A draft under way from its text. Raises BadInput when it is none; a pass whose text was changed is taken away."""
    try:
        body = json.loads(text)
        to_pass = tuple(ToPass(_digest(t["text"]), t["text"], (), t["passed_by"]) for t in body["to_pass"])
        return checked(Made(body["draft"], to_pass), policy)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(f"This is no exercise under way ({error}).", "draft") from error


def _people(picture: Picture, identities: Identities) -> dict[int, str]:
    found: dict[int, str] = {}
    families: dict[str, int] = {}
    for person in picture.people:
        if not person.named:
            found[person.id] = "Unnamed occupant"
            continue
        key = str(person.id)
        given, _ = identities.person(key)
        family = person.name.split()[-1].casefold() if len(person.name.split()) > 1 else ""
        if family and family in families:
            identities.family(key, str(families[family]))
        elif family:
            families[family] = person.id
        found[person.id] = f"{given} {identities.person(key)[1]}"
    return found


def _places(picture: Picture, identities: Identities) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for place in picture.places:
        number = re.match(r"\D*(\d+\w?)", place.address)
        street = f"{number[1] + ' ' if number else ''}{identities.street(place.address)}"
        label = place.label if not _NAME.search(place.label) else identities.house(place.label)
        found[place.id] = {
            "label": label,
            "address": f"{street}, {identities.town(place.address.rpartition(',')[2])}",
            **({"postcode": identities.postcode(place.postcode)} if place.postcode else {}),
            **({"kind": place.kind} if place.kind else {}),
        }
    return found


def _names(
    picture: Picture,
    whole: Picture,
    people: dict[int, str],
    places: dict[int, dict[str, str]],
    identities: Identities,
) -> dict[str, str]:
    """Every known name with its stand-in: whole names first, then the given and the family name alone.

    `whole` says as whom and where each record of `picture` is read.
    """
    found: dict[str, str] = {}
    for person in picture.people:
        one = whole.person(person.id)
        if person.named and one is not None:
            given, family = identities.person(str(one.id))
            words = person.name.split()
            found[person.name] = people[one.id]
            # "The child" is a role: "the" is nobody, and "child" alone may be any.
            role = words[0].casefold() == "the" and words[-1].islower()
            for word, stand_in in ((words[0], given), (words[-1], family)):
                if len(word) >= 3 and len(words) > 1 and not role and word.casefold() != "the":
                    found.setdefault(word, stand_in)
    for place in picture.places:
        there = whole.place(place.id)
        stands = places[there.id if there else place.id]
        for told in (place.address, place.label):
            if told.strip():
                found.setdefault(told, stands["address" if told == place.address else "label"])
        for part in place.address.split(","):
            bare = re.sub(r"^\s*(?:flat|unit)?\s*\d+\w?\s*", "", part, flags=re.IGNORECASE).strip()
            if len(bare) >= 4:
                found.setdefault(bare, stands["address"].split(",")[0].lstrip("0123456789 "))
    for vehicle in picture.vehicles:
        if vehicle.registration:
            found.setdefault(vehicle.registration, identities.registration(vehicle.registration))
    return found


def _words_of(picture: Picture) -> set[str]:
    """Every word of the record: no stand-in may be one, or a real name would be taken for it."""
    texts = (
        *(p.name for p in picture.people),
        *(w for p in picture.places for w in (p.address, p.label)),
        *(e.text for e in picture.log),
        *(d.words for d in picture.disclosures),
        *(w for i in picture.linked for w in (i.summary, i.outcome, i.undone)),
        *(r.note for r in picture.responses),
    )
    return {w for text in texts for w in _NAME.findall(text)}


def _plain(policy: Policy) -> frozenset[str]:
    """Words that name nobody: those of the policy's language and of everything that it says itself."""
    language: Language = policy.pack.language
    texts = [
        language.plain,
        *(w for words in language.forms.values() for w in words),
        *language.forms,
        *language.short,
        *(w for words in language.classes.values() for w in words),
        *language.small,
        *language.light,
        *language.through,
        *language.negators,
        *(w for entry in policy.pack.indicators for w in (entry.name, entry.definition, *entry.words)),
        *(w for q in policy.pack.questions for w in (q.ask, q.why, *q.asks.values())),
    ]
    return frozenset(w.casefold().replace("’", "'") for text in texts for w in _NAME.findall(text))


_FREE = (
    "text",
    "note",
    "says",
    "summary",
    "outcome",
    "undone",
    "words",
    "opens",
    "by",
    "title",
    "point",
    "why",
    "reason",
)
"""Keys of a draft under which stands what people wrote."""


def _free_texts(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for k, v in value.items():
            yield from _free_texts(v, str(k))
    elif isinstance(value, list):
        for v in value:
            yield from _free_texts(v, key)
    elif isinstance(value, str) and key in _FREE and value and value != "dispatcher":
        yield value


def _with(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {k: _with(v, old, new) for k, v in value.items()}
    if isinstance(value, list):
        return [_with(v, old, new) for v in value]
    return new if value == old else value


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]
