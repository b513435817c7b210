"""The page of the rules of quality."""

from __future__ import annotations

from inspect import cleandoc

from rung import compiler, lint
from rung.authoring.markdown import HEAD, fenced, said

LINT_INTRO = f"""\
<!-- Written by docs/generate.py from src/rung/lint/. Do not edit. -->
# Rules of quality

`rung check` warns of cards that are hard to answer, or not worth it. The rule stands in square brackets at the end of the
line; here it has its reason, a note that breaks it and one that does not. Warnings stop no build, except with `--strict`.

Lines count as in a deck that starts so, which puts the note on line 4:

```text
{HEAD}```

A note that breaks a rule for a reason says so, and the rule says nothing more of it:

```yaml
- fact: fallacies
  allow: {{list-too-long: the list is asked as a whole in interviews}}
  text: Of the network one wrongly assumes that it is {{{{c1::reliable, fast, wide, secure, stable and free}}}}.
```

A name that is no rule is an error, an `allow` that silences nothing a warning, `[{compiler.NEEDLESS}]`.
"""


OF_DECK = "It is about the deck, so no note can silence it: do one of the two things that `rung check` says."


def lint_page() -> str:
    """The Markdown of `docs/lint.md`."""
    listed = "".join(f"- [{name}](#{name}): {rule_line(name)}\n" for name in lint.names())
    return "\n".join((LINT_INTRO, listed, *map(_rule_section, lint.names())))


def rule_line(name: str) -> str:
    """What a rule asks and why, in a line."""
    return cleandoc(lint.rule(name).__doc__ or "").partition("\n")[0]


def _rule_section(name: str) -> str:
    rule = lint.rule(name)
    about = cleandoc(rule.__doc__ or "")
    silence = f"To silence it on a note: `allow: {{{name}: why}}`." if name in lint.about_notes() else OF_DECK
    bad = f"{fenced('yaml', rule.BAD.source)}{said(rule.BAD.source)}"
    return f"## {name}\n\n{about}\n\n{bad}\nBetter:\n\n{fenced('yaml', rule.GOOD)}\n{silence}\n"
