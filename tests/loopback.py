"""Sockets of this process that reach no further than this machine, so that no test needs a network."""

from __future__ import annotations

import socket
from functools import wraps
from ipaddress import ip_address

import pytest

HERE = (None, "", "localhost")


def keep() -> None:
    """Let all who would connect or send elsewhere, or ask where a name is, fail their test."""
    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, _kept(getattr(socket.socket, name), lambda given: given[-1]))
    for name in ("getaddrinfo", "gethostbyname"):
        setattr(socket, name, _kept(getattr(socket, name), lambda given: given))


def _kept(reach, address_of):
    @wraps(reach)
    def kept(*given, **more):
        address = address_of(given)
        if isinstance(address, tuple) and not _here(address[0]):  # others are paths of Unix sockets
            pytest.fail(f"a test would reach {address[0]}")
        return reach(*given, **more)

    return kept


def _here(host):
    try:
        return host in HERE or ip_address(host).is_loopback
    except ValueError:
        return False
