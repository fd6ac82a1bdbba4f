-- SPDX-License-Identifier: GPL-3.0-or-later
-- The catalogue's history and signatures, reflex rules, and the reagents that tests consume.

ALTER TABLE analyte ADD COLUMN signed_by MH_TEXT;
ALTER TABLE analyte ADD COLUMN signed_at BIGINT;
ALTER TABLE reference_range ADD COLUMN signed_by MH_TEXT;
ALTER TABLE reference_range ADD COLUMN signed_at BIGINT;
ALTER TABLE container ADD COLUMN signed_by MH_TEXT;
ALTER TABLE container ADD COLUMN signed_at BIGINT;
ALTER TABLE test ADD COLUMN signed_by MH_TEXT;
ALTER TABLE test ADD COLUMN signed_at BIGINT;
ALTER TABLE panel ADD COLUMN signed_by MH_TEXT;
ALTER TABLE panel ADD COLUMN signed_at BIGINT;
ALTER TABLE analyte ADD COLUMN formula_units MH_TEXT;
ALTER TABLE order_item ADD COLUMN reflex_rule MH_TEXT;

CREATE TABLE catalogue_revision (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  record_type MH_TEXT,
  record_id MH_TEXT,
  code MH_TEXT,
  record_version BIGINT,
  action MH_TEXT,
  content MH_TEXT,
  changes MH_TEXT,
  by_id MH_TEXT,
  by_name MH_TEXT,
  at BIGINT,
  reason MH_TEXT
);
CREATE INDEX catalogue_revision_record_id_idx ON catalogue_revision (record_id);

CREATE TABLE reflex_rule (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  code MH_TEXT UNIQUE,
  name MH_TEXT,
  test MH_TEXT,
  analyte MH_TEXT,
  flags MH_TEXT,
  operator MH_TEXT,
  value MH_TEXT,
  value_to MH_TEXT,
  add_test MH_TEXT,
  priority MH_TEXT,
  tell MH_TEXT,
  charged BOOLEAN,
  note MH_TEXT,
  verified BOOLEAN,
  signed_by MH_TEXT,
  signed_at BIGINT,
  active BOOLEAN
);

CREATE TABLE reagent (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  code MH_TEXT UNIQUE,
  name MH_TEXT,
  maker MH_TEXT,
  unit MH_TEXT,
  uses MH_TEXT,
  low_level BIGINT,
  expiry_days BIGINT,
  storage MH_TEXT,
  note MH_TEXT,
  active BOOLEAN
);

CREATE TABLE reagent_lot (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  reagent MH_TEXT,
  lot MH_TEXT,
  expiry MH_TEXT,
  quantity BIGINT CHECK (quantity >= 0),
  received_on MH_TEXT,
  opened_on MH_TEXT,
  note MH_TEXT
);
CREATE INDEX reagent_lot_hospital_id_idx ON reagent_lot (hospital_id);
CREATE INDEX reagent_lot_reagent_idx ON reagent_lot (reagent);

CREATE TABLE reagent_move (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  lot_id MH_TEXT,
  reagent MH_TEXT,
  kind MH_TEXT,
  quantity BIGINT,
  test MH_TEXT,
  order_item_id MH_TEXT,
  by_id MH_TEXT,
  by_name MH_TEXT,
  at BIGINT,
  reason MH_TEXT
);
CREATE INDEX reagent_move_lot_id_idx ON reagent_move (lot_id);
CREATE INDEX reagent_move_order_item_id_idx ON reagent_move (order_item_id);

-- One lot of a reagent stands once in a hospital; the oldest is used up first.
CREATE UNIQUE INDEX reagent_lot_once ON reagent_lot (hospital_id, reagent, lot);
-- What a test took is taken once.
CREATE UNIQUE INDEX reagent_move_once ON reagent_move (order_item_id, lot_id) WHERE order_item_id IS NOT NULL;

CREATE TRIGGER catalogue_revision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON catalogue_revision EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER catalogue_revision_no_update BEFORE UPDATE ON catalogue_revision BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER catalogue_revision_no_delete BEFORE DELETE ON catalogue_revision BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER reagent_move_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reagent_move EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER reagent_move_no_update BEFORE UPDATE ON reagent_move BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER reagent_move_no_delete BEFORE DELETE ON reagent_move BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
