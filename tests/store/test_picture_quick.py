"""A record that is made quickly is the very value that its own class would have made."""

from dataclasses import FrozenInstanceError, dataclass, field

import pytest

from callhandler.model.people import Place
from callhandler.store.pictures.quick import quickly


@dataclass(frozen=True, slots=True)
class Row:
    """A record with every kind of field that the model's records have, and names that a maker might use itself."""

    kind: str
    self_: int
    name: str = "none"
    many: tuple[int, ...] = ()


def test_the_same_value_of_the_same_class() -> None:
    made, own = quickly(Row)("a", 1, many=(2,)), Row("a", 1, many=(2,))
    assert made == own
    assert repr(made) == repr(own)
    assert hash(made) == hash(own)
    assert type(made) is Row
    assert quickly(Place)(*range(5)) == Place(*range(5))  # type: ignore[arg-type]


def test_it_stays_frozen() -> None:
    made = quickly(Row)("a", 1)
    with pytest.raises(FrozenInstanceError):
        made.name = "b"  # type: ignore[misc]


@pytest.mark.parametrize("given", [(), ("a",), ("a", 1, "b", (), 5)])
def test_too_few_and_too_many_fields_are_refused(given: tuple[object, ...]) -> None:
    with pytest.raises(TypeError):
        quickly(Row)(*given)  # type: ignore[arg-type]


def test_a_class_that_it_cannot_make_is_refused() -> None:
    @dataclass(frozen=True)
    class WithoutSlots:
        id: int

    @dataclass(frozen=True, slots=True)
    class MadeAnew:
        ids: list[int] = field(default_factory=list)

    with pytest.raises(TypeError):
        quickly(WithoutSlots)(1)
    with pytest.raises(TypeError):
        quickly(MadeAnew)
