"""Rung: spaced repetition for system-design interviews."""
