-- SPDX-License-Identifier: GPL-3.0-or-later
-- Patients are found by their date of birth as well.

INSERT INTO patient_word (word, patient_id) SELECT 'b:' || birth_date, id FROM patient WHERE birth_date IS NOT NULL ON CONFLICT DO NOTHING;
