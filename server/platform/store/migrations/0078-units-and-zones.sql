-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is sent to emergencies, and the zones on the map that it covers or keeps out of.

CREATE TABLE zone (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  code MH_TEXT,
  name MH_TEXT,
  kind MH_TEXT,
  corners MH_TEXT,
  least_units BIGINT,
  active BOOLEAN
);
CREATE UNIQUE INDEX zone_code ON zone (hospital_id, code);

CREATE TABLE unit (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  code MH_TEXT,
  kind MH_TEXT,
  can MH_TEXT,
  plate MH_TEXT,
  station MH_TEXT,
  zone MH_TEXT,
  note MH_TEXT,
  active BOOLEAN
);
CREATE UNIQUE INDEX unit_code ON unit (hospital_id, code);

UPDATE role SET version = version + 1, permissions = substr (permissions, 1, length (permissions) - 1) || ',"fleet.read","fleet.write"]' WHERE code IN ('manager', 'admin') AND permissions LIKE '["%' AND permissions NOT LIKE '%"fleet.read"%';
