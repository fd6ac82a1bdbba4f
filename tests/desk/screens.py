# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in and walking the pages, for the tests and for the screenshots."""
import os
import re
import time

from hospital import ROOT

PAGE = re.compile(r'\{ "([a-z-]+)", N_\s?\("([^"]+)"\), "[^"]+", N_\s?\("[^"]+"\),[^}]*"(<[^"]+)"')


def pages():
    """Every page of the program as (id, name on the side bar, keys for xdotool), from the client's own table."""
    with open(os.path.join(ROOT, "client/mh-pages.c"), encoding="utf-8") as file:
        rows = PAGE.findall(file.read())
    return [(page, name, keys.replace("<", "").replace(">", "+").lower()) for page, name, keys in rows]


def sign_in(screen, hospital, person, **env):
    """Starts the client and signs in with the button of a demonstration account."""
    client = screen.launch(hospital.client(), hospital.client_env(**env))
    screen.press(screen.need(client.root, person, "push button"))
    screen.need(client.root, "Workspaces", "list", wait=20)
    return client


def side_bar(screen, client):
    """The names of the rows of the side bar."""
    bar = screen.need(client.root, "Workspaces", "list")
    return [row.name for row in screen.walk(bar) if row.getRoleName() == "list item" and row.name]


def settle(seconds=1.2):
    """Lets what was asked for arrive and be drawn. A screen has no signal for it that reaches another program."""
    time.sleep(seconds)


def close(screen, client):
    client.terminate()
    client.wait(10)
    screen.apps.remove(client)
