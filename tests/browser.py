"""A real Chromium, driven through its debugging pipe: no driver and no package between it and us."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

# The shell draws the same pages, for two thirds of the processor's time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REQUIRED = "RUNG_BROWSER"  # `required` where a browser has to be there
PATIENCE = 60  # seconds
STARTING = 20  # seconds for a start, of which there are so many
STARTS = 3
INCH = 25.4  # mm
# Becomes the browser, which reads its commands from descriptor 3 and answers on 4.
JOINED = """
import fcntl, os, sys
aside = [fcntl.fcntl(int(given), fcntl.F_DUPFD, 10) for given in sys.argv[1:3]]
for place, each in enumerate(aside, 3):
    os.dup2(each, place)
os.execvp(sys.argv[3], sys.argv[3:])
"""
READABLE = 4.5  # WCAG AA, for text of any size
PAPER = {"A4": (210 / INCH, 297 / INCH), "Letter": (8.5, 11.0)}


# Of all elements that show words of their own: what they say, and the least contrast to the ground they stand on.
CONTRASTS = """(() => {
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, place) => sum + c * [.2126, .7152, .0722][place], 0);
  const colour = words => words.match(/[\\d.]+/g).map(Number);
  const ground = element => {
    for (; element; element = element.parentElement) {
      const found = colour(getComputedStyle(element).backgroundColor);
      if (found.length < 4 || found[3] > 0) return found;
    }
    return matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0] : [255, 255, 255];
  };
  const found = [];
  for (const element of document.body.querySelectorAll('*')) {
    const words = [...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data.trim()).join(' ').trim();
    const style = getComputedStyle(element);
    if (!words || element.closest('title, desc, script')) continue;
    let [ink, under] = [colour(element.closest('svg') ? style.fill : style.color), ground(element)];
    const strength = Number(style.opacity);
    ink = ink.slice(0, 3).map((c, place) => c * strength + under[place] * (1 - strength));
    const [a, b] = [light(ink), light(under)].sort((x, y) => y - x);
    found.push([(a + .05) / (b + .05), element.tagName, words.slice(0, 40)]);
  }
  return found;
})()"""

# Elements whose right edge lies beyond the page.
BEYOND = """[...document.body.querySelectorAll('*')].filter(element => !element.closest('thead, pre'))
  .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(element => element.tagName + ' ' + element.textContent.trim().slice(0, 40))"""


def found() -> str | None:
    """The browser to test with, if one is there; Windows has no pipe for it."""
    return None if os.name == "nt" else next(filter(None, map(shutil.which, NAMES)), None)


NEEDED = pytest.mark.skipif(
    found() is None and os.environ.get(REQUIRED) != "required",
    reason=f"no Chromium is installed here; {REQUIRED}=required makes that a failure",
)


def opened(home: Path, *more: str) -> Browser:
    """The browser, with its own files in a folder, and with these arguments besides."""
    program = found()
    assert program, "a Chromium is required here: install Debian's `chromium-headless-shell`, or put one on the path"
    return Browser(program, home, more)


class Silent(AssertionError):
    """The browser does not answer."""


@dataclass
class Browser:
    """One browser with one tab. `events` are what it told since the last page was opened."""

    program: str
    home: Path
    more: tuple[str, ...] = ()
    events: list[dict] = field(default_factory=list)
    patience: float = PATIENCE

    def __enter__(self):
        for attempt in range(STARTS):  # once in many starts, beside others, it hangs
            self._start(self.home / str(attempt))
            self.patience = STARTING
            with suppress(Silent):
                target = self.ask("Target.createTarget", url="about:blank")["targetId"]
                break
            self._end()
        else:
            raise AssertionError(f"{self.program} did not start, {STARTS} times")
        self.patience = PATIENCE
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.ask(f"{domain}.enable")
        return self

    def __exit__(self, *_):
        with suppress(OSError, subprocess.TimeoutExpired):
            os.write(self._write, b'{"id": 0, "method": "Browser.close"}\0')
            self._process.wait(PATIENCE)  # until it has put its own files away
        self._end()

    def _start(self, home):
        to_browser, self._write = os.pipe()
        self._read, from_browser = os.pipe()
        line = [
            self.program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--remote-debugging-pipe", "--no-first-run", "--hide-scrollbars", f"--user-data-dir={home}",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-features=IsolateSandboxedIframes",  # else what happens in one is told elsewhere
            *self.more,
        ]  # fmt: skip
        self._process = subprocess.Popen(
            [sys.executable, "-c", JOINED, str(to_browser), str(from_browser), *line],
            pass_fds=(to_browser, from_browser), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(to_browser)
        os.close(from_browser)
        self._rest, self._count, self._session = b"", 0, ""

    def _end(self):
        self._process.kill()
        self._process.wait()
        os.close(self._write)
        os.close(self._read)

    # ── the protocol: JSON messages, each ended by a NUL ──

    def ask(self, method, **parameters):
        """What the browser answers to a command of its protocol."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            told = self._next()
            if told.get("id") == self._count:
                assert "error" not in told, f"{method}: {told['error']}"
                return told["result"]

    def wait(self, event):
        while not any(each["method"] == event for each in self.events):
            self._next()

    def _next(self):
        deadline = time.monotonic() + self.patience
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._read], [], [], max(0, deadline - time.monotonic()))
            if not ready:
                raise Silent(f"the browser said nothing for {self.patience} seconds")
            piece = os.read(self._read, 1 << 16)
            assert piece, "the browser has gone"
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\0")
        told = json.loads(line)
        if "method" in told:
            self.events.append(told)
        return told

    # ── pages ──

    def open(self, place: Path | str, width=1200, height=900, *, dark=False):
        """Show a file, or what is at an address, on a screen of that size (CSS pixels)."""
        self.events.clear()
        self.screen(width, height)
        self.media(dark=dark)
        self.ask("Page.navigate", url=place if isinstance(place, str) else place.as_uri())
        self.wait("Page.loadEventFired")

    def follow(self, place: Path):
        """Go to a file from the page that is shown, as by a link: what that one keeps for the session stays."""
        self.events.clear()
        self.value(f"location.assign({json.dumps(place.as_uri())})")
        self.wait("Page.loadEventFired")

    def screen(self, width, height=900):
        phone = width < 600
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}
        self.ask("Emulation.setDeviceMetricsOverride", **size)
        self.ask("Emulation.setTouchEmulationEnabled", enabled=phone)

    def media(self, *, dark=False, paper=False):
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", media="print" if paper else "", features=[scheme])

    def value(self, script):
        """What a JavaScript expression gives."""
        result = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    # ── hands ──

    def click(self, selector, at=0, times=1):
        """Press and leave the middle of an element with the mouse, so many times in a row."""
        x, y = self.middle(selector, at)
        for count in range(1, times + 1):
            for kind in ("mousePressed", "mouseReleased"):
                self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=count)

    def drag(self, selector, at, by, steps=8):
        """Press an element with the mouse and move so many pixels down before leaving it."""
        x, y = self.middle(selector, at)
        self.ask("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, button="left", clickCount=1)
        for step in range(1, steps + 1):
            self.ask("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y + by * step / steps, button="left")
        self.ask("Input.dispatchMouseEvent", type="mouseReleased", x=x, y=y + by, button="left", clickCount=1)

    def touch(self, selector, at=0, by=0, steps=8):
        """Touch an element with a finger, and move it so many pixels down; without moving, it is a tap."""
        x, y = self.middle(selector, at)
        self.ask("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        for step in range(1, steps + 1 if by else 1):
            self.ask("Input.dispatchTouchEvent", type="touchMove", touchPoints=[{"x": x, "y": y + by * step / steps}])
        self.ask("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def middle(self, selector, at=0):
        """Where the middle of an element is on the screen, brought there if need be."""
        script = """(() => {
          const element = document.querySelectorAll(SELECTOR)[AT];
          element.scrollIntoView({block: 'nearest'});
          const box = element.getBoundingClientRect();
          return [box.left + box.width / 2, box.top + box.height / 2];
        })()"""
        return self.value(script.replace("SELECTOR", json.dumps(selector)).replace("AT", str(at)))

    def press(self, key, *, shift=False, alt=False):
        """A key by its name (`ArrowUp`, `Enter`) or its letter."""
        told = {"key": key, "modifiers": 8 * shift + alt, **({"text": key} if len(key) == 1 else {})}
        self.ask("Input.dispatchKeyEvent", type="keyDown", **told)
        self.ask("Input.dispatchKeyEvent", type="keyUp", key=key)

    def type(self, words):
        self.ask("Input.insertText", text=words)

    @contextmanager
    def without_scripts(self):
        self.ask("Emulation.setScriptExecutionDisabled", value=True)
        try:
            yield
        finally:
            self.ask("Emulation.setScriptExecutionDisabled", value=False)

    def pdf(self, paper="A4") -> bytes:
        width, height = PAPER[paper]
        told = self.ask("Page.printToPDF", paperWidth=width, paperHeight=height, preferCSSPageSize=True)
        return base64.b64decode(told["data"])

    def picture(self, *, whole=True) -> bytes:
        """A PNG of the page, from top to bottom or of what the screen shows."""
        return base64.b64decode(self.ask("Page.captureScreenshot", captureBeyondViewport=whole)["data"])

    @property
    def requests(self):
        """The addresses that were asked for, those that stand in the page itself left out."""
        asked = (
            each["params"]["request"]["url"] for each in self.events if each["method"] == "Network.requestWillBeSent"
        )
        return [url for url in asked if not url.startswith("data:")]

    @property
    def complaints(self):
        """What the console would show: errors, warnings, exceptions."""
        kinds = ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")
        return [each["params"] for each in self.events if each["method"] in kinds]
