/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-attachment.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

#include <string.h>

#define BASE64_LENGTH(bytes) (((bytes) + 2) / 3 * 4)

/* clang-format off */
static const struct
{
  const char *type;
  guint at; /* where the mark stands */
  guint size;
  const char *mark;
} marks[] = {
  { MH_CONTENT_PNG, 0, 8, "\x89PNG\r\n\x1a\n" },
  { MH_CONTENT_JPEG, 0, 3, "\xff\xd8\xff" },
  { MH_CONTENT_WEBP, 8, 4, "WEBP" },
  { MH_CONTENT_TIFF, 0, 4, "II*\0" },
  { MH_CONTENT_TIFF, 0, 4, "MM\0*" },
  { MH_CONTENT_PDF, 0, 5, "%PDF-" },
};

static const MhCode content_type_codes[] = {
  { MH_CONTENT_PNG, N_("Picture (PNG)") },
  { MH_CONTENT_JPEG, N_("Picture (JPEG)") },
  { MH_CONTENT_WEBP, N_("Picture (WebP)") },
  { MH_CONTENT_TIFF, N_("Picture (TIFF)") },
  { MH_CONTENT_PDF, N_("Paper (PDF)") },
  { NULL },
};

static const MhField attachment_fields[] = {
  MH_COMMON_FIELDS,
  [MH_ATTACHMENT_HOSPITAL_ID]  = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_ATTACHMENT_ORDER_ID]     = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_ATTACHMENT_PATIENT_ID]   = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET },
  [MH_ATTACHMENT_TEST]         = { "test", MH_KIND_TEXT, .label = N_("Test"), .flags = MH_SERVER_SET, .max = 20 },
  [MH_ATTACHMENT_ANALYTE]      = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .flags = MH_SERVER_SET, .max = 20 },
  [MH_ATTACHMENT_TITLE]        = { "title", MH_KIND_TEXT, .label = N_("Title"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF, .max = 120 },
  [MH_ATTACHMENT_CONTENT_TYPE] = { "content_type", MH_KIND_ENUM, .label = N_("Kind"), .codes = content_type_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_ATTACHMENT_BYTES]        = { "bytes", MH_KIND_INT, .label = N_("Bytes"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_ATTACHMENT_SHA256]       = { "sha256", MH_KIND_TEXT, .label = N_("SHA-256"), .flags = MH_SERVER_SET, .max = 64 },
  [MH_ATTACHMENT_ON_REPORT]    = { "on_report", MH_KIND_BOOL, .label = N_("On the report"), .flags = MH_SERVER_SET },
  [MH_ATTACHMENT_BY_ID]        = { "by_id", MH_KIND_REF, .label = N_("By"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_ATTACHMENT_BY_NAME]      = { "by_name", MH_KIND_TEXT, .label = N_("By, name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (attachment_fields) == MH_ATTACHMENT_N_FIELDS);

static const MhField attachment_data_fields[] = {
  MH_COMMON_FIELDS,
  [MH_ATTACHMENT_DATA_CONTENT] = { "content", MH_KIND_LONG_TEXT, .label = N_("Content"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = BASE64_LENGTH (MH_ATTACHMENT_MOST_BYTES) },
};
G_STATIC_ASSERT (G_N_ELEMENTS (attachment_data_fields) == MH_ATTACHMENT_DATA_N_FIELDS);

static const MhField attachment_put_fields[] = {
  [MH_ATTACHMENT_PUT_ID]        = { "id", MH_KIND_TEXT, .label = N_("Id"), .flags = MH_REQUIRED, .format = "uuid", .max = 36 },
  [MH_ATTACHMENT_PUT_ANALYTE]   = { "analyte", MH_KIND_TEXT, .label = N_("Analyte"), .max = 41,
    .help = N_("What it shows; TEST:ANALYTE where several tubes are looked at for the same") },
  [MH_ATTACHMENT_PUT_TITLE]     = { "title", MH_KIND_TEXT, .label = N_("Title"), .flags = MH_REQUIRED | MH_SENSITIVE, .max = 120 },
  [MH_ATTACHMENT_PUT_CONTENT]   = { "content", MH_KIND_LONG_TEXT, .label = N_("Content"), .flags = MH_REQUIRED | MH_SENSITIVE, .max = BASE64_LENGTH (MH_ATTACHMENT_MOST_BYTES),
    .help = N_("The file in base 64; at most 2 MiB") },
  [MH_ATTACHMENT_PUT_SHA256]    = { "sha256", MH_KIND_TEXT, .label = N_("SHA-256"), .max = 64,
    .help = N_("Of the file; when sent it must be that of what arrived") },
  [MH_ATTACHMENT_PUT_ON_REPORT] = { "on_report", MH_KIND_BOOL, .label = N_("On the report") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (attachment_put_fields) == MH_ATTACHMENT_PUT_N_FIELDS);
/* clang-format on */

const char *
mh_attachment_content_type (const guint8 *data, gsize size)
{
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (size >= marks[i].at + marks[i].size
        && memcmp (data + marks[i].at, marks[i].mark, marks[i].size) == 0
        && (marks[i].at == 0 || memcmp (data, "RIFF", 4) == 0))
      return marks[i].type;
  return NULL;
}

/* clang-format off */
const MhRecordType mh_attachment_type = {
  .name = "MhAttachment", .code = "attachment", .table = "attachment",
  .label = NS_("Attachment"), .fields = attachment_fields, .n_fields = G_N_ELEMENTS (attachment_fields),
  .flags = MH_TYPE_PATIENT, .since = 20,
  .hospital = MH_ATTACHMENT_HOSPITAL_ID, .patient = MH_ATTACHMENT_PATIENT_ID,
  .order = MH_ATTACHMENT_ORDER_ID,
};

const MhRecordType mh_attachment_data_type = {
  .name = "MhAttachmentData", .code = "attachment_data", .table = "attachment_data",
  .label = N_("Content of an attachment"), .fields = attachment_data_fields, .n_fields = G_N_ELEMENTS (attachment_data_fields),
  .flags = MH_TYPE_INTERNAL | MH_TYPE_PART, .since = 20,
};

const MhRecordType mh_attachment_put_type = {
  .name = "MhAttachmentPut", .code = "attachment_put",
  .label = N_("File to attach"), .fields = attachment_put_fields, .n_fields = G_N_ELEMENTS (attachment_put_fields),
};
/* clang-format on */
