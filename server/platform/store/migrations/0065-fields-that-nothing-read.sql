-- SPDX-License-Identifier: GPL-3.0-or-later
-- Nothing ever wrote or read these: printers are named in each desk's preferences and in the setting
-- label.printer, and neither photos nor signatures of staff were taken.
ALTER TABLE device DROP COLUMN label_printer;
ALTER TABLE device DROP COLUMN receipt_printer;
ALTER TABLE device DROP COLUMN report_printer;
ALTER TABLE app_user DROP COLUMN photo_id;
ALTER TABLE app_user DROP COLUMN signature_id;
