"""Sources: the text of a deck file as values that remember their places."""
