-- SPDX-License-Identifier: GPL-3.0-or-later
-- Which of several servers runs an analyser's line; encrypted lines; pictures among results.

-- The owner counts beat up while it lives; whoever sees it stand still takes the line over. Empty: nobody's.
CREATE TABLE analyser_lease (
  link_id MH_TEXT NOT NULL PRIMARY KEY,
  owner MH_TEXT NOT NULL,
  beat BIGINT NOT NULL
);

ALTER TABLE analyser_link ADD COLUMN tls MH_TEXT;
ALTER TABLE analyser_link ADD COLUMN tls_authority MH_TEXT;
ALTER TABLE device_result ADD COLUMN is_file BOOLEAN;
