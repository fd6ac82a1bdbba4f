-- SPDX-License-Identifier: GPL-3.0-or-later
-- What insurers owe is settled: transfers and letters of theirs, and what of each claim was paid and what was refused.

ALTER TABLE payment ADD COLUMN payer MH_TEXT;
ALTER TABLE payment ADD COLUMN settled BIGINT CHECK (settled >= 0);
ALTER TABLE payment ADD COLUMN denied BIGINT CHECK (denied >= 0 AND settled + denied + refunded + pending <= amount);
UPDATE payment SET settled = 0, denied = 0,
  payer = COALESCE ((SELECT o.payer FROM lab_order o WHERE o.id = payment.order_id),
                    (SELECT p.insurer FROM patient p WHERE p.id = payment.patient_id))
  WHERE method = 'insurance' AND kind = 'payment';
CREATE INDEX payment_claims ON payment (received_at, id) WHERE method = 'insurance' AND kind = 'payment';

CREATE TABLE remittance (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  payer MH_TEXT,
  reference MH_TEXT,
  reference_key MH_TEXT,
  paid_on MH_TEXT,
  amount BIGINT CHECK (amount >= 0),
  denied BIGINT CHECK (denied >= 0),
  currency MH_TEXT,
  note MH_TEXT,
  recorded_by MH_TEXT,
  recorded_name MH_TEXT,
  recorded_at BIGINT
);
CREATE UNIQUE INDEX remittance_reference_once ON remittance (hospital_id, reference_key);
CREATE INDEX remittance_by_time ON remittance (recorded_at, id);

CREATE TABLE remittance_line (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  remittance_id MH_TEXT,
  line_no BIGINT,
  payment_id MH_TEXT,
  paid BIGINT CHECK (paid >= 0),
  denied BIGINT CHECK (denied >= 0),
  outcome MH_TEXT,
  reason MH_TEXT
);
CREATE INDEX remittance_line_remittance_id_idx ON remittance_line (remittance_id);
CREATE INDEX remittance_line_payment_id_idx ON remittance_line (payment_id);

-- The roles that a house has already learn the new right.
UPDATE role SET version = version + 1, permissions = replace (permissions, '"payment.read"', '"payment.read","claim.settle"') WHERE code IN ('cashier', 'manager') AND permissions LIKE '%"payment.read"%' AND permissions NOT LIKE '%"claim.settle"%';
