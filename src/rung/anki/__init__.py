"""Anki: write a package of the cards that any Anki imports. Nothing here needs Anki itself."""
