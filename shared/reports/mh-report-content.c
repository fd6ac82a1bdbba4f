/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/reports/mh-report-content.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/lab/mh-isolate.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/lab/mh-report-template.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-user.h"

#include <string.h>

#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/base/mh-paper-code.h"
#include "shared/base/mh-sha256.h"
#include "shared/record/mh-record-json.h"

#define CONTENT_FORMAT 1

/* clang-format off */
static const guint hospital_fields[] = {
  MH_ID, MH_HOSPITAL_CODE, MH_HOSPITAL_NAME, MH_HOSPITAL_ADDRESS_LINE, MH_HOSPITAL_LOCALITY, MH_HOSPITAL_CITY,
  MH_HOSPITAL_STATE, MH_HOSPITAL_PIN, MH_HOSPITAL_PHONE, MH_HOSPITAL_PHONE2, MH_HOSPITAL_EMAIL,
  MH_HOSPITAL_REGISTRATION_NUMBER, MH_HOSPITAL_ACCREDITATION, MH_HOSPITAL_TIME_ZONE, MH_HOSPITAL_REPORT_FOOTER,
};
static const guint patient_fields[] = {
  MH_ID, MH_PATIENT_MRN, MH_PATIENT_GIVEN_NAME, MH_PATIENT_MIDDLE_NAME, MH_PATIENT_FAMILY_NAME,
  MH_PATIENT_NATIVE_NAME, MH_PATIENT_SEX, MH_PATIENT_BIRTH_DATE, MH_PATIENT_BIRTH_ESTIMATED,
};
static const guint order_fields[] = {
  MH_ID, MH_ORDER_NUMBER, MH_ORDER_PRIORITY, MH_ORDER_DOCTOR_NAME, MH_ORDER_CLINICAL_NOTES, MH_ORDER_ORDERED_AT,
  MH_ORDER_COLLECTED_AT, MH_ORDER_RECEIVED_AT, MH_ORDER_ITEMS, MH_ORDER_SAMPLES,
};
static const guint item_fields[] = {
  MH_ID, MH_ORDER_ITEM_TEST, MH_ORDER_ITEM_NAME, MH_ORDER_ITEM_STATUS, MH_ORDER_ITEM_SAMPLE_ID, MH_ORDER_ITEM_SORT_ORDER,
};
static const guint sample_fields[] = {
  MH_ID, MH_SAMPLE_ACCESSION, MH_SAMPLE_SPECIMEN, MH_SAMPLE_STATUS, MH_SAMPLE_COLLECTED_AT, MH_SAMPLE_RECEIVED_AT,
  MH_SAMPLE_ACCEPTED_REASON, MH_SAMPLE_ACCEPTED_NOTE, MH_SAMPLE_ACCEPTED_NAME,
};
static const guint attachment_fields[] = {
  MH_ID, MH_ATTACHMENT_TEST, MH_ATTACHMENT_ANALYTE, MH_ATTACHMENT_TITLE, MH_ATTACHMENT_CONTENT_TYPE,
  MH_ATTACHMENT_BYTES, MH_ATTACHMENT_SHA256,
};
static const guint result_fields[] = {
  MH_ID, MH_RESULT_ORDER_ITEM_ID, MH_RESULT_SAMPLE_ID, MH_RESULT_TEST, MH_RESULT_ANALYTE, MH_RESULT_NAME,
  MH_RESULT_KIND, MH_RESULT_VALUE, MH_RESULT_VALUE_TEXT, MH_RESULT_UNIT, MH_RESULT_FLAG, MH_RESULT_LOW,
  MH_RESULT_HIGH, MH_RESULT_RANGE_TEXT, MH_RESULT_RANGE_VERIFIED, MH_RESULT_CRITICAL, MH_RESULT_COMMENT,
  MH_RESULT_STATUS, MH_RESULT_METHOD, MH_RESULT_SORT_ORDER, MH_RESULT_ISOLATES,
};
static const guint report_fields[] = {
  MH_ID, MH_REPORT_NUMBER, MH_REPORT_VERSION_NO, MH_REPORT_STATUS, MH_REPORT_SUPERSEDES, MH_REPORT_REASON,
  MH_REPORT_VERIFIED_BY, MH_REPORT_VERIFIED_NAME, MH_REPORT_ISSUED_AT, MH_REPORT_LANGUAGE,
};
static const guint isolate_fields[] = {
  MH_RESULT_ISOLATE_NUMBER, MH_RESULT_ISOLATE_ORGANISM, MH_RESULT_ISOLATE_NAME, MH_RESULT_ISOLATE_QUANTITY,
  MH_RESULT_ISOLATE_COMMENT, MH_RESULT_ISOLATE_SUSCEPTIBILITIES,
};
static const guint susceptibility_fields[] = {
  MH_RESULT_SUSCEPTIBILITY_ANTIBIOTIC, MH_RESULT_SUSCEPTIBILITY_NAME, MH_RESULT_SUSCEPTIBILITY_METHOD,
  MH_RESULT_SUSCEPTIBILITY_MEASURED, MH_RESULT_SUSCEPTIBILITY_INTERPRETATION, MH_RESULT_SUSCEPTIBILITY_HIDDEN,
  MH_RESULT_SUSCEPTIBILITY_SORT_ORDER,
};
static const guint template_fields[] = {
  MH_ID, MH_REPORT_TEMPLATE_TITLE, MH_REPORT_TEMPLATE_DEPARTMENT, MH_REPORT_TEMPLATE_LETTERHEAD, MH_REPORT_TEMPLATE_ACCREDITATION,
  MH_REPORT_TEMPLATE_FOOTER, MH_REPORT_TEMPLATE_SIGNATURE, MH_REPORT_TEMPLATE_LANGUAGE, MH_REPORT_TEMPLATE_HIDE_METHOD,
  MH_REPORT_TEMPLATE_HIDE_CODE, MH_REPORT_TEMPLATE_LOGO_HASH,
};
static const guint change_fields[] = {
  MH_ID, MH_REPORT_CHANGE_VERSION_NO, MH_REPORT_CHANGE_KIND, MH_REPORT_CHANGE_REASON, MH_REPORT_CHANGE_NOTE,
  MH_REPORT_CHANGE_COMMENT, MH_REPORT_CHANGE_VALUES, MH_REPORT_CHANGE_BY_NAME, MH_REPORT_CHANGE_AT,
  MH_REPORT_CHANGE_LEVEL1_NAME, MH_REPORT_CHANGE_LEVEL1_AT, MH_REPORT_CHANGE_LEVEL2_NAME, MH_REPORT_CHANGE_LEVEL2_AT,
  MH_REPORT_CHANGE_DECIDED_NAME, MH_REPORT_CHANGE_DECIDED_AT,
};
static const guint change_value_fields[] = {
  MH_REPORT_CHANGE_VALUE_ANALYTE, MH_REPORT_CHANGE_VALUE_NAME, MH_REPORT_CHANGE_VALUE_UNIT,
  MH_REPORT_CHANGE_VALUE_OLD, MH_REPORT_CHANGE_VALUE_OLD_FLAG, MH_REPORT_CHANGE_VALUE_NEW, MH_REPORT_CHANGE_VALUE_NEW_FLAG,
  MH_REPORT_CHANGE_VALUE_SORT_ORDER,
};
static const guint verifier_fields[] = {
  MH_ID, MH_USER_NAME, MH_USER_DESIGNATION, MH_USER_QUALIFICATION, MH_USER_REGISTRATION_NUMBER,
};

typedef struct
{
  const MhRecordType *type;
  const guint *fields;
  guint n_fields;
} Part;

static const Part parts[] = {
  { &mh_hospital_type, hospital_fields, G_N_ELEMENTS (hospital_fields) },
  { &mh_patient_type, patient_fields, G_N_ELEMENTS (patient_fields) },
  { &mh_order_type, order_fields, G_N_ELEMENTS (order_fields) },
  { &mh_order_item_type, item_fields, G_N_ELEMENTS (item_fields) },
  { &mh_sample_type, sample_fields, G_N_ELEMENTS (sample_fields) },
  { &mh_result_type, result_fields, G_N_ELEMENTS (result_fields) },
  { &mh_report_type, report_fields, G_N_ELEMENTS (report_fields) },
  { &mh_result_isolate_type, isolate_fields, G_N_ELEMENTS (isolate_fields) },
  { &mh_result_susceptibility_type, susceptibility_fields, G_N_ELEMENTS (susceptibility_fields) },
  { &mh_report_template_type, template_fields, G_N_ELEMENTS (template_fields) },
  { &mh_report_change_type, change_fields, G_N_ELEMENTS (change_fields) },
  { &mh_report_change_value_type, change_value_fields, G_N_ELEMENTS (change_value_fields) },
  { &mh_attachment_type, attachment_fields, G_N_ELEMENTS (attachment_fields) },
  { &mh_user_type, verifier_fields, G_N_ELEMENTS (verifier_fields) },
};
/* clang-format on */

void
mh_lab_report_free (MhLabReport *report)
{
  if (report == NULL)
    return;

  g_clear_object (&report->hospital);
  g_clear_object (&report->patient);
  g_clear_object (&report->order);
  g_clear_pointer (&report->results, g_ptr_array_unref);
  g_clear_object (&report->report);
  g_clear_object (&report->verifier);
  g_clear_object (&report->template_);
  g_clear_object (&report->change);
  g_clear_pointer (&report->logo, g_bytes_unref);
  g_clear_pointer (&report->replaced, g_ptr_array_unref);
  g_clear_pointer (&report->attachments, g_ptr_array_unref);
  g_clear_pointer (&report->files, g_hash_table_unref);
  g_free (report->comment);
  g_free (report->critical_note);
  g_free (report);
}

/* --- writing --- */

static const Part *
report_content_part_of (const MhRecordType *type)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].type == type)
      return &parts[i];
  return NULL;
}

static gboolean
part_has (const Part *part, guint field)
{
  for (guint i = 0; i < part->n_fields; i++)
    if (part->fields[i] == field)
      return TRUE;
  return FALSE;
}

static void report_content_put_records (GString *out, GPtrArray *records);

/* Nested records are cut down to their own lists, so they are taken out of the copy first. */
static void
report_content_put_record (GString *out, MhRecord *record)
{
  const Part *part = report_content_part_of (mh_record_type (record));
  g_autoptr (MhRecord) copy = mh_record_copy (record);
  for (guint i = 0; i < part->type->n_fields; i++)
    if (!part_has (part, i) || part->type->fields[i].kind == MH_KIND_RECORDS
        || !mh_record_has (copy, i))
      mh_record_unset (copy, i);

  mh_record_put_json (copy, MH_JSON_SKIP_UNSET, out);

  /* Reopened to add the nested lists. */
  g_string_truncate (out, out->len - 1);
  for (guint i = 0; i < part->n_fields; i++)
    {
      const MhField *field = &part->type->fields[part->fields[i]];
      GPtrArray *children
          = field->kind == MH_KIND_RECORDS ? mh_record_records (record, part->fields[i]) : NULL;
      if (children == NULL)
        continue;
      mh_json_key (out, field->name);
      report_content_put_records (out, children);
    }

  mh_json_close (out, '}');
}

static void
report_content_put_records (GString *out, GPtrArray *records)
{
  mh_json_open (out, '[');
  for (guint i = 0; i < records->len; i++)
    report_content_put_record (out, g_ptr_array_index (records, i));
  mh_json_close (out, ']');
}

static void
report_content_put_member (GString *out, const char *name, MhRecord *record)
{
  if (record == NULL)
    return;
  mh_json_key (out, name);
  report_content_put_record (out, record);
}

char *
mh_report_content (const MhLabReport *report)
{
  g_autoptr (GString) out = g_string_new (NULL);
  mh_json_open (out, '{');
  mh_json_member_int (out, "format", CONTENT_FORMAT);
  report_content_put_member (out, "hospital", report->hospital);
  report_content_put_member (out, "patient", report->patient);
  report_content_put_member (out, "order", report->order);
  report_content_put_member (out, "report", report->report);
  report_content_put_member (out, "verifier", report->verifier);
  report_content_put_member (out, "template", report->template_);
  report_content_put_member (out, "change", report->change);
  if (report->comment != NULL)
    mh_json_member_text (out, "comment", report->comment);
  mh_json_key (out, "results");
  report_content_put_records (out, report->results);

  if (report->replaced != NULL)
    {
      mh_json_key (out, "replaced");
      report_content_put_records (out, report->replaced);
    }

  if (report->attachments != NULL && report->attachments->len > 0)
    {
      mh_json_key (out, "attachments");
      report_content_put_records (out, report->attachments);
    }

  mh_json_close (out, '}');
  g_autoptr (JsonNode) node = mh_json_parse (out->str, out->len, NULL);
  g_return_val_if_fail (node != NULL, NULL);

  return mh_json_canonical (node);
}

/* --- reading --- */

static MhRecord *
report_content_read_member (JsonObject *content,
                            const char *name,
                            const MhRecordType *type,
                            GError **error)
{
  JsonObject *object = mh_json_object (content, name);
  if (object == NULL)
    return NULL;
  return mh_record_from_json (type, object, MH_JSON_TRUSTED, error);
}

static GPtrArray *
report_content_read_records (JsonObject *content,
                             const char *name,
                             const MhRecordType *type,
                             GError **error)
{
  JsonArray *array = mh_json_array (content, name);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      MhRecord *record
          = JSON_NODE_HOLDS_OBJECT (node)
                ? mh_record_from_json (type, json_node_get_object (node), MH_JSON_TRUSTED, error)
                : NULL;
      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }

  return array != NULL ? g_steal_pointer (&records) : NULL;
}

/* A list that need not be there. */
static gboolean
read_more (JsonObject *content,
           const char *name,
           const MhRecordType *type,
           GPtrArray **out_records,
           GError **error)
{
  if (mh_json_array (content, name) == NULL)
    return TRUE;
  *out_records = report_content_read_records (content, name, type, error);
  return *out_records != NULL;
}

static gboolean
read_content (JsonObject *content, MhLabReport *report, GError **error)
{
  struct
  {
    const char *name;
    const MhRecordType *type;
    MhRecord **place;
    gboolean needed;
  } members[] = {
    { "hospital", &mh_hospital_type, &report->hospital, TRUE },
    { "patient", &mh_patient_type, &report->patient, TRUE },
    { "order", &mh_order_type, &report->order, TRUE },
    { "report", &mh_report_type, &report->report, FALSE },
    { "verifier", &mh_user_type, &report->verifier, FALSE },
    { "template", &mh_report_template_type, &report->template_, FALSE },
    { "change", &mh_report_change_type, &report->change, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr (GError) local = NULL;
      *members[i].place
          = report_content_read_member (content, members[i].name, members[i].type, &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (*members[i].place == NULL && members[i].needed)
        return FALSE;
    }

  report->comment = g_strdup (mh_json_text (content, "comment"));
  report->results = report_content_read_records (content, "results", &mh_result_type, error);
  return report->results != NULL
         && read_more (content, "replaced", &mh_result_type, &report->replaced, error)
         && read_more (content, "attachments", &mh_attachment_type, &report->attachments, error);
}

MhLabReport *
mh_lab_report_from_content (const char *content, GError **error)
{
  g_autoptr (JsonObject) object = mh_json_parse_object (content, -1, error);
  if (object == NULL)
    return NULL;

  g_autoptr (MhLabReport) report = g_new0 (MhLabReport, 1);
  g_autoptr (GError) local = NULL;
  if (mh_json_int (object, "format", 0) == CONTENT_FORMAT && read_content (object, report, &local))
    return g_steal_pointer (&report);

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    mh_error_set (error, MH_ERROR_MALFORMED, "This is not the content of a laboratory report");

  return NULL;
}

/* --- hash and code --- */

char *
mh_report_content_hash (const char *content, GError **error)
{
  g_autoptr (JsonNode) node = mh_json_parse (content, -1, error);
  if (node == NULL)
    return NULL;
  g_autofree char *canonical = mh_json_canonical (node);
  return mh_sha256_of_text (canonical);
}

gboolean
mh_report_content_is_intact (MhRecord *report)
{
  const char *content = mh_record_text (report, MH_REPORT_CONTENT);
  const char *stated = mh_record_text (report, MH_REPORT_CONTENT_HASH);
  g_autofree char *hash = content != NULL ? mh_report_content_hash (content, NULL) : NULL;
  return hash != NULL && g_strcmp0 (hash, stated) == 0;
}

void
mh_lab_report_freeze (const MhLabReport *report)
{
  g_autofree char *content = mh_report_content (report);
  g_autofree char *hash = mh_report_content_hash (content, NULL);
  mh_record_set_text (report->report, MH_REPORT_CONTENT, content);
  mh_record_set_text (report->report, MH_REPORT_CONTENT_HASH, hash);
}

MhLabReport *
mh_lab_report_from_record (MhRecord *record, GError **error)
{
  if (!mh_report_content_is_intact (record))
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "The stored content of this report no longer has its hash");
      return NULL;
    }

  MhLabReport *report
      = mh_lab_report_from_content (mh_record_text (record, MH_REPORT_CONTENT), error);
  if (report == NULL)
    return NULL;

  g_set_object (&report->report, record);
  if (mh_record_has (record, MH_REPORT_CRITICAL_NOTE))
    report->critical_note = g_strdup (mh_record_text (record, MH_REPORT_CRITICAL_NOTE));
  return report;
}

char *
mh_report_code (MhRecord *report)
{
  const char *hash = mh_record_text (report, MH_REPORT_CONTENT_HASH);
  if (hash == NULL || mh_record_id (report) == NULL)
    return NULL;
  if (mh_record_has (report, MH_REPORT_LINK))
    return g_strdup (mh_record_text (report, MH_REPORT_LINK));
  g_autofree char *code
      = g_strdup_printf (MH_PAPER_CODE_REPORT_PREFIX "%s:%" G_GINT64_FORMAT ":%s",
                         mh_record_id (report), mh_record_int (report, MH_REPORT_VERSION_NO), hash);
  return g_ascii_strup (code, -1);
}

char *
mh_report_link_code (MhRecord *report)
{
  const char *hash = mh_record_text (report, MH_REPORT_CONTENT_HASH);
  g_autofree char *id = mh_record_id (report) != NULL ? mh_id_brief (mh_record_id (report)) : NULL;
  if (hash == NULL || id == NULL)
    return NULL;
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT "-%.*s", id,
                          mh_record_int (report, MH_REPORT_VERSION_NO), MH_PAPER_CODE_HALF_HASH,
                          hash);
}

gboolean
mh_report_code_parse (const char *code, char **out_id, gint64 *out_version, char **out_hash)
{
  g_autofree char *id = NULL, *hash = NULL;
  if (mh_paper_code_read (code, &id, out_version, &hash) != MH_PAPER_CODE_REPORT)
    return FALSE;
  *out_id = g_steal_pointer (&id);
  *out_hash = g_steal_pointer (&hash);
  return TRUE;
}

gboolean
mh_report_hash_fits (MhRecord *report, const char *hash)
{
  const char *stated = mh_record_text (report, MH_REPORT_CONTENT_HASH);
  gsize length = strlen (hash);
  return stated != NULL && (length == MH_SHA256_HEX || length == MH_PAPER_CODE_HALF_HASH)
         && g_ascii_strncasecmp (hash, stated, length) == 0;
}
