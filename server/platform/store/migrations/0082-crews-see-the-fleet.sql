-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who signs on to a unit, or directs units, sees which there are.

UPDATE role SET version = version + 1, permissions = substr (permissions, 1, length (permissions) - 1) || ',"fleet.read"]' WHERE code IN ('dispatcher', 'crew') AND permissions LIKE '["%' AND permissions NOT LIKE '%"fleet.read"%';
