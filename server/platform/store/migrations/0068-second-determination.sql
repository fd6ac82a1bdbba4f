-- SPDX-License-Identifier: GPL-3.0-or-later
-- A value that is determined twice before it is released: the second time by another person, and released only when both agree.
-- A value that was corrected afterwards keeps what was determined then.
ALTER TABLE result ADD COLUMN second_value MH_TEXT CHECK (status <> 'verified' OR second_value IS NULL OR second_value = value);
ALTER TABLE result ADD COLUMN second_by MH_TEXT CHECK (second_by <> entered_by AND verified_by <> second_by AND level1_by <> second_by AND level2_by <> second_by);
ALTER TABLE result ADD COLUMN second_name MH_TEXT;
ALTER TABLE result ADD COLUMN second_at BIGINT;
ALTER TABLE result_version ADD COLUMN second_value MH_TEXT;
ALTER TABLE result_version ADD COLUMN second_name MH_TEXT;
-- What was written in words, and nothing heeded, is a rule now. Other words were never more than a remark.
UPDATE analyte SET note = CASE WHEN note IS NULL THEN release_rule ELSE note || ' ' || release_rule END
 WHERE release_rule IS NOT NULL AND release_rule <> 'two independent determinations before release';
UPDATE analyte SET release_rule = CASE WHEN release_rule = 'two independent determinations before release' THEN 'twice' END
 WHERE release_rule IS NOT NULL;
