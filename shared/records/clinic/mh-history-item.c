/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/clinic/mh-history-item.h"

#include "shared/base/mh-translation.h"
#include "shared/records/clinic/mh-problem-item.h"
#include "shared/records/mh-types.h"

#include <string.h>

/* clang-format off */
const MhCode mh_history_kind_codes[] = {
  { MH_HISTORY_FAMILY, NS_("Family") },
  { MH_HISTORY_TOBACCO, NS_("Tobacco") },
  { MH_HISTORY_ALCOHOL, NS_("Alcohol") },
  { MH_HISTORY_SUBSTANCE, NS_("Other substances") },
  { MH_HISTORY_OCCUPATION, NS_("Occupation") },
  { MH_HISTORY_LIVING, NS_("Home and habits") },
  { MH_HISTORY_SURGERY, NS_("Operation") },
  { MH_HISTORY_OBSTETRIC, NS_("Pregnancies and births") },
  { MH_HISTORY_OTHER, NS_("Other") },
  { NULL },
};
const MhCode mh_history_relation_codes[] = {
  { "mother", NS_("Mother") }, { "father", NS_("Father") }, { "brother", NS_("Brother") }, { "sister", NS_("Sister") },
  { "son", NS_("Son") }, { "daughter", NS_("Daughter") }, { "grandmother", NS_("Grandmother") }, { "grandfather", NS_("Grandfather") },
  { "aunt", NS_("Aunt") }, { "uncle", NS_("Uncle") }, { "cousin", NS_("Cousin") }, { "other", NS_("Other relative") }, { NULL },
};
const MhCode mh_history_use_codes[] = {
  { "never", NS_("Never") }, { "former", NS_("Formerly") }, { "current", NS_("Now") }, { "unknown", NS_("Not known") }, { NULL },
};
const MhCode mh_history_status_codes[] = {
  { MH_HISTORY_CURRENT, N_("Holds") }, { MH_ENTERED_IN_ERROR, NS_("Entered in error") }, { NULL },
};

static const MhField fields[] = {
  MH_COMMON_FIELDS,
  [MH_HISTORY_ITEM_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_HISTORY_ITEM_PATIENT_ID]    = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX | MH_NO_FORM },
  [MH_HISTORY_ITEM_KIND]          = { "kind", MH_KIND_ENUM, .label = N_("About"), .codes = mh_history_kind_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_HISTORY_ITEM_RELATION]      = { "relation", MH_KIND_ENUM, .label = N_("Relative"), .codes = mh_history_relation_codes, .flags = MH_SENSITIVE | MH_BRIEF },
  [MH_HISTORY_ITEM_TEXT]          = { "text", MH_KIND_TEXT, .label = N_("What"), .flags = MH_SENSITIVE | MH_BRIEF, .max = 300,
    .help = N_("The illness of the relative, the work, the operation …") },
  [MH_HISTORY_ITEM_CODE]          = { "code", MH_KIND_TEXT, .label = N_("ICD-10"), .flags = MH_SENSITIVE, .max = 10 },
  [MH_HISTORY_ITEM_AGE]           = { "age", MH_KIND_INT, .label = N_("Age at onset"), .unit = "y", .flags = MH_SENSITIVE, .at_least = 0, .at_most = 120 },
  [MH_HISTORY_ITEM_DECEASED]      = { "deceased", MH_KIND_BOOL, .label = N_("Died of it"), .flags = MH_SENSITIVE },
  [MH_HISTORY_ITEM_USE]           = { "use", MH_KIND_ENUM, .label = N_("Use"), .codes = mh_history_use_codes, .flags = MH_SENSITIVE | MH_BRIEF },
  [MH_HISTORY_ITEM_AMOUNT]        = { "amount", MH_KIND_TEXT, .label = N_("How much"), .flags = MH_SENSITIVE, .max = 80, .help = N_("Such as 10 a day for 15 years") },
  [MH_HISTORY_ITEM_SINCE]         = { "since", MH_KIND_DATE, .label = N_("Since"), .flags = MH_SENSITIVE },
  [MH_HISTORY_ITEM_UNTIL]         = { "until", MH_KIND_DATE, .label = N_("Until"), .flags = MH_SENSITIVE },
  [MH_HISTORY_ITEM_STATUS]        = { "status", MH_KIND_ENUM, .label = N_("State"), .codes = mh_history_status_codes, .flags = MH_REQUIRED },
  [MH_HISTORY_ITEM_RECORDED_NAME] = { "recorded_name", MH_KIND_TEXT, .label = N_("Recorded by"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 120 },
  [MH_HISTORY_ITEM_CHANGED_NAME]  = { "changed_name", MH_KIND_TEXT, .label = N_("Changed by"), .flags = MH_SERVER_SET | MH_NO_FORM, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (fields) == MH_HISTORY_ITEM_N_FIELDS);
/* clang-format on */

static gboolean
is_use (const char *kind)
{
  return g_strcmp0 (kind, MH_HISTORY_TOBACCO) == 0 || g_strcmp0 (kind, MH_HISTORY_ALCOHOL) == 0
         || g_strcmp0 (kind, MH_HISTORY_SUBSTANCE) == 0;
}

static void
history_item_check (MhRecord *item, MhIssues *issues)
{
  const char *kind = mh_record_text (item, MH_HISTORY_ITEM_KIND);
  const char *since = mh_record_text (item, MH_HISTORY_ITEM_SINCE);
  const char *until = mh_record_text (item, MH_HISTORY_ITEM_UNTIL);
  if (g_strcmp0 (kind, MH_HISTORY_FAMILY) == 0 && !mh_record_has (item, MH_HISTORY_ITEM_RELATION))
    mh_issues_add (issues, "relation", "required", "Say which relative.");
  if (is_use (kind) && !mh_record_has (item, MH_HISTORY_ITEM_USE))
    mh_issues_add (issues, "use", "required", "Say whether never, formerly or now.");
  if (kind != NULL && !is_use (kind) && !mh_record_has (item, MH_HISTORY_ITEM_TEXT))
    mh_issues_add (issues, "text", "required", "Say what it is.");
  if (since != NULL && until != NULL && strcmp (until, since) < 0)
    mh_issues_add (issues, "until", "before_since", "It cannot end before it began.");
}

/* clang-format off */
const MhRecordType mh_history_item_type = {
  .name = "MhHistoryItem", .code = "history_item", .table = "history_item", .path = "/history_items",
  .label = NS_("Family and social history"), .fields = fields, .n_fields = G_N_ELEMENTS (fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .check = history_item_check,
  .hospital = MH_HISTORY_ITEM_HOSPITAL_ID, .patient = MH_HISTORY_ITEM_PATIENT_ID,
  .key = MH_HISTORY_ITEM_CODE,
};
/* clang-format on */
