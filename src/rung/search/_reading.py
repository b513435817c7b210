"""The text of a search, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rung.search._terms import Stop, Token, keyed
from rung.search.tree import Either, Every, Mistake, Not, Words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from rung.search.tree import Query

LONGEST, MOST, DEEPEST = 1000, 50, 20  # characters, terms, levels of a search

TOKEN = re.compile(
    r"""(?P<open>\() | (?P<close>\)) | (?P<minus>-)
    | (?P<key>[A-Za-z]+): (?: "(?P<quoted>[^"]*)" | (?P<value>[^\s()"]*) (?!") )
    | "(?P<phrase>[^"]*)" | (?P<joint>(?:and|or)(?![^\s()"])) | (?P<word>[^\s()"]+)""",
    re.VERBOSE | re.IGNORECASE,
)
UNREADABLE = re.compile("[\0\ud800-\udfff]")  # what SQLite cannot take


def parsed(text: str, names: Mapping[str, Collection[str]] | None = None) -> Query | Mistake:
    """The tree of a search. `names` holds, for deck and type, those there are; a name that fits none is a mistake."""
    try:
        if len(text) > LONGEST:
            raise Stop(LONGEST, f"this search is {len(text):,} characters long", f"use {LONGEST:,} at most")
        tokens = tuple(_tokens(UNREADABLE.sub("\ufffd", text)))
        terms = [token for token in tokens if token.kind in ("key", "phrase", "word")]
        if len(terms) > MOST:
            raise Stop(terms[MOST].place, "this search has too many words", f"use {MOST} at most")
        return _Reader(tokens, len(text), names or {}).whole()
    except Stop as stop:
        return stop.mistake


def _tokens(text: str) -> Iterator[Token]:
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        found = TOKEN.match(text, place)
        if not found:
            quote = text.index('"', place)
            raise Stop(quote, 'this " has no other that closes it', 'write one more "')
        group = "quoted" if found["quoted"] is not None else "value"
        kind = "key" if found["key"] else str(found.lastgroup)
        value, at = (found[group], found.start(group)) if kind == "key" else ("", place)
        yield Token(kind, place, found["key"] or found[kind], value, at)
        place = found.end()


@dataclass
class _Reader:
    """Goes over the tokens once, from left to right."""

    tokens: tuple[Token, ...]
    end: int
    names: Mapping[str, Collection[str]]
    at: int = 0
    depth: int = 0

    @property
    def next(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def whole(self) -> Query:
        if not self.tokens:
            return Every()
        query = self.either()
        if self.next:
            raise Stop(self.next.place, "nothing opens what this ) closes", "take it out, or put it in quotes")
        return query

    def either(self) -> Query:
        of = [self.every()]
        while self.takes("or"):
            of.append(self.every())
        return of[0] if len(of) == 1 else Either(tuple(of))

    def every(self) -> Query:
        of = [self.term()]
        while (token := self.next) and token.kind != "close" and not _joins(token, "or"):
            self.takes("and")
            of.append(self.term())
        return of[0] if len(of) == 1 else Every(tuple(of))

    def takes(self, joint: str) -> bool:
        token = self.next
        if token is None or not _joins(token, joint):
            return False
        self.at += 1
        return True

    def term(self) -> Query:
        token = self.next
        if token is None:
            raise Stop(self.end, "something is missing at the end", "write what to search for")
        self.at += 1
        match token.kind:
            case "minus" | "open":
                return self.nested(token)
            case "close":
                raise Stop(token.place, "something is missing before this )", "write what to search for")
            case "joint":
                mend = f'write what to search for, or put the word in quotes: "{token.text}"'
                raise Stop(token.place, f'something is missing before "{token.text}"', mend)
            case "key":
                return keyed(token, self.names)
        return _words(token)

    def nested(self, token: Token) -> Query:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Stop(token.place, "this search is nested too deeply", f"use {DEEPEST} levels at most")
        if token.kind == "minus":
            query: Query = Not(self.term())
        else:
            query = self.either()
            if self.next is None:
                raise Stop(token.place, "nothing closes this (", "write one more ), or put it in quotes")
            self.at += 1
        self.depth -= 1
        return query


def _joins(token: Token, joint: str) -> bool:
    return token.kind == "joint" and token.text.lower() == joint


def _words(token: Token) -> Words:
    star = token.text.find("*", 0, -1)
    if token.kind == "word" and star >= 0:
        raise Stop(token.place + star, "a * stands at the end of a word", "take it out, or put the words in quotes")
    if not any(map(str.isalnum, token.text)):
        raise Stop(token.place, "there is no letter and no digit in this", "write a word, or leave it out")
    return Words(token.text.strip(), token.kind == "phrase")
