-- SPDX-License-Identifier: GPL-3.0-or-later
-- Patients who were registered although somebody alike was there, to be looked at.

ALTER TABLE patient ADD COLUMN possible_duplicate BOOLEAN;
CREATE INDEX patient_to_review ON patient (id) WHERE possible_duplicate;
