-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who sends ambulances, drives them or looks after both sees the map.

UPDATE role SET version = version + 1, permissions = substr (permissions, 1, length (permissions) - 1) || ',"map.read"]' WHERE code IN ('dispatcher', 'crew', 'manager') AND permissions LIKE '["%' AND permissions NOT LIKE '%"map.read"%';
