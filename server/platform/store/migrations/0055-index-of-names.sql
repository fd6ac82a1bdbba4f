-- SPDX-License-Identifier: GPL-3.0-or-later
-- By which rules the words of patients' names were made (server/people/patients/mh-patients-reindex.h). A server whose
-- rules are newer makes the words anew when it starts.

CREATE TABLE patient_index (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL
);
INSERT INTO patient_index (id, version) VALUES (1, 1);
