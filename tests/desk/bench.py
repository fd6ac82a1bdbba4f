# SPDX-License-Identifier: GPL-3.0-or-later
"""Work for the laboratory's bench, made by what other desks ask."""
import os
import time
import uuid


def new_id():
    raw = bytearray(int(time.time() * 1000).to_bytes(6, "big") + os.urandom(10))
    raw[6] = raw[6] & 15 | 0x70
    raw[8] = raw[8] & 63 | 0x80
    return str(uuid.UUID(bytes=bytes(raw)))


def tube_in_the_laboratory(desk, patient, tests):
    """A paid order of its own whose tubes are received; STAT, so that it is the first of the queue."""
    order = desk.ask("reception", "/orders", dict(id=new_id(), patient_id=patient["id"], priority="stat", payment_method="cod",
                                                 items=[{"test": test} for test in tests]))
    order = desk.ask("reception", "/orders/" + order["id"])
    desk.ask("reception", f"/orders/{order['id']}/payments", dict(id=new_id(), method="cash", amount=order["due"]))
    for tube in order["samples"]:
        collected = dict(id=new_id(), event="collected", scanned=tube["accession"], identifiers=["name", "birth_date"])
        desk.ask("technician", f"/samples/{tube['id']}/events", collected)
        desk.ask("technician", f"/samples/{tube['id']}/events", dict(id=new_id(), event="received"))
    return order


def status(desk, order):
    return desk.ask("technician", "/orders/" + order["id"])["status"]


def become(desk, order, wanted):
    end = time.time() + 20
    while status(desk, order) != wanted:
        assert time.time() < end, f"{order['number']} is {status(desk, order)}, not {wanted}"
        time.sleep(0.3)
