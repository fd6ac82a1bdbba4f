-- SPDX-License-Identifier: GPL-3.0-or-later
-- The next job is found at once, however many are done already or wait.

CREATE INDEX job_open ON job (run_at, id) WHERE status IN ('waiting', 'running');
