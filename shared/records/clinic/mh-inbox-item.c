/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/clinic/mh-inbox-item.h"

#include "shared/base/mh-translation.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_inbox_state_codes[] = {
  { MH_INBOX_UNSEEN, N_("New") },
  { MH_INBOX_SEEN, N_("Seen") },
  { NULL },
};

const MhCode mh_inbox_whose_codes[] = {
  { MH_INBOX_MINE, N_("Mine") },
  { MH_INBOX_DEPARTMENT, N_("My department's") },
  { NULL },
};

static const MhField item_fields[] = {
  MH_COMMON_FIELDS,
  [MH_INBOX_ITEM_HOSPITAL_ID]  = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_INBOX_ITEM_USER_ID]      = { "user_id", MH_KIND_REF, .label = N_("Doctor"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_INBOX_ITEM_USER_NAME]    = { "user_name", MH_KIND_TEXT, .label = N_("Ordered by"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_INBOX_ITEM_ORDER_ID]     = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_INBOX_ITEM_ORDER_NUMBER] = { "order_number", MH_KIND_TEXT, .label = N_("Order number"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 24 },
  [MH_INBOX_ITEM_PATIENT_ID]   = { "patient_id", MH_KIND_REF, .label = N_("Patient"), .target = &mh_patient_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_INBOX_ITEM_PATIENT_NAME] = { "patient_name", MH_KIND_TEXT, .label = N_("Patient's name"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF, .max = 250 },
  [MH_INBOX_ITEM_PATIENT_MRN]  = { "patient_mrn", MH_KIND_TEXT, .label = N_("Patient's MRN"), .flags = MH_SERVER_SET | MH_SENSITIVE | MH_BRIEF, .max = 24 },
  [MH_INBOX_ITEM_TEST_NAMES]   = { "test_names", MH_KIND_LIST, .label = N_("Tests"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 100 },
  [MH_INBOX_ITEM_VERSION_NO]   = { "version_no", MH_KIND_INT, .label = N_("Report version"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_INBOX_ITEM_STATUS]       = { "status", MH_KIND_ENUM, .label = N_("Report"), .codes = mh_report_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_INBOX_ITEM_N_CRITICAL]   = { "n_critical", MH_KIND_INT, .label = N_("Critical values"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_INBOX_ITEM_N_ABNORMAL]   = { "n_abnormal", MH_KIND_INT, .label = N_("Abnormal values"), .flags = MH_SERVER_SET | MH_BRIEF, .help = N_("The critical ones among them") },
  [MH_INBOX_ITEM_RELEASED_AT]  = { "released_at", MH_KIND_INSTANT, .label = N_("Released"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF },
  [MH_INBOX_ITEM_SEEN_AT]      = { "seen_at", MH_KIND_INSTANT, .label = N_("Seen"), .flags = MH_SERVER_SET },
  [MH_INBOX_ITEM_SEEN_BY]      = { "seen_by", MH_KIND_REF, .label = N_("Seen by"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_INBOX_ITEM_SEEN_NAME]    = { "seen_name", MH_KIND_TEXT, .label = N_("Seen by, name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (item_fields) == MH_INBOX_ITEM_N_FIELDS);

static const MhField seeing_fields[] = {
  [MH_INBOX_SEEING_VERSION_NO] = { "version_no", MH_KIND_INT, .label = N_("Report version"), .flags = MH_REQUIRED, .at_least = 1, .at_most = 1000000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (seeing_fields) == MH_INBOX_SEEING_N_FIELDS);
/* clang-format on */

int
mh_inbox_item_weight (MhRecord *item)
{
  if (mh_record_int (item, MH_INBOX_ITEM_N_CRITICAL) > 0)
    return 2;
  return mh_record_int (item, MH_INBOX_ITEM_N_ABNORMAL) > 0 ? 1 : 0;
}

int
mh_inbox_item_compare (gconstpointer a, gconstpointer b)
{
  MhRecord *one = (MhRecord *)a, *other = (MhRecord *)b;
  gint64 released = mh_record_int (one, MH_INBOX_ITEM_RELEASED_AT);
  gint64 other_released = mh_record_int (other, MH_INBOX_ITEM_RELEASED_AT);
  int heavier = mh_inbox_item_weight (other) - mh_inbox_item_weight (one);
  if (heavier != 0)
    return heavier;
  if (released != other_released)
    return released > other_released ? -1 : 1;
  return g_strcmp0 (mh_record_id (other), mh_record_id (one));
}

/* Who ordered it is told; a colleague of the department asks the server. */
static gboolean
item_is_for (MhRecord *item, const char *user_id, const char *const *rights)
{
  return g_strcmp0 (mh_record_text (item, MH_INBOX_ITEM_USER_ID), user_id) == 0;
}

/* clang-format off */
const MhRecordType mh_inbox_item_type = {
  .name = "MhInboxItem", .code = "inbox_item", .table = "inbox_item", .path = "/inbox",
  .label = NS_("Result for a doctor"), .fields = item_fields, .n_fields = G_N_ELEMENTS (item_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_PATIENT, .since = 62, .is_for = item_is_for,
  .hospital = MH_INBOX_ITEM_HOSPITAL_ID, .patient = MH_INBOX_ITEM_PATIENT_ID,
  .order = MH_INBOX_ITEM_ORDER_ID,
};

const MhRecordType mh_inbox_seeing_type = {
  .name = "MhInboxSeeing", .code = "inbox_seeing",
  .label = N_("A result was seen"), .fields = seeing_fields, .n_fields = G_N_ELEMENTS (seeing_fields),
};
/* clang-format on */
