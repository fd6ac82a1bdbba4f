-- SPDX-License-Identifier: GPL-3.0-or-later
-- Nothing ever wrote or read at which desk a session began: its address and its program are told.
ALTER TABLE session DROP COLUMN device_id;
