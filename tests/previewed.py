"""A running `rung preview`, as its author meets it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager

PATIENCE = 10  # seconds


@contextmanager
def previewing(folder, *arguments):
    """The process, and the address it printed; interrupted at the end, if it has not ended yet."""
    command = [sys.executable, "-m", "rung", "preview", *arguments]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            address = process.stdout.readline().strip()
            assert address, process.stderr.read()
            yield process, address
            process.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
            process.wait(PATIENCE)
        finally:
            process.kill()
