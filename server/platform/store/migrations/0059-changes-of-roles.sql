-- SPDX-License-Identifier: GPL-3.0-or-later
-- Rights added to a role take two administrators, and what waits is marked in the list of people and roles.

ALTER TABLE account_change ADD COLUMN role_id MH_TEXT;
ALTER TABLE account_change ADD COLUMN permissions MH_TEXT;
CREATE INDEX account_change_role_id_idx ON account_change (role_id);
ALTER TABLE app_user ADD COLUMN waiting_since BIGINT;
ALTER TABLE role ADD COLUMN waiting_since BIGINT;
