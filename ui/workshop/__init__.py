"""A trainer's workshop: exercises written, looked over and tried; no live store is opened here."""
