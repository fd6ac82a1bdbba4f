-- SPDX-License-Identifier: GPL-3.0-or-later
-- A released value that is determined twice is changed by two determinations, too: the one proposed, and the one of who signs first.
ALTER TABLE report_change_value ADD COLUMN second_wanted BOOLEAN;
ALTER TABLE report_change_value ADD COLUMN second_value MH_TEXT CHECK (second_value = new_value);
ALTER TABLE report_change_value ADD COLUMN second_by MH_TEXT;
ALTER TABLE report_change_value ADD COLUMN second_name MH_TEXT;
ALTER TABLE report_change_value ADD COLUMN second_at BIGINT;
