"""What is written stands whole in its place or not at all, and is read by those who may."""

from __future__ import annotations

import os
import stat
import sys
import time

import pytest

from rung.workspace import CannotGoOn
from rung.writing import remove, write_all


@pytest.mark.skipif(sys.platform == "win32", reason="no modes")
@pytest.mark.parametrize(("mask", "mode"), [(0o002, 0o664), (0o022, 0o644), (0o077, 0o600)])
def test_who_may_read_what_is_written_is_for_the_umask_to_say(tmp_path, mask, mode):
    before = os.umask(mask)
    try:
        write_all({tmp_path / "stats.html": b"a year"})
        write_all({tmp_path / "draft.md": b"an answer"}, private=True)
    finally:
        assert os.umask(before) == mask
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()}
    assert modes == {"stats.html": mode, "draft.md": 0o600}


def test_files_are_written_all_or_none(tmp_path):
    good, bad = tmp_path / "a" / "good", tmp_path / "a" / "file" / "bad"
    write_all({good: b"one"})
    (tmp_path / "a" / "file").write_text("in the way")
    with pytest.raises(CannotGoOn, match="nothing was written"):
        write_all({good: b"two", bad: b"x"})
    assert good.read_bytes() == b"one"
    before = good.stat().st_ino
    write_all({good: b"one"})
    assert good.stat().st_ino != before  # another file took its place; the old one was never open for writing
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["file", "good"]
    remove([good, tmp_path / "nowhere"])
    assert not good.exists()


def test_what_a_killed_program_left_goes_and_what_another_is_at_stays(tmp_path):
    long_ago = time.time() - 3601
    gone = [".a.txt.abcd_123.part", ".b+.txt.00000000.part"]
    stay = [".c.txt.abcdefgh.part", ".a.txt.part", ".a.txt.abcdefgh", "a.txt.abcdefgh.part", ".xa.txt.abcdefgh.part"]
    for name in (*gone, *stay):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (long_ago, long_ago))
    (tmp_path / ".a.txt.new_0000.part").touch()
    (tmp_path / ".a.txt.link0000.part").symlink_to(tmp_path / "nowhere")
    (tmp_path / "folder").mkdir()
    os.utime(tmp_path / "folder", (long_ago, long_ago))
    (tmp_path / ".a.txt.link1111.part").symlink_to(tmp_path / "folder")  # which alone goes
    write_all({tmp_path / "a.txt": b"a", tmp_path / "b+.txt": b"b", tmp_path / "other" / "c.txt": b"c"})
    written = ["a.txt", "b+.txt", "other", "folder"]
    left = [*stay, ".a.txt.new_0000.part", ".a.txt.link0000.part", *written]
    assert {path.name for path in tmp_path.iterdir()} == set(left)
