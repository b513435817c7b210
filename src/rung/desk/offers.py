"""What a quiz may be narrowed to, by the words that are typed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rung import lines
from rung.model import LEVELS
from rung.quizzes import final, ladder, mock, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rung.model import Card
    from rung.notes.rubric import Signal
    from rung.notes.tree import Note as Tree
    from rung.quizzes import Quiz

COUNTS = (final.COUNT, 10, 20, 100)  # questions


@dataclass(frozen=True, slots=True)
class Offer:
    """A quiz to pick; `begin` gives the one of a number, or raises NoQuiz or NotKnown."""

    label: str
    begin: Callable[[int], Quiz]


def of_ladders(cards: Sequence[Card], typed: str) -> Iterator[Offer]:
    """All ladders, then those about each topic whose name, or the question of whose ladder, holds all the words; a level
    among them narrows each to what sets it apart."""
    words = typed.split()
    level = next((word.upper() for word in reversed(words) if word.upper() in LEVELS), "")
    sought = [word.casefold() for word in words if word.upper() != level]
    at = f" at {level}" if level else ""
    if not sought:
        count = len({card.note for card in cards})
        yield Offer(f"All {lines.plural(count, 'ladder')}{at}", partial(ladder.begin, cards, level=level))
    for names, titles in _topics(cards):
        about = titles[0] if len(titles) == 1 else lines.plural(len(titles), "ladder")
        text = f"{', '.join(names)}  {about}"
        if all(word in text.casefold() for word in sought):
            yield Offer(f"{', '.join(names)}{at}  {about}", partial(ladder.begin, cards, topics=names[:1], level=level))


def _topics(cards: Sequence[Card]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """The names of each group of ladders that has any, and the titles of those ladders."""
    titles: dict[str, str] = {}
    notes: dict[str, dict[str, None]] = {}
    for card in cards:
        titles[card.note] = card.title
        for topic in sorted(filter(None, ladder.topics(card))):
            notes.setdefault(topic, {})[card.note] = None
    names: dict[tuple[str, ...], list[str]] = {}
    for topic, group in notes.items():
        names.setdefault(tuple(group), []).append(topic)
    yield from ((called, [titles[note] for note in group]) for group, called in names.items())


def of_trees(trees: Mapping[str, Tree], cards: Sequence[Card], typed: str) -> Iterator[Offer]:
    """The trees whose id or name holds all the words."""
    for path, note in trees.items():
        label = f"{path}  {note.name}"
        if all(word in label.casefold() for word in typed.casefold().split()):
            yield Offer(label, partial(tree.begin, trees, path, cards))


def of_final(cards: Sequence[Card], courses: Mapping[str, str], typed: str) -> Iterator[Offer]:
    """So many questions as were typed, else of a few counts each."""
    for count in _counts(typed, COUNTS, 1, final.MOST):
        yield Offer(lines.plural(count, "question"), partial(final.begin, cards, courses, count=count))


def of_mock(signals: Sequence[Signal], begin: Callable[..., Quiz], typed: str) -> Iterator[Offer]:
    """A round of the minutes that were typed; the words among what was typed name its company, one of `signals`."""
    words = typed.split()
    company = " ".join(word for word in words if not word.isdecimal()).casefold()
    minutes = _counts(" ".join(filter(str.isdecimal, words)), (mock.MINUTES,), mock.LEAST, mock.MOST)
    eyes = [("a question of every company", "")] if not company else []
    for signal in signals:
        if company in signal.company.casefold() or company in signal.short.casefold():
            eyes.append((f"through the eyes of {signal.company}", signal.id))
    for count in minutes:
        for told, named in eyes:
            yield Offer(f"{lines.plural(count, 'minute')}, {told}", partial(begin, company=named, minutes=count))


def _counts(typed: str, usual: Sequence[int], least: int, most: int) -> Sequence[int]:
    """The number that was typed, if it is one of those that may be; the usual ones where nothing was."""
    if not typed.strip():
        return usual
    return (int(typed),) if typed.isascii() and typed.isdecimal() and least <= int(typed[:9]) <= most else ()
