"""No test needs a network: what would reach one fails."""

from __future__ import annotations

import socket
from urllib.request import urlopen

import pytest

REFUSED = pytest.fail.Exception


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.org"])
def test_nothing_beyond_this_machine_is_reached(host):
    with pytest.raises(REFUSED, match=f"^a test would reach {host}$"):
        socket.create_connection((host, 9), timeout=1)


def test_neither_a_datagram_nor_a_page_nor_a_name_goes_out():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender, pytest.raises(REFUSED):
        sender.sendto(b"x", ("192.0.2.1", 9))
    with pytest.raises(REFUSED):
        urlopen("http://192.0.2.1/")
    with pytest.raises(REFUSED):
        socket.gethostbyname("example.org")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is(host):
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection((host, server.getsockname()[1])).close()
