-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who saw which patient is written thousands of times a second and asked for a few times a day. By
-- patient alone each row would touch a page of its own somewhere in the index; in blocks of 16,384
-- rows all rows of a moment lie in the few pages of the newest block, and who asks looks into each
-- block once (server/platform/audit/mh-audit-store.c). What was done with a patient's own record carries its
-- patient_id too, so its object_id needs no second index.

DROP INDEX audit_entry_patient_id_idx;
CREATE INDEX audit_entry_patient_id_idx ON audit_entry ((seq / 16384), patient_id) WHERE patient_id IS NOT NULL;

DROP INDEX audit_entry_object_id_idx;
CREATE INDEX audit_entry_object_id_idx ON audit_entry (object_id) WHERE object_type <> 'patient';
