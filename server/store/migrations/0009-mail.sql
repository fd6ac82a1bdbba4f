-- SPDX-License-Identifier: GPL-3.0-or-later
-- E-mails to patients, the hospital's own texts for them, addresses that mails came back from.

-- The log by time; one text of its own for each event and language.
CREATE INDEX mail_by_time ON mail (queued_at, id);
CREATE INDEX mail_by_message_id ON mail (message_id);
CREATE UNIQUE INDEX mail_template_once ON mail_template (hospital_id, event, language) WHERE deleted_at IS NULL;
