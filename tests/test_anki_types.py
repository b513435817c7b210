"""The note types of a package: their ids, and how each kind looks and acts in Anki."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from rung import cards as kinds
from rung.anki import types
from rung.cards import recall


@pytest.mark.parametrize("kind", kinds.names())
def test_every_id_of_a_note_type_is_its_own(kind):
    every = [anki for name in kinds.names() for anki in [kinds.kind(name).ANKI]]
    ids = [number for anki in every for number in (anki.id, anki.template_id, *(number for _, number in anki.fields))]
    assert len(set(ids)) == len(ids)
    names = [name for name, _ in kinds.kind(kind).ANKI.fields]
    assert {"Title", "Source", "Id"} < set(names)
    assert sum(name.startswith("Spare") for name in names) >= 2


def test_a_kind_without_scripts_and_style_of_its_own_has_its_two_sides_and_the_shared_style():
    folder = Path(kinds.__file__).parent
    front, back = ((folder / "recall" / f"{side}.html").read_text("utf-8") for side in ("front", "back"))
    assert types.template("recall") == types.Template(front, back, (folder / "style.css").read_text("utf-8"))


def test_the_shared_style_comes_before_a_kinds_own():
    css = types.template("checklist").css
    assert css.startswith(".card {")
    assert css.endswith('[aria-checked=true]::before { content: "☑"; color: var(--accent); }\n')


@pytest.mark.parametrize("kind", [kind for kind in kinds.names() if kinds.kind(kind).ANKI.scripts])
def test_a_script_is_one_for_both_sides_keeps_to_itself_and_runs_in_old_web_views(kind):
    looks = types.template(kind)
    (front, script), (back, same) = looks.front.split("<script>"), looks.back.split("<script>")
    assert script == same
    folder = Path(kinds.__file__).parent
    whole = "".join((folder / name).read_text("utf-8") for name in kinds.kind(kind).ANKI.scripts)
    assert script == f'\n(function () {{\n"use strict";\n{whole}}}());\n</script>\n'
    assert script.count("</") == 1, "so that nothing in it ends it"
    new = re.findall(
        r"=>|`|\b(?:let|const|class|async|import)\b|\?\.|\?\?|\.\.\.|//.*\{\{|\{\{|\bfor \(\w+ \w+ of\b", script
    )
    assert new == []
    assert (
        re.findall(r"https?:|\bfetch|XMLHttp|innerHTML\s*\+|\beval\b|localStorage|document\.write|alert\(", script)
        == []
    )
    for side, html in (("front", front), ("back", back)):
        assert html.startswith(f'<div id="rung" data-side="{side}" data-id="{{{{Id}}}}"')
        assert "{{FrontSide}}" not in html


def test_cards_that_are_only_looked_at_have_no_script():
    assert [kind for kind in kinds.names() if not kinds.kind(kind).ANKI.scripts] == ["cloze", "recall"]
    assert "<script" not in "".join(types.template(kind).front for kind in ("cloze", "recall"))


@pytest.mark.parametrize(
    ("owner", "change"),
    [
        (types, {"front": "x"}), (types, {"back": "x"}), (types, {"css": "x"}),
        (recall, {"name": "x"}), (recall, {"fields": ()}),
    ],
)  # fmt: skip
def test_a_digest_changes_with_what_a_note_type_carries(monkeypatch, owner, change):
    before, looks = types.digest("recall"), types.template("recall")
    assert before == types.digest("recall") != types.digest("cloze")
    if owner is types:
        monkeypatch.setattr(types, "template", lambda kind: replace(looks, **change))
    else:
        monkeypatch.setattr(recall, "ANKI", replace(recall.ANKI, **change))
    assert types.digest("recall") != before


def test_a_digest_needs_no_genanki():
    script = "import sys; from rung.anki.types import digest; digest('cloze'); sys.exit('genanki' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script]).returncode == 0
