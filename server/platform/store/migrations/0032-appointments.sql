-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schedules, bookings, tokens of the waiting room, the waiting list.

CREATE TABLE schedule (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  code MH_TEXT,
  name MH_TEXT,
  kind MH_TEXT,
  doctor_id MH_TEXT,
  department_id MH_TEXT,
  room_name MH_TEXT,
  hours MH_TEXT,
  valid_from MH_TEXT,
  valid_to MH_TEXT,
  slot_minutes BIGINT,
  capacity BIGINT,
  overbook_percent BIGINT,
  walk_in_every BIGINT,
  note MH_TEXT,
  active BOOLEAN
);
CREATE INDEX schedule_doctor_id_idx ON schedule (doctor_id);

CREATE TABLE leave (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  schedule_id MH_TEXT,
  doctor_id MH_TEXT,
  start_at BIGINT,
  end_at BIGINT,
  reason MH_TEXT,
  note MH_TEXT,
  active BOOLEAN,
  made_name MH_TEXT
);
CREATE INDEX leave_schedule_id_idx ON leave (schedule_id);

CREATE TABLE slot_hold (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  schedule_id MH_TEXT REFERENCES schedule (id),
  start_at BIGINT,
  end_at BIGINT,
  seat BIGINT,
  expires_at BIGINT,
  held_by MH_TEXT,
  held_name MH_TEXT,
  waiting_id MH_TEXT
);
CREATE INDEX slot_hold_expires_at_idx ON slot_hold (expires_at);

CREATE TABLE slot_claim (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  owner MH_TEXT CHECK (owner IS NOT NULL),
  tick BIGINT CHECK (tick IS NOT NULL),
  seat BIGINT CHECK (seat IS NOT NULL),
  holder_id MH_TEXT CHECK (holder_id IS NOT NULL),
  expires_at BIGINT
);
CREATE INDEX slot_claim_holder_id_idx ON slot_claim (holder_id);

CREATE TABLE appointment (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  patient_id MH_TEXT REFERENCES patient (id),
  patient_name MH_TEXT,
  patient_mrn MH_TEXT,
  schedule_id MH_TEXT REFERENCES schedule (id),
  schedule_name MH_TEXT,
  provider MH_TEXT,
  doctor_id MH_TEXT,
  room_name MH_TEXT,
  day MH_TEXT,
  session_at BIGINT,
  start_at BIGINT CHECK (start_at IS NOT NULL),
  end_at BIGINT CHECK (end_at IS NOT NULL AND end_at > start_at),
  seat BIGINT,
  kind MH_TEXT,
  status MH_TEXT CHECK (status IS NOT NULL AND status IN ('booked', 'arrived', 'in_room', 'done', 'cancelled', 'no_show', 'rescheduled')),
  reason MH_TEXT,
  note MH_TEXT,
  overbook_reason MH_TEXT,
  waiting_id MH_TEXT,
  series_id MH_TEXT,
  rescheduled_from MH_TEXT,
  rescheduled_to MH_TEXT CHECK (status <> 'rescheduled' OR rescheduled_to IS NOT NULL),
  booked_at BIGINT,
  booked_name MH_TEXT,
  arrived_at BIGINT,
  started_at BIGINT,
  done_at BIGINT,
  ended_at BIGINT,
  end_reason MH_TEXT,
  visit_id MH_TEXT,
  token_id MH_TEXT,
  token_label MH_TEXT
);
CREATE INDEX appointment_patient_id_idx ON appointment (patient_id);
CREATE INDEX appointment_series_id_idx ON appointment (series_id);

CREATE TABLE token (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  schedule_id MH_TEXT REFERENCES schedule (id),
  schedule_name MH_TEXT,
  day MH_TEXT,
  number BIGINT,
  label MH_TEXT,
  kind MH_TEXT,
  status MH_TEXT,
  patient_id MH_TEXT,
  patient_name MH_TEXT,
  patient_mrn MH_TEXT,
  appointment_id MH_TEXT,
  due_at BIGINT,
  visit_id MH_TEXT,
  complaint MH_TEXT,
  room_name MH_TEXT,
  issued_at BIGINT,
  called_at BIGINT,
  n_calls BIGINT,
  started_at BIGINT,
  ended_at BIGINT
);
CREATE INDEX token_patient_id_idx ON token (patient_id);

CREATE TABLE waiting (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  patient_id MH_TEXT REFERENCES patient (id),
  patient_name MH_TEXT,
  patient_mrn MH_TEXT,
  phone MH_TEXT,
  schedule_id MH_TEXT REFERENCES schedule (id),
  schedule_name MH_TEXT,
  from_date MH_TEXT,
  to_date MH_TEXT,
  part MH_TEXT,
  urgent BOOLEAN,
  note MH_TEXT,
  status MH_TEXT,
  offered_at BIGINT,
  offered_start BIGINT,
  hold_id MH_TEXT,
  n_offers BIGINT,
  appointment_id MH_TEXT
);
CREATE INDEX waiting_patient_id_idx ON waiting (patient_id);

-- Two can never have the same place at the same time: each booking and hold owns a row for each five minutes of its time, of
-- whom it books and of the patient. The same key on both databases; overlapping slots of different lengths meet in it too.
CREATE UNIQUE INDEX slot_claim_once ON slot_claim (owner, tick, seat);
CREATE UNIQUE INDEX schedule_code ON schedule (hospital_id, code) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX token_number ON token (schedule_id, day, number);
CREATE INDEX token_of_day ON token (hospital_id, day);
CREATE INDEX appointment_of_day ON appointment (hospital_id, day, start_at);
CREATE INDEX appointment_session ON appointment (schedule_id, session_at);
CREATE INDEX appointment_not_come ON appointment (start_at) WHERE status = 'booked';
CREATE INDEX leave_end ON leave (hospital_id, end_at);
CREATE INDEX waiting_open ON waiting (hospital_id, schedule_id) WHERE status IN ('waiting', 'offered');

UPDATE role SET version = version + 1, permissions = replace (permissions, '"patient.read"', '"patient.read","appointment.read","appointment.write","queue.call"') WHERE code IN ('reception', 'doctor', 'nurse') AND permissions LIKE '%"patient.read"%';
UPDATE role SET version = version + 1, permissions = replace (permissions, '"device.write"', '"device.write","appointment.read","schedule.write"') WHERE code = 'manager' AND permissions LIKE '%"device.write"%';
UPDATE role SET version = version + 1, permissions = replace (permissions, '"device.write"', '"device.write","schedule.write"') WHERE code = 'admin' AND permissions LIKE '%"device.write"%';
