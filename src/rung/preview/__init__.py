"""Cards as they will look in Anki, on a page that only this machine can open."""
