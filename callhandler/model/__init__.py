"""The nouns: frozen values without behaviour beyond what they can say about themselves."""
