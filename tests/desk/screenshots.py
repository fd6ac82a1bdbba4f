#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the pictures of README and manuals from the running program: screenshots.py FOLDER"""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import desk  # noqa: E402
import hospital  # noqa: E402
import screens  # noqa: E402

# page, who looks at it, what to do there: a key, "text:…" to type, "at:x,y" to click
SHOTS = [
    ("front-desk", "Reception", ["Down", "Down", "Down"]),
    ("composer", "Reception", ["F2", "text:cbc", "Return", "text:lipid", "Return", "text:hba1c", "Return"]),
    ("cashier", "Cashier", ["at:300,200"]),
    ("orders", "Technician", ["at:250,194"]),
    ("results", "Technician", ["at:300,146", "Return"]),
    ("verify", "Pathologist", ["at:300,146", "Return"]),
    ("appointments", "Reception", []),
    ("nursing", "Nurse", ["Down"]),
    ("chart", "Doctor", ["text:sandeep", "Down", "Return"]),
]


def do(screen, step):
    if step.startswith("text:"):
        screen.type(step[5:])
    elif step.startswith("at:"):
        screen.click(*map(int, step[3:].split(",")))
    else:
        screen.keys(step)
    screens.settle(0.6)


def take(screen, folder, name):
    screens.settle(2)
    path = os.path.join(folder, name + ".png")
    screen.shot(path)
    print(path)


def main(screen):
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    place = hospital.Hospital(patients=400, orders=150)
    table = {page: keys for page, _, keys in screens.pages()}
    try:
        client = screen.launch(place.client(), place.client_env())
        screen.need(client.root, "Reception", "push button")
        take(screen, folder, "login")
        screens.close(screen, client)
        for person in dict.fromkeys(who for _, who, _ in SHOTS):
            client = screens.sign_in(screen, place, person)
            for page, who, steps in SHOTS:
                if who == person:
                    # F2 takes the chosen patient along, so the composer is entered from the front desk
                    if steps[:1] != ["F2"]:
                        screen.keys(table[page])
                        screens.settle()
                    for step in steps:
                        do(screen, step)
                    take(screen, folder, page)
            screens.close(screen, client)
    finally:
        screen.close()
        place.close()


if __name__ == "__main__":
    desk.within(main)
