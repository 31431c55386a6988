"""An exercise made from one of a force's own logs: everybody in it is somebody else, and a person passed each text."""
