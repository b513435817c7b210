"""Paths, settings and the clock: what the world is asked."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rung import workspace as world
from rung.workspace import CannotGoOn, Clock, Settings, WrongSetting


@pytest.mark.parametrize(
    ("local", "day"),
    [
        ("2026-11-21 03:59:59", "2026-11-20"),
        ("2026-11-21 04:00:00", "2026-11-21"),
        ("2026-11-22 00:30:00", "2026-11-21"),
        ("2026-03-29 03:59:00", "2026-03-28"),  # the night in which an hour is left out
        ("2026-03-29 04:00:00", "2026-03-29"),
        ("2026-10-25 03:59:00", "2026-10-24"),  # the night in which one comes twice
        ("2028-02-29 23:00:00", "2028-02-29"),
        ("2028-03-01 03:00:00", "2028-02-29"),
    ],
)
def test_the_day_turns_at_four(local, day):
    assert world.learner_day(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Europe/Berlin"))).isoformat() == day


def test_the_clock_tells_the_real_time_in_milliseconds():
    before = time.time() * 1000
    told = Clock().now()
    assert before - 1 <= told <= time.time() * 1000 + 1
    assert abs((Clock().day() - datetime.now(UTC).date()).days) <= 1


def test_a_given_day_starts_at_its_noon_and_goes_on():
    clock = Clock(date(2026, 11, 21), started=time.monotonic() - 5)
    noon = datetime(2026, 11, 21, 12).astimezone().timestamp() * 1000
    assert 5_000 <= clock.now() - noon < 6_000
    assert clock.day() == date(2026, 11, 21)


def test_a_workspace_is_found_by_walking_up(tmp_path):
    deep = tmp_path / "mine" / "decks" / "course"
    deep.mkdir(parents=True)
    assert world.workspace_above(deep) is None
    (tmp_path / "mine" / "rung.toml").touch()
    found = world.workspace_above(deep)
    assert found is not None
    assert found.root == (tmp_path / "mine").resolve()
    assert world.workspace_at(tmp_path / "mine") == found
    with pytest.raises(CannotGoOn, match=r"is no workspace: it holds no rung\.toml; make one with: rung init"):
        world.workspace_at(deep)


def test_the_cards_of_the_workspace_else_those_that_came_along(tmp_path):
    (tmp_path / "rung.toml").touch()
    folder = world.card_folder(world.workspace_at(tmp_path))
    assert (folder.name, folder.path) == (str(tmp_path / "cards"), tmp_path / "cards")
    assert folder.stamps() == {}
    shipped = world.card_folder(None)
    assert shipped.name == "shipped"
    assert "production-ai-systems/recsys-spine.jsonl" in shipped.stamps()


def test_settings_of_the_learner_go_before_those_of_the_workspace(tmp_path, monkeypatch):
    monkeypatch.setattr(world, "config_file", lambda: tmp_path / "config.toml")
    (tmp_path / "rung.toml").write_text("new_per_day = 5\nreviews_per_day = 6\n")
    workspace = world.workspace_at(tmp_path)
    assert world.settings(None) == Settings(12, 200)
    assert world.settings(workspace) == Settings(5, 6)
    (tmp_path / "config.toml").write_text("new_per_day = 0\n")
    assert world.settings(workspace) == Settings(0, 6)
    assert world.settings(None) == Settings(0, 200)
    (tmp_path / "config.toml").write_text("drills_in_review = true\n")
    assert world.settings(workspace) == Settings(5, 6, drills_in_review=True)
    (tmp_path / "config.toml").write_text('anki_connect = "http://127.0.0.1:9"\nanki_connect_key = "k"\n')
    assert world.settings(workspace) == Settings(5, 6, anki_connect="http://127.0.0.1:9", anki_connect_key="k")
    (tmp_path / "config.toml").write_text("anki_connect = 8765\n")
    with pytest.raises(WrongSetting, match=r"config\.toml: anki_connect should be text, not 8765"):
        world.settings(workspace)
    (tmp_path / "config.toml").write_text('scheduler = "fsrs"\n')
    assert world.settings(None) == Settings(scheduler="fsrs")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("FSRS", 'there is no scheduler "FSRS"; did you mean fsrs?'),
        ("sm-2", 'there is no scheduler "sm-2"; did you mean sm2?'),
        ("anki", 'there is no scheduler "anki"; schedulers are fsrs, sm2'),
        ("", 'there is no scheduler ""; schedulers are fsrs, sm2'),
    ],
)
def test_a_scheduler_that_is_none(tmp_path, monkeypatch, name, told):
    monkeypatch.setattr(world, "config_file", lambda: tmp_path / "config.toml")
    (tmp_path / "config.toml").write_text(f'scheduler = "{name}"\n')
    with pytest.raises(WrongSetting) as caught:
        world.settings(None)
    assert str(caught.value) == f"{tmp_path / 'config.toml'}: {told}"


def test_settings_of_an_editor_that_begins_files_with_a_mark_and_ends_lines_its_own_way(tmp_path, monkeypatch):
    monkeypatch.setattr(world, "config_file", lambda: tmp_path / "config.toml")
    (tmp_path / "config.toml").write_bytes(b"\xef\xbb\xbfnew_per_day = 3\r\n")
    assert world.settings(None).new_per_day == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "new_per_dy = 1",
            "there is no setting new_per_dy; settings are new_per_day, reviews_per_day, drills_in_review, "
            "scheduler, anki_connect, anki_connect_key",
        ),
        ("new_per_day = true", "new_per_day should be a whole number from 0 to 100,000, not True"),
        ("drills_in_review = 1", "drills_in_review should be true or false, not 1"),
        ('drills_in_review = "yes"', "drills_in_review should be true or false, not 'yes'"),
        ("new_per_day = 1.5", "new_per_day should be a whole number from 0 to 100,000, not 1.5"),
        ('anki_connect = "http://x"', "anki_connect is for your own config.toml, not for a workspace"),
        ('anki_connect_key = "k"', "anki_connect_key is for your own config.toml, not for a workspace"),
        ('scheduler = "fsrs"', "scheduler is for your own config.toml, not for a workspace"),
        ("= 1", "Invalid statement (at line 1, column 1); mend the file or take it away"),
    ],
)
def test_settings_that_are_none(tmp_path, text, told):
    (tmp_path / "rung.toml").write_text(text)
    with pytest.raises(WrongSetting) as caught:
        world.settings(world.workspace_at(tmp_path))
    assert str(caught.value) == f"{tmp_path / 'rung.toml'}: {told}"


def test_a_draft_lies_beside_the_store_and_may_have_gone_through_any_editor(tmp_path):
    path = world.draft_file(tmp_path / "rung.db", "top-list")
    assert path == tmp_path / "rung-drafts" / "top-list.md"
    assert world.kept_text(path) is None
    path.parent.mkdir()
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo \xff")
    assert world.kept_text(path) == "one\ntwo \ufffd"
    with pytest.raises(CannotGoOn, match="is a directory"):
        world.kept_text(tmp_path)


def test_a_picture_is_named_after_its_content(tmp_path):
    for name in ("the spine.PNG", "übrig.png"):
        (tmp_path / name).write_bytes(b"x")
    digest = "2d711642b726"  # of b"x"
    assert (
        world.named_by_content("the spine.PNG", world.content(tmp_path / "the spine.PNG")) == f"the-spine-{digest}.png"
    )
    assert world.named_by_content("übrig.png", world.content(tmp_path / "übrig.png")) == f"-brig-{digest}.png"
    with pytest.raises(CannotGoOn, match="no such file"):
        world.content(Path(tmp_path / "nowhere.png"))
