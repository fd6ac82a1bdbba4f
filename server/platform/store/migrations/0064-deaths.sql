-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of a patient who has died: who said so, and of what.

ALTER TABLE patient ADD COLUMN death_told_by MH_TEXT;
ALTER TABLE patient ADD COLUMN death_cause MH_TEXT;
