"""What the fields of a note may hold. Pydantic types that read a deck's scalars; the field decides what a scalar is."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from rung import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ID = re.compile(r"[a-z0-9-]+")
FORMER = re.compile(rf"{ID.pattern}(?:/{ID.pattern})*(?:#{ID.pattern})?")


def refusal(message: str, mend: str, at: tuple[int, int] | None = None) -> PydanticCustomError:
    """The error of a field; `at` is the line and column of the fault where that is not the place of the value."""
    return PydanticCustomError("rung", "{message}", {"message": message, "mend": mend, "at": at})


def slug(words: str) -> str:
    """An id made from words: `Candidate retrieval` gives `candidate-retrieval`."""
    return "-".join(re.findall(r"[a-z0-9]+", text.filled(words).lower())[:4]) or "new-id"


def quoted(words: object, most: int = 60) -> str:
    """What an author wrote, in quotes and on one line, as messages show it."""
    line = " ".join(str(words).split())
    return f'"{line}"' if len(line) <= most else f'"{line[: most - 1]}…"'


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """What to say of a word that is not among the `known`: the nearest of them, or `otherwise` where none is near."""
    near = get_close_matches(word, list(known), 1)
    return f'did you mean "{near[0]}"?' if near else otherwise


def _words(value: Any) -> str:
    if isinstance(value, dict):
        raise refusal(
            "this should be text, and has keys", "put the whole text in quotes: outside them ': ' makes a key"
        )
    if not isinstance(value, str):
        raise refusal("this should be text", "write it on one line, or after `>-` on the lines below")
    if cut := getattr(value, "cut", None):
        raise refusal("the text stops at this '#'", "put the whole text in quotes", cut)
    if not (words := value.strip()):
        raise refusal("this text is empty", "write it, or leave the key out")
    return words


def _with_whole_holes(value: str) -> str:
    if fault := text.hole_fault(value):
        raise refusal(*fault)
    return value


def _with_pictures(value: str, info: ValidationInfo) -> str:
    """The text with its pictures under the names they have among the cards; `info` knows those in the deck's folder.

    A kept note names them so already.
    """
    if "![" not in value or (info.context or {}).get("kept"):
        return value
    names: Mapping[str, str] = (info.context or {}).get("pictures", {})
    for address in text.pictures(value):
        if address not in names:
            raise refusal(
                f"there is no picture {quoted(address)} in the deck's folder",
                "put it there (png, jpg, gif, webp or svg), or name the one you mean",
            )
    return text.with_pictures(value, names)


def _with_a_hole(value: str) -> str:
    if not text.holes(value):
        raise refusal("this text has no hole", "mark what is to be recalled: {{c1::answer}}")
    return value


def _without_holes(value: str) -> str:
    if text.holes(value):
        raise refusal("no hole may stand here", "write it without {{c1::…}}")
    return value


def _fits_a_hole(value: str) -> str:
    if "::" in value or value.count("{") != value.count("}") or value.endswith("\\"):
        raise refusal(
            "this becomes the answer of a hole, which its marks would break",
            "leave out `::`, a lone brace or a last backslash",
        )
    return value


def _id(value: str) -> str:
    if not ID.fullmatch(value):
        raise refusal(f"{quoted(value)} is no id", f'use small letters, digits and hyphens, such as "{slug(value)}"')
    return value


def _facet(value: str) -> str:
    if re.fullmatch(r"c[0-9]+", value):
        raise refusal(f"{quoted(value)} reads like the number of a hole", "give it another id")
    return value


def _former(value: str) -> str:
    if not FORMER.fullmatch(value):
        raise refusal(
            f"{quoted(value)} is no former id", "write it as `note` or `deck/note`, an item as `deck/note#item`"
        )
    return value


def _yes(value: Any) -> bool:
    if isinstance(value, bool):  # of a kept note: YAML is read as text
        return value
    if value not in ("true", "false"):
        raise refusal(f"{quoted(value)} is neither true nor false", "write true or false")
    return bool(value == "true")


_SCALAR = WithJsonSchema({"type": ["string", "number"]})

Any_Text = Annotated[str, BeforeValidator(_words), _SCALAR]
Text = Annotated[Any_Text, AfterValidator(_with_whole_holes), AfterValidator(_with_pictures)]
"""Markdown that may hold holes."""
Holed = Annotated[Text, AfterValidator(_with_a_hole)]
"""Markdown with one hole at least."""
Plain = Annotated[Text, AfterValidator(_without_holes)]
"""Markdown without holes."""
Answer = Annotated[Plain, AfterValidator(_fits_a_hole)]
"""Markdown that becomes the answer of a hole."""
Id = Annotated[
    Any_Text, AfterValidator(_id), WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{ID.pattern}$"})
]
Facet = Annotated[Id, AfterValidator(_facet)]
"""An id that ends those of cards, behind a dot, where `c1` would be a hole."""
Yes = Annotated[bool, BeforeValidator(_yes), WithJsonSchema({"type": "boolean"})]
Was = Annotated[
    Any_Text,
    AfterValidator(_former),
    WithJsonSchema({"type": ["string", "integer"], "pattern": f"^{FORMER.pattern}$"}),
]
"""The former id of a deck, a note or an item."""


class Fields(BaseModel):
    """A mapping of a deck; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NoteFields(Fields):
    """What every note may say of itself; a note type adds its own fields."""

    was: Was | None = Field(None, description="The former id of this note, `note` or `deck/note`: keeps its history.")
    topic: Plain | None = Field(None, description="What the note is about; groups cards and quizzes. Default: its id.")
    tags: tuple[Plain, ...] = Field((), description="Tags of its cards.")
    allow: dict[Id, Plain] = Field(
        default_factory=dict, description="Rules of quality it may break, each with the reason: `rule: why`."
    )


class Part(Fields):
    """A list item that makes cards of its own."""

    id: Id = Field(description="Its id for ever, unique in the note.")
    was: Was | None = Field(None, description="Its former id: keeps its history.")
