/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-report-template.h"

#include <string.h>

#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_report_language_codes[] = {
  { "en", N_("English") },
  { "hi", N_("Hindi") },
  { "ur", N_("Urdu") },
  { "ar", N_("Arabic") },
  { NULL },
};

static const MhField template_fields[] = {
  MH_COMMON_FIELDS,
  [MH_REPORT_TEMPLATE_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_REPORT_TEMPLATE_NAME]          = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SORT | MH_BRIEF, .max = 80 },
  [MH_REPORT_TEMPLATE_BENCH]         = { "bench", MH_KIND_TEXT, .label = N_("Bench"), .flags = MH_BRIEF, .format = "code", .max = 20,
    .help = N_("Reports whose tests all belong to it; empty: every other report") },
  [MH_REPORT_TEMPLATE_TITLE]         = { "title", MH_KIND_TEXT, .label = N_("Title of the report"), .max = 60 },
  [MH_REPORT_TEMPLATE_DEPARTMENT]    = { "department", MH_KIND_TEXT, .label = N_("Department"), .flags = MH_BRIEF, .max = 120,
    .help = N_("A line below the hospital's name") },
  [MH_REPORT_TEMPLATE_LETTERHEAD]    = { "letterhead", MH_KIND_TEXT, .label = N_("Line of the letterhead"), .max = 160,
    .help = N_("Such as the department's phone and hours") },
  [MH_REPORT_TEMPLATE_ACCREDITATION] = { "accreditation", MH_KIND_TEXT, .label = N_("Accreditation"), .max = 160,
    .help = N_("Instead of the hospital's") },
  [MH_REPORT_TEMPLATE_FOOTER]        = { "footer", MH_KIND_LONG_TEXT, .label = N_("Text at the end"), .max = 800,
    .help = N_("Instead of the hospital's") },
  [MH_REPORT_TEMPLATE_SIGNATURE]     = { "signature", MH_KIND_LONG_TEXT, .label = N_("Second signature"), .max = 200,
    .help = N_("Name and title in lines; stands beside the person who verified") },
  [MH_REPORT_TEMPLATE_LANGUAGE]      = { "language", MH_KIND_ENUM, .label = N_("Language"), .codes = mh_report_language_codes,
    .help = N_("If the reader asks for no other") },
  [MH_REPORT_TEMPLATE_HIDE_METHOD]   = { "hide_method", MH_KIND_BOOL, .label = N_("Without methods") },
  [MH_REPORT_TEMPLATE_HIDE_CODE]     = { "hide_code", MH_KIND_BOOL, .label = N_("Without the code to check it") },
  [MH_REPORT_TEMPLATE_LOGO]          = { "logo", MH_KIND_LONG_TEXT, .label = N_("Logo"), .flags = MH_INPUT | MH_NO_FORM, .max = 33000,
    .help = N_("PNG as Base64: at most 24 KiB, 400 by 400 pixels") },
  [MH_REPORT_TEMPLATE_LOGO_HASH]     = { "logo_hash", MH_KIND_TEXT, .label = N_("Hash of the logo"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 64 },
  [MH_REPORT_TEMPLATE_ACTIVE]        = { "active", MH_KIND_BOOL, .label = N_("In use"), .flags = MH_BRIEF },
};
G_STATIC_ASSERT (G_N_ELEMENTS (template_fields) == MH_REPORT_TEMPLATE_N_FIELDS);
/* clang-format on */

static guint32
big_endian (const guint8 *at)
{
  return (guint32)at[0] << 24 | (guint32)at[1] << 16 | (guint32)at[2] << 8 | at[3];
}

gboolean
mh_report_logo_is_fine (const guint8 *bytes, gsize length)
{
  static const guint8 magic[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  if (length < 33 || length > MH_REPORT_LOGO_BYTES || memcmp (bytes, magic, sizeof magic) != 0
      || memcmp (bytes + 12, "IHDR", 4) != 0)
    return FALSE;
  guint32 width = big_endian (bytes + 16), height = big_endian (bytes + 20);
  return width >= 1 && height >= 1 && width <= MH_REPORT_LOGO_PIXELS
         && height <= MH_REPORT_LOGO_PIXELS;
}

static void
template_check (MhRecord *record, MhIssues *issues)
{
  gsize length = 0;
  if (!mh_record_has (record, MH_REPORT_TEMPLATE_LOGO))
    return;
  g_autofree guchar *bytes
      = g_base64_decode (mh_record_text (record, MH_REPORT_TEMPLATE_LOGO), &length);
  if (!mh_report_logo_is_fine (bytes, length))
    mh_issues_add (issues, "logo", "format",
                   "A logo is a PNG of at most 24 KiB and 400 by 400 pixels");
}

/* clang-format off */
const MhRecordType mh_report_template_type = {
  .name = "MhReportTemplate", .code = "report_template", .table = "report_template", .path = "/report-templates",
  .label = N_("Report template"), .fields = template_fields, .n_fields = G_N_ELEMENTS (template_fields),
  .flags = MH_TYPE_SYNC, .check = template_check,
  .hospital = MH_REPORT_TEMPLATE_HOSPITAL_ID, .active = MH_REPORT_TEMPLATE_ACTIVE,
};
/* clang-format on */
