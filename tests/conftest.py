"""What every test runs under: a learner's store and settings of its own, and Hypothesis without surprises in CI."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(autouse=True)
def _learner_of_its_own(tmp_path, monkeypatch):
    for name in ("RUNG_WORKSPACE", "RUNG_TODAY", "RUNG_DEBUG", "NO_COLOR", "FORCE_COLOR", "EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("RUNG_DB", str(tmp_path / "learner" / "rung.db"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
