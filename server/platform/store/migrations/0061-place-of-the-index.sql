-- SPDX-License-Identifier: GPL-3.0-or-later
-- How far the words of patients' names have been made anew: the id of the last patient done.

ALTER TABLE patient_index ADD COLUMN place TEXT NOT NULL DEFAULT '';
