"""SM-2 as Piotr Wozniak published it in 1990.

The source is the prose: "Optimization of learning", master's thesis, Poznan 1990, section 3.2, which is also
https://www.supermemo.com/english/ol/sm2.htm. Its seven steps leave three points where programs part ways. SuperMemo's
own code (https://www.supermemo.com/english/ol/sm2source.htm) settles the first, and departs from the prose in the others:

* Which ease sets an interval? The one from before this answer: step 3 stands before step 5, and the code agrees.
* How is a fraction of a day rounded? Up, says step 3. (The code rounds half to even.)
* Does a failure lower the ease? No: step 6 starts the repetitions again "without changing the E-Factor". (The code
  lowers it.)

The ease is an integer in hundredths, so that every interval is exact: in floating point 2.5 + 0.1 + ... drifts, and a
product that should be whole is rounded up to one day more.

Step 7, asking again on the same day whatever scored under 4, belongs to the sitting and changes nothing here.

Not in the source: an interval is at most a century, and a pass before the due day counts only the days that passed.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rung.model import Memory

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rung.model import Strength

FIRST_EASE = 250
LOWEST_EASE = 130
FIRST_INTERVAL = 1
SECOND_INTERVAL = 6
LONGEST = 36_500  # days
LAST = date.max.toordinal()

FAILED = (0, 1, 2)
EASE_CHANGE = {5: 10, 4: 0, 3: -14}  # 0.1 - (5 - q) * (0.08 + (5 - q) * 0.02), in hundredths


def reviewed(memory: Memory | None, reviews: Iterable[tuple[int, date]]) -> Memory:
    """The memory after reviews in their order, each (grade 0 to 5, day); None is a new card's.

    Raises ValueError for another grade.
    """
    interval, repetitions, ease, due, lapses = 0, 0, FIRST_EASE, 0, 0
    if memory:
        interval, repetitions, ease, lapses = memory.interval, memory.repetitions, memory.ease, memory.lapses
        due = memory.due.toordinal()
    for grade, day in reviews:
        today = day.toordinal()
        if grade in EASE_CHANGE:
            interval = _interval_after_pass(interval, repetitions, ease, due - today)
            repetitions += 1
            ease += EASE_CHANGE[grade]
            if ease < LOWEST_EASE:  # `max` would be a call more, for each of millions
                ease = LOWEST_EASE
        elif grade in FAILED:
            lapses += repetitions >= 1
            interval, repetitions = FIRST_INTERVAL, 0
        else:
            raise ValueError(f"a grade is 0 to 5, not {grade}")
        due = today + interval
        if due > LAST:
            due = LAST
    return Memory(interval, repetitions, ease, date.fromordinal(due), lapses)


def seed(interval: int, ease: int, due: date) -> Memory:
    """The memory of a card that comes in known: as if SM-2 itself had arrived at `interval` days.

    From six days on, the next interval follows from the ease; a shorter one is taken for the first, so six come next.
    """
    interval = min(LONGEST, max(1, interval))
    return Memory(interval, 2 if interval >= SECOND_INTERVAL else 1, max(LOWEST_EASE, ease), due)


def placed(memory: Memory, strength: Strength) -> Memory:
    """The memory itself: SM-2 knows no strength, and a re-drill is nothing to it."""
    return memory


def _interval_after_pass(interval: int, repetitions: int, ease: int, left: int) -> int:
    """The days until a card comes back that was passed `left` days before it was due; `ease` is in hundredths.

    Early, the days that really passed grow instead of the whole interval. That is never less than the interval was,
    since the card has just been known, and never more than the same pass on its day would have given. So the first pass
    gives one day whenever it comes, and the second at most six.
    """
    if repetitions == 0:
        return FIRST_INTERVAL
    on_time = SECOND_INTERVAL if repetitions == 1 else -(-interval * ease // 100)  # rounded up
    if on_time > LONGEST:
        on_time = LONGEST
    if left <= 0:
        return on_time
    elapsed = max(0, interval - left)  # a due day put off by hand leaves more days than the interval had
    return min(on_time, max(interval, -(-elapsed * ease // 100)))
