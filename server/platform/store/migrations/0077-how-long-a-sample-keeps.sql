-- SPDX-License-Identifier: GPL-3.0-or-later
-- Until when a drawn tube may be measured, by the temperature at which it was last told to be kept.
ALTER TABLE sample ADD COLUMN temperature MH_TEXT;
ALTER TABLE sample ADD COLUMN stable_until BIGINT;
ALTER TABLE sample ADD COLUMN stable_tests MH_TEXT;
