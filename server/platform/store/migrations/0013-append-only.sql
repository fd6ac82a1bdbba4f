-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is only ever added stays so for every program that opens the file, as PostgreSQL has it since these tables exist.
-- A cashier who works in two hospitals has a drawer in each.

CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER change_no_update BEFORE UPDATE ON change BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER change_no_delete BEFORE DELETE ON change BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER verification_no_update BEFORE UPDATE ON verification BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER verification_no_delete BEFORE DELETE ON verification BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER custody_event_no_update BEFORE UPDATE ON custody_event BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite
CREATE TRIGGER custody_event_no_delete BEFORE DELETE ON custody_event BEGIN SELECT RAISE (ABORT, 'append only'); END; -- @sqlite

DROP INDEX cash_session_one_open;
CREATE UNIQUE INDEX cash_session_one_open ON cash_session (hospital_id, cashier_id) WHERE status = 'open';
