-- SPDX-License-Identifier: GPL-3.0-or-later
-- Each analyte of a sheet of results asks which analysers control it: the old lots of years would be
-- read for each. The equipment of a bench is asked for beside it.

CREATE INDEX qc_target_controlled ON qc_target (hospital_id, analyte, equipment)
  WHERE active AND deleted_at IS NULL;
CREATE INDEX equipment_bench ON equipment (hospital_id, bench);
