-- SPDX-License-Identifier: GPL-3.0-or-later
-- Payments over the gateway: attempts, what the provider says of payments and refunds, webhooks as they came, and
-- what is to be asked next.

CREATE TABLE payment_attempt (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  order_id MH_TEXT,
  kind MH_TEXT,
  notify MH_TEXT,
  status MH_TEXT,
  amount BIGINT,
  currency MH_TEXT,
  received BIGINT,
  provider_id MH_TEXT,
  provider_order MH_TEXT,
  provider_payment MH_TEXT,
  qr_content MH_TEXT,
  qr_image BOOLEAN,
  url MH_TEXT,
  close_by BIGINT,
  opened_at BIGINT,
  paid_at BIGINT,
  ended_at BIGINT,
  failure_code MH_TEXT,
  failure MH_TEXT,
  "then" MH_TEXT,
  asked_by MH_TEXT,
  asked_name MH_TEXT
);
CREATE INDEX payment_attempt_order_id_idx ON payment_attempt (order_id);
CREATE INDEX payment_attempt_status_idx ON payment_attempt (status);
CREATE INDEX payment_attempt_provider_id_idx ON payment_attempt (provider_id);
CREATE INDEX payment_attempt_provider_order_idx ON payment_attempt (provider_order);

CREATE TABLE gateway_payment (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  attempt_id MH_TEXT,
  order_id MH_TEXT,
  provider_payment MH_TEXT UNIQUE,
  provider_order MH_TEXT,
  status MH_TEXT,
  method MH_TEXT,
  amount BIGINT,
  currency MH_TEXT,
  fee BIGINT,
  tax BIGINT,
  refunded_amount BIGINT,
  captured_at BIGINT,
  failure MH_TEXT,
  credited MH_TEXT
);
CREATE INDEX gateway_payment_attempt_id_idx ON gateway_payment (attempt_id);
CREATE INDEX gateway_payment_order_id_idx ON gateway_payment (order_id);
CREATE INDEX gateway_payment_captured_at_idx ON gateway_payment (captured_at);

CREATE TABLE gateway_refund (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  order_id MH_TEXT,
  provider_payment MH_TEXT,
  provider_refund MH_TEXT,
  status MH_TEXT,
  amount BIGINT,
  currency MH_TEXT,
  failure MH_TEXT
);
CREATE INDEX gateway_refund_provider_payment_idx ON gateway_refund (provider_payment);
CREATE INDEX gateway_refund_provider_refund_idx ON gateway_refund (provider_refund);

CREATE TABLE gateway_event (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  event_id MH_TEXT UNIQUE,
  body MH_TEXT,
  name MH_TEXT,
  status MH_TEXT,
  note MH_TEXT,
  received_at BIGINT
);
CREATE INDEX gateway_event_status_idx ON gateway_event (status);
CREATE INDEX gateway_event_received_at_idx ON gateway_event (received_at);

CREATE TABLE gateway_task (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  what MH_TEXT,
  step BIGINT,
  tries BIGINT,
  next_at BIGINT,
  sent_at BIGINT,
  doubt BOOLEAN,
  last_error MH_TEXT
);
CREATE INDEX gateway_task_next_at_idx ON gateway_task (next_at);

CREATE TABLE gateway_image (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  media MH_TEXT,
  data MH_TEXT
);

CREATE TABLE gateway_notice (
  id MH_TEXT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  deleted_at BIGINT,
  hospital_id MH_TEXT,
  kind MH_TEXT,
  ref MH_TEXT UNIQUE,
  order_id MH_TEXT,
  text MH_TEXT,
  amount BIGINT,
  raised_at BIGINT,
  resolved_at BIGINT,
  resolved_by MH_TEXT
);

CREATE INDEX payment_attempt_of_order ON payment_attempt (order_id, created_at, id);
CREATE INDEX gateway_payment_uncredited ON gateway_payment (id) WHERE status = 'captured' AND credited IS NULL;
CREATE INDEX gateway_notice_open ON gateway_notice (raised_at, id) WHERE resolved_at IS NULL;
