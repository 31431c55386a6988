"""Names of people compared: aliases, transliterations, short forms, swapped and mistyped names, dates of birth."""
