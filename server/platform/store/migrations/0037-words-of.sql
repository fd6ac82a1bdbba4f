-- SPDX-License-Identifier: GPL-3.0-or-later
-- Whether a patient who was found by one word has another one too is answered by this index alone.

DROP INDEX patient_word_patient;
CREATE INDEX patient_word_of ON patient_word (patient_id, word);
