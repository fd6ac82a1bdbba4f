-- SPDX-License-Identifier: GPL-3.0-or-later
-- One card slip or transfer pays once. References are compared without spaces, signs and case (mh-payment-rules.h).
-- Where one was taken twice before, the first payment keeps it and the others stay as they are.

ALTER TABLE payment ADD COLUMN reference_key MH_TEXT;
UPDATE payment SET reference_key = upper(replace(replace(replace(replace(replace(replace(replace(replace(reference,
    ' ', ''), '-', ''), '/', ''), '.', ''), ':', ''), '_', ''), '#', ''), ',', ''))
  WHERE reference IS NOT NULL AND method IN ('upi', 'card', 'online') AND kind IN ('payment', 'deposit')
    AND status <> 'rejected';
UPDATE payment SET reference_key = NULL WHERE reference_key = '';
CREATE INDEX payment_reference_first ON payment (reference_key, method, hospital_id, received_at, id);
UPDATE payment SET reference_key = NULL WHERE reference_key IS NOT NULL AND EXISTS (SELECT 1 FROM payment AS first
  WHERE first.reference_key = payment.reference_key AND first.method = payment.method
    AND first.hospital_id = payment.hospital_id
    AND (first.received_at, first.id) < (payment.received_at, payment.id));
DROP INDEX payment_reference_first;
CREATE UNIQUE INDEX payment_reference_once ON payment (hospital_id, method, reference_key) WHERE reference_key IS NOT NULL;
