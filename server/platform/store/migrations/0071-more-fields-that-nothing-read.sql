-- SPDX-License-Identifier: GPL-3.0-or-later
-- Nothing ever wrote or read these: the logo is the report template's, which program a desk runs and when it was
-- seen was never noted, and whom the next order goes to follows from the orders themselves.
ALTER TABLE hospital DROP COLUMN logo_id;
ALTER TABLE device DROP COLUMN program_version;
ALTER TABLE device DROP COLUMN last_seen_at;
ALTER TABLE app_user DROP COLUMN last_assigned_at;
