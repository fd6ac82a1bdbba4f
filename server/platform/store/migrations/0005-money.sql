-- SPDX-License-Identifier: GPL-3.0-or-later
-- Money: the ledger, patients' advances, refunds. What must never be is refused by the database too: a column's
-- check may name its neighbours on both databases, and comes along with the column.

ALTER TABLE payment ADD COLUMN kind MH_TEXT;
ALTER TABLE payment ADD COLUMN patient_id MH_TEXT;
ALTER TABLE payment ADD COLUMN applied BIGINT CHECK (amount > 0 AND applied >= 0 AND applied <= amount);
ALTER TABLE payment ADD COLUMN pending BIGINT CHECK (pending >= 0 AND refunded >= 0 AND refunded + pending <= amount);
ALTER TABLE payment ADD COLUMN items MH_TEXT;
ALTER TABLE payment ADD COLUMN from_advance BOOLEAN;
ALTER TABLE payment ADD COLUMN voucher MH_TEXT;
ALTER TABLE payment ADD COLUMN approved_by MH_TEXT CHECK (approved_by IS NULL OR approved_by <> received_by);
ALTER TABLE payment ADD COLUMN approved_name MH_TEXT;
ALTER TABLE payment ADD COLUMN approved_at BIGINT;
ALTER TABLE payment ADD COLUMN decision_note MH_TEXT;
ALTER TABLE payment ADD COLUMN provider_refund MH_TEXT;
ALTER TABLE payment ADD COLUMN fee BIGINT;
ALTER TABLE payment ADD COLUMN fee_tax BIGINT;
UPDATE payment SET kind = 'payment', applied = amount, pending = 0,
  patient_id = (SELECT o.patient_id FROM lab_order o WHERE o.id = payment.order_id);
CREATE INDEX payment_patient_id_idx ON payment (patient_id);
CREATE INDEX payment_refunds ON payment (refund_of) WHERE refund_of IS NOT NULL;
CREATE INDEX payment_waiting ON payment (status, received_at, id) WHERE status IN ('requested', 'pending');
-- What the gateway reports is one payment however often it says so; a payment has one receipt.
CREATE UNIQUE INDEX payment_provider_once ON payment (provider_payment) WHERE provider_payment IS NOT NULL;
CREATE UNIQUE INDEX payment_provider_refund_once ON payment (provider_refund) WHERE provider_refund IS NOT NULL;
CREATE UNIQUE INDEX payment_voucher_once ON payment (voucher) WHERE voucher IS NOT NULL;
CREATE UNIQUE INDEX receipt_once ON receipt (payment_id);
CREATE INDEX receipt_by_time ON receipt (issued_at, id);

UPDATE lab_order SET due = 0 WHERE status = 'cancelled';
ALTER TABLE lab_order ADD COLUMN credited BIGINT CHECK (due >= 0 AND paid >= refunded AND refunded >= 0
  AND due = total - credited - paid + refunded);
ALTER TABLE lab_order ADD COLUMN charged BIGINT;
ALTER TABLE lab_order ADD COLUMN recovery MH_TEXT;
UPDATE lab_order SET credited = CASE WHEN status = 'cancelled' THEN total - paid + refunded ELSE 0 END, charged = 0;
-- Neither an unpaid online order nor an expired one waits for a collector.
UPDATE lab_order SET tab = NULL WHERE status = 'expired';
UPDATE lab_order SET tab = NULL WHERE tab = 'cod' AND payment_method = 'online';
UPDATE lab_order SET tab = 'paid' WHERE tab = 'cod' AND payment_method = 'insurance';
CREATE INDEX lab_order_dues ON lab_order (ordered_at, id) WHERE due > 0;

-- A test that was given back has no result and stands in no report.
ALTER TABLE order_item ADD COLUMN refund_id MH_TEXT CHECK (NOT refunded OR status = 'cancelled');

CREATE TABLE ledger_entry (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  txn MH_TEXT,
  account MH_TEXT,
  kind MH_TEXT,
  amount BIGINT CHECK (amount <> 0),
  currency MH_TEXT,
  order_id MH_TEXT,
  patient_id MH_TEXT,
  payment_id MH_TEXT,
  by_id MH_TEXT
);
CREATE INDEX ledger_entry_txn_idx ON ledger_entry (txn);
CREATE INDEX ledger_entry_order_id_idx ON ledger_entry (order_id);
CREATE INDEX ledger_entry_patient_id_idx ON ledger_entry (patient_id);
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry EXECUTE FUNCTION refuse_change (); -- @postgres

CREATE TABLE patient_account (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  patient_id MH_TEXT UNIQUE,
  advance BIGINT CHECK (advance >= 0),
  currency MH_TEXT
);

-- The books begin with what had been charged and paid before there were books.
INSERT INTO ledger_entry (id, version, created_at, changed_at, hospital_id, txn, account, kind, amount, currency,
  order_id, patient_id, by_id)
SELECT substr (o.id, 1, 33) || '0' || side.n || substr (o.id, 36, 1), 1, o.ordered_at, o.ordered_at, o.hospital_id, o.id,
  CASE side.n WHEN 1 THEN 'order' ELSE 'sales' END, 'charge', CASE side.n WHEN 1 THEN o.total ELSE -o.total END,
  o.currency, CASE side.n WHEN 1 THEN o.id END, o.patient_id, o.ordered_by
FROM lab_order o, (SELECT 1 AS n UNION ALL SELECT 2) side WHERE o.paid > 0 AND o.total > 0;
INSERT INTO ledger_entry (id, version, created_at, changed_at, hospital_id, txn, account, kind, amount, currency,
  order_id, patient_id, payment_id, by_id)
SELECT substr (p.id, 1, 33) || '0' || side.n || substr (p.id, 36, 1), 1, p.received_at, p.received_at, p.hospital_id, p.id,
  CASE side.n WHEN 3 THEN 'order' ELSE CASE p.method WHEN 'cod' THEN 'cash' ELSE p.method END END, 'payment',
  CASE side.n WHEN 3 THEN -p.amount ELSE p.amount END, p.currency, CASE side.n WHEN 3 THEN p.order_id END, p.patient_id,
  p.id, p.received_by
FROM payment p, (SELECT 3 AS n UNION ALL SELECT 4) side WHERE p.status = 'captured';
UPDATE lab_order SET charged = total WHERE paid > 0;
