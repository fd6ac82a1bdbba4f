-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who was born too early is judged by the corrected age until two years old.

ALTER TABLE patient ADD COLUMN birth_weeks BIGINT;
