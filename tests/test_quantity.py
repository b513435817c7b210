"""Numbers with their units: what people type is read, what is no such number is refused in words, and what is shown is
read again."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rung.quantity import can_be_typed, follows, shown, value


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("5000", "GPUs", 5000),
        ("5k", "GPUs", 5000),
        ("5K", "GPUs", 5000),
        ("5.00k", "GPUs", 5000),
        ("5,000", "GPUs", 5000),
        ("5 000", "GPUs", 5000),
        ("5\u202f000", "GPUs", 5000),
        ("5,000 GPUs", "GPUs", 5000),
        ("5k GPU", "GPUs", 5000),
        ("5kGPUs", "GPUs", 5000),
        ("5 k gpus.", "GPUs", 5000),
        ("~5k", "GPUs", 5000),
        ("+5e3", "GPUs", 5000),
        ("5e3GPUs", "GPUs", 5000),
        ("5 thousand", "GPUs", 5000),
        ("1.5M", "", 1.5e6),
        ("1.5 million", "", 1.5e6),
        ("2B", "", 2e9),
        ("2bn", "", 2e9),
        ("2G", "", 2e9),
        ("3T", "tokens", 3e12),
        ("64Ki", "tokens", 65_536),
        (".35", "", 0.35),
        ("12,345,678.5", "", 12_345_678.5),
        ("-5 ms", "ms", -5),
        ("−5", "ms", -5),
        # bytes: prefixes are what they say, and B is bytes
        ("2B", "GB", 2e-9),
        ("2 B", "bytes", 2),
        ("298", "GB/s", 298),
        ("298 GB/s", "GB/s", 298),
        ("298 gb per second", "GB/s", 298),
        ("298GBps", "GB/s", 298),
        ("0.3 TB/s", "GB/s", 300),
        ("0.3T", "GB/s", 300),
        ("0.3T/s", "GB/s", 300),
        ("60 GB/min", "GB/s", 1),
        ("143 GiB", "GB", 143 * 2**30 / 1e9),
        ("1 GB", "GiB", 1e9 / 2**30),
        ("2bn", "GB", 2e9),
        # times
        ("20ms", "ms", 20),
        ("0.02 s", "ms", 20),
        ("20,000 µs", "ms", 20),
        ("5k", "ms", 5000),
        ("2 min", "s", 120),
        ("1.5 hours", "min", 90),
        ("2 weeks", "days", 14),
        # shares: in per cent where per cent is asked
        ("12%", "%", 12),
        ("12", "%", 12),
        ("0.12", "%", 0.12),
        ("12 percent", "%", 12),
        ("12%", "", 0.12),
        ("5%", "% of users", 5),
        # money, and rates of other things
        ("$0.35", "$ per 1,000 tokens", 0.35),
        ("0.35 $", "$ per 1,000 tokens", 0.35),
        ("$350 per 1M tokens", "$ per 1,000 tokens", 0.35),
        ("$1.2M per year", "$ a year", 1.2e6),
        ("16k users", "users per arm", 16_000),
        ("300 tokens/min", "tokens/s", 5),
    ],
)
def test_a_number_is_read(text, unit, number):
    assert value(text, unit) == pytest.approx(number, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "unit", "words"),
    [
        ("5 GB", "ms", "the answer is in ms, not GB"),
        ("5m", "ms", "the answer is in ms, not m"),
        ("5k nodes", "GPUs", "the answer is in GPUs, not k nodes"),
        ("298 GB", "GB/s", "the answer is in GB/s, not GB"),
        ("5 GB/s", "GB", "the answer is in GB, not GB/s"),
        ("4 ms", "times", "the answer is in times, not ms"),  # of which one is a time, but no length of it
        ("5k", "GB", '"k" could mean kB or so many GB: write the unit too'),
        ("5 K/s", "GB/s", '"K/s" could mean KB/s or so many GB/s: write the unit too'),
        ("$5", "GPUs", "the answer is in GPUs, not $"),
        ("5 ms", "", "a plain number should stand here, without ms"),
        ("5e", "GPUs", "the answer is in GPUs, not e"),
        ("", "ms", '"" is no number in ms'),
        ("many", "", '"many" is no number'),
        ("nan", "ms", '"nan" is no number in ms'),
        ("inf", "ms", '"inf" is no number in ms'),
        ("-inf", "ms", '"-inf" is no number in ms'),
        ("¼", "ms", '"¼" is no number in ms'),
        ("٣", "ms", '"٣" is no number in ms'),
        ("1e400", "", '"1e400" is too large'),
        ("1e299k", "", '"1e299k" is too large'),
        ("5 6", "ms", '"5 6" is not one number'),
        ("5-6", "ms", '"5-6" is not one number'),
        ("5 to 6", "ms", '"5 to 6" is not one number'),
        ("5 ms or 6 ms", "ms", "the answer is in ms, not ms or 6 ms"),
        ("5*6", "ms", '"5*6" is not one number'),
        ("1_000", "ms", '"1_000" is not one number'),
        ("0,35", "ms", '"0,35" is not one number: write 0.35 with a point'),
        ("1,23,456", "ms", '"1,23,456" is not one number: write 0.35 with a point'),
        ("5" * 101, "", f'"{"5" * 29}…" is no number'),
    ],
)
def test_what_is_no_such_number_is_refused_in_words(text, unit, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        value(text, unit)


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        (5000, "GPUs", "5,000 GPUs"),
        (298.0232, "GB/s", "298 GB/s"),
        (15, "ms", "15 ms"),
        (0.35, "", "0.35"),
        (1 / 3, "", "0.333"),
        (0.1 + 0.2, "s", "0.3 s"),
        (12.25, "ms", "12.25 ms"),
        (5333.3333333, "GPUs", "5,333 GPUs"),
        (99.987654, "", "100"),
        (12, "%", "12%"),
        (0.35, "$ per 1,000 tokens", "$0.35 per 1,000 tokens"),
        (-5, "$", "-$5"),
        (100_000_000, "", "100M"),
        (1_250_000, "users", "1.25M users"),
        (123_456_789, "", "123,456,789"),
        (2e6 / 3, "", "666,667"),
        (1e7 / 3, "", "3.33M"),
        (2_000_000, "GB", "2,000,000 GB"),
        (2e9, "", "2B"),
        (1e18, "", "1e18"),
        (0.00005, "", "5e-5"),
        (0, "ms", "0 ms"),
        (-0.0, "", "0"),
    ],
)
def test_a_number_is_shown_for_people(number, unit, words):
    assert shown(number, unit) == words


UNITS = st.sampled_from(["", "GPUs", "ms", "s", "GB", "GiB", "GB/s", "%", "% of users", "$", "$ per 1,000 tokens", "B"])


@pytest.mark.parametrize(
    "unit",
    [
        "°C", "мс", "‰", "×", "σ", "1,000 tokens", "x" * 99, "million users", "Millions of users", "k", "k/s", "M tokens",
        "B parameters", "m", "thousand GB", "k seconds", "$k", "$ million", "€ bn a year",
    ],
)  # fmt: skip
@pytest.mark.parametrize("number", [0, 5000])
def test_a_unit_that_is_not_read_again_or_begins_with_a_scale_cannot_be_typed(number, unit):
    assert not can_be_typed(number, unit)


def test_a_unit_that_is_read_as_a_part_of_the_number_cannot_be_typed():
    assert value("5 000 tokens", "000 tokens") == 5000
    assert not can_be_typed(5, "000 tokens")


@pytest.mark.parametrize(
    "unit",
    ["", "GPUs", "µs", "min", "B", "kB", "MB/s", "GiB", "tokens", "models", "k-NN lookups", "$", "$ per 1,000 tokens", "% of users"],
)  # fmt: skip
@pytest.mark.parametrize("number", [0, -12.25, 1 / 3, 2e9 / 3, 1e300])
def test_any_other_can(number, unit):
    assert can_be_typed(number, unit)


@given(st.floats(-1e30, 1e30), UNITS)
def test_what_is_shown_is_read_again_within_a_hundredth(number, unit):
    assert value(shown(number, unit), unit) == pytest.approx(number, rel=0.01)


@given(st.integers(-999_999, 999_999), st.sampled_from([1, 10, 1000]), UNITS)
def test_a_number_of_six_digits_is_shown_whole(digits, parts, unit):
    assert value(shown(digits / parts, unit), unit) == pytest.approx(digits / parts, rel=1e-12)


@given(st.text(max_size=120) | st.text("0123456789., ekMGTBis/%$-~", max_size=12), UNITS)
def test_any_text_is_a_number_or_refused(text, unit):
    with suppress(ValueError):
        assert abs(value(text, unit)) <= 1e300


@given(st.floats(-1e300, 1e300), st.text(max_size=120) | st.text("0123456789., kmb$per/%", max_size=120))
def test_any_unit_can_be_typed_or_not(number, unit):
    assert can_be_typed(number, unit) in (True, False)


# ── what may follow a number ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "unit", ["GPUs", "", "ms", "GB/s", "GiB", "%", "$ per 1,000 tokens", "users per arm", "tokens/s"]
)
def test_what_may_follow_a_number_is_read_behind_it(unit):
    found = follows(unit)
    assert found[""] == 1
    for words, factor in found.items():
        mark, rest = (words[0], words[1:]) if words[:1] == "$" else ("", words)
        assert value(f"{mark}3 {rest}", unit) == pytest.approx(3 * factor, rel=1e-12), words


def test_what_people_write_behind_a_number_is_there():
    assert follows("GPUs").items() >= {"k": 1e3, "gpu": 1, "kgpus": 1e3, "million": 1e6, "b": 1e9}.items()
    assert (
        follows("GB/s").items()
        >= {"gb/s": 1, "gbps": 1, "tb/s": 1e3, "t": 1e3, "t/s": 1e3, "gib/s": 2**30 / 1e9}.items()
    )
    assert follows("").items() >= {"%": 0.01, "m": 1e6}.items()
    assert follows("ms").items() >= {"s": 1e3, "minutes": 60_000.0}.items()
    assert follows("$ per 1,000 tokens").items() >= {"$": 1, "$/1,000tokens": 1}.items()
    assert {"gb", "k"} & follows("GB/s").keys() == set()
    assert "m" not in follows("ms")
