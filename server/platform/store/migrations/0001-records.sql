-- SPDX-License-Identifier: GPL-3.0-or-later
-- Every record of the first version, as its description derives it (between the marks, written by
-- build/tests/server/print-schema FILE until the first release; from then on changes are migrations of
-- their own), and what the write lane lives on. Lines that end in "-- @postgres" or "-- @sqlite" count only there.

-- Text whose order and ranges are bytewise, whatever the cluster's locale. SQLite takes any type name
-- with TEXT in it for text and compares bytewise by itself.
CREATE DOMAIN mh_text AS text COLLATE "C"; -- @postgres

-- One row: whoever locks it writes. Next numbers of the feed and of the audit log, head of its chain.
CREATE TABLE write_lane (
  id BIGINT NOT NULL PRIMARY KEY,
  feed_seq BIGINT NOT NULL,
  audit_seq BIGINT NOT NULL,
  audit_head MH_TEXT NOT NULL,
  epoch MH_TEXT
);
INSERT INTO write_lane (id, feed_seq, audit_seq, audit_head) VALUES (1, 0, 0, '');

-- <records>
CREATE TABLE hospital (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  code MH_TEXT UNIQUE,
  name MH_TEXT,
  legal_name MH_TEXT,
  address_line MH_TEXT,
  locality MH_TEXT,
  city MH_TEXT,
  district MH_TEXT,
  state MH_TEXT,
  country MH_TEXT,
  pin MH_TEXT,
  phone MH_TEXT,
  phone2 MH_TEXT,
  email MH_TEXT,
  website MH_TEXT,
  registration_number MH_TEXT,
  accreditation MH_TEXT,
  tax_number MH_TEXT,
  currency MH_TEXT,
  time_zone MH_TEXT,
  logo_id MH_TEXT,
  report_footer MH_TEXT,
  active BOOLEAN
);

CREATE TABLE department (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT REFERENCES hospital (id),
  code MH_TEXT,
  name MH_TEXT,
  kind MH_TEXT,
  head_name MH_TEXT,
  phone MH_TEXT,
  location MH_TEXT,
  active BOOLEAN
);

CREATE TABLE device (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  code MH_TEXT UNIQUE,
  name MH_TEXT,
  kind MH_TEXT,
  department_id MH_TEXT,
  place MH_TEXT,
  label_printer MH_TEXT,
  receipt_printer MH_TEXT,
  report_printer MH_TEXT,
  program_version MH_TEXT,
  last_seen_at BIGINT,
  active BOOLEAN
);

CREATE TABLE setting (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  key MH_TEXT,
  kind MH_TEXT,
  value MH_TEXT,
  label MH_TEXT,
  help MH_TEXT
);
CREATE INDEX setting_key_idx ON setting (key);

CREATE TABLE series (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  code MH_TEXT UNIQUE,
  hospital_id MH_TEXT,
  prefix MH_TEXT,
  next_value BIGINT,
  period MH_TEXT
);

CREATE TABLE role (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  code MH_TEXT UNIQUE,
  name MH_TEXT,
  permissions MH_TEXT,
  description MH_TEXT,
  built_in BOOLEAN
);

CREATE TABLE app_user (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  username MH_TEXT UNIQUE,
  name MH_TEXT,
  roles MH_TEXT,
  hospital_id MH_TEXT,
  hospital_ids MH_TEXT,
  department_id MH_TEXT,
  designation MH_TEXT,
  qualification MH_TEXT,
  registration_number MH_TEXT,
  sex MH_TEXT,
  birth_date MH_TEXT,
  email MH_TEXT,
  phone MH_TEXT,
  language MH_TEXT,
  benches MH_TEXT,
  on_shift BOOLEAN,
  photo_id MH_TEXT,
  signature_id MH_TEXT,
  active BOOLEAN,
  password_hash MH_TEXT,
  password_changed_at BIGINT,
  must_change_password BOOLEAN,
  totp_enabled BOOLEAN,
  totp_secret MH_TEXT,
  failed_logins BIGINT,
  locked_until BIGINT,
  last_login_at BIGINT,
  last_assigned_at BIGINT,
  demonstration BOOLEAN
);

CREATE TABLE session (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  token_hash MH_TEXT UNIQUE,
  kind MH_TEXT,
  name MH_TEXT,
  user_id MH_TEXT,
  hospital_id MH_TEXT,
  device_id MH_TEXT,
  address MH_TEXT,
  agent MH_TEXT,
  last_seen_at BIGINT,
  idle_until BIGINT,
  expires_at BIGINT,
  revoked_at BIGINT
);
CREATE INDEX session_user_id_idx ON session (user_id);
CREATE INDEX session_expires_at_idx ON session (expires_at);

CREATE TABLE patient (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  mrn MH_TEXT UNIQUE,
  given_name MH_TEXT,
  middle_name MH_TEXT,
  family_name MH_TEXT,
  native_name MH_TEXT,
  native_script MH_TEXT,
  alias MH_TEXT,
  sex MH_TEXT,
  gender MH_TEXT,
  birth_date MH_TEXT,
  birth_estimated BOOLEAN,
  birth_order BIGINT,
  unidentified BOOLEAN,
  phone MH_TEXT,
  phone2 MH_TEXT,
  email MH_TEXT,
  address_line MH_TEXT,
  locality MH_TEXT,
  city MH_TEXT,
  district MH_TEXT,
  state MH_TEXT,
  country MH_TEXT,
  pin MH_TEXT,
  abha MH_TEXT,
  aadhaar_last4 MH_TEXT,
  passport MH_TEXT,
  guardian_name MH_TEXT,
  guardian_relation MH_TEXT,
  guardian_phone MH_TEXT,
  emergency_name MH_TEXT,
  emergency_relation MH_TEXT,
  emergency_phone MH_TEXT,
  language MH_TEXT,
  religion MH_TEXT,
  occupation MH_TEXT,
  marital_status MH_TEXT,
  blood_group MH_TEXT,
  allergy_status MH_TEXT,
  allergies MH_TEXT,
  chronic_flags MH_TEXT,
  pregnant BOOLEAN,
  pregnancy_weeks BIGINT,
  pregnancy_dated MH_TEXT,
  insurer MH_TEXT,
  policy_number MH_TEXT,
  policy_valid_until MH_TEXT,
  consent_email BOOLEAN,
  consent_sms BOOLEAN,
  consent_research BOOLEAN,
  photo_id MH_TEXT,
  deceased BOOLEAN,
  deceased_at BIGINT,
  vip BOOLEAN,
  merged_into MH_TEXT,
  notes MH_TEXT,
  search_text MH_TEXT,
  search_phonetic MH_TEXT,
  phone_digits MH_TEXT
);
CREATE INDEX patient_phone_digits_idx ON patient (phone_digits);

CREATE TABLE bench (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  code MH_TEXT UNIQUE,
  name MH_TEXT,
  department MH_TEXT
);

CREATE TABLE specimen_type (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  code MH_TEXT UNIQUE,
  name MH_TEXT,
  irreplaceable BOOLEAN
);

CREATE TABLE container (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  code MH_TEXT UNIQUE,
  name MH_TEXT,
  colour MH_TEXT,
  additive MH_TEXT,
  yields MH_TEXT,
  draw_order BIGINT,
  verified BOOLEAN
);

CREATE TABLE test (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  code MH_TEXT UNIQUE,
  name MH_TEXT,
  short_name MH_TEXT,
  aliases MH_TEXT,
  bench MH_TEXT,
  loinc MH_TEXT,
  hl7_local_code MH_TEXT,
  specimen MH_TEXT,
  container MH_TEXT,
  colour MH_TEXT,
  volume_ml MH_TEXT,
  draw_order BIGINT,
  stability_room MH_TEXT,
  stability_fridge MH_TEXT,
  stability_frozen MH_TEXT,
  method MH_TEXT,
  analytes MH_TEXT,
  price BIGINT,
  tax_exempt BOOLEAN,
  tat_routine BIGINT,
  tat_urgent BIGINT,
  tat_stat BIGINT,
  fasting BOOLEAN,
  fasting_hours BIGINT,
  label_count BIGINT,
  instructions MH_TEXT,
  verified_loinc BOOLEAN,
  verified BOOLEAN,
  note MH_TEXT,
  active BOOLEAN
);

CREATE TABLE panel (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  code MH_TEXT UNIQUE,
  name MH_TEXT,
  short_name MH_TEXT,
  loinc MH_TEXT,
  hl7_local_code MH_TEXT,
  tests MH_TEXT,
  calculated MH_TEXT,
  price BIGINT,
  fasting BOOLEAN,
  verified BOOLEAN,
  note MH_TEXT,
  active BOOLEAN
);

CREATE TABLE price_list (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  code MH_TEXT UNIQUE,
  name MH_TEXT,
  payer MH_TEXT,
  currency MH_TEXT,
  valid_from MH_TEXT,
  valid_until MH_TEXT,
  is_default BOOLEAN,
  active BOOLEAN
);

CREATE TABLE price_entry (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  price_list_id MH_TEXT,
  code MH_TEXT,
  price BIGINT
);
CREATE INDEX price_entry_price_list_id_idx ON price_entry (price_list_id);

CREATE TABLE value_set (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  code MH_TEXT UNIQUE,
  name MH_TEXT
);

CREATE TABLE value_choice (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  value_set_id MH_TEXT,
  code MH_TEXT,
  text MH_TEXT,
  flag MH_TEXT,
  sort_order BIGINT
);
CREATE INDEX value_choice_value_set_id_idx ON value_choice (value_set_id);

CREATE TABLE analyte (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  code MH_TEXT UNIQUE,
  name MH_TEXT,
  kind MH_TEXT,
  loinc MH_TEXT,
  loinc_check MH_TEXT,
  ucum MH_TEXT,
  unit MH_TEXT,
  decimals BIGINT,
  value_set MH_TEXT,
  formula MH_TEXT,
  formula_condition MH_TEXT,
  formula_note MH_TEXT,
  plausible_low MH_TEXT,
  plausible_high MH_TEXT,
  reportable_low MH_TEXT,
  reportable_high MH_TEXT,
  delta_mode MH_TEXT,
  delta_limit MH_TEXT,
  delta_window_days BIGINT,
  delta_min_interval_hours BIGINT,
  delta_verified BOOLEAN,
  cvi_percent MH_TEXT,
  cva_goal_percent MH_TEXT,
  cv_verified BOOLEAN,
  titer_prefix MH_TEXT,
  titer_steps MH_TEXT,
  titer_significant BIGINT,
  critical_rule MH_TEXT,
  release_rule MH_TEXT,
  verified_loinc BOOLEAN,
  verified_range BOOLEAN,
  verified BOOLEAN,
  note MH_TEXT,
  active BOOLEAN
);

CREATE TABLE reference_range (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  analyte MH_TEXT,
  kind MH_TEXT,
  sex MH_TEXT,
  from_age MH_TEXT,
  to_age MH_TEXT,
  from_days BIGINT,
  to_days BIGINT,
  pregnancy MH_TEXT,
  method MH_TEXT,
  low MH_TEXT,
  high MH_TEXT,
  low_open BOOLEAN,
  high_open BOOLEAN,
  label MH_TEXT,
  first_time_only BOOLEAN,
  sort_order BIGINT,
  source MH_TEXT,
  verified BOOLEAN
);
CREATE INDEX reference_range_analyte_idx ON reference_range (analyte);

CREATE TABLE organism (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  code MH_TEXT UNIQUE,
  name MH_TEXT,
  gram MH_TEXT,
  organism_group MH_TEXT,
  verified BOOLEAN
);

CREATE TABLE antibiotic (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  code MH_TEXT UNIQUE,
  name MH_TEXT,
  atc MH_TEXT,
  loinc_susceptibility MH_TEXT,
  first_line_for MH_TEXT,
  verified BOOLEAN
);

CREATE TABLE lab_order (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  number MH_TEXT UNIQUE,
  patient_id MH_TEXT REFERENCES patient (id),
  status MH_TEXT,
  tab MH_TEXT,
  priority MH_TEXT,
  payment_method MH_TEXT,
  payment_state MH_TEXT,
  prescription_id MH_TEXT,
  department_id MH_TEXT,
  doctor_id MH_TEXT,
  doctor_name MH_TEXT,
  clinical_notes MH_TEXT,
  fasting BOOLEAN,
  price_list MH_TEXT,
  subtotal BIGINT,
  discount BIGINT,
  discount_reason MH_TEXT,
  tax BIGINT,
  round_off BIGINT,
  total BIGINT,
  paid BIGINT,
  refunded BIGINT,
  due BIGINT,
  currency MH_TEXT,
  expires_at BIGINT,
  promised_at BIGINT,
  assigned_to MH_TEXT,
  assigned_name MH_TEXT,
  assigned_at BIGINT,
  ordered_by MH_TEXT,
  ordered_at BIGINT,
  collected_at BIGINT,
  received_at BIGINT,
  resulted_at BIGINT,
  completed_at BIGINT,
  cancelled_at BIGINT,
  cancel_reason MH_TEXT,
  payment_failure MH_TEXT,
  recovery_note MH_TEXT,
  notes MH_TEXT,
  report_id MH_TEXT,
  report_issued_at BIGINT,
  patient_name MH_TEXT,
  patient_mrn MH_TEXT,
  patient_sex MH_TEXT,
  patient_birth_date MH_TEXT,
  patient_phone MH_TEXT,
  test_names MH_TEXT,
  benches MH_TEXT,
  n_samples BIGINT,
  search_text MH_TEXT
);
CREATE INDEX lab_order_patient_id_idx ON lab_order (patient_id);
CREATE INDEX lab_order_tab_idx ON lab_order (tab);
CREATE INDEX lab_order_expires_at_idx ON lab_order (expires_at);
CREATE INDEX lab_order_assigned_to_idx ON lab_order (assigned_to);

CREATE TABLE order_item (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  order_id MH_TEXT,
  test MH_TEXT,
  panel MH_TEXT,
  name MH_TEXT,
  short_name MH_TEXT,
  bench MH_TEXT,
  container MH_TEXT,
  price BIGINT,
  tax BIGINT,
  status MH_TEXT,
  sample_id MH_TEXT,
  refunded BOOLEAN,
  cancel_reason MH_TEXT,
  sort_order BIGINT
);
CREATE INDEX order_item_order_id_idx ON order_item (order_id);

CREATE TABLE payment (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  order_id MH_TEXT,
  method MH_TEXT,
  amount BIGINT,
  currency MH_TEXT,
  status MH_TEXT,
  reference MH_TEXT,
  tendered BIGINT,
  change_given BIGINT,
  refund_of MH_TEXT,
  refund_reason MH_TEXT,
  refunded BIGINT,
  received_by MH_TEXT,
  received_name MH_TEXT,
  received_at BIGINT,
  cash_session MH_TEXT,
  device MH_TEXT,
  provider_order MH_TEXT,
  provider_payment MH_TEXT,
  failure MH_TEXT,
  receipt_id MH_TEXT,
  note MH_TEXT
);
CREATE INDEX payment_order_id_idx ON payment (order_id);
CREATE INDEX payment_cash_session_idx ON payment (cash_session);
CREATE INDEX payment_provider_payment_idx ON payment (provider_payment);

CREATE TABLE receipt (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  number MH_TEXT UNIQUE,
  order_id MH_TEXT,
  payment_id MH_TEXT,
  amount BIGINT,
  currency MH_TEXT,
  issued_at BIGINT,
  issued_by MH_TEXT,
  issued_name MH_TEXT,
  copies BIGINT
);
CREATE INDEX receipt_order_id_idx ON receipt (order_id);

CREATE TABLE sample (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  order_id MH_TEXT,
  patient_id MH_TEXT,
  accession MH_TEXT UNIQUE,
  container MH_TEXT,
  container_name MH_TEXT,
  colour MH_TEXT,
  bench MH_TEXT,
  specimen MH_TEXT,
  tests MH_TEXT,
  test_names MH_TEXT,
  volume_ml MH_TEXT,
  draw_order BIGINT,
  status MH_TEXT,
  priority MH_TEXT,
  collected_at BIGINT,
  collected_by MH_TEXT,
  collected_name MH_TEXT,
  received_at BIGINT,
  received_by MH_TEXT,
  rejected_at BIGINT,
  rejected_by MH_TEXT,
  reject_reason MH_TEXT,
  reject_note MH_TEXT,
  parent_id MH_TEXT,
  replaced_by MH_TEXT,
  place MH_TEXT,
  label_count BIGINT,
  labels_printed BIGINT,
  label_scanned_at BIGINT
);
CREATE INDEX sample_order_id_idx ON sample (order_id);

CREATE TABLE custody_event (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  sample_id MH_TEXT,
  event MH_TEXT,
  at BIGINT,
  recorded_at BIGINT,
  by_id MH_TEXT,
  by_name MH_TEXT,
  handed_to MH_TEXT,
  station MH_TEXT,
  reason MH_TEXT,
  note MH_TEXT,
  scanned MH_TEXT,
  place MH_TEXT,
  temperature MH_TEXT,
  identifiers MH_TEXT
);
CREATE INDEX custody_event_sample_id_idx ON custody_event (sample_id);

CREATE TABLE result (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  order_id MH_TEXT,
  order_item_id MH_TEXT,
  sample_id MH_TEXT,
  patient_id MH_TEXT,
  test MH_TEXT,
  analyte MH_TEXT,
  name MH_TEXT,
  kind MH_TEXT,
  value MH_TEXT,
  value_text MH_TEXT,
  unit MH_TEXT,
  flag MH_TEXT,
  low MH_TEXT,
  high MH_TEXT,
  range_text MH_TEXT,
  range_id MH_TEXT,
  range_verified BOOLEAN,
  critical BOOLEAN,
  delta MH_TEXT,
  comment MH_TEXT,
  status MH_TEXT,
  method MH_TEXT,
  instrument MH_TEXT,
  entered_by MH_TEXT,
  entered_name MH_TEXT,
  entered_at BIGINT,
  verified_by MH_TEXT,
  verified_name MH_TEXT,
  verified_at BIGINT,
  measured_at BIGINT,
  sort_order BIGINT
);
CREATE INDEX result_order_id_idx ON result (order_id);
CREATE INDEX result_patient_id_idx ON result (patient_id);

CREATE TABLE verification (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  order_id MH_TEXT,
  decision MH_TEXT,
  comment MH_TEXT,
  by_id MH_TEXT,
  by_name MH_TEXT,
  at BIGINT,
  results_hash MH_TEXT
);
CREATE INDEX verification_order_id_idx ON verification (order_id);

CREATE TABLE report (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  order_id MH_TEXT,
  patient_id MH_TEXT,
  number MH_TEXT UNIQUE,
  version_no BIGINT,
  status MH_TEXT,
  content_hash MH_TEXT,
  content MH_TEXT,
  supersedes MH_TEXT,
  reason MH_TEXT,
  verified_by MH_TEXT,
  verified_name MH_TEXT,
  issued_at BIGINT,
  copies BIGINT,
  language MH_TEXT
);
CREATE INDEX report_order_id_idx ON report (order_id);
CREATE INDEX report_patient_id_idx ON report (patient_id);

CREATE TABLE prescription (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  number MH_TEXT UNIQUE,
  patient_id MH_TEXT REFERENCES patient (id),
  doctor_id MH_TEXT,
  doctor_name MH_TEXT,
  status MH_TEXT,
  priority MH_TEXT,
  tests MH_TEXT,
  test_notes MH_TEXT,
  diagnosis MH_TEXT,
  advice MH_TEXT,
  follow_up MH_TEXT,
  order_id MH_TEXT,
  signed_at BIGINT,
  signed_by MH_TEXT,
  cancelled_at BIGINT,
  cancel_reason MH_TEXT,
  patient_name MH_TEXT,
  patient_mrn MH_TEXT
);
CREATE INDEX prescription_patient_id_idx ON prescription (patient_id);
CREATE INDEX prescription_status_idx ON prescription (status);

CREATE TABLE prescription_line (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  prescription_id MH_TEXT,
  name MH_TEXT,
  form MH_TEXT,
  strength MH_TEXT,
  dose MH_TEXT,
  frequency MH_TEXT,
  route MH_TEXT,
  duration_days BIGINT,
  quantity BIGINT,
  as_needed BOOLEAN,
  instructions MH_TEXT,
  sort_order BIGINT
);
CREATE INDEX prescription_line_prescription_id_idx ON prescription_line (prescription_id);

CREATE TABLE audit_entry (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  seq BIGINT UNIQUE,
  at BIGINT,
  user_id MH_TEXT,
  username MH_TEXT,
  role MH_TEXT,
  station MH_TEXT,
  hospital_id MH_TEXT,
  verb MH_TEXT,
  object_type MH_TEXT,
  object_id MH_TEXT,
  patient_id MH_TEXT,
  changes MH_TEXT,
  before_hash MH_TEXT,
  after_hash MH_TEXT,
  reason MH_TEXT,
  request_id MH_TEXT,
  previous_hash MH_TEXT,
  hash MH_TEXT
);
CREATE INDEX audit_entry_object_id_idx ON audit_entry (object_id);
CREATE INDEX audit_entry_patient_id_idx ON audit_entry (patient_id);

CREATE TABLE change (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  seq BIGINT UNIQUE,
  type MH_TEXT,
  record_id MH_TEXT,
  record_version BIGINT,
  op MH_TEXT,
  hospital_id MH_TEXT,
  patient_id MH_TEXT
);

CREATE TABLE idempotency_key (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  key MH_TEXT UNIQUE,
  user_id MH_TEXT,
  route MH_TEXT,
  body_hash MH_TEXT,
  status BIGINT,
  reply MH_TEXT,
  expires_at BIGINT
);
CREATE INDEX idempotency_key_expires_at_idx ON idempotency_key (expires_at);

CREATE TABLE job (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  kind MH_TEXT,
  status MH_TEXT,
  payload MH_TEXT,
  run_at BIGINT,
  attempts BIGINT,
  max_attempts BIGINT,
  locked_until BIGINT,
  locked_by MH_TEXT,
  finished_at BIGINT,
  last_error MH_TEXT,
  dedupe_key MH_TEXT UNIQUE,
  hospital_id MH_TEXT
);
CREATE INDEX job_status_idx ON job (status);
CREATE INDEX job_run_at_idx ON job (run_at);

CREATE TABLE login_guard (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  key MH_TEXT UNIQUE,
  failures BIGINT,
  last_failure_at BIGINT,
  locked_until BIGINT
);
CREATE INDEX login_guard_last_failure_at_idx ON login_guard (last_failure_at);
-- </records>

-- Rows that are only ever added. SQLite's side is the authoriser of the server's own connection.
CREATE FUNCTION refuse_change () RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''append only''; END'; -- @postgres
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER change_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON change EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER verification_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON verification EXECUTE FUNCTION refuse_change (); -- @postgres
CREATE TRIGGER custody_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON custody_event EXECUTE FUNCTION refuse_change (); -- @postgres
