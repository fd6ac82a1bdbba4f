-- SPDX-License-Identifier: GPL-3.0-or-later
-- No column is named by a word of SQL.

ALTER TABLE payment_attempt RENAME COLUMN "then" TO afterwards;
