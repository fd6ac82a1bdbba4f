-- SPDX-License-Identifier: GPL-3.0-or-later
-- Visits at kiosks, the PIN of the staff, and the role of a kiosk where there are roles already.

CREATE TABLE kiosk_session (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  patient_id MH_TEXT,
  user_id MH_TEXT,
  token_hash MH_TEXT UNIQUE,
  proof MH_TEXT,
  language MH_TEXT,
  order_id MH_TEXT,
  code_hash MH_TEXT,
  code_sent_at BIGINT,
  code_tries BIGINT,
  expires_at BIGINT,
  ended_at BIGINT
);
CREATE INDEX kiosk_session_patient_id_idx ON kiosk_session (patient_id);
CREATE INDEX kiosk_session_expires_at_idx ON kiosk_session (expires_at);

CREATE TABLE kiosk_setup (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT UNIQUE,
  pin_hash MH_TEXT
);

INSERT INTO role (id, version, created_at, changed_at, code, name, permissions, description, built_in)
  SELECT '01935e00-0000-7000-8000-00006b696f73', 1, r.created_at, r.changed_at, 'kiosk', 'Kiosk', '["kiosk.use"]', 'A device in the hall for patients themselves', TRUE
  FROM role r WHERE r.code = 'admin';
