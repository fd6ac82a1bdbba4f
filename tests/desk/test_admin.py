#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Administration by keyboard: a topic is found by its name, what gives rights to patients' data waits for another
administrator, who finds it behind the bell and approves or refuses it. By accessible names and by keys."""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..")]

import desk as display  # noqa: E402
import hospital  # noqa: E402
import steps  # noqa: E402
from bench import new_id  # noqa: E402
from steps import step  # noqa: E402

WAITS = "Not in force yet: another administrator must approve it under “Awaiting approval”"
CHART = "chart.read"


def to_topic(desk, name):
    """By the search of the topics; the list's own search has the focus then."""
    desk.keys("alt+8")
    desk.see("Topics", "list")
    desk.keys("ctrl+f", "ctrl+a")
    desk.type(name)
    desk.keys("Return")


def choose(desk, text):
    """The first row that the list's search finds."""
    desk.screen.activate()
    desk.keys("ctrl+a")
    desk.type(text)
    desk.see(text, "label")
    desk.keys("Down")
    desk.screen.on_row(desk.root)


def keys_are_in(desk, wanted):
    """As a person sees the frame move on before the next key."""
    def told():
        return any(node.getState().contains(desk.screen.a.STATE_FOCUSED) and wanted(node.name) for node in desk.screen.walk(desk.root)
                   if node.getRoleName() != "frame")

    hospital.until(told)


def to_roles(desk):
    """From the list into the roles of whoever is chosen; each key where the one before led."""
    desk.keys("Return")
    desk.see("Qualification")
    keys_are_in(desk, lambda name: name == "Name")
    desk.keys("Tab")
    keys_are_in(desk, lambda name: name == "Roles")


def rights_of(desk, code):
    return next(role for role in desk.ask("admin", "/roles?limit=50")["items"] if role["code"] == code)["permissions"]


@step
def topics_stand_in_groups_and_are_found(desk):
    everybody = desk.ask("admin", "/users?q=manager")["items"][0]
    desk.ask("admin", "/users/" + everybody["id"], dict(roles=["manager", "admin"]), method="PATCH", version=everybody["version"])
    desk.start()
    desk.enter("admin")
    for group in ("People and access", "Hospital and places", "Laboratory", "Money", "Clinic", "Messages and texts", "System"):
        desk.see(group, "label")
    desk.named()
    to_topic(desk, "roles")
    desk.see("New role…", "push button")


@step
def rights_added_to_a_role_wait_for_another_administrator(desk):
    role = next(role for role in desk.ask("admin", "/roles?limit=50")["items"] if role["code"] == "reception")
    desk.ask("admin", "/roles/" + role["id"], dict(permissions=role["permissions"] + [CHART]), method="PATCH", version=role["version"])
    desk.see("Awaiting approval ○")
    assert CHART not in rights_of(desk, "reception")
    to_topic(desk, "awaiting")
    desk.see("See patients' charts")
    choose(desk, "Reception")
    desk.keys("alt+a")
    desk.see("Another administrator must approve this.")
    assert CHART not in rights_of(desk, "reception")


@step
def a_save_that_is_held_says_so(desk):
    to_topic(desk, "people")
    choose(desk, "Kavita Joshi")
    to_roles(desk)
    desk.see("Remove Reception", "push button")
    desk.type("doc")
    desk.see("Doctor · doctor", "list item")
    desk.keys("Return")
    desk.see("Remove Doctor", "push button")
    desk.named()
    desk.keys("ctrl+Return")
    desk.see(WAITS)
    desk.see("Awaiting approval ○")
    person = desk.ask("admin", "/users?q=kavita")["items"][0]
    assert person["roles"] == ["reception"], person["roles"]


@step
def a_code_left_by_tab_at_once_is_taken(desk):
    choose(desk, "Kavita Joshi")
    to_roles(desk)
    desk.see("Remove Reception", "push button")
    desk.keys("BackSpace")
    desk.gone("Remove Reception", "push button")
    desk.type("CASHIER", pause=0)
    desk.keys("Tab")
    desk.see("Remove Cashier", "push button")
    keys_are_in(desk, lambda name: name != "Roles")
    desk.keys("shift+Tab")
    keys_are_in(desk, lambda name: name == "Roles")
    desk.type("patho", pause=0)
    desk.keys("Tab")
    desk.see("Remove Pathologist", "push button")
    desk.keys("Escape")
    desk.gone("Remove Pathologist", "push button")
    desk.end()


@step
def the_other_finds_it_behind_the_bell_and_approves_it(desk):
    desk.start()
    desk.enter("manager")
    # two to approve, and that the administrator alone made this person another one
    desk.see("Notifications, 3 new", wait=20)
    to_topic(desk, "awaiting")
    desk.see("Kavita Joshi", "label")
    choose(desk, "Reception")
    desk.keys("alt+a")
    desk.gone("See patients' charts", "label")
    hospital.until(lambda: CHART in rights_of(desk, "reception"))


@step
def other_roles_and_a_new_password_are_refused(desk):
    choose(desk, "Kavita Joshi")
    desk.keys("alt+r")
    desk.gone("Kavita Joshi", "label")
    assert desk.ask("admin", "/users?q=kavita")["items"][0]["roles"] == ["reception"]
    doctor = desk.ask("admin", "/users?q=doctor")["items"][0]
    desk.ask("admin", "/users/" + doctor["id"], dict(password="copper lantern 55"), method="PATCH", version=doctor["version"])
    to_topic(desk, "people")
    to_topic(desk, "awaiting")
    desk.see("New password", "label")
    choose(desk, doctor["name"])
    desk.keys("alt+r")
    desk.gone("New password", "label")
    assert desk.ask(None, "/session", dict(username="doctor", password=hospital.PASSWORD))["user"]["id"] == doctor["id"]
    desk.end()


@step
def what_is_changed_comes_back_by_ctrl_z(desk):
    def stands():
        return desk.hospital.ask("SELECT place FROM device WHERE code = 'FRONT-2'")[0]

    desk.start()
    desk.enter("admin")
    to_topic(desk, "desks")
    choose(desk, "Front desk 2")
    desk.keys("Return")
    desk.see("Place", "text").queryEditableText().setTextContents("Back door")
    desk.keys("ctrl+Return")
    desk.see("Undo", "push button")
    assert stands() == "Back door"
    desk.keys("ctrl+z")
    desk.see("It is as it was before")
    assert stands() == "Main entrance"


@step
def the_audit_trail_is_read_by_person_day_and_act(desk):
    assert desk.hospital.ask("SELECT count(*) FROM audit_entry WHERE object_type = 'audit_entry'")[0] == 0
    to_topic(desk, "audit")
    desk.see("Patient: name, phone or MRN")
    desk.type("Nandini")
    desk.see("Nandini Rao", "list item")
    desk.keys("Return")
    desk.see("Remove Nandini Rao", "push button")
    desk.see("approved by a second administrator")
    manager = desk.ask("admin", "/users?q=manager")["items"][0]["id"]
    hospital.until(lambda: desk.hospital.ask("SELECT count(*) FROM audit_entry WHERE object_type = 'audit_entry' AND object_id = ?",
                                             manager)[0])
    desk.named()
    desk.keys("Return")
    desk.gone("Remove Nandini Rao")
    looked = desk.ask("admin", "/audit?verb=read&limit=100")["items"]
    assert any(row["object_type"] == "audit_entry" for row in looked), "who reads the trail is not in it"
    before = desk.hospital.ask("SELECT count(*) FROM audit_entry WHERE verb = 'export'")[0]
    lines = desk.ask("admin", "/audit/table.csv?verb=update", raw=True).decode().strip().split("\r\n")
    assert len(lines) > 1 and all('"update"' in line for line in lines[1:]), lines[:3]
    hospital.until(lambda: desk.hospital.ask("SELECT count(*) FROM audit_entry WHERE verb = 'export'")[0] > before)


@step
def the_words_of_a_short_message_are_the_hospitals(desk):
    """What it says, how many parts it takes, and what must stand in it; Undo leads back to the standard text."""
    def own():
        return desk.hospital.ask("SELECT count(*) FROM sms_text WHERE text LIKE 'Show%' AND deleted_at IS NULL")[0]

    def write(text):
        desk.see("Text", "text").queryEditableText().setTextContents(text)

    to_topic(desk, "sms texts")
    desk.see("Token", "label")
    desk.type("kiosk")
    desk.gone("Token", "label")
    desk.see("Code for the kiosk", "label")
    desk.keys("Down", "Return")
    desk.see("Code for the kiosk (English)")
    desk.see("Text: may hold {code}, {hospital}")
    write("Show this at the counter.")
    desk.see("1 part of a short message")
    desk.named()
    desk.keys("alt+s")
    desk.see("Put {code} in: without it the message is of no use")
    assert own() == 0
    write("Show {code} at the counter." + " Thank you." * 20)
    desk.see("2 parts of a short message; each is charged for")
    desk.keys("alt+s")
    hospital.until(lambda: own() == 1)
    desk.see("Undo", "push button")
    desk.see("Show {code} at the counter.", "label")
    desk.keys("ctrl+z")
    hospital.until(lambda: own() == 0)
    desk.gone("Show {code} at the counter.", "label")


@step
def a_limit_of_discounts_is_written_in_per_cent(desk):
    """As a person writes it, on both sides of what there is; stored as before in hundredths of a per cent."""
    def stored():
        row = desk.hospital.ask("SELECT max(value) FROM setting WHERE key = 'discount.limit.cashier' AND deleted_at IS NULL")
        return row[0]

    def write(text):
        field = next(node for node in desk.screen.walk(desk.root) if node.getRoleName() == "text" and desk.screen.seen(node)
                     and node.name == "Value")
        field.queryEditableText().setTextContents(text)
        desk.keys("ctrl+Return")

    to_topic(desk, "settings")
    choose(desk, "Discount that a cashier may give")
    desk.keys("Return")
    desk.see("Standard: 10 %")
    for text in ("100.01", "-1", "ten"):
        write(text)
        desk.see("Write per cent from 0 to 100, such as 10 or 12.5.")
    assert stored() is None
    write("12.5 %")
    hospital.until(lambda: stored() == "1250")
    desk.see("12.5 %", "label")
    to_topic(desk, "settings")
    choose(desk, "Discount that a cashier may give")
    desk.keys("Return")
    desk.see("Standard: 10 %")
    write("15")
    hospital.until(lambda: stored() == "1500")
    desk.see("15 %", "label")
    desk.see("Undo", "push button")
    desk.keys("ctrl+z")
    hospital.until(lambda: stored() == "1250")
    desk.see("12.5 %", "label")
    desk.gone("15 %", "label")


@step
def the_letters_of_order_numbers_are_chosen(desk):
    """What would look like another number is refused at the field; the next order has the letters."""
    def write(text):
        desk.see("Value", "text", wait=30).queryEditableText().setTextContents(text)
        desk.keys("ctrl+Return")

    def stored():
        return desk.hospital.ask("SELECT max(value) FROM setting WHERE key = 'order.prefix' AND deleted_at IS NULL")[0]

    to_topic(desk, "settings")
    choose(desk, "Order numbers begin with")
    desk.keys("Return")
    for text, words in (("LAB1", "At most eight letters, A–Z alone, such as LAB"), ("REF", "REF begins the numbers of referrals or worksheets")):
        write(text)
        desk.see(words, wait=30)
    assert stored() is None
    write("CITYLABS")
    hospital.until(lambda: stored() == "CITYLABS")
    desk.see("CITYLABS", "label", wait=30)
    patient = desk.ask("reception", "/patients?limit=1")["items"][0]
    order = desk.ask("reception", "/orders", dict(id=new_id(), patient_id=patient["id"], priority="routine", payment_method="cod", items=[{"test": "KT"}]))
    assert order["number"] == "CITYLABS-000001", order["number"]


@step
def a_tax_is_written_in_per_cent(desk):
    def stored():
        return desk.hospital.ask("SELECT rate FROM tax_rule WHERE code = 'MEDICINES'")[0]

    def write(text):
        desk.see("Rate", "text").queryEditableText().setTextContents(text)
        desk.keys("ctrl+Return")

    def begin():
        to_topic(desk, "tax")
        choose(desk, "GST")
        desk.keys("Return")
        desk.see("Rate in %")

    begin()
    assert desk.see("Rate", "text").queryText().getText(0, 10) == "12"
    for text in ("100.01", "ten"):
        write(text)
        desk.see("Write per cent from 0 to 100, such as 10 or 12.5.")
    assert stored() == 1200
    for text, rate, shown in (("100", 10000, "100 %"), ("0", 0, "0 %"), ("12.5 %", 1250, "12.5 %")):
        write(text)
        hospital.until(lambda: stored() == rate)
        desk.see(shown, "label")
        if rate != 1250:
            begin()


@step
def schedules_are_planned_here_too(desk):
    """By the administrator, who has no page of appointments, and by keys."""
    assert not desk.ask("admin", "/session")["permissions"].count("appointment.read")
    to_topic(desk, "schedules")
    desk.see("New schedule", "push button")
    desk.see("Dr Meera Iyer", "label")
    desk.named()
    desk.see("Leave is entered by who has the right “Book and move appointments, give tokens, enter leave”.", "label")
    desk.keys("ctrl+n")
    desk.see("Code", "text")
    desk.keys("Escape")
    desk.gone("Code", "text")


@step
def storage_stands_by_its_name(desk):
    """Not in the order of its making; two stands before ten."""
    for code, name in (("ZTEN", "Zone 10"), ("ZTWO", "Zone 2")):
        desk.ask("admin", "/storage/places", dict(id=new_id(), kind="freezer", code=code, name=name))
    to_topic(desk, "storage")
    desk.type("zone")
    desk.see("Zone 10", "label")
    two, ten = (desk.see(name, "label").queryComponent().getExtents(desk.screen.a.WINDOW_COORDS).y for name in ("Zone 2", "Zone 10"))
    assert two < ten, (two, ten)
    desk.keys("ctrl+a", "BackSpace")


@step
def benches_of_skills_and_of_who_is_on_duty_stand_by_name(desk):
    person, code, name = desk.hospital.ask("SELECT u.name, b.code, b.name FROM skill s JOIN bench b ON b.code = s.bench JOIN app_user u ON u.id = s.user_id"
                                           " WHERE s.deleted_at IS NULL AND s.level <> 'withdrawn' ORDER BY s.id LIMIT 1")
    assert len(name) > len(code), (name, code)
    for topic in ("skills", "on duty"):
        to_topic(desk, topic)
        desk.see(person, "label", wait=30)
        desk.see(name, "label", wait=30)
    desk.named()


@step
def looking_at_every_topic_denies_nothing(desk):
    before = desk.hospital.ask("SELECT count(*) FROM audit_entry WHERE verb = 'denied'")[0]
    for topic in ("skills", "shifts", "on duty", "api keys", "hospitals", "departments", "desks", "storage", "other lab", "benches",
                  "automatic", "phrases", "breakpoints", "report temp", "control mat", "control lots", "control targets", "tax",
                  "note temp", "e-mails", "e-mail texts", "sms texts", "settings", "jobs", "people", "roles"):
        to_topic(desk, topic)
        hospital.until(lambda: desk.screen.find(desk.root, "Cannot be listed", wait=0) is None)
        desk.named()
    desk.keys("alt+shift+i")
    desk.see("Insights — Mahima")
    denied = desk.hospital.ask("SELECT count(*), max(reason) FROM audit_entry WHERE verb = 'denied'")
    assert denied[0] == before, denied
    desk.unseen("Cannot be listed")
    desk.end()


@step
def where_there_are_two_hospitals_one_is_chosen_and_set_up(desk):
    """By the shipped Administrator's rights alone; what is made belongs to the chosen hospital."""
    west = desk.ask("admin", "/hospitals", dict(code="WEST", name="Mahima West", time_zone="Asia/Kolkata", currency="INR"))["id"]
    denied = desk.hospital.ask("SELECT count(*) FROM audit_entry WHERE verb = 'denied'")

    def made(table, column, value):
        return hospital.until(lambda: desk.hospital.ask(f"SELECT hospital_id FROM {table} WHERE {column} = ?", value))[0] == west

    def fresh(topic, name):
        to_topic(desk, topic)
        desk.see(name, "push button")
        desk.keys("alt+n")
        desk.see("Save", "push button")

    desk.start()
    desk.enter("admin")
    row = desk.see("Mahima West", "list item")
    hospital.until(lambda: desk.screen.find(desk.root, "Mahima Demonstration Hospital", "list item", wait=0))
    desk.keys("Down")
    hospital.until(lambda: row.getState().contains(desk.screen.a.STATE_FOCUSED))
    desk.keys("Return")
    desk.see("Topics", "list", wait=20)
    for topic, name, table, code in (("departments", "New department", "department", "EYE"), ("other lab", "New laboratory", "reference_lab", "WREF")):
        fresh(topic, name)
        if table == "department":
            desk.keys("Tab")
        desk.type(code)
        desk.keys("Tab")
        desk.type("Made in the west")
        desk.keys("ctrl+Return")
        desk.see("Saved")
        assert made(table, "code", code), table
    fresh("report temp", "New report template")
    desk.type("Western look")
    desk.keys("ctrl+Return")
    desk.see("Western look", "label")
    assert made("report_template", "name", "Western look")
    to_topic(desk, "skills")
    desk.see("Rahul Pawar", "label")
    desk.named()
    assert desk.hospital.ask("SELECT count(*) FROM audit_entry WHERE verb = 'denied'") == denied
    desk.end()


if __name__ == "__main__":
    display.within(steps.live)
