/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/people/mh-document.h"

#include <string.h>

#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/mh-types.h"

#define BASE64_LENGTH(bytes) (((bytes) + 2) / 3 * 4)
#define LEAST_REASON 3

/* clang-format off */
const MhCode mh_document_status_codes[] = {
  { MH_DOCUMENT_UPLOADING, N_("On its way") },
  { MH_DOCUMENT_STORED, N_("Stored") },
  { MH_DOCUMENT_DAMAGED, N_("Damaged on its way") },
  { NULL },
};

const MhCode mh_document_scan_codes[] = {
  { MH_VIRUS_SCAN_NONE, N_("Not checked for viruses") },
  { MH_VIRUS_SCAN_WAITING, N_("Waiting for the virus check") },
  { MH_VIRUS_SCAN_CLEAN, N_("Checked, no virus found") },
  { MH_VIRUS_SCAN_INFECTED, N_("Held back: a virus was found") },
  { NULL },
};

const MhCode mh_document_kind_codes[] = {
  { "referral", N_("Referral letter") },
  { "discharge", N_("Discharge summary") },
  { "lab", N_("Outside laboratory report") },
  { "imaging", N_("X-ray, scan or other image") },
  { "photo", N_("Clinical photograph") },
  { MH_DOCUMENT_PORTRAIT, N_("Photo of the patient") },
  { "prescription", N_("Outside prescription") },
  { MH_DOCUMENT_CONSENT, N_("Consent or refusal") },
  { "identity", N_("Identity document") },
  { "insurance", N_("Insurance paper") },
  { "certificate", N_("Certificate") },
  { "other", N_("Other paper") },
  { NULL },
};

static const MhCode content_type_codes[] = {
  { MH_CONTENT_PNG, N_("Picture (PNG)") },
  { MH_CONTENT_JPEG, N_("Picture (JPEG)") },
  { MH_CONTENT_WEBP, N_("Picture (WebP)") },
  { MH_CONTENT_TIFF, N_("Picture (TIFF)") },
  { MH_CONTENT_PDF, N_("Paper (PDF)") },
  { NULL },
};

static const MhField document_fields[] = {
  MH_COMMON_FIELDS,
  [MH_DOCUMENT_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_DOCUMENT_PATIENT_ID]    = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_NO_FORM | MH_INDEX },
  [MH_DOCUMENT_VISIT_ID]      = { "visit_id", MH_KIND_REF, .label = N_("Visit"), .target = &mh_visit_type, .flags = MH_NO_FORM },
  [MH_DOCUMENT_KIND]          = { "kind", MH_KIND_ENUM, .label = N_("What it is"), .codes = mh_document_kind_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_DOCUMENT_TITLE]         = { "title", MH_KIND_TEXT, .label = N_("Title"), .flags = MH_REQUIRED | MH_SENSITIVE | MH_BRIEF, .max = 120 },
  [MH_DOCUMENT_DATED_ON]      = { "dated_on", MH_KIND_DATE, .label = N_("Dated"), .flags = MH_BRIEF | MH_SENSITIVE, .help = N_("The day that stands on it") },
  [MH_DOCUMENT_SOURCE]        = { "source", MH_KIND_TEXT, .label = N_("From"), .flags = MH_SENSITIVE | MH_BRIEF, .max = 120, .help = N_("The hospital, laboratory or doctor it comes from") },
  [MH_DOCUMENT_NOTE]          = { "note", MH_KIND_LONG_TEXT, .label = N_("Note"), .flags = MH_SENSITIVE, .max = 1000 },
  [MH_DOCUMENT_BYTES]         = { "bytes", MH_KIND_INT, .label = N_("Size"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_NO_FORM, .at_least = 1, .at_most = MH_DOCUMENT_MOST_BYTES },
  [MH_DOCUMENT_SHA256]        = { "sha256", MH_KIND_TEXT, .label = N_("SHA-256"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_NO_FORM, .max = 64, .help = N_("Of the whole file, in 64 hexadecimal digits") },
  [MH_DOCUMENT_CONTENT_TYPE]  = { "content_type", MH_KIND_ENUM, .label = N_("Format"), .codes = content_type_codes, .flags = MH_SERVER_SET | MH_NO_FORM, .help = N_("As its first bytes say") },
  [MH_DOCUMENT_STATUS]        = { "status", MH_KIND_ENUM, .label = N_("State"), .codes = mh_document_status_codes, .flags = MH_SERVER_SET | MH_NO_FORM | MH_BRIEF },
  [MH_DOCUMENT_PARTS]         = { "parts", MH_KIND_INT, .label = N_("Parts"), .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_DOCUMENT_PARTS_STORED]  = { "parts_stored", MH_KIND_INT, .label = N_("Parts that have arrived"), .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_DOCUMENT_SCAN]          = { "scan", MH_KIND_ENUM, .label = N_("Virus check"), .codes = mh_document_scan_codes, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_DOCUMENT_THREAT]        = { "threat", MH_KIND_TEXT, .label = N_("What was found"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 200 },
  [MH_DOCUMENT_HAS_THUMBNAIL] = { "has_thumbnail", MH_KIND_BOOL, .label = N_("Has a small picture"), .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_DOCUMENT_BY_ID]         = { "by_id", MH_KIND_REF, .label = N_("Added by"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_DOCUMENT_BY_NAME]       = { "by_name", MH_KIND_TEXT, .label = N_("Added by"), .flags = MH_SERVER_SET | MH_NO_FORM | MH_BRIEF, .max = 120 },
  [MH_DOCUMENT_STORED_AT]     = { "stored_at", MH_KIND_INSTANT, .label = N_("Stored"), .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_DOCUMENT_THUMBNAIL]     = { "thumbnail", MH_KIND_LONG_TEXT, .label = N_("Small picture"), .flags = MH_INPUT | MH_SENSITIVE | MH_NO_FORM, .max = BASE64_LENGTH (MH_DOCUMENT_THUMBNAIL_BYTES),
    .help = N_("A PNG of at most 48 KiB in base 64, made where the file was") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (document_fields) == MH_DOCUMENT_N_FIELDS);

static const MhField part_fields[] = {
  MH_COMMON_FIELDS,
  [MH_DOCUMENT_PART_DOCUMENT_ID] = { "document_id", MH_KIND_REF, .label = N_("Document"), .target = &mh_document_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_DOCUMENT_PART_NUMBER]      = { "number", MH_KIND_INT, .label = N_("Number"), .flags = MH_SERVER_SET, .help = N_("From 0; -1: the small picture") },
  [MH_DOCUMENT_PART_CONTENT]     = { "content", MH_KIND_LONG_TEXT, .label = N_("Content"), .flags = MH_SERVER_SET | MH_SENSITIVE, .max = BASE64_LENGTH (MH_DOCUMENT_PART_BYTES) },
};
G_STATIC_ASSERT (G_N_ELEMENTS (part_fields) == MH_DOCUMENT_PART_N_FIELDS);

static const MhField put_fields[] = {
  [MH_DOCUMENT_PUT_NUMBER]  = { "number", MH_KIND_INT, .label = N_("Number"), .at_least = 0, .at_most = MH_DOCUMENT_MOST_BYTES / MH_DOCUMENT_PART_BYTES - 1,
    .help = N_("From 0; the next one is what the document says has arrived") },
  [MH_DOCUMENT_PUT_CONTENT] = { "content", MH_KIND_LONG_TEXT, .label = N_("Content"), .flags = MH_REQUIRED | MH_SENSITIVE, .max = BASE64_LENGTH (MH_DOCUMENT_PART_BYTES),
    .help = N_("512 KiB of the file in base 64, the last part less") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (put_fields) == MH_DOCUMENT_PUT_N_FIELDS);

static const MhField reason_fields[] = {
  [MH_DOCUMENT_REASON_REASON] = { "reason", MH_KIND_TEXT, .label = N_("Reason"), .flags = MH_REQUIRED, .max = 200 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (reason_fields) == MH_DOCUMENT_REASON_N_FIELDS);

const MhCode mh_consent_purpose_codes[] = {
  { "treatment", N_("Treatment") },
  { "procedure", N_("Operation or procedure") },
  { "anaesthesia", N_("Anaesthesia") },
  { "transfusion", N_("Blood transfusion") },
  { "test", N_("Test that needs consent") },
  { "sharing", N_("Sharing data with others") },
  { "research", N_("Research") },
  { "photo", N_("Photographs and recordings") },
  { "teaching", N_("Teaching") },
  { "leave", N_("Leaving against advice") },
  { NULL },
};

const MhCode mh_consent_decision_codes[] = {
  { MH_CONSENT_GIVEN, N_("Agreed") },
  { MH_CONSENT_REFUSED, N_("Refused") },
  { NULL },
};

const MhCode mh_consent_by_codes[] = {
  { MH_CONSENT_BY_PATIENT, N_("The patient") },
  { "parent", N_("A parent") },
  { "spouse", N_("Husband or wife") },
  { "relative", N_("Another relative") },
  { "guardian", N_("A legal guardian") },
  { NULL },
};

static const MhField consent_fields[] = {
  MH_COMMON_FIELDS,
  [MH_CONSENT_HOSPITAL_ID]      = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_CONSENT_PATIENT_ID]       = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_NO_FORM | MH_INDEX },
  [MH_CONSENT_VISIT_ID]         = { "visit_id", MH_KIND_REF, .label = N_("Visit"), .target = &mh_visit_type, .flags = MH_NO_FORM },
  [MH_CONSENT_PURPOSE]          = { "purpose", MH_KIND_ENUM, .label = N_("For"), .codes = mh_consent_purpose_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_CONSENT_DECISION]         = { "decision", MH_KIND_ENUM, .label = N_("Decision"), .codes = mh_consent_decision_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_CONSENT_ABOUT]            = { "about", MH_KIND_LONG_TEXT, .label = N_("What was explained and decided"), .flags = MH_SENSITIVE, .max = 2000 },
  [MH_CONSENT_GIVEN_BY]         = { "given_by", MH_KIND_ENUM, .label = N_("Decided by"), .codes = mh_consent_by_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_CONSENT_GIVEN_NAME]       = { "given_name", MH_KIND_TEXT, .label = N_("Name of who decided"), .flags = MH_SENSITIVE, .max = 120, .help = N_("Needed when it was not the patient") },
  [MH_CONSENT_WITNESS]          = { "witness", MH_KIND_TEXT, .label = N_("Witness"), .flags = MH_SENSITIVE, .max = 120 },
  [MH_CONSENT_DECIDED_ON]       = { "decided_on", MH_KIND_DATE, .label = N_("Decided on"), .flags = MH_REQUIRED | MH_SENSITIVE | MH_BRIEF },
  [MH_CONSENT_VALID_UNTIL]      = { "valid_until", MH_KIND_DATE, .label = N_("Valid until"), .flags = MH_SENSITIVE },
  [MH_CONSENT_DOCUMENT_ID]      = { "document_id", MH_KIND_REF, .label = N_("Signed paper"), .target = &mh_document_type, .flags = MH_NO_FORM },
  [MH_CONSENT_RECORDED_NAME]    = { "recorded_name", MH_KIND_TEXT, .label = N_("Recorded by"), .flags = MH_SERVER_SET | MH_NO_FORM | MH_BRIEF, .max = 120 },
  [MH_CONSENT_WITHDRAWN_AT]     = { "withdrawn_at", MH_KIND_INSTANT, .label = N_("Withdrawn"), .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_CONSENT_WITHDRAWN_NAME]   = { "withdrawn_name", MH_KIND_TEXT, .label = N_("Withdrawal taken by"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 120 },
  [MH_CONSENT_WITHDRAWN_REASON] = { "withdrawn_reason", MH_KIND_TEXT, .label = N_("Why it was withdrawn"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_NO_FORM, .max = 200 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (consent_fields) == MH_CONSENT_N_FIELDS);
/* clang-format on */

guint
mh_document_parts (gint64 bytes)
{
  return (guint)((bytes + MH_DOCUMENT_PART_BYTES - 1) / MH_DOCUMENT_PART_BYTES);
}

gsize
mh_document_part_size (gint64 bytes, guint number)
{
  gint64 left = bytes - (gint64)number * MH_DOCUMENT_PART_BYTES;
  return (gsize)CLAMP (left, 0, MH_DOCUMENT_PART_BYTES);
}

gboolean
mh_document_is_open (MhRecord *document)
{
  const char *scan = mh_record_text (document, MH_DOCUMENT_SCAN);
  return g_strcmp0 (mh_record_text (document, MH_DOCUMENT_STATUS), MH_DOCUMENT_STORED) == 0
         && g_strcmp0 (scan, MH_VIRUS_SCAN_WAITING) != 0
         && g_strcmp0 (scan, MH_VIRUS_SCAN_INFECTED) != 0;
}

static gboolean
is_sha256 (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdefABCDEF") == 64;
}

static void
document_check (MhRecord *document, MhIssues *issues)
{
  const char *hash = mh_record_text (document, MH_DOCUMENT_SHA256);
  if (hash != NULL && !is_sha256 (hash))
    mh_issues_add (issues, "sha256", "format", "This is not a SHA-256 in hexadecimal digits.");
}

static void
reason_check (MhRecord *reason, MhIssues *issues)
{
  const char *text = mh_record_text (reason, MH_DOCUMENT_REASON_REASON);
  if (text != NULL && g_utf8_strlen (text, -1) < LEAST_REASON)
    mh_issues_add (issues, "reason", "too_short", "Say why, in a few words.");
}

static void
consent_check (MhRecord *consent, MhIssues *issues)
{
  const char *by = mh_record_text (consent, MH_CONSENT_GIVEN_BY);
  const char *on = mh_record_text (consent, MH_CONSENT_DECIDED_ON);
  const char *until = mh_record_text (consent, MH_CONSENT_VALID_UNTIL);
  if (by != NULL && strcmp (by, MH_CONSENT_BY_PATIENT) != 0
      && !mh_record_has (consent, MH_CONSENT_GIVEN_NAME))
    mh_issues_add (issues, "given_name", "required", "Say who decided for the patient.");
  if (g_strcmp0 (mh_record_text (consent, MH_CONSENT_DECISION), MH_CONSENT_REFUSED) == 0
      && !mh_record_has (consent, MH_CONSENT_ABOUT))
    mh_issues_add (issues, "about", "required", "Write what was refused, and what was explained.");
  if (on != NULL && until != NULL && strcmp (until, on) < 0)
    mh_issues_add (issues, "valid_until", "out_of_range", "It would have ended before it began.");
}

static char *
document_display (MhRecord *document)
{
  return g_strdup (mh_record_text (document, MH_DOCUMENT_TITLE));
}

/* clang-format off */
const MhRecordType mh_document_type = {
  .name = "MhDocument", .code = "document", .table = "document", .path = "/documents",
  .label = NS_("Document"), .fields = document_fields, .n_fields = G_N_ELEMENTS (document_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .check = document_check, .display = document_display,
  .hospital = MH_DOCUMENT_HOSPITAL_ID, .patient = MH_DOCUMENT_PATIENT_ID,
};

const MhRecordType mh_document_part_type = {
  .name = "MhDocumentPart", .code = "document_part", .table = "document_part",
  .label = N_("Part of a document"), .fields = part_fields, .n_fields = G_N_ELEMENTS (part_fields),
  .flags = MH_TYPE_INTERNAL | MH_TYPE_PART,
};

const MhRecordType mh_document_put_type = {
  .name = "MhDocumentPut", .code = "document_put",
  .label = N_("Part of a document to store"), .fields = put_fields, .n_fields = G_N_ELEMENTS (put_fields),
};

const MhRecordType mh_document_reason_type = {
  .name = "MhDocumentReason", .code = "document_reason",
  .label = NS_("Reason"), .fields = reason_fields, .n_fields = G_N_ELEMENTS (reason_fields), .check = reason_check,
};

const MhRecordType mh_consent_type = {
  .name = "MhConsent", .code = "consent", .table = "consent", .path = "/consents",
  .label = NS_("Consent"), .fields = consent_fields, .n_fields = G_N_ELEMENTS (consent_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .check = consent_check,
  .hospital = MH_CONSENT_HOSPITAL_ID, .patient = MH_CONSENT_PATIENT_ID,
};
/* clang-format on */
