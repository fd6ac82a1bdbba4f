/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/money/mh-till.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"

/* clang-format off */
const MhCode mh_cash_session_status_codes[] = {
  { MH_CASH_SESSION_OPEN, NS_("Open") },
  { MH_CASH_SESSION_COUNTED, NS_("Counted") },
  { MH_CASH_SESSION_CLOSED, NS_("Closed") },
  { NULL },
};

const MhCode mh_variance_reason_codes[] = {
  { MH_VARIANCE_REASON_WRONG_CHANGE, NS_("Wrong change given") },
  { MH_VARIANCE_REASON_NOT_RECORDED, NS_("A payment was not recorded") },
  { MH_VARIANCE_REASON_COUNTED_WRONG, NS_("Float was counted wrong") },
  { MH_VARIANCE_REASON_FALSE_NOTE, NS_("Damaged or false note") },
  { MH_VARIANCE_REASON_UNKNOWN, NS_("Cause not found") },
  { NULL },
};

const MhCode mh_cash_move_codes[] = {
  { MH_CASH_MOVE_PAY_IN, N_("Put in") },
  { MH_CASH_MOVE_PAY_OUT, N_("Taken out") },
  { MH_CASH_MOVE_BANK, N_("Taken to the bank") },
  { NULL },
};

static const MhField cash_session_fields[] = {
  MH_COMMON_FIELDS,
  [MH_CASH_SESSION_HOSPITAL_ID]     = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_CASH_SESSION_NUMBER]          = { "number", MH_KIND_TEXT, .label = N_("Session"), .flags = MH_SERVER_SET | MH_UNIQUE | MH_SORT | MH_BRIEF, .max = 32 },
  [MH_CASH_SESSION_CASHIER_ID]      = { "cashier_id", MH_KIND_REF, .label = N_("Cashier"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM | MH_INDEX },
  [MH_CASH_SESSION_CASHIER_NAME]    = { "cashier_name", MH_KIND_TEXT, .label = N_("Cashier's name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_CASH_SESSION_DEVICE]          = { "device", MH_KIND_TEXT, .label = N_("Desk"), .flags = MH_IMMUTABLE, .max = 40 },
  [MH_CASH_SESSION_STATUS]          = { "status", MH_KIND_ENUM, .label = N_("Status"), .codes = mh_cash_session_status_codes, .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_CASH_SESSION_DAY]             = { "day", MH_KIND_DATE, .label = N_("Day"), .flags = MH_SERVER_SET | MH_INDEX | MH_BRIEF },
  [MH_CASH_SESSION_OPENED_AT]       = { "opened_at", MH_KIND_INSTANT, .label = N_("Opened"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF },
  [MH_CASH_SESSION_IMPLICIT]        = { "implicit", MH_KIND_BOOL, .label = N_("Opened by the first payment"), .flags = MH_SERVER_SET },
  [MH_CASH_SESSION_FLOAT]           = { "opening_float", MH_KIND_MONEY, .label = N_("Float"), .flags = MH_IMMUTABLE | MH_BRIEF, .at_least = 0, .at_most = MH_MOST_MONEY,
    .help = N_("Change in the drawer at the start") },
  [MH_CASH_SESSION_CASH_IN]         = { "cash_in", MH_KIND_MONEY, .label = N_("Cash taken"), .flags = MH_SERVER_SET },
  [MH_CASH_SESSION_CASH_OUT]        = { "cash_out", MH_KIND_MONEY, .label = N_("Cash given back"), .flags = MH_SERVER_SET },
  [MH_CASH_SESSION_MOVED]           = { "moved", MH_KIND_MONEY, .label = N_("Put in or taken out"), .flags = MH_SERVER_SET,
    .help = N_("Below zero: more was taken out") },
  [MH_CASH_SESSION_EXPECTED]        = { "expected", MH_KIND_MONEY, .label = N_("Expected"), .flags = MH_SERVER_SET,
    .help = N_("Known only after a count") },
  [MH_CASH_SESSION_COUNTED_TOTAL]   = { "counted_total", MH_KIND_MONEY, .label = N_("Counted"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_CASH_SESSION_VARIANCE]        = { "variance", MH_KIND_MONEY, .label = N_("Difference"), .flags = MH_SERVER_SET | MH_BRIEF,
    .help = N_("Counted less expected: below zero is missing") },
  [MH_CASH_SESSION_VARIANCE_REASON] = { "variance_reason", MH_KIND_ENUM, .label = N_("Reason of the difference"), .codes = mh_variance_reason_codes, .flags = MH_SERVER_SET },
  [MH_CASH_SESSION_NOTE]            = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SERVER_SET, .max = 400 },
  [MH_CASH_SESSION_N_COUNTS]        = { "n_counts", MH_KIND_INT, .label = N_("Times counted"), .flags = MH_SERVER_SET },
  [MH_CASH_SESSION_COUNTED_AT]      = { "counted_at", MH_KIND_INSTANT, .label = N_("Last counted"), .flags = MH_SERVER_SET },
  [MH_CASH_SESSION_COUNTED_BY]      = { "counted_by", MH_KIND_TEXT, .label = N_("Counted by"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_CASH_SESSION_CLOSED_AT]       = { "closed_at", MH_KIND_INSTANT, .label = N_("Closed"), .flags = MH_SERVER_SET },
  [MH_CASH_SESSION_CLOSED_BY]       = { "closed_by", MH_KIND_REF, .label = N_("Closed by"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_CASH_SESSION_CLOSED_NAME]     = { "closed_name", MH_KIND_TEXT, .label = N_("Closed by, name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_CASH_SESSION_COUNTS]          = { "counts", MH_KIND_RECORDS, .label = N_("Notes and coins"), .target = &mh_cash_count_type, .flags = MH_SERVER_SET | MH_VIRTUAL, .max = 200 },
  [MH_CASH_SESSION_MOVES]           = { "moves", MH_KIND_RECORDS, .label = N_("Other movements"), .target = &mh_cash_move_type, .flags = MH_SERVER_SET | MH_VIRTUAL, .max = 200 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (cash_session_fields) == MH_CASH_SESSION_N_FIELDS);

static const MhField cash_count_fields[] = {
  MH_COMMON_FIELDS,
  [MH_CASH_COUNT_SESSION_ID]   = { "session_id", MH_KIND_REF, .label = N_("Session"), .target = &mh_cash_session_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_CASH_COUNT_COUNT_NO]     = { "count_no", MH_KIND_INT, .label = N_("Count"), .flags = MH_SERVER_SET },
  [MH_CASH_COUNT_DENOMINATION] = { "denomination", MH_KIND_MONEY, .label = N_("Note or coin"), .flags = MH_REQUIRED, .at_least = 1, .at_most = 10000000 },
  [MH_CASH_COUNT_PIECES]       = { "pieces", MH_KIND_INT, .label = N_("Pieces"), .flags = MH_REQUIRED, .at_least = 0, .at_most = 100000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (cash_count_fields) == MH_CASH_COUNT_N_FIELDS);

static const MhField cash_move_fields[] = {
  MH_COMMON_FIELDS,
  [MH_CASH_MOVE_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_CASH_MOVE_SESSION_ID]  = { "session_id", MH_KIND_REF, .label = N_("Session"), .target = &mh_cash_session_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_CASH_MOVE_KIND]        = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_cash_move_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_CASH_MOVE_AMOUNT]      = { "amount", MH_KIND_MONEY, .label = N_("Amount"), .flags = MH_REQUIRED | MH_BRIEF, .at_least = 1, .at_most = MH_MOST_MONEY },
  [MH_CASH_MOVE_REASON]      = { "reason", MH_KIND_TEXT, .label = N_("Reason"), .flags = MH_REQUIRED | MH_BRIEF, .max = 200 },
  [MH_CASH_MOVE_AT]          = { "at", MH_KIND_INSTANT, .label = N_("Time"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_CASH_MOVE_BY]          = { "moved_by", MH_KIND_REF, .label = N_("By"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_CASH_MOVE_BY_NAME]     = { "moved_name", MH_KIND_TEXT, .label = N_("By, name"), .flags = MH_SERVER_SET, .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (cash_move_fields) == MH_CASH_MOVE_N_FIELDS);

static const MhField cash_counting_fields[] = {
  [MH_CASH_COUNTING_COUNTS] = { "counts", MH_KIND_RECORDS, .label = N_("Notes and coins"), .target = &mh_cash_count_type, .flags = MH_REQUIRED | MH_VIRTUAL, .max = 40 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (cash_counting_fields) == MH_CASH_COUNTING_N_FIELDS);

static const MhField cash_closing_fields[] = {
  [MH_CASH_CLOSING_VARIANCE_REASON] = { "variance_reason", MH_KIND_ENUM, .label = N_("Reason of the difference"), .codes = mh_variance_reason_codes },
  [MH_CASH_CLOSING_NOTE]            = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (cash_closing_fields) == MH_CASH_CLOSING_N_FIELDS);

static const MhField day_lock_fields[] = {
  MH_COMMON_FIELDS,
  [MH_DAY_LOCK_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_DAY_LOCK_DAY]         = { "day", MH_KIND_DATE, .label = N_("Day"), .flags = MH_SERVER_SET | MH_BRIEF | MH_INDEX },
  [MH_DAY_LOCK_LOCKED_AT]   = { "locked_at", MH_KIND_INSTANT, .label = N_("Locked"), .flags = MH_SERVER_SET | MH_SORT | MH_BRIEF },
  [MH_DAY_LOCK_LOCKED_BY]   = { "locked_by", MH_KIND_REF, .label = N_("Locked by"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_DAY_LOCK_LOCKED_NAME] = { "locked_name", MH_KIND_TEXT, .label = N_("Locked by, name"), .flags = MH_SERVER_SET | MH_BRIEF, .max = 120 },
  [MH_DAY_LOCK_TAKEN]       = { "taken", MH_KIND_MONEY, .label = N_("Taken"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_DAY_LOCK_GIVEN_BACK]  = { "given_back", MH_KIND_MONEY, .label = N_("Given back"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_DAY_LOCK_VARIANCE]    = { "variance", MH_KIND_MONEY, .label = N_("Difference of the drawers"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_DAY_LOCK_N_SESSIONS]  = { "n_sessions", MH_KIND_INT, .label = N_("Drawers"), .flags = MH_SERVER_SET },
  [MH_DAY_LOCK_CURRENCY]    = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .flags = MH_SERVER_SET, .format = "currency", .max = 3 },
  [MH_DAY_LOCK_AUDIT_SEQ]   = { "audit_seq", MH_KIND_INT, .label = N_("Last entry of the audit trail"), .flags = MH_SERVER_SET },
  [MH_DAY_LOCK_AUDIT_HASH]  = { "audit_hash", MH_KIND_TEXT, .label = N_("Head of the audit trail"), .flags = MH_SERVER_SET, .max = 64,
    .help = N_("Printed on the slip: the trail before it cannot be changed unnoticed") },
  [MH_DAY_LOCK_NOTE]        = { "note", MH_KIND_TEXT, .label = N_("Note"), .flags = MH_SERVER_SET, .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (day_lock_fields) == MH_DAY_LOCK_N_FIELDS);

static const MhField day_locking_fields[] = {
  [MH_DAY_LOCKING_NOTE] = { "note", MH_KIND_TEXT, .label = N_("Note"), .max = 400 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (day_locking_fields) == MH_DAY_LOCKING_N_FIELDS);

static const MhField day_line_fields[] = {
  [MH_DAY_LINE_PAYMENT_ID]   = { "payment_id", MH_KIND_REF, .label = N_("Payment"), .target = &mh_payment_type },
  [MH_DAY_LINE_AT]           = { "at", MH_KIND_INSTANT, .label = N_("Time") },
  [MH_DAY_LINE_RECEIPT]      = { "receipt", MH_KIND_TEXT, .label = N_("Receipt"), .max = 24 },
  [MH_DAY_LINE_ORDER_ID]     = { "order_id", MH_KIND_REF, .label = N_("Order"), .target = &mh_order_type },
  [MH_DAY_LINE_ORDER_NUMBER] = { "order_number", MH_KIND_TEXT, .label = N_("Order number"), .max = 24 },
  [MH_DAY_LINE_PATIENT_NAME] = { "patient_name", MH_KIND_TEXT, .label = N_("Patient"), .flags = MH_SENSITIVE, .max = 250 },
  [MH_DAY_LINE_METHOD]       = { "method", MH_KIND_TEXT, .label = N_("Method"), .max = 20 },
  [MH_DAY_LINE_REFERENCE]    = { "reference", MH_KIND_TEXT, .label = N_("Reference"), .flags = MH_SENSITIVE, .max = 120 },
  [MH_DAY_LINE_TAKEN]        = { "taken", MH_KIND_MONEY, .label = N_("Taken") },
  [MH_DAY_LINE_GIVEN_BACK]   = { "given_back", MH_KIND_MONEY, .label = N_("Given back") },
  [MH_DAY_LINE_CASHIER]      = { "cashier", MH_KIND_TEXT, .label = N_("Cashier"), .max = 120 },
  [MH_DAY_LINE_SESSION]      = { "session", MH_KIND_TEXT, .label = N_("Session"), .max = 36 },
  [MH_DAY_LINE_REMITTANCE_ID] = { "remittance_id", MH_KIND_REF, .label = N_("Remittance"), .target = &mh_remittance_type },
  [MH_DAY_LINE_PAYER]        = { "payer", MH_KIND_TEXT, .label = N_("Insurer"), .max = 120 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (day_line_fields) == MH_DAY_LINE_N_FIELDS);

static const MhField day_total_fields[] = {
  [MH_DAY_TOTAL_METHOD]     = { "method", MH_KIND_TEXT, .label = N_("Method"), .max = 20 },
  [MH_DAY_TOTAL_COUNT]      = { "count", MH_KIND_INT, .label = N_("Number") },
  [MH_DAY_TOTAL_TAKEN]      = { "taken", MH_KIND_MONEY, .label = N_("Taken") },
  [MH_DAY_TOTAL_GIVEN_BACK] = { "given_back", MH_KIND_MONEY, .label = N_("Given back") },
  [MH_DAY_TOTAL_NET]        = { "net", MH_KIND_MONEY, .label = N_("Net") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (day_total_fields) == MH_DAY_TOTAL_N_FIELDS);

static const MhField day_book_fields[] = {
  [MH_DAY_BOOK_DAY]         = { "day", MH_KIND_DATE, .label = N_("Day") },
  [MH_DAY_BOOK_HOSPITAL_ID] = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type },
  [MH_DAY_BOOK_CURRENCY]    = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .format = "currency", .max = 3 },
  [MH_DAY_BOOK_LINES]       = { "lines", MH_KIND_RECORDS, .label = N_("Payments and refunds"), .flags = MH_VIRTUAL, .target = &mh_day_line_type, .max = 20000 },
  [MH_DAY_BOOK_TOTALS]      = { "totals", MH_KIND_RECORDS, .label = N_("By method"), .flags = MH_VIRTUAL, .target = &mh_day_total_type, .max = 20 },
  [MH_DAY_BOOK_SESSIONS]    = { "sessions", MH_KIND_RECORDS, .label = N_("Drawers"), .flags = MH_VIRTUAL, .target = &mh_cash_session_type, .max = 1000 },
  [MH_DAY_BOOK_TAKEN]       = { "taken", MH_KIND_MONEY, .label = N_("Taken") },
  [MH_DAY_BOOK_GIVEN_BACK]  = { "given_back", MH_KIND_MONEY, .label = N_("Given back") },
  [MH_DAY_BOOK_NET]         = { "net", MH_KIND_MONEY, .label = N_("Net") },
  [MH_DAY_BOOK_LOCK]        = { "lock", MH_KIND_RECORD, .label = N_("Lock of the day"), .flags = MH_VIRTUAL, .target = &mh_day_lock_type },
};
G_STATIC_ASSERT (G_N_ELEMENTS (day_book_fields) == MH_DAY_BOOK_N_FIELDS);
/* clang-format on */

static void
cash_counting_check (MhRecord *counting, MhIssues *issues)
{
  GPtrArray *counts = mh_record_records (counting, MH_CASH_COUNTING_COUNTS);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree gint64 *values = g_new0 (gint64, counts != NULL ? counts->len + 1 : 1);

  for (guint i = 0; counts != NULL && i < counts->len; i++)
    {
      values[i] = mh_record_int (g_ptr_array_index (counts, i), MH_CASH_COUNT_DENOMINATION);
      g_autofree char *path = g_strdup_printf ("counts[%u].denomination", i);
      if (!g_hash_table_add (seen, &values[i]))
        mh_issues_add (issues, path, "duplicate", "This note or coin stands here twice");
    }
}

const char *
mh_day_line_from (MhRecord *line)
{
  return mh_record_text (line, mh_record_has (line, MH_DAY_LINE_PAYER) ? MH_DAY_LINE_PAYER
                                                                       : MH_DAY_LINE_PATIENT_NAME);
}

/* A drawer is its cashier's; the others are for those who see every drawer. */
static gboolean
cash_session_is_for (MhRecord *session, const char *user_id, const char *const *rights)
{
  return g_strv_contains (rights, MH_MAY_READ_TILL)
         || (user_id != NULL
             && g_strcmp0 (mh_record_text (session, MH_CASH_SESSION_CASHIER_ID), user_id) == 0);
}

/* clang-format off */
const MhRecordType mh_cash_session_type = {
  .name = "MhCashSession", .code = "cash_session", .table = "cash_session", .path = "/cash_sessions",
  .label = N_("Cash session"), .fields = cash_session_fields, .n_fields = G_N_ELEMENTS (cash_session_fields),
  .flags = MH_TYPE_SYNC, .is_for = cash_session_is_for,
  .hospital = MH_CASH_SESSION_HOSPITAL_ID,
};

const MhRecordType mh_cash_count_type = {
  .name = "MhCashCount", .code = "cash_count", .table = "cash_count",
  .label = N_("Counted notes or coins"), .fields = cash_count_fields, .n_fields = G_N_ELEMENTS (cash_count_fields),
  .flags = MH_TYPE_PART,
};

const MhRecordType mh_cash_move_type = {
  .name = "MhCashMove", .code = "cash_move", .table = "cash_move",
  .label = N_("Movement of the drawer"), .fields = cash_move_fields, .n_fields = G_N_ELEMENTS (cash_move_fields),
  .hospital = MH_CASH_MOVE_HOSPITAL_ID,
};

const MhRecordType mh_cash_counting_type = {
  .name = "MhCashCounting", .code = "cash_counting",
  .label = N_("Count of the drawer"), .fields = cash_counting_fields, .n_fields = G_N_ELEMENTS (cash_counting_fields),
  .check = cash_counting_check,
};

const MhRecordType mh_cash_closing_type = {
  .name = "MhCashClosing", .code = "cash_closing",
  .label = N_("Closing of the drawer"), .fields = cash_closing_fields, .n_fields = G_N_ELEMENTS (cash_closing_fields),
};

const MhRecordType mh_day_lock_type = {
  .name = "MhDayLock", .code = "day_lock", .table = "day_lock",
  .label = N_("Lock of a day"), .fields = day_lock_fields, .n_fields = G_N_ELEMENTS (day_lock_fields),
  .flags = MH_TYPE_SYNC,
  .hospital = MH_DAY_LOCK_HOSPITAL_ID,
};

const MhRecordType mh_day_locking_type = {
  .name = "MhDayLocking", .code = "day_locking",
  .label = N_("Locking of a day"), .fields = day_locking_fields, .n_fields = G_N_ELEMENTS (day_locking_fields),
};

const MhRecordType mh_day_line_type = {
  .name = "MhDayLine", .code = "day_line",
  .label = N_("Line of the day book"), .fields = day_line_fields, .n_fields = G_N_ELEMENTS (day_line_fields),
  .order = MH_DAY_LINE_ORDER_ID,
};

const MhRecordType mh_day_total_type = {
  .name = "MhDayTotal", .code = "day_total",
  .label = N_("Total of a method"), .fields = day_total_fields, .n_fields = G_N_ELEMENTS (day_total_fields),
};

const MhRecordType mh_day_book_type = {
  .name = "MhDayBook", .code = "day_book",
  .label = NS_("Day book"), .fields = day_book_fields, .n_fields = G_N_ELEMENTS (day_book_fields),
  .hospital = MH_DAY_BOOK_HOSPITAL_ID,
};
/* clang-format on */
