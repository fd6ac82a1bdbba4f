-- SPDX-License-Identifier: GPL-3.0-or-later
-- What happens to a report after its release: proposed changes, who saw which version, who was told.

ALTER TABLE mail ADD COLUMN user_id MH_TEXT;

CREATE TABLE report_change (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  order_id MH_TEXT,
  order_number MH_TEXT,
  patient_id MH_TEXT,
  report_id MH_TEXT,
  version_no BIGINT,
  kind MH_TEXT,
  reason MH_TEXT,
  note MH_TEXT,
  comment MH_TEXT,
  status MH_TEXT,
  by_id MH_TEXT,
  by_name MH_TEXT,
  at BIGINT,
  decided_by MH_TEXT,
  decided_name MH_TEXT,
  decided_at BIGINT,
  decision_note MH_TEXT,
  new_report_id MH_TEXT
);
CREATE INDEX report_change_order_id_idx ON report_change (order_id);
CREATE INDEX report_change_status_idx ON report_change (status);

CREATE TABLE report_change_value (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  change_id MH_TEXT,
  analyte MH_TEXT,
  name MH_TEXT,
  unit MH_TEXT,
  old_value MH_TEXT,
  old_flag MH_TEXT,
  new_value MH_TEXT,
  new_flag MH_TEXT,
  comment MH_TEXT,
  sort_order BIGINT
);
CREATE INDEX report_change_value_change_id_idx ON report_change_value (change_id);

CREATE TABLE report_access (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  order_id MH_TEXT,
  patient_id MH_TEXT,
  report_id MH_TEXT,
  version_no BIGINT,
  how MH_TEXT,
  by_id MH_TEXT,
  by_name MH_TEXT,
  role MH_TEXT,
  station MH_TEXT,
  mail_id MH_TEXT,
  copy_no BIGINT,
  at BIGINT
);
CREATE INDEX report_access_order_id_idx ON report_access (order_id);
CREATE INDEX report_access_report_id_idx ON report_access (report_id);

CREATE TABLE report_notice (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  user_id MH_TEXT,
  user_name MH_TEXT,
  order_id MH_TEXT,
  order_number MH_TEXT,
  report_id MH_TEXT,
  old_version BIGINT,
  new_version BIGINT,
  status MH_TEXT,
  reason MH_TEXT,
  at BIGINT,
  read_at BIGINT
);
CREATE INDEX report_notice_user_id_idx ON report_notice (user_id);
CREATE INDEX report_notice_order_id_idx ON report_notice (order_id);

CREATE TABLE report_remark (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  order_id MH_TEXT UNIQUE,
  text MH_TEXT,
  by_id MH_TEXT,
  by_name MH_TEXT,
  at BIGINT
);

-- One proposal at a time, one row for each version, one "seen" for each person and version.
CREATE UNIQUE INDEX report_change_open ON report_change (order_id) WHERE status = 'waiting';
CREATE UNIQUE INDEX report_version_of_order ON report (order_id, version_no);
CREATE UNIQUE INDEX report_seen_once ON report_access (report_id, by_id) WHERE how = 'seen';

-- What was released stays byte for byte: only its printed copies are counted.
CREATE FUNCTION refuse_rewritten_report () RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF NEW.content IS DISTINCT FROM OLD.content OR NEW.content_hash IS DISTINCT FROM OLD.content_hash OR NEW.version_no IS DISTINCT FROM OLD.version_no OR NEW.status IS DISTINCT FROM OLD.status THEN RAISE EXCEPTION ''append only''; END IF; RETURN NEW; END'; -- @postgres
CREATE TRIGGER report_no_rewrite BEFORE UPDATE ON report FOR EACH ROW EXECUTE FUNCTION refuse_rewritten_report (); -- @postgres
CREATE TRIGGER report_no_delete BEFORE DELETE OR TRUNCATE ON report EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER report_no_rewrite BEFORE UPDATE ON report WHEN NEW.content IS NOT OLD.content OR NEW.content_hash IS NOT OLD.content_hash OR NEW.version_no IS NOT OLD.version_no OR NEW.status IS NOT OLD.status BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER report_no_delete BEFORE DELETE ON report BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER report_access_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON report_access EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER report_access_no_update BEFORE UPDATE ON report_access BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER report_access_no_delete BEFORE DELETE ON report_access BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
