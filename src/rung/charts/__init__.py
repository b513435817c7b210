"""Charts: figures to SVG, a module a chart, each with a title and its figures in words.

Like drawings they take their colours from the text around them and one accent, know no ids and ask for nothing outside.
Strength alone never tells one thing from another: figures stand beside it.
"""
