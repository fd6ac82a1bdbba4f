-- SPDX-License-Identifier: GPL-3.0-or-later
-- Tax rules, invoices, and what an order knows of its price.

ALTER TABLE lab_order ADD COLUMN payer MH_TEXT;
ALTER TABLE lab_order ADD COLUMN discount_rate BIGINT;
ALTER TABLE lab_order ADD COLUMN discount_code MH_TEXT;
ALTER TABLE lab_order ADD COLUMN line_discount BIGINT;
ALTER TABLE lab_order ADD COLUMN discount_by MH_TEXT;
ALTER TABLE lab_order ADD COLUMN discount_by_name MH_TEXT;
ALTER TABLE lab_order ADD COLUMN discount_approved_by MH_TEXT;
ALTER TABLE lab_order ADD COLUMN discount_approved_name MH_TEXT;
ALTER TABLE lab_order ADD COLUMN tax_included BIGINT;
ALTER TABLE lab_order ADD COLUMN debited BIGINT;

ALTER TABLE order_item ADD COLUMN discount_rate BIGINT;
ALTER TABLE order_item ADD COLUMN discount BIGINT;
ALTER TABLE order_item ADD COLUMN own_discount BIGINT;
ALTER TABLE order_item ADD COLUMN taxable BIGINT;
ALTER TABLE order_item ADD COLUMN tax_rule MH_TEXT;
ALTER TABLE order_item ADD COLUMN tax_name MH_TEXT;
ALTER TABLE order_item ADD COLUMN tax_rate BIGINT;
ALTER TABLE order_item ADD COLUMN tax_inclusive BOOLEAN;
ALTER TABLE order_item ADD COLUMN tax_exempt BOOLEAN;
ALTER TABLE order_item ADD COLUMN hsn_sac MH_TEXT;
ALTER TABLE order_item ADD COLUMN amount BIGINT;

CREATE TABLE tax_rule (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  code MH_TEXT UNIQUE,
  name MH_TEXT,
  kind MH_TEXT,
  amount BIGINT,
  rate BIGINT,
  inclusive BOOLEAN,
  exempt BOOLEAN,
  category MH_TEXT,
  departments MH_TEXT,
  benches MH_TEXT,
  tests MH_TEXT,
  hsn_sac MH_TEXT,
  valid_from MH_TEXT,
  valid_until MH_TEXT,
  active BOOLEAN
);

CREATE TABLE invoice (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  kind MH_TEXT,
  number MH_TEXT,
  financial_year MH_TEXT,
  issued_on MH_TEXT,
  issued_at BIGINT,
  issued_by MH_TEXT,
  issued_name MH_TEXT,
  order_id MH_TEXT,
  order_number MH_TEXT,
  patient_id MH_TEXT,
  patient_name MH_TEXT,
  patient_mrn MH_TEXT,
  patient_phone MH_TEXT,
  patient_address MH_TEXT,
  payer MH_TEXT,
  price_list MH_TEXT,
  cites MH_TEXT,
  cites_number MH_TEXT,
  cites_on MH_TEXT,
  refund_id MH_TEXT UNIQUE,
  reason MH_TEXT,
  note MH_TEXT,
  seller_name MH_TEXT,
  seller_address MH_TEXT,
  gstin MH_TEXT,
  place_of_supply MH_TEXT,
  currency MH_TEXT,
  subtotal BIGINT,
  discount BIGINT,
  discount_reason MH_TEXT,
  taxable BIGINT,
  exempt BIGINT,
  tax BIGINT,
  tax_included BIGINT,
  round_off BIGINT,
  total BIGINT,
  amount_in_words MH_TEXT,
  hash MH_TEXT,
  search_text MH_TEXT
);
CREATE INDEX invoice_order_id_idx ON invoice (order_id);
CREATE INDEX invoice_patient_id_idx ON invoice (patient_id);
CREATE INDEX invoice_cites_idx ON invoice (cites);

CREATE TABLE invoice_line (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  invoice_id MH_TEXT,
  item_id MH_TEXT,
  credits MH_TEXT,
  code MH_TEXT,
  panel MH_TEXT,
  description MH_TEXT,
  hsn_sac MH_TEXT,
  quantity BIGINT,
  price BIGINT,
  discount BIGINT,
  taxable BIGINT,
  tax_rule MH_TEXT,
  tax_name MH_TEXT,
  tax_rate BIGINT,
  tax_inclusive BOOLEAN,
  tax_exempt BOOLEAN,
  tax BIGINT,
  amount BIGINT,
  sort_order BIGINT
);
CREATE INDEX invoice_line_invoice_id_idx ON invoice_line (invoice_id);

CREATE TABLE invoice_print (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  invoice_id MH_TEXT,
  paper MH_TEXT,
  by_id MH_TEXT,
  by_name MH_TEXT,
  at BIGINT
);
CREATE INDEX invoice_print_invoice_id_idx ON invoice_print (invoice_id);

-- One invoice for each order, one number for each document of a hospital.
CREATE UNIQUE INDEX invoice_of_order ON invoice (order_id) WHERE kind IN ('invoice', 'bill_of_supply');
CREATE UNIQUE INDEX invoice_number ON invoice (hospital_id, number);
CREATE INDEX invoice_by_time ON invoice (issued_at, id);
CREATE INDEX invoice_by_patient ON invoice (patient_id, issued_at, id);

-- What was billed stays as it is, whoever asks; SQLite's authoriser says the same to the server itself.
CREATE TRIGGER invoice_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON invoice EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER invoice_no_update BEFORE UPDATE ON invoice BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER invoice_no_delete BEFORE DELETE ON invoice BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER invoice_line_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON invoice_line EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER invoice_line_no_update BEFORE UPDATE ON invoice_line BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER invoice_line_no_delete BEFORE DELETE ON invoice_line BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER invoice_print_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON invoice_print EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER invoice_print_no_update BEFORE UPDATE ON invoice_print BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER invoice_print_no_delete BEFORE DELETE ON invoice_print BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite

-- What an order's lines had before they knew: no discount of their own, nothing within the prices.
UPDATE lab_order SET line_discount = 0, tax_included = 0, debited = 0;
