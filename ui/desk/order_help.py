"""Under the form of an order told of: which type her words suggest, the keys of the terms, and what was chosen so far."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLineEdit

from callhandler.policy.orders import TermKind
from callhandler.policy.pack import Policy
from callhandler.rules.order_suggest import suggest
from ui.common.labels import Text
from ui.common.words import tr
from ui.desk.forms.field import ChoiceLine
from ui.desk.forms.strip import Strip


def terms_of(keys: str, policy: Policy) -> tuple[tuple[TermKind, ...], str]:
    """The kinds of term that typed keys stand for, each once, and the keys that stand for none."""
    by_key = {t.key.casefold(): t for t in policy.pack.terms}
    typed = dict.fromkeys(k for k in keys.casefold() if k.isalnum())
    return tuple(by_key[k] for k in typed if k in by_key), "".join(k for k in typed if k not in by_key)


class OrderHelp(QObject):
    """It only tells, and fills in the type as long as nobody chose one by hand."""

    def __init__(self, strip: Strip, policy: Policy) -> None:
        super().__init__(strip)
        self._strip = strip
        self._policy = policy
        self._suggested = ""
        self._short = False
        self._terms: QLineEdit | ChoiceLine | None = None
        strip.made.connect(self._join)

    def _join(self) -> None:
        """The form was made."""
        strip = self._strip
        self._type = strip.editor("type")
        self._terms = strip.editor("terms")
        self.said = Text("", "accent", larger=-1)
        self.keys = Text(
            tr("Terms: ") + " · ".join(f"{t.key} {t.name.lower()}" for t in self._policy.pack.terms),
            "muted",
            larger=-2,
        )
        strip.below.addWidget(self.said)
        strip.below.addWidget(self.keys)
        words = strip.editor("words")
        assert isinstance(words, QLineEdit) and isinstance(self._terms, QLineEdit)
        assert isinstance(self._type, ChoiceLine)
        words.textChanged.connect(self._suggest)
        self._terms.textChanged.connect(lambda _: self._say())
        self._terms.installEventFilter(self)
        self._say()
        self._show_keys()

    def set_short(self, short: bool) -> None:
        """Where there is little room the keys are listed only while they are typed."""
        self._short = short
        self._show_keys()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The hands come to the keys, or leave them."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._show_keys()
        return False

    def _show_keys(self) -> None:
        if self._terms is not None:
            self.keys.setVisible(not self._short or self._terms.hasFocus())

    def _suggest(self, words: str) -> None:
        assert isinstance(self._type, ChoiceLine)
        found = suggest(words, self._policy.pack.orders)
        self._suggested = found[0].name if found else ""
        chosen = self._type.currentData()
        if found and not self._chosen_by_hand(str(chosen or "")):
            self._type.setCurrentIndex(self._type.findData(found[0].id))
            self._own = found[0].id
        self._say()

    _own = "nmo"

    def _chosen_by_hand(self, chosen: str) -> bool:
        return chosen not in ("", "nmo", self._own)

    def _say(self) -> None:
        assert isinstance(self._terms, QLineEdit)
        terms, unknown = terms_of(self._terms.text(), self._policy)
        parts = [tr("Her words suggest: {name}").format(name=self._suggested)] if self._suggested else []
        if terms:
            parts.append(tr("It forbids: ") + "; ".join(t.name for t in terms))
        if unknown:
            parts.append(tr("no term has the key {keys}").format(keys=", ".join(unknown)))
        self.said.say(" · ".join(parts))
        self.said.setVisible(bool(parts))
