/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Check characters. Damm 2004 (MRN); ISO/IEC 7064 MOD 37,36 (accession). A number that does not
 * pass is rejected before any lookup. */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

/* '0'–'9', or 0 when @digits holds something else. Vector: "572" → '4'. */
char mh_damm_digit (const char *digits);
gboolean mh_damm_is_valid (const char *digits_with_check);
/* '0'–'9' 'A'–'Z', or 0. Vector: "A12425GABC1234002" → 'M'. */
char mh_mod37_36_character (const char *text);
gboolean mh_mod37_36_is_valid (const char *text_with_check);

/* MRN: site prefix (1–6 letters), '-', 4 digits, '-', 4 digits, '-', Damm digit: "MH-0001-2345-9".
 * Accepts input without dashes and in lower case; gives the printed form. Caller frees; NULL:
 * wrong. */
char *mh_mrn_make (const char *prefix, gint64 number);
char *mh_mrn_normalise (const char *text);
/* Accession: bench letter, YY, day of year (3), sequence (5), check character: "H2632500471" and
 * its character; years 2000–2099, sequence from 1. NULL when a part is out of range. Caller frees.
 */
char *mh_accession_make (char bench, int year, int day_of_year, gint64 sequence);
char *mh_accession_normalise (
    const char *text); /* upper case, container suffix "-01" kept; NULL: wrong */

/* What a scanned or typed code says it is, before any lookup. */
typedef enum
{
  MH_SCAN_NONE,
  MH_SCAN_MRN,
  MH_SCAN_ACCESSION,
  MH_SCAN_ORDER, /* an order's number, as it stands on receipts; it has no check character */
  MH_SCAN_BOX,
  MH_SCAN_UNIT,
  MH_SCAN_REPORT,       /* the QR code of a report's paper, in any form of mh-paper-code.h */
  MH_SCAN_PRESCRIPTION, /* of a prescription's */
  MH_SCAN_BAD_CHECK,    /* has the form, fails the check character */
} MhScanKind;
/* Prefixes P: S: B: U: are honoured; without one, form and check character decide. *out_code is the
 * normalised number for MRN, ACCESSION and ORDER ("MH-000123"), the upper-case rest for BOX and
 * UNIT, the record's id for REPORT and PRESCRIPTION (caller frees); it is left alone otherwise. */
MhScanKind mh_scan_classify (const char *text, char **out_code);

G_END_DECLS
