"""A deck's text -> its notes, every value with its place, and all that is wrong with them at once. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, get_origin

from pydantic import Field, ValidationError

from rung import notes
from rung.fields import ID, Any_Text, Fields, Id, Part, Plain, Was, did_you_mean, quoted, slug
from rung.model import Deck, Draft, Fault, KeptNote, Location, Problem, Severity
from rung.sources import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rung.fields import NoteFields

Loc = tuple[str | int, ...]
NONE_WAS: Mapping[str, tuple[str, Location]] = MappingProxyType({})
OF_KEY = "[key]"  # pydantic's last step to what is wrong with a key itself


class Source(Fields):
    course: Plain = Field(description="The course the facts come from; names the deck's group in Anki.")
    lesson: Plain | None = Field(None, description="The lesson within the course.")
    read: Plain | None = Field(None, description="The day on which the source was read.")


class Head(Fields):
    """What a deck says of itself, all but its notes."""

    title: Plain = Field(description="The deck's name, in the terminal and in Anki.")
    source: Source = Field(description="Where its facts come from.")
    was: Was | None = Field(None, description="The deck's former id: keeps its history.")
    tags: tuple[Plain, ...] = Field((), description="Tags of all its cards.")
    round: tuple[Id, ...] = Field((), description="The interview rounds that it serves.")
    abbreviations: dict[Any_Text, Plain] = Field({}, description="Short forms and their words: `ANN: approximate …`.")
    imported: Any_Text | None = Field(
        None, description="By this `rung import` knows its own work. No rule of quality is asked of such a deck."
    )


class Named(NamedTuple):
    """What a note is called and was called before: all that other notes may ask of it. `path` is `<deck>/<id>`.

    `was` is the former id that the note claims, as written, `items` those of its items by their ids; each has its place.
    """

    path: str
    where: Location
    was: str
    was_at: Location
    items: Mapping[str, tuple[str, Location]]

    @property
    def deck(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def id(self) -> str:
        return self.path.rpartition("/")[2]


class Note(NamedTuple):
    """A note of valid fields and where it stands; `broken` says that its type finds an error in them all the same."""

    named: Named
    type: str
    fields: NoteFields
    tree: yaml.Map
    broken: bool = False

    def place(self, at: Loc, *, key: bool = False) -> Location:
        return Location(self.named.where.path, *yaml.place(self.tree, at, key=key))

    def drafts(self) -> Iterable[Draft]:
        return () if self.broken else notes.note_type(self.type).cards(self.fields)

    def title(self) -> str:
        return notes.note_type(self.type).title(self.fields)

    def kept(self) -> KeptNote | None:
        """What stays of the note beside its cards: its fields, where its type makes pages."""
        if not notes.keeps(self.type):
            return None
        fields = self.fields.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return KeptNote(self.named.path, self.type, fields)


@dataclass(frozen=True, slots=True)
class DeckSource:
    deck: Deck
    notes: tuple[Note, ...]
    was: str
    was_at: Location
    source_at: Location
    imported: bool = False


def read(path: str, deck_id: str, data: bytes, pictures: Mapping[str, str]) -> tuple[DeckSource | None, list[Problem]]:
    """The deck in `data` with all its valid notes, and every problem of the file.

    `pictures` are those in the deck's folder by their path there, with the names they have among the cards.
    """
    tree, problems = yaml.read(path, data)
    if not isinstance(tree, yaml.Map):
        return None, problems
    head, head_problems = _head(path, tree)
    listed, list_problems = _listed(path, tree)
    problems = [*problems, *head_problems, *list_problems]
    found = []
    for item in listed:
        note, note_problems = _note(path, deck_id, item, pictures)
        problems.extend(note_problems)
        if note:
            found.append(note)
    if head is None:
        return None, problems
    deck = Deck(
        deck_id, head.title, head.source.course, head.source.lesson or "", head.tags, head.round,
        tuple(sorted(head.abbreviations.items())),
    )  # fmt: skip
    was_at = Location(path, *yaml.place(tree, ("was",)))
    source_at = Location(path, *yaml.place(tree, ("source",), key=True))
    imported = head.imported is not None
    return DeckSource(deck, tuple(found), head.was or "", was_at, source_at, imported), problems


def _head(path: str, tree: yaml.Map) -> tuple[Head | None, list[Problem]]:
    try:
        return Head.model_validate({key: value for key, value in tree.items() if key != "notes"}), []
    except ValidationError as error:
        return None, [_problem(path, tree, "the deck", Head, each, also=("notes",)) for each in error.errors()]


def _listed(path: str, tree: yaml.Map) -> tuple[Sequence[Any], list[Problem]]:
    listed = tree.get("notes")
    if isinstance(listed, list) and listed:
        return listed, []
    where = Location(path, *yaml.place(tree, ("notes",)))
    message = 'the deck lacks the key "notes"' if listed is None else '"notes" should be a list of notes'
    return (), [Problem(where, message, "list them under `notes:`, each as `- fact: its-id`")]


def _note(path: str, deck_id: str, tree: Any, pictures: Mapping[str, str]) -> tuple[Note | None, list[Problem]]:
    if not isinstance(tree, yaml.Map) or not tree:
        where = Location(path, tree.line, tree.column)
        return None, [Problem(where, "this is no note", "open it with its type and id, such as `- fact: its-id`")]
    type_name = next(iter(tree))
    try:
        kind = notes.note_type(type_name)
    except KeyError:
        known = notes.names()
        where = Location(path, *yaml.place(tree, (type_name,), key=True))
        mend = did_you_mean(type_name, known, f"open a note with its type and id; note types are {', '.join(known)}")
        return None, [Problem(where, f"{quoted(type_name)} is no note type", mend)]
    problems = _id_problems(path, type_name, tree)
    try:
        fields = kind.Note.model_validate(
            {key: value for key, value in tree.items() if key != type_name}, context={"pictures": pictures}
        )
    except ValidationError as error:
        what = f"{type_name} {quoted(tree[type_name])}"
        return None, problems + [_problem(path, tree, what, kind.Note, each) for each in error.errors()]
    faults = tuple(kind.faults(fields))
    broken = any(fault.severity is Severity.ERROR for fault in faults)
    note = Note(_named(path, deck_id, type_name, tree, fields), type_name, fields, tree, broken)
    return None if problems else note, problems + [_of_fault(note, fault) for fault in faults]


def _named(path: str, deck_id: str, type_name: str, tree: yaml.Map, fields: NoteFields) -> Named:
    items = {
        item.id: (item.was, Location(path, *yaml.place(tree, (key, place, "was"))))
        for name, key in _lists_of_parts(type(fields))
        for place, item in enumerate(getattr(fields, name))
        if item.was
    }
    where = Location(path, tree.line, tree.column)
    was_at = Location(path, *yaml.place(tree, ("was",))) if fields.was else where
    return Named(f"{deck_id}/{tree[type_name]}", where, fields.was or "", was_at, items or NONE_WAS)


@cache
def _lists_of_parts(fields: type[NoteFields]) -> tuple[tuple[str, str], ...]:
    """The fields that hold list items which make cards of their own, each with its key in decks."""
    return tuple(
        (name, info.alias or name)
        for name, info in fields.model_fields.items()
        if get_origin(info.annotation) is tuple and any(issubclass(each, Part) for each in _models(info.annotation))
    )


def _id_problems(path: str, type_name: str, tree: yaml.Map) -> list[Problem]:
    id_ = tree[type_name]
    if isinstance(id_, str) and ID.fullmatch(id_):
        return []
    where = Location(path, *yaml.place(tree, (type_name,)))
    if not isinstance(id_, str) or not id_:
        return [Problem(where, f"this {type_name} has no id", f"write it behind the type: `- {type_name}: its-id`")]
    mend = f'use small letters, digits and hyphens, such as "{slug(id_)}"'
    return [Problem(where, f"{quoted(id_)} is no id", mend)]


def _of_fault(note: Note, fault: Fault) -> Problem:
    return Problem(note.place(fault.at, key=fault.key), fault.message, fault.mend, fault.severity)


# ── pydantic's errors in our words ───────────────────────────────────────────────────────────────


def _problem(
    path: str, tree: yaml.Map, what: str, model: type[Fields], error: Any, also: tuple[str, ...] = ()
) -> Problem:
    loc: Loc = error["loc"]
    parent = _called(loc[:-1], what)
    key = str(loc[-1]) if loc else what
    match error["type"]:
        case "rung":
            at = error["ctx"]["at"] or yaml.place(tree, loc, key=key == OF_KEY)
            where = Location(path, *at)
            return Problem(where, error["ctx"]["message"], error["ctx"]["mend"])
        case "missing":
            where = Location(path, *yaml.place(tree, loc[:-1]))
            return Problem(where, f'{parent} lacks the key "{key}"', _mend_missing(key, _value(tree, loc[:-1])))
        case "extra_forbidden":
            where = Location(path, *yaml.place(tree, loc, key=True))
            if " " in key and not _value(tree, loc):
                return Problem(where, f'"{key}" is cut off: inside {{ }} a comma ends a text', "put the text in quotes")
            keys = (*_keys(model, loc[:-1]), *also)
            message = f"{quoted(key)} is no key of {_with_article(parent)}"
            if len(loc) == 1 and key in notes.names():
                return Problem(where, message, f"begin a note of its own with it: `- {key}: …`")
            return Problem(where, message, did_you_mean(key, keys, f"keys are {', '.join(keys)}"))
        case "tuple_type":
            where = Location(path, *yaml.place(tree, loc))
            return Problem(where, f'"{key}" should be a list', "write each on a line of its own, after `- `")
        case "dict_type":
            where = Location(path, *yaml.place(tree, loc))
            return Problem(where, f'"{key}" should have keys of its own', "write them under it, each as `key: value`")
        case "int_parsing" | "int_type":
            where = Location(path, *yaml.place(tree, loc))
            return Problem(where, f'"{key}" should be a whole number', "write it in digits, such as 28")
        case "literal_error":
            where = Location(path, *yaml.place(tree, loc))
            return Problem(where, f'"{key}" should be {error["ctx"]["expected"]}', "write one of them")
        case "model_type":
            where = Location(path, *yaml.place(tree, loc))
            said = _called(loc, what) if isinstance(loc[-1], int) else f'"{key}"'
            first = ", ".join(f"{name}: …" for name in _keys(model, loc, needed=True))
            return Problem(where, f"{said} should have keys of its own", f"write them under it, or as {{{first}}}")
        case _:
            where = Location(path, *yaml.place(tree, loc))
            return Problem(where, f'"{key}": {error["msg"]}', "see docs/note-types.md for what may stand here")


def _called(loc: Loc, what: str) -> str:
    """What stands at `loc`: the note itself, an item as `a step`, or the last key."""
    if not loc:
        return what
    if isinstance(loc[-1], int):
        whole = str(loc[-2])
        return f"a {_singular(whole)}" if whole.endswith("s") else f"an item of {whole}"
    return str(loc[-1])


def _with_article(name: str) -> str:
    """A note is spoken of by its type (`a fact`); other names stay as they are."""
    noted = re.fullmatch(r'([a-z]+) ".*"', name)
    return f"a {noted[1]}" if noted else name


def _singular(plural: str) -> str:
    return plural.removesuffix("es") if plural.endswith("ches") else plural.removesuffix("s")


def _value(tree: Any, loc: Loc) -> Any:
    for step in loc:
        try:
            tree = tree[step]
        except (KeyError, IndexError, TypeError):
            return tree
    return tree


def _mend_missing(key: str, parent: Any) -> str:
    if key != "id":
        return f"add `{key}: …`"
    words = next((value for name, value in parent.items() if isinstance(value, str) and name != "was"), "")
    return f"add `id: {slug(words)}`; an id is for ever, so choose it well"


def _keys(model: type[Fields], loc: Loc, *, needed: bool = False) -> tuple[str, ...]:
    """The keys that may stand, or are needed, in the mapping at `loc` of a note."""
    own = False  # whether the step is a key of the author's own, in a mapping
    for step in loc:
        if isinstance(step, int) or own:
            own = False
            continue
        info = next(info for name, info in model.model_fields.items() if (info.alias or name) == step)
        model, own = next(_models(info.annotation)), get_origin(info.annotation) is dict
    fields = model.model_fields.items()
    return tuple(info.alias or name for name, info in fields if info.is_required() or not needed)


def _models(annotation: Any) -> Iterator[type[Fields]]:
    if isinstance(annotation, type) and issubclass(annotation, Fields):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models(inner)
