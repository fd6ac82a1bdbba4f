# SPDX-License-Identifier: GPL-3.0-or-later
"""The shell against the real server: sign in, every page by its key, names for a screen reader, lock and unlock,
the server gone and back, signing in without a server. Speaks TAP."""
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "desk"))
import desk  # noqa: E402
import hospital  # noqa: E402

STEPS = []


def step(function):
    STEPS.append(function)
    return function


class Day:
    def __init__(self, screen):
        self.screen = screen
        self.hospital = hospital.Hospital(patients=40, orders=20)
        self.client = None

    def start(self):
        self.client = self.screen.launch(self.hospital.client(), self.hospital.client_env())
        return self.client.root

    def sign_in(self, username, password=hospital.PASSWORD):
        root = self.client.root
        self.screen.need(root, "Sign in", "push button")
        time.sleep(0.3)
        self.screen.keys("ctrl+a")
        self.screen.type(username)
        self.screen.keys("Return")
        time.sleep(0.2)
        self.screen.type(password)
        self.screen.keys("Return")

    def end_client(self):
        self.client.terminate()
        self.client.wait(10)


@step
def a_wrong_password_is_refused(day):
    day.start()
    day.sign_in("reception", "not-the-password")
    day.screen.need(day.client.root, "User name or password is wrong")


@step
def reception_signs_in_and_sees_the_front_desk(day):
    day.end_client()
    day.start()
    day.sign_in("reception")
    day.screen.need(day.client.root, "● Online")
    day.screen.need(day.client.root, "New patient")


@step
def every_page_has_names_for_all_its_controls(day):
    for key in ("alt+1", "alt+2", "alt+3", "alt+0"):
        day.screen.keys(key)
        time.sleep(1)
        nameless = day.screen.nameless(day.client.root)
        assert not nameless, f"{key}: {nameless}"


@step
def the_locked_screen_keeps_everything(day):
    day.screen.keys("alt+1")
    time.sleep(0.5)
    day.screen.keys("ctrl+l")
    day.screen.need(day.client.root, "Locked")
    time.sleep(0.3)
    day.screen.type(hospital.PASSWORD)
    day.screen.keys("Return")
    day.screen.need(day.client.root, "New patient")


@step
def a_server_that_goes_is_told(day):
    day.address = day.hospital.url.split("//")[1]
    day.hospital.stop()
    day.screen.need(day.client.root, "○ Offline", wait=15)


@step
def one_signs_in_without_a_server(day):
    day.end_client()
    day.start()
    day.sign_in("reception")
    day.screen.need(day.client.root, "○ Offline", wait=15)
    day.screen.need(day.client.root, "New patient")


@step
def a_server_that_comes_back_is_told(day):
    day.hospital.start(day.address)
    day.screen.need(day.client.root, "● Online", wait=45)


def main(screen):
    day = Day(screen)
    failed = 0
    print(f"1..{len(STEPS)}")
    try:
        for number, function in enumerate(STEPS, 1):
            name = function.__name__.replace("_", " ")
            try:
                function(day)
                print(f"ok {number} {name}", flush=True)
            except AssertionError as error:
                failed += 1
                print(f"not ok {number} {name}\n# {error}", flush=True)
                if os.environ.get("MH_SHOT"):
                    screen.shot(f"{os.environ['MH_SHOT']}-{number}.png")
    finally:
        screen.close()
        day.hospital.close()
    sys.exit(1 if failed else 0)


desk.within(main)
