"""Made-up telephone numbers and addresses, each by its number: no two alike, and none of anybody's that we know of."""

from callhandler.intake.generated.figures import Streets

DRAMA = (
    "7700900", "1632960", "2079460", "1134960", "1144960", "1154960", "1164960", "1174960", "1214960", "1314960",
    "1414960", "1514960", "1614960", "1914980", "2896496", "2920180",
)  # fmt: skip
"""Ofcom's ranges for drama, without the leading 0 of the national form: each with a thousand numbers behind it."""
INVENTED = "71"
"""After those: 071, which Ofcom keeps for mobiles and has, to our knowledge, given to nobody."""
ODD = 7_654_321
IN_A_STREET, IN_A_BLOCK = 40, 8


def number(place: int) -> tuple[str, str]:
    """The number of this place in line, in E.164 and as a person would give it."""
    if place < 1000 * len(DRAMA):
        national = f"{DRAMA[place // 1000]}{place % 1000:03d}"
    else:
        # Scattered, so that the next number is not the next household's; ODD has no factor of a hundred million.
        national = f"{INVENTED}{(place * ODD) % 100_000_000:08d}"
    return f"+44{national}", f"0{national[:4]} {national[4:]}"


def registration(place: int) -> str:
    """A vehicle's registration by a number: of a form that was never given out, as it begins with QQ."""
    letters = "ABCDEFGHJKLMNOPRSTUVWXYZ"
    first, rest = divmod(place * 7_919, 24 * 24 * 24)
    return f"QQ{first % 100:02d} {letters[rest // 576]}{letters[rest // 24 % 24]}{letters[rest % 24]}"


class Addresses:
    """Addresses by their place in line: forty in a street, a share of the streets with blocks of eight flats."""

    def __init__(self, streets: Streets, flats: float) -> None:
        self._streets = streets
        self._flat_of_ten = round(10 * flats)

    def at(self, place: int) -> tuple[str, str, str]:
        """The address in words, its postcode, and its kind: flat or house."""
        street, door = divmod(place, IN_A_STREET)
        called, postcode = self._street(street)
        if (street * 7) % 10 < self._flat_of_ten:
            block, flat = divmod(door, IN_A_BLOCK)
            return f"Flat {flat + 1}, {2 * block + 2} {called}", postcode, "flat"
        return f"{door + 1} {called}", postcode, "house"

    def premises(self, place: int) -> tuple[str, str, str]:
        """What premises at this place in line are called, their address and postcode."""
        called, postcode = self._street(place)
        kind = self._streets.premises[place % len(self._streets.premises)]
        return f"{called.split()[0]} {kind} {place + 1}", f"{called}", postcode

    def _street(self, street: int) -> tuple[str, str]:
        s = self._streets
        names = len(s.streets_first) * len(s.streets_second) * len(s.kinds)
        town = s.towns[(street + street // names) % len(s.towns)]
        mixed = street * 104_729
        first, rest = mixed % len(s.streets_first), mixed // len(s.streets_first)
        second, rest = rest % len(s.streets_second), rest // len(s.streets_second)
        kind = s.kinds[rest % len(s.kinds)]
        area = s.postcodes[street % len(s.postcodes)]
        sector = street // len(s.postcodes)
        letters = "ABDEFGHJLNPQRSTUWXYZ"
        unit = letters[sector % 20] + letters[(sector // 20) % 20]
        postcode = f"{area}{1 + (sector // 4000) % 99} {(sector // 400) % 10}{unit}"
        return f"{s.streets_first[first]}{s.streets_second[second]} {kind}, {town}", postcode
