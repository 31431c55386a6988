"""How an exercise stands, in words: kept or saved, its faults, whether what is shown is of now. Each with its tone."""

from callhandler.services.training.looked_over import Looked
from callhandler.services.training.workshop import Document
from ui.common.words import tr


def found_in_words(looked: Looked) -> tuple[str, str]:
    """How many faults there are."""
    n = len(looked.faults)
    if not n:
        return tr("✓ No fault"), "calm"
    return (tr("▲ 1 fault") if n == 1 else tr("▲ {n} faults").format(n=n)), "serious"


def seen_in_words(looked: Looked, shown: bool) -> tuple[str, str]:
    """Whether what happens is `shown` as the text says it now."""
    if looked.steps is not None:
        return tr("As it would be played"), "text"
    if shown:
        return tr("As it would have been played before these faults"), "muted"
    return tr("What happens stands here once the text can be read"), "muted"


def state_in_words(document: Document, text: str, kept: str) -> str:
    """What it is called, and whether its text is saved; `kept` is when it was kept just now."""
    name = document.name if document.path else tr("{name}, no file yet").format(name=document.name)
    if kept:
        state = tr("draft kept at {at}, not saved").format(at=kept)
    elif text != document.begun:
        state = tr("draft, not saved")
    else:
        state = tr("saved") if document.path else tr("as it came")
    return f"{name} · {state}"
