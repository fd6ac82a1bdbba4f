-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the payment providers paid out, line by line, compared with the hospital's payments.

CREATE TABLE settlement (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  provider MH_TEXT,
  reference MH_TEXT,
  settled_on MH_TEXT,
  currency MH_TEXT,
  gross BIGINT,
  fee BIGINT,
  tax BIGINT,
  net BIGINT,
  n_lines BIGINT,
  n_matched BIGINT,
  n_differences BIGINT,
  imported_by MH_TEXT,
  imported_name MH_TEXT,
  imported_at BIGINT
);
CREATE INDEX settlement_settled_on_idx ON settlement (settled_on);

CREATE TABLE settlement_line (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  settlement_id MH_TEXT,
  line_no BIGINT,
  kind MH_TEXT,
  provider_reference MH_TEXT,
  amount BIGINT,
  fee BIGINT,
  tax BIGINT,
  at BIGINT,
  payment_id MH_TEXT,
  ours BIGINT,
  difference MH_TEXT
);
CREATE INDEX settlement_line_settlement_id_idx ON settlement_line (settlement_id);
CREATE INDEX settlement_line_payment_id_idx ON settlement_line (payment_id);

-- The provider's reference comes once; a slip is found by its number.
CREATE UNIQUE INDEX settlement_once ON settlement (hospital_id, provider, reference);
CREATE INDEX payment_card_slip ON payment (reference, received_at) WHERE method = 'card';
