"""An abbreviation is expanded in the note or in the deck's `abbreviations:`, unless every ML engineer knows it.

In the note it is written as “words (MMR)” or “MMR (words)”. The names of the deck's own frameworks may stand alone, and so
may a letter with a number, such as L5, S3 or H100.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rung import text
from rung.lint import Finding
from rung.lint._prose import written
from rung.model import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rung.lint import NoteView
    from rung.model import Deck

KNOWN = frozenset(
    (
        *("AI", "ML", "LLM", "RAG", "KV", "NLP", "GPT", "AUC", "ROC"),
        *("CPU", "GPU", "TPU", "RAM", "SSD", "OOM", "API", "HTTP", "HTTPS", "URL", "SQL", "JSON", "CSV", "YAML", "PDF"),
        *("QPS", "SLA", "SLO", "CTR", "TTL", "KB", "MB", "GB", "TB", "PB", "ID", "UI", "OK", "US", "EU", "UK", "UTC"),
    )
)
# It looks behind from its first letter, as a pattern that begins with one is searched for much faster.
ABBREVIATION = re.compile(r"[A-Z](?<![\w'’].)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{1,5}(?=(?:s|'s|’s)?(?!\w))")
ROMAN = re.compile(r"[IVX]+")
MARKS = re.compile(r"[*_`]")


def found(note: NoteView) -> Iterator[Finding]:
    first: dict[str, tuple[str | int, ...]] = {}
    for card in note.cards:
        for short in ABBREVIATION.findall(f"{card.title} {card.question} {card.answer}"):
            if short not in KNOWN and not ROMAN.fullmatch(short):
                first.setdefault(short, card.at)
    if not first:
        return
    told = MARKS.sub("", "\n".join(map(text.filled, written(note.fields))))
    for short, at in first.items():
        if short not in _explained(note.deck, note.frameworks) and not _expanded(short, told):
            mend = f"write “words ({short})” once in the note, or add it to the deck's `abbreviations:`"
            yield Finding(at, f"{short} is expanded nowhere", mend)


@lru_cache(1)
def _explained(deck: Deck, frameworks: tuple[str, ...]) -> frozenset[str]:
    """The abbreviations that a deck explains, or that name a framework of its own."""
    told = " ".join((*frameworks, *(short for short, _ in deck.abbreviations)))
    return frozenset(ABBREVIATION.findall(told))


def _expanded(short: str, told: str) -> bool:
    """Whether `told` has “words (MMR)” or “MMR (two words or more)”."""
    behind = rf"[^\W\d_]{{2,}}\W+\({short}s?[),;]"
    before = rf"\b{short}s? \([^\W\d_][\w-]*(?: [\w-]+)+[),;]"
    return re.search(f"{behind}|{before}", told) is not None


GOOD = """\
- fact: diversity
  text: Maximal marginal relevance (MMR) trades relevance against {{c1::likeness to what is shown already}}.
"""
BAD = Refusal(
    """\
- fact: diversity
  text: MMR trades relevance against {{c1::likeness to what is shown already}}.
""",
    ("deck.yaml:5:9: warning: MMR is expanded nowhere [orphan-abbreviation]",),
)
