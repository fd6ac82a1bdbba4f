-- SPDX-License-Identifier: GPL-3.0-or-later
-- Every two words of a patient's name, so that both together are one short range
-- (server/people/patients/mh-patients-pairs.h). The first ones are made in their own order: a large index
-- grows at its end alone.

CREATE TABLE patient_pair (
  pair MH_TEXT NOT NULL,
  patient_id MH_TEXT NOT NULL REFERENCES patient (id),
  PRIMARY KEY (pair, patient_id)
);

INSERT INTO patient_word (word, patient_id)
  SELECT 'o:' || substr(w.word, 3), w.patient_id FROM patient_word w
  WHERE w.patient_id IN (SELECT patient_id FROM patient_word WHERE word >= 'n:' AND word < 'n;' GROUP BY patient_id HAVING count(*) > 12)
    AND (w.word >= 'n:' AND w.word < 'n;' OR w.word >= 'p:' AND w.word < 'p;')
  ON CONFLICT DO NOTHING;

INSERT INTO patient_pair (pair, patient_id)
  SELECT substr(a.word, 1, 5) || ' ' || substr(b.word, 3, 24) || ' ' || substr(a.word, 3, 24), p.id
  FROM patient p CROSS JOIN patient_word a CROSS JOIN patient_word b
  WHERE a.patient_id = p.id AND b.patient_id = p.id AND a.word <> b.word
    AND a.word >= 'n:' AND a.word < 'n;' AND b.word >= 'n:' AND b.word < 'n;'
    AND p.id NOT IN (SELECT patient_id FROM patient_word WHERE word >= 'o:' AND word < 'o;')
  ORDER BY 1, 2
  ON CONFLICT DO NOTHING;

INSERT INTO patient_pair (pair, patient_id)
  SELECT substr(a.word, 1, 5) || ' ' || substr(b.word, 3, 24) || ' ' || substr(a.word, 3, 24), p.id
  FROM patient p CROSS JOIN patient_word a CROSS JOIN patient_word b
  WHERE a.patient_id = p.id AND b.patient_id = p.id AND a.word <> b.word
    AND a.word >= 'p:' AND a.word < 'p;' AND b.word >= 'p:' AND b.word < 'p;'
    AND p.id NOT IN (SELECT patient_id FROM patient_word WHERE word >= 'o:' AND word < 'o;')
  ORDER BY 1, 2
  ON CONFLICT DO NOTHING;
