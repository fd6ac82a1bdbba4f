-- SPDX-License-Identifier: GPL-3.0-or-later
-- Managers write the forms of assessments, too.

UPDATE role SET version = version + 1, permissions = replace (permissions, '"schedule.write"', '"schedule.write","form.write"') WHERE code = 'manager' AND permissions LIKE '%"schedule.write"%' AND permissions NOT LIKE '%"form.write"%';
