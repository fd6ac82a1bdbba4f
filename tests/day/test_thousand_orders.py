# SPDX-License-Identifier: GPL-3.0-or-later
"""A day of 1,000 orders lived by 20 desks at once against the real server, while two technicians have their clients open and use
them. Nothing may fail, each report is proved genuine by its hash, the books balance, and both clients end up with the same
board. Tells the times and the memory.

MH_ORDERS, MH_DESKS and MH_SEED choose another day."""
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "desk")]
import desk as screens  # noqa: E402
import desks  # noqa: E402
from steps import live, step  # noqa: E402

ORDERS = int(os.environ.get("MH_ORDERS", "1000"))
DESKS = int(os.environ.get("MH_DESKS", "20"))
SEED = int(os.environ.get("MH_SEED", "7"))
PAGES = ["alt+2", "alt+3", "alt+2", "ctrl+f"]


def say(words):
    print("# " + words, flush=True)


def memory(process):
    """Resident, and what is the process's own, in MiB."""
    with open(f"/proc/{process.pid}/smaps_rollup", encoding="utf-8") as file:
        rows = {line.split(":")[0]: int(line.split()[1]) for line in file if line.count(":") == 1 and line.split()[-1] == "kB"}
    return rows["Rss"] / 1024, (rows["Private_Clean"] + rows["Private_Dirty"]) / 1024


class Technician:
    """One more client on the same screen, with a place of its own for its local copy."""

    def __init__(self, desk, username):
        self.desk, self.username = desk, username
        home = os.path.join(os.environ["MAHIMA_DESK_HOME"], username)
        env = desk.hospital.client_env()
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            env[name] = os.path.join(home, name)
            os.makedirs(env[name], mode=0o700)
        self.client = desk.screen.launch(desk.hospital.client(), env)

    def front(self):
        subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.client.pid), "windowraise", "windowfocus", "--sync"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.3)

    def sign_in(self):
        self.front()
        self.desk.client = self.client
        self.desk.sign_in(self.username)

    def keys(self, *keys):
        self.front()
        self.desk.screen.keys(*keys)

    def sees(self, words, wait):
        return self.desk.screen.find(self.client.root, words, wait=wait)


@step
def two_technicians_sign_in(desk):
    desk.people = [Technician(desk, name) for name in ("technician", "technician2")]
    for person in desk.people:
        person.sign_in()
    desk.before = {person.username: memory(person.client) for person in desk.people}


@step
def the_day_is_lived_without_an_error(desk):
    desk.day = desks.begin(desk.hospital, DESKS, ORDERS, SEED)
    turn = 0
    while any(other.is_alive() for other in desk.day.desks):
        desk.people[turn % 2].keys(PAGES[turn // 2 % len(PAGES)])
        turn += 1
        time.sleep(0.2)
    desks.finish(desk.day)
    say(f"{len(desk.day.orders)} orders by {DESKS} desks in {desk.day.seconds:.1f} s; keys pressed in the clients meanwhile: {turn}")
    for route in sorted(desk.day.times):
        say(f"{route:36} {len(desk.day.times[route]):6}  p50 {desk.day.percentile(0.5, route):7.1f} ms  p99 {desk.day.percentile(0.99, route):7.1f} ms")
    say(f"{'all':36} {sum(map(len, desk.day.times.values())):6}  p50 {desk.day.percentile(0.5):7.1f} ms  p99 {desk.day.percentile(0.99):7.1f} ms")
    assert desk.day.errors == [], desk.day.errors[:5]
    assert len(desk.day.orders) == ORDERS, len(desk.day.orders)
    assert turn > 0, "nobody used the clients"


@step
def nothing_was_applied_twice(desk):
    ids = {order for order, _, _ in desk.day.orders}
    numbers = {number for _, number, _ in desk.day.orders}
    hashes = {content for _, _, content in desk.day.orders}
    assert (len(ids), len(numbers), len(hashes)) == (ORDERS, ORDERS, ORDERS), (len(ids), len(numbers), len(hashes))
    assert "balance" in desk.hospital.ctl("ledger", "verify")
    assert "whole" in desk.hospital.ctl("audit", "verify")


@step
def both_clients_know_it_all(desk):
    """One order more: it appears on both boards by itself, and the counts of the tabs are the server's."""
    one = desks.Desk(desk.day, 99)
    for person in desk.people:
        person.keys("Escape", "alt+2")
    order = one.place(one.register(ORDERS + 1))
    began = time.time()
    for person in desk.people:
        assert person.sees(order["number"], wait=30), f"{person.username} does not see {order['number']}"
    say(f"seen on both boards after at most {time.time() - began:.1f} s, looking through both trees of widgets included")
    for person in desk.people:
        assert person.client.poll() is None, f"the client of {person.username} ended"
    complaints = [line for line in desk.screen.client_log().splitlines()
                  if any(word in line for word in ("WARNING", "CRITICAL", "ERROR")) and "org.freedesktop.Notifications" not in line]
    assert complaints == [], complaints[:5]


@step
def memory_stays_small(desk):
    """No bound but the machine's: told for the record; a client that kept every order would show it."""
    for person in desk.people:
        resident, own = memory(person.client)
        say(f"client of {person.username}: {resident:.0f} MiB resident, {own:.0f} MiB its own"
            f" ({desk.before[person.username][0]:.0f} and {desk.before[person.username][1]:.0f} before the day)")
        assert own < 3 * desk.before[person.username][1] + 100, (own, desk.before)
    resident, own = memory(desk.hospital.server)
    say(f"server: {resident:.0f} MiB resident, {own:.0f} MiB its own")


def main(screen):
    live(screen, patients=400, orders=100)


screens.within(main)
