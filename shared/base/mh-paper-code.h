/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the QR code of a paper says, as a scanner types it: the text that only our programs read
 * ("MHREPORT:1:…", "MHRX:1:…"), the link to its page ("https://…/r/…"), or what stands behind
 * "/r/" alone; in any case of letters. Only the form is looked at. */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

typedef enum
{
  MH_PAPER_CODE_NONE,
  MH_PAPER_CODE_REPORT,
  MH_PAPER_CODE_PRESCRIPTION,
} MhPaperCode;

#define MH_PAPER_CODE_LINK "/r/"
#define MH_PAPER_CODE_REPORT_PREFIX "MHREPORT:1:"
#define MH_PAPER_CODE_PRESCRIPTION_PREFIX "MHRX:1:"
/* So much of a report's hash stands in a link. */
#define MH_PAPER_CODE_HALF_HASH 32

/* *out_id, *out_version and *out_hash (any may be NULL) are set unless the answer is NONE; the hash
 * is NULL of a prescription and the first half of it in a link. Lower case; caller frees. */
MhPaperCode
mh_paper_code_read (const char *text, char **out_id, gint64 *out_version, char **out_hash);

G_END_DECLS
