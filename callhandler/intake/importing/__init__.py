"""A force's own history: reading its files, understanding their rows by a mapping, and saying of each bad row what is wrong.

Pure: nothing here knows the store. `services/imports` writes what is understood.
"""
