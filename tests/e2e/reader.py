"""Says over AT-SPI what a screen reader would meet. Run by the system's own Python, which has the bindings.

One JSON object a line on standard input, one on standard output:

    {"do": "applications"}            -> the process ids that have a window
    {"do": "tree", "pid": 4711}       -> every showing thing of that process: name, role, description, states, keys
    {"do": "heard"}                   -> focus changes and announcements since the last time
"""

import json
import sys
from contextlib import suppress

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

STATES = {
    "focused": Atspi.StateType.FOCUSED,
    "focusable": Atspi.StateType.FOCUSABLE,
    "enabled": Atspi.StateType.ENABLED,
    "selected": Atspi.StateType.SELECTED,
    "editable": Atspi.StateType.EDITABLE,
    "modal": Atspi.StateType.MODAL,
}
EVENTS = ("object:state-changed:focused", "object:announcement", "object:active-descendant-changed")
DEEP = 40
# A window on a busy machine answers late; what is given up on would be missing from what is heard.
PATIENCE_MS = 20_000

heard = []


def hear(event):
    """Keep what a screen reader would speak."""
    with suppress(GLib.Error):
        if event.type.startswith("object:announcement"):
            pid = event.source.get_process_id()
            heard.append({"kind": "announcement", "text": str(event.any_data), "role": "", "pid": pid})
        elif event.detail1 or "descendant" in event.type:
            source = event.source
            said = {"kind": "focus", "text": source.get_name(), "role": source.get_role_name()}
            heard.append(said | {"pid": source.get_process_id()})


def text_of(node):
    """What an editable field holds."""
    with suppress(GLib.Error, AttributeError):
        if node.get_text_iface() is not None:
            return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))
    return ""


def say(node, depth):
    """One thing as a screen reader meets it."""
    states = node.get_state_set()
    return {
        "name": node.get_name() or "",
        "role": node.get_role_name(),
        "description": node.get_description() or "",
        "text": text_of(node) if states.contains(Atspi.StateType.EDITABLE) else "",
        "states": [name for name, state in STATES.items() if states.contains(state)],
        "depth": depth,
    }


def walk(node, depth, found):
    """Every showing thing below `node`, in order."""
    if depth > DEEP:
        return
    for place in range(node.get_child_count()):
        with suppress(GLib.Error):
            child = node.get_child_at_index(place)
            if child is not None:
                # A page that has come or gone since would else be told as it was.
                child.clear_cache()
            if child is None or not child.get_state_set().contains(Atspi.StateType.SHOWING):
                continue
            found.append(say(child, depth))
            walk(child, depth + 1, found)


def applications():
    """Every application on the bus, with its process."""
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    for place in range(desktop.get_child_count()):
        with suppress(GLib.Error):
            application = desktop.get_child_at_index(place)
            if application is not None:
                yield application.get_process_id(), application


def answer(asked):
    """The answer to one request."""
    if asked["do"] == "heard":
        told = list(heard)
        heard.clear()
        return told
    if asked["do"] == "applications":
        return [pid for pid, application in applications() if application.get_child_count()]
    found = []
    for pid, application in applications():
        if pid == asked["pid"]:
            # What is cached here would be what was said before.
            application.set_cache_mask(Atspi.Cache.NONE)
            application.clear_cache()
            with suppress(GLib.Error):
                walk(application, 0, found)
    return found


def ready(_source, _condition):
    """Answer one line, or end with the input."""
    line = sys.stdin.readline()
    if not line:
        Atspi.event_quit()
        return False
    try:
        told = answer(json.loads(line))
    except GLib.Error as error:
        told = {"error": error.message}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    return True


def main():
    """Listen and answer until the input ends."""
    Atspi.init()
    Atspi.set_timeout(PATIENCE_MS, PATIENCE_MS)
    listener = Atspi.EventListener.new(hear)
    for event in EVENTS:
        listener.register(event)
    GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_IN | GLib.IO_HUP, ready)
    Atspi.event_main()


main()
