/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/lab/mh-reagent.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

#include <string.h>

/* clang-format off */
const MhCode mh_reagent_move_codes[] = {
  { MH_REAGENT_LOT_RECEIVED, NS_("Received") },
  { MH_REAGENT_LOT_WASTED, N_("Discarded") },
  { MH_REAGENT_LOT_COUNTED, NS_("Counted") },
  { MH_REAGENT_LOT_USED, N_("Used") },
  { NULL },
};

static const MhField reagent_fields[] = {
  MH_COMMON_FIELDS,
  [MH_REAGENT_CODE]        = { "code", MH_KIND_TEXT, .label = N_("Code"), .flags = MH_REQUIRED | MH_UNIQUE | MH_IMMUTABLE | MH_SORT | MH_BRIEF, .format = "code", .max = 20 },
  [MH_REAGENT_NAME]        = { "name", MH_KIND_TEXT, .label = N_("Name"), .flags = MH_REQUIRED | MH_SEARCH | MH_SORT | MH_BRIEF, .max = 120 },
  [MH_REAGENT_MAKER]       = { "maker", MH_KIND_TEXT, .label = N_("Maker"), .flags = MH_SEARCH, .max = 120 },
  [MH_REAGENT_UNIT]        = { "unit", MH_KIND_TEXT, .label = N_("Counted in"), .flags = MH_BRIEF, .max = 20,
    .help = N_("Tests, ml, strips: quantities are whole numbers of it") },
  [MH_REAGENT_USES]        = { "uses", MH_KIND_LIST, .label = N_("Used by"), .max = 60,
    .help = N_("One test and what it takes in each entry: GLU=1") },
  [MH_REAGENT_LOW_LEVEL]   = { "low_level", MH_KIND_INT, .label = N_("Warn below"), .at_least = 0, .at_most = 100000000 },
  [MH_REAGENT_EXPIRY_DAYS] = { "expiry_days", MH_KIND_INT, .label = N_("Warn before expiry"), .at_least = 0, .at_most = 365, .unit = "d" },
  [MH_REAGENT_STORAGE]     = { "storage", MH_KIND_TEXT, .label = N_("Store at"), .max = 60 },
  [MH_REAGENT_NOTE]        = { "note", MH_KIND_LONG_TEXT, .label = N_("Note"), .max = 1000 },
  [MH_REAGENT_ACTIVE]      = { "active", MH_KIND_BOOL, .label = N_("In use") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (reagent_fields) == MH_REAGENT_N_FIELDS);

static const MhField lot_fields[] = {
  MH_COMMON_FIELDS,
  [MH_REAGENT_LOT_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_REAGENT_LOT_REAGENT]     = { "reagent", MH_KIND_TEXT, .label = N_("Reagent"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_INDEX | MH_SEARCH | MH_BRIEF, .format = "code", .max = 20 },
  [MH_REAGENT_LOT_LOT]         = { "lot", MH_KIND_TEXT, .label = N_("Lot"), .flags = MH_REQUIRED | MH_SEARCH | MH_BRIEF, .max = 40 },
  [MH_REAGENT_LOT_EXPIRY]      = { "expiry", MH_KIND_DATE, .label = N_("Use by"), .flags = MH_REQUIRED | MH_BRIEF },
  [MH_REAGENT_LOT_QUANTITY]    = { "quantity", MH_KIND_INT, .label = N_("Quantity"), .flags = MH_REQUIRED | MH_BRIEF, .at_least = 0, .at_most = 100000000 },
  [MH_REAGENT_LOT_RECEIVED_ON] = { "received_on", MH_KIND_DATE, .label = N_("Received") },
  [MH_REAGENT_LOT_OPENED_ON]   = { "opened_on", MH_KIND_DATE, .label = N_("Opened") },
  [MH_REAGENT_LOT_NOTE]        = { "note", MH_KIND_TEXT, .label = N_("Reason"), .max = 200,
    .help = N_("Why the quantity is changed by hand") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (lot_fields) == MH_REAGENT_LOT_N_FIELDS);

static const MhField move_fields[] = {
  MH_COMMON_FIELDS,
  [MH_REAGENT_MOVE_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET },
  [MH_REAGENT_MOVE_LOT_ID]        = { "lot_id", MH_KIND_REF, .label = N_("Lot"), .target = &mh_reagent_lot_type, .flags = MH_SERVER_SET | MH_INDEX },
  [MH_REAGENT_MOVE_REAGENT]       = { "reagent", MH_KIND_TEXT, .label = N_("Reagent"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 20 },
  [MH_REAGENT_MOVE_KIND]          = { "kind", MH_KIND_ENUM, .label = N_("What happened"), .codes = mh_reagent_move_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REAGENT_MOVE_QUANTITY]      = { "quantity", MH_KIND_INT, .label = N_("Quantity"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REAGENT_MOVE_TEST]          = { "test", MH_KIND_TEXT, .label = N_("Test"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 20 },
  [MH_REAGENT_MOVE_ORDER_ITEM_ID] = { "order_item_id", MH_KIND_TEXT, .label = N_("Ordered test"), .flags = MH_SERVER_SET | MH_INDEX, .max = 36 },
  [MH_REAGENT_MOVE_BY_ID]         = { "by_id", MH_KIND_REF, .label = N_("By"), .target = &mh_user_type, .flags = MH_SERVER_SET },
  [MH_REAGENT_MOVE_BY_NAME]       = { "by_name", MH_KIND_TEXT, .label = N_("By"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 200 },
  [MH_REAGENT_MOVE_AT]            = { "at", MH_KIND_INSTANT, .label = N_("When"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_REAGENT_MOVE_REASON]        = { "reason", MH_KIND_TEXT, .label = N_("Reason"), .flags = MH_SERVER_SET, .max = 200 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (move_fields) == MH_REAGENT_MOVE_N_FIELDS);
/* clang-format on */

/* What stands behind '=' in "GLU=1"; -1: not written so. */
static gint64
amount_of (const char *use)
{
  const char *sign = strchr (use, '=');
  guint64 amount;
  if (sign == NULL || sign == use
      || !g_ascii_string_to_unsigned (sign + 1, 10, 1, 100000, &amount, NULL))
    return -1;
  return (gint64)amount;
}

gint64
mh_reagent_use (MhRecord *reagent, const char *test)
{
  const char *const *uses = mh_record_list (reagent, MH_REAGENT_USES);
  gsize n = strlen (test);
  for (guint i = 0; uses != NULL && uses[i] != NULL; i++)
    if (strncmp (uses[i], test, n) == 0 && uses[i][n] == '=')
      return MAX (0, amount_of (uses[i]));
  return 0;
}

static void
reagent_check (MhRecord *reagent, MhIssues *issues)
{
  const char *const *uses = mh_record_list (reagent, MH_REAGENT_USES);
  for (guint i = 0; uses != NULL && uses[i] != NULL; i++)
    if (amount_of (uses[i]) < 0)
      mh_issues_add (issues, "uses", "format", "Write a test and what it takes, such as GLU=1");
}

static void
lot_check (MhRecord *lot, MhIssues *issues)
{
  const char *from = mh_record_text (lot, MH_REAGENT_LOT_RECEIVED_ON);
  const char *until = mh_record_text (lot, MH_REAGENT_LOT_EXPIRY);
  /* ISO dates sort as text */
  if (from != NULL && until != NULL && *from != 0 && *until != 0 && strcmp (until, from) < 0)
    mh_issues_add (issues, "expiry", "order", "Expired before it was received");
}

/* clang-format off */
const MhRecordType mh_reagent_type = {
  .name = "MhReagent", .code = "reagent", .table = "reagent", .since = 16, .path = "/reagents",
  .label = N_("Reagent"), .fields = reagent_fields, .n_fields = G_N_ELEMENTS (reagent_fields),
  .flags = MH_TYPE_SYNC | MH_TYPE_CATALOGUE, .check = reagent_check,
  .active = MH_REAGENT_ACTIVE, .key = MH_REAGENT_CODE,
};

const MhRecordType mh_reagent_lot_type = {
  .name = "MhReagentLot", .code = "reagent_lot", .table = "reagent_lot", .since = 16, .path = "/reagent-lots",
  .label = N_("Reagent lot"), .fields = lot_fields, .n_fields = G_N_ELEMENTS (lot_fields),
  .flags = MH_TYPE_SYNC, .check = lot_check,
  .hospital = MH_REAGENT_LOT_HOSPITAL_ID,
};

const MhRecordType mh_reagent_move_type = {
  .name = "MhReagentMove", .code = "reagent_move", .table = "reagent_move", .since = 16,
  .label = N_("Movement of a reagent"), .fields = move_fields, .n_fields = G_N_ELEMENTS (move_fields),
  .flags = MH_TYPE_APPEND | MH_TYPE_PART,
  .hospital = MH_REAGENT_MOVE_HOSPITAL_ID,
};
/* clang-format on */
