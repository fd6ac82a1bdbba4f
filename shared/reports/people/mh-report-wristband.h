/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A band for the wrist or the ankle, for a thermal printer: name, own script, MRN, sex, date of
 * birth, allergies, the hospital, and the MRN as a QR code at both ends, because a long bar code
 * bent around an arm cannot be scanned. It speaks the staff's language, English.
 */
#include "shared/record/mh-record.h"
#include "shared/reports/mh-page.h"

G_BEGIN_DECLS

/* A band for a small child is shorter; TRUE below three years on @today ("YYYY-MM-DD"). */
gboolean mh_report_wristband_is_small (MhRecord *patient, const char *today);
/* 280 × 25 mm, small 180 × 25 mm, the clasp's end left free; in @language, that of whoever reads it
 * at the bed, NULL: English. Finished, transfer full. */
MhDocument *
mh_report_wristband (MhRecord *hospital, MhRecord *patient, gboolean small, const char *language);

G_END_DECLS
