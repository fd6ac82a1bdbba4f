-- SPDX-License-Identifier: GPL-3.0-or-later
-- Figures ask for some days of all that was ever gathered, whatever the hospital.

CREATE INDEX turnaround_days ON turnaround (day);
DROP INDEX turnaround_by_day;
