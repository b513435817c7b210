"""Notes for quizzes: a tree, a round, and the eyes that look at it."""

TREE = """\
- tree: lunch
  name: Where to eat
  questions:
    - {id: time, asks: Is there an hour?}
    - {id: rain, asks: Does it rain?}
  branches:
    - {id: hurry, of: time, answer: "no", then: Eat at the desk., aside: Crumbs are your own.}
    - {id: leisure, of: time, answer: "yes", to: rain}
    - {id: wet, of: rain, answer: "yes", then: Go to the canteen.}
    - {id: dry, of: rain, answer: "no", then: Sit in the park.}
"""

ROUND = """\
- transcript: opening
  name: Opening on the lift
  setting: A Staff candidate. The prompt is to predict which floor calls next.
  moves:
    - {id: scope, move: Scope, hears: “Predict the next call.”, says: "Who waits, and how long?"}
- question: peak
  asks: When is the peak?
  why: It sets {{c1::the load}}.
  branches:
    - {id: noon, answer: at noon, changes: "Plan for {{c1::lunch}}."}
- budget: lift
  name: The lift budget
  total: 50
  unit: ms
  lines:
    - {id: read, name: Read, takes: 20}
    - {id: rank, name: Rank, takes: 30}
  lever: rank
- probe: fire
  asks: What if it burns?
  points:
    - {id: stop, point: Every lift goes down.}
    - {id: open, point: Every door opens.}
"""
LENS = """\
- rubric: lens
  name: Through their eyes
  signals:
    - id: otis
      company: Otis L6
      short: Otis
      scores: safety
      signal: Say where it stops.
      did: [Did the candidate name the brake?, Did the candidate name who is called?]
    - id: kone
      company: Kone Staff
      short: Kone
      scores: waiting time
      signal: Say how long.
      did: [Did the candidate price a minute?, Did the candidate name a floor?]
  everywhere: Come back to {{c1::the ratio}} at the end.
"""
