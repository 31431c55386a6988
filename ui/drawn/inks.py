"""The colours that a drawing is made with, passed in by whoever shows it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Inks:
    """Colours as `#rrggbb`. `faint` is how strongly a mark outside the filter is drawn, from 0 to 1."""

    ground: str
    live: str
    line: str
    text: str
    muted: str
    accent: str
    grave: str
    serious: str
    other: str
    order: str
    faint: float = 0.45

    def of_words(self, tone: str) -> str:
        """The colour of a label."""
        return {"text": self.text, "order": self.order}.get(tone, self.muted)

    @classmethod
    def of_theme(cls, colours: Mapping[str, str]) -> "Inks":
        """The inks of a theme, by the names that every theme has."""
        return cls(
            ground=colours["ground"],
            live=colours["panel"],
            line=between(colours["muted"], colours["ground"]),
            text=colours["text"],
            muted=colours["muted"],
            accent=colours["accent"],
            grave=colours["critical"],
            serious=colours["serious"],
            other=colours["accent"],
            order=colours.get("critical_text", colours["text"]),
        )


def between(one: str, other: str) -> str:
    """A colour a little nearer to the first: lines must be seen, and stay quieter than words."""
    parts = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * 0.6 + b * 0.4):02x}" for a, b in parts)


DARK = Inks(
    ground="#12161d", live="#1a212b", line="#637389", text="#edf1f6", muted="#a3b0c0", accent="#8ab4ff",
    grave="#ff5a52", serious="#f2ab3c", other="#8ab4ff", order="#ff8a84",
)  # fmt: skip
LIGHT = Inks(
    ground="#ffffff", live="#f1f4f8", line="#6f7d90", text="#17202c", muted="#4d5a6b", accent="#1d57c4",
    grave="#c4211a", serious="#9a5b00", other="#1d57c4", order="#a81c16",
)  # fmt: skip
HIGH_CONTRAST = Inks(
    ground="#000000", live="#000000", line="#ffffff", text="#ffffff", muted="#ffffff", accent="#00ffff",
    grave="#ff8080", serious="#ffff00", other="#ffffff", order="#ffffff", faint=0.6,
)  # fmt: skip
PAPER = Inks(
    ground="#ffffff", live="#f4f4f4", line="#777777", text="#000000", muted="#333333", accent="#000000",
    grave="#000000", serious="#4a4a4a", other="#5c5c5c", order="#000000",
)  # fmt: skip
