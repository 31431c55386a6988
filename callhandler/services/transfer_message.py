"""What a transfer's message holds of an incident, what our grade for the sender's is, and its lines for our log."""

from collections.abc import Collection, Iterator

from uuid6 import uuid7

from callhandler.intake import transfer
from callhandler.intake.transfer import Message
from callhandler.model.assessment import Assessment
from callhandler.model.picture import Picture
from callhandler.policy.entries import Grade, Scheme
from callhandler.rules import history, promised
from callhandler.rules.clocks import grade_named, grade_of_rank, rank_of_band
from callhandler.services.office import Office
from callhandler.services.whereabouts import place_now


def grade_here(message: Message, scheme: Scheme) -> Grade:
    """Our grade for the sender's: of the same name, else of the same band; one that tells us nothing is the most urgent."""
    assert message.grade is not None
    named = grade_named(scheme, message.grade.name)
    if named is not None and message.grade.band in (None, named.band):
        return named
    rank = rank_of_band(scheme, message.grade.band) if message.grade.band else 1
    return grade_of_rank(scheme, rank) or min(scheme.grades, key=lambda g: g.rank)


def message_of(picture: Picture, judged: Assessment, office: Office, peer: str, why: str) -> Message:
    """What is sent of an incident: everything told in words, every standing warning, the whole log."""
    assert picture.incident is not None
    policy, standing, here = office.policy, picture.standing, picture.here
    grade = grade_named(policy.scheme, standing.grade) if standing else None
    numbers = {n.id: n.e164 for n in picture.numbers}
    place = picture.place(place_now(picture))
    moved = picture.moves[-1] if picture.moves else None
    going = picture.place(moved.place_id) if moved is not None and moved.kind == "going_to" else None
    floor = grade_of_rank(policy.scheme, judged.floor_rank)
    plan = picture.plans[-1] if picture.plans else None
    roles = dict.fromkeys((p.person_id, p.role) for p in picture.parties if p.incident_id == here)
    safe = [a for a in picture.answers if a.question == "safe-to-talk"]
    state = next((r for r in reversed(picture.responses)), None)
    return Message(
        format=transfer.FORMAT,
        uuid=str(uuid7()),
        sent_at=picture.as_of,
        sender=policy.scheme.force,
        receiver=peer,
        reference=picture.incident.reference,
        type=picture.incident.type,
        why=why,
        grade=transfer.Grading(
            name=grade.name, band=grade.band, target_minutes=grade.target_minutes, given_at=standing.at
        )
        if grade and standing
        else None,
        floor=floor.name if floor else "",
        response=state.state.value if state else "",
        place=(place.address or place.label) if place else "",
        going_to=(going.address or going.label) if going else "",
        safe_contact=f"{safe[-1].reply.value}. {safe[-1].words}".strip() if safe else "",
        plan=f"{plan.agreed} With {plan.with_whom}, until {plan.until:%H:%M} UTC." if plan else "",
        calls=tuple(
            transfer.Rang(
                at=c.at,
                direction=c.direction,
                outcome=c.outcome,
                number=numbers.get(c.number_id or -1, ""),
            )
            for c in picture.calls
            if c.incident_id == here
        ),
        people=tuple(transfer.Somebody(name=picture.name_of(p), role=role) for p, role in roles),
        disclosures=tuple(
            transfer.Said(
                indicator=d.indicator,
                name=policy.indicators[d.indicator].name if d.indicator in policy.indicators else d.indicator,
                words=d.words,
                teller=d.teller,
                about=picture.name_of(d.about_id) if d.about_id else "",
                harmed=picture.name_of(d.harmed_id) if d.harmed_id else "",
                stance=d.stance,
                at=d.known_at,
            )
            for d in picture.disclosures
            if d.incident_id == here
        ),
        warnings=tuple(
            transfer.Warned(code=w.code, tier=w.tier, sentence=w.sentence) for w in judged.standing
        ),
        orders=tuple(
            transfer.Order(
                name=policy.orders[o.order.type].name if o.order.type in policy.orders else o.order.type,
                against=picture.name_of(o.order.respondent_id),
                protects=picture.name_of(o.order.protected_id),
                state=o.name,
            )
            for o in history.read(picture, policy).orders
        ),
        promises=tuple(f"{p.words} (until {p.until:%H:%M} UTC)" for p in promised.running(picture)),
        log=tuple(
            transfer.Logged(at=e.at, author=e.author, text=e.text)
            for e in picture.log
            if e.incident_id == here
        ),
    )


def lines(message: Message, known: Collection[str]) -> Iterator[str]:
    """What of a message becomes a line of our log, in the sender's words."""
    first = message.first_call
    if first is not None:
        yield f"First call there at {first:%H:%M} UTC, {len(message.calls)} calls in all."
    for label, words in (
        ("Response there", message.response.replace("_", " ")),
        ("Safe to talk", message.safe_contact),
        ("Interim safety plan", message.plan),
    ):
        if words.strip():
            yield f"{label}: {words}"
    for said in message.disclosures:
        if said.indicator not in known:
            yield f"Told there: {said.name or said.indicator}: {said.words}"
    for warning in message.warnings:
        yield f"Warned there ({warning.tier.value}): {warning.sentence}"
    for order in message.orders:
        yield f"Order: {order.name} against {order.against}, for {order.protects}: {order.state}"
    yield from (f"Promised there: {promise}" for promise in message.promises)
    yield from (f"{entry.at:%H:%M} UTC {entry.author}: {entry.text}" for entry in message.log)
