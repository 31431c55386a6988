"""The things known: people, places, numbers, vehicles, and what ties them."""

from sqlalchemy import UniqueConstraint

from callhandler.model.people import Relation, Tie
from callhandler.model.when import Precision
from callhandler.store.tables.making import big, fact, index, ref, text, words

person = fact("person", text("uuid"), text("name"), text("born"), big("named"), UniqueConstraint("uuid"))
person_name = fact("person_name", ref("person_id", "person"), text("name"), text("folded"))
# A date of birth told of somebody who is on record already, as it was told.
person_birth = fact("person_birth", ref("person_id", "person"), text("born"))
place = fact(
    "place",
    text("uuid"),
    text("label"),
    text("address"),
    text("postcode"),
    text("kind"),
    UniqueConstraint("uuid"),
)
place_name = fact("place_name", ref("place_id", "place"), text("name"), text("folded"))
place_point = fact(
    "place_point",
    ref("place_id", "place"),
    big("lat_micro"),
    big("lon_micro"),
    big("radius_m"),
    text("source"),
    text("author"),
)
number = fact("number", text("e164"), text("as_given"), UniqueConstraint("e164"))
vehicle = fact("vehicle", text("registration"), text("description"), ref("person_id", "person"))
number_tie = fact("number_tie", ref("person_id", "person"), ref("number_id", "number"))
place_tie = fact(
    "place_tie",
    ref("person_id", "person"),
    ref("place_id", "place"),
    text("tie"),
    big("happened_at"),
    text("happened_precision"),
    words("tie", Tie),
    words("happened_precision", Precision),
)
person_tie = fact(
    "person_tie", ref("a", "person"), ref("b", "person"), text("relation"), words("relation", Relation)
)

index(place_point, "place_id")
index(place_name, "place_id")
index(person_tie, "a")
index(person_tie, "b")
index(place_tie, "person_id")
index(place_tie, "place_id", "id")
index(number_tie, "person_id")
index(number_tie, "number_id", "id")
index(person_name, "folded")
index(person_name, "person_id")
index(place_name, "folded")
index(place, "postcode")
index(person_birth, "person_id")
index(vehicle, "person_id")
index(vehicle, "registration")
