-- SPDX-License-Identifier: GPL-3.0-or-later
-- A key acts as a person when that person has accepted it; a given password is told with its giver.

ALTER TABLE session ADD COLUMN asked_by MH_TEXT;
ALTER TABLE session ADD COLUMN accepted_at BIGINT;
-- What works goes on working.
UPDATE session SET accepted_at = created_at WHERE kind = 'machine';
ALTER TABLE app_user ADD COLUMN password_set_by MH_TEXT;
