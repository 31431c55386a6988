"""Places compared: UK addresses in any writing, flats apart from their building and neighbours, named places, points."""
