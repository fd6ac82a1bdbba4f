/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * How the laboratory reports of a bench look: letterhead, wording, signatures. What a report
 * printed is frozen into it, so a change of the template is for the next ones.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

/* A logo is a PNG of at most that many bytes and pixels each way: a page stays below 60 KB. */
#define MH_REPORT_LOGO_BYTES 24576
#define MH_REPORT_LOGO_PIXELS 400

enum
{
  MH_REPORT_TEMPLATE_HOSPITAL_ID = MH_N_COMMON,
  MH_REPORT_TEMPLATE_NAME,
  MH_REPORT_TEMPLATE_BENCH,
  MH_REPORT_TEMPLATE_TITLE,
  MH_REPORT_TEMPLATE_DEPARTMENT,
  MH_REPORT_TEMPLATE_LETTERHEAD,
  MH_REPORT_TEMPLATE_ACCREDITATION,
  MH_REPORT_TEMPLATE_FOOTER,
  MH_REPORT_TEMPLATE_SIGNATURE,
  MH_REPORT_TEMPLATE_LANGUAGE,
  MH_REPORT_TEMPLATE_HIDE_METHOD,
  MH_REPORT_TEMPLATE_HIDE_CODE,
  MH_REPORT_TEMPLATE_LOGO,
  MH_REPORT_TEMPLATE_LOGO_HASH,
  MH_REPORT_TEMPLATE_ACTIVE,
  MH_REPORT_TEMPLATE_N_FIELDS,
};
extern const MhCode mh_report_language_codes[];

/* Is it a PNG within the limits? Looks at the bytes, not at what somebody calls them. */
gboolean mh_report_logo_is_fine (const guint8 *bytes, gsize length);

G_END_DECLS
