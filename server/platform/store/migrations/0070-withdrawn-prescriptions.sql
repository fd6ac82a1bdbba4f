-- SPDX-License-Identifier: GPL-3.0-or-later
-- Why, and by whom, a signed prescription was withdrawn.

ALTER TABLE prescription ADD COLUMN cancel_code MH_TEXT;
ALTER TABLE prescription ADD COLUMN cancelled_by MH_TEXT;
ALTER TABLE prescription ADD COLUMN cancelled_name MH_TEXT;
