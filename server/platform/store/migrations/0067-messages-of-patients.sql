-- SPDX-License-Identifier: GPL-3.0-or-later
-- Whom a short message is about, and both kinds of messages by patient.

ALTER TABLE sms_message ADD COLUMN patient_id MH_TEXT;
CREATE INDEX sms_message_patient_id_idx ON sms_message (patient_id);
CREATE INDEX mail_patient_id_idx ON mail (patient_id);
