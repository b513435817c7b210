"""Drawings as tests read them: some texts, and what stands where in their SVG."""

from __future__ import annotations

import re
from xml.etree import ElementTree

GANTT = """\
Edge: auth and routing          0-12 ms
Candidate retrieval            12-27 ms
Cache, beside it                0-20.5 ms
"""
FLOW = """\
[Edge gateway] = edge
* [Rec service] = rec-svc
edge -> rec-svc: slot-routed <request>
rec-svc -> retrieval
rec-svc -> rank: the pool
rank -> edge: back
"""
TREE = """\
Objective in writing?
  no -> go back
  yes -> How soon?
    under 5 s -> streaming -> a must
    later -> a batch
"""
SPINE = """\
[Edge gateway] = edge
[Rec service] = rec-svc
[Candidate retrieval] = retrieval
[ANN index] = ann
[Coarse rank] = coarse
[Fine rank] = fine
[Online feature store] = online
[Streaming pipeline] = stream
[Re-rank] = rerank
[Training pipeline] = training
[Degraded-mode model] = fallback
[Event log] = log
[Observability] = board
edge -> rec-svc: slot-routed request
rec-svc -> retrieval: Layer 1
retrieval -> ann: query
rec-svc -> coarse: Layer 2
rec-svc -> online: feature lookup
rec-svc -> fine: Layer 3
rec-svc -> rerank: Layer 4
stream -> online: fresh features
rec-svc -> fallback: circuit breaker
training -> fine: daily
training -> ann: weekly
stream -> log
log -> training: impressions
rec-svc -> log: what was shown
"""


def root(svg):
    return ElementTree.fromstring(svg)


def words(svg):
    return ["".join(each.itertext()) for each in root(svg).iter("text")]


def rectangles(svg):
    """(left, top, right, bottom) of every rectangle."""
    sizes = [[float(each.get(key)) for key in ("x", "y", "width", "height")] for each in root(svg).iter("rect")]
    return [(x, y, x + width, y + height) for x, y, width, height in sizes]


def routes(svg):
    """The corners of every line that ends in an arrow."""
    for each in root(svg).iter("path"):
        if each.get("stroke-width"):
            found = re.findall(r"(?:[ML]|Q[^ ]+ [^ ]+ )(-?[\d.]+) (-?[\d.]+)", each.get("d"))
            yield [(float(x), float(y)) for x, y in found]
