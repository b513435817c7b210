"""What a share of all that could be had is worth."""

from __future__ import annotations


def grade(had: int, of: int) -> int:
    """A grade for each whole fifth: all 5, four fifths 4, under one 0."""
    return 5 * had // of
