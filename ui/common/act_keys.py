"""The keys of the acts that a sentence of the core sends somebody to. The core names the act; only a screen has keys."""

KEYS = {
    "acknowledge": "Ctrl+Shift+K",
    "may_follow": "Ctrl+9",
    "move": "Ctrl+M",
    "read": "F5",
    "same_as": "Alt+D",
    "unjudge": "Alt+Z",
}


def with_key(sentence: str, act: str) -> str:
    """The sentence with the key of the act that it ends with; as it is where no act is named."""
    return f"{sentence.removesuffix('.')} ({KEYS[act]})." if act else sentence
