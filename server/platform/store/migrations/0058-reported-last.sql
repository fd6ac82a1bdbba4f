-- SPDX-License-Identifier: GPL-3.0-or-later
-- Reports are listed by when they were released, not by when they were ordered.

CREATE INDEX lab_order_reported ON lab_order (tab, (COALESCE (completed_at, ordered_at)), id);
