-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was measured and found at a visit is for those who treat; the front desk sees that somebody came.

UPDATE role SET version = version + 1, permissions = replace (permissions, '"visit.assess"', '"vitals.read","visit.assess"') WHERE permissions LIKE '%"visit.assess"%' AND permissions NOT LIKE '%"vitals.read"%';
