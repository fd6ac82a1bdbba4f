-- SPDX-License-Identifier: GPL-3.0-or-later
-- A manager enters leave and moves the bookings that it leaves behind.

UPDATE role SET version = version + 1, permissions = replace (permissions, '"appointment.read","schedule.write"', '"appointment.read","appointment.write","schedule.write"') WHERE code = 'manager' AND permissions NOT LIKE '%"appointment.write"%';
