/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/records/money/mh-settlement.h"

#include "shared/base/mh-translation.h"
#include "shared/records/mh-types.h"

/* clang-format off */
const MhCode mh_settlement_provider_codes[] = {
  { MH_SETTLEMENT_RAZORPAY, N_("Razorpay") },
  { MH_SETTLEMENT_CARD, N_("Card terminal") },
  { NULL },
};

const MhCode mh_settlement_kind_codes[] = {
  { MH_SETTLEMENT_PAYMENT, NS_("Payment") },
  { MH_SETTLEMENT_REFUND, NS_("Refund") },
  { MH_SETTLEMENT_ADJUSTMENT, N_("Adjustment") },
  { NULL },
};

const MhCode mh_difference_codes[] = {
  { MH_DIFFERENCE_UNKNOWN, N_("They paid, we know no such payment") },
  { MH_DIFFERENCE_REFUND_UNKNOWN, N_("They refunded, we know no such refund") },
  { MH_DIFFERENCE_AMOUNT, N_("Amounts differ") },
  { MH_DIFFERENCE_DUPLICATE, N_("Settled twice") },
  { MH_DIFFERENCE_NOT_SETTLED, N_("We took it, not settled yet") },
  { NULL },
};

static const MhField settlement_fields[] = {
  MH_COMMON_FIELDS,
  [MH_SETTLEMENT_HOSPITAL_ID]   = { "hospital_id", MH_KIND_REF, .label = N_("Hospital"), .target = &mh_hospital_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_SETTLEMENT_PROVIDER]      = { "provider", MH_KIND_ENUM, .label = N_("Provider"), .codes = mh_settlement_provider_codes, .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF },
  [MH_SETTLEMENT_REFERENCE]     = { "reference", MH_KIND_TEXT, .label = N_("Settlement"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF, .max = 80,
    .help = N_("The provider's number of the settlement, or of the terminal's batch") },
  [MH_SETTLEMENT_SETTLED_ON]    = { "settled_on", MH_KIND_DATE, .label = N_("Settled"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF | MH_INDEX },
  [MH_SETTLEMENT_CURRENCY]      = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .flags = MH_IMMUTABLE, .format = "currency", .max = 3,
    .help = N_("The hospital's, if not given") },
  [MH_SETTLEMENT_GROSS]         = { "gross", MH_KIND_MONEY, .label = N_("Amounts"), .flags = MH_IMMUTABLE,
    .help = N_("Payments less refunds, with adjustments; taken from the lines if not given") },
  [MH_SETTLEMENT_FEE]           = { "fee", MH_KIND_MONEY, .label = N_("Fees"), .flags = MH_IMMUTABLE, .at_least = 0, .at_most = MH_MOST_MONEY },
  [MH_SETTLEMENT_TAX]           = { "tax", MH_KIND_MONEY, .label = N_("Tax on the fees"), .flags = MH_IMMUTABLE, .at_least = 0, .at_most = MH_MOST_MONEY },
  [MH_SETTLEMENT_NET]           = { "net", MH_KIND_MONEY, .label = N_("Paid out"), .flags = MH_REQUIRED | MH_IMMUTABLE | MH_BRIEF,
    .help = N_("Amounts less fees and taxes") },
  [MH_SETTLEMENT_N_LINES]       = { "n_lines", MH_KIND_INT, .label = N_("Lines"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_SETTLEMENT_N_MATCHED]     = { "n_matched", MH_KIND_INT, .label = N_("Agree"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_SETTLEMENT_N_DIFFERENCES] = { "n_differences", MH_KIND_INT, .label = N_("Differences"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_SETTLEMENT_IMPORTED_BY]   = { "imported_by", MH_KIND_REF, .label = N_("Imported by"), .target = &mh_user_type, .flags = MH_SERVER_SET | MH_NO_FORM },
  [MH_SETTLEMENT_IMPORTED_NAME] = { "imported_name", MH_KIND_TEXT, .label = N_("Imported by, name"), .flags = MH_SERVER_SET, .max = 120 },
  [MH_SETTLEMENT_IMPORTED_AT]   = { "imported_at", MH_KIND_INSTANT, .label = N_("Imported"), .flags = MH_SERVER_SET | MH_SORT },
  [MH_SETTLEMENT_LINES]         = { "lines", MH_KIND_RECORDS, .label = N_("Lines of the settlement"), .target = &mh_settlement_line_type, .flags = MH_REQUIRED | MH_VIRTUAL, .max = MH_SETTLEMENT_MOST_LINES },
};
G_STATIC_ASSERT (G_N_ELEMENTS (settlement_fields) == MH_SETTLEMENT_N_FIELDS);

static const MhField settlement_upload_fields[] = {
  [MH_SETTLEMENT_UPLOAD_PROVIDER]   = { "provider", MH_KIND_ENUM, .label = N_("Provider"), .codes = mh_settlement_provider_codes, .flags = MH_REQUIRED },
  [MH_SETTLEMENT_UPLOAD_REFERENCE]  = { "reference", MH_KIND_TEXT, .label = N_("Settlement"), .flags = MH_REQUIRED, .max = 80,
    .help = N_("The provider's number of the settlement, or of the terminal's batch") },
  [MH_SETTLEMENT_UPLOAD_SETTLED_ON] = { "settled_on", MH_KIND_DATE, .label = N_("Settled"), .flags = MH_REQUIRED },
  [MH_SETTLEMENT_UPLOAD_TEXT]       = { "text", MH_KIND_LONG_TEXT, .label = N_("List"), .flags = MH_REQUIRED | MH_SENSITIVE, .max = 500000,
    .help = N_("A table with the columns kind, reference, amount, and if there are any fee, tax and at") },
};
G_STATIC_ASSERT (G_N_ELEMENTS (settlement_upload_fields) == MH_SETTLEMENT_UPLOAD_N_FIELDS);

static const MhField settlement_line_fields[] = {
  MH_COMMON_FIELDS,
  [MH_SETTLEMENT_LINE_SETTLEMENT_ID] = { "settlement_id", MH_KIND_REF, .label = N_("Settlement"), .target = &mh_settlement_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_SETTLEMENT_LINE_LINE_NO]       = { "line_no", MH_KIND_INT, .label = N_("Line"), .flags = MH_SERVER_SET | MH_BRIEF },
  [MH_SETTLEMENT_LINE_KIND]          = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_settlement_kind_codes, .flags = MH_REQUIRED | MH_BRIEF },
  [MH_SETTLEMENT_LINE_REFERENCE]     = { "provider_reference", MH_KIND_TEXT, .label = N_("Reference"), .flags = MH_SENSITIVE | MH_BRIEF, .max = 120,
    .help = N_("The gateway's id of the payment or refund, or the number of the card slip") },
  [MH_SETTLEMENT_LINE_AMOUNT]        = { "amount", MH_KIND_MONEY, .label = N_("Amount"), .flags = MH_REQUIRED | MH_BRIEF,
    .help = N_("Above zero for payments and refunds") },
  [MH_SETTLEMENT_LINE_FEE]           = { "fee", MH_KIND_MONEY, .label = N_("Fee"), .at_least = 0, .at_most = MH_MOST_MONEY },
  [MH_SETTLEMENT_LINE_TAX]           = { "tax", MH_KIND_MONEY, .label = N_("Tax on the fee"), .at_least = 0, .at_most = MH_MOST_MONEY },
  [MH_SETTLEMENT_LINE_AT]            = { "at", MH_KIND_INSTANT, .label = N_("Time"), .flags = MH_BRIEF },
  [MH_SETTLEMENT_LINE_PAYMENT_ID]    = { "payment_id", MH_KIND_REF, .label = N_("Our payment"), .target = &mh_payment_type, .flags = MH_SERVER_SET | MH_INDEX | MH_NO_FORM },
  [MH_SETTLEMENT_LINE_OURS]          = { "ours", MH_KIND_MONEY, .label = N_("Our amount"), .flags = MH_SERVER_SET },
  [MH_SETTLEMENT_LINE_DIFFERENCE]    = { "difference", MH_KIND_ENUM, .label = N_("Difference"), .codes = mh_difference_codes, .flags = MH_SERVER_SET | MH_BRIEF },
};
G_STATIC_ASSERT (G_N_ELEMENTS (settlement_line_fields) == MH_SETTLEMENT_LINE_N_FIELDS);

static const MhField difference_fields[] = {
  [MH_DIFFERENCE_DIFFERENCE]    = { "difference", MH_KIND_ENUM, .label = N_("Difference"), .codes = mh_difference_codes },
  [MH_DIFFERENCE_PROVIDER]      = { "provider", MH_KIND_ENUM, .label = N_("Provider"), .codes = mh_settlement_provider_codes },
  [MH_DIFFERENCE_SETTLEMENT_ID] = { "settlement_id", MH_KIND_REF, .label = N_("Settlement"), .target = &mh_settlement_type },
  [MH_DIFFERENCE_SETTLEMENT]    = { "settlement", MH_KIND_TEXT, .label = N_("Settlement number"), .max = 80 },
  [MH_DIFFERENCE_LINE_NO]       = { "line_no", MH_KIND_INT, .label = N_("Line") },
  [MH_DIFFERENCE_KIND]          = { "kind", MH_KIND_ENUM, .label = N_("Kind"), .codes = mh_settlement_kind_codes },
  [MH_DIFFERENCE_REFERENCE]     = { "reference", MH_KIND_TEXT, .label = N_("Reference"), .flags = MH_SENSITIVE, .max = 120 },
  [MH_DIFFERENCE_THEIRS]        = { "theirs", MH_KIND_MONEY, .label = N_("Theirs") },
  [MH_DIFFERENCE_OURS]          = { "ours", MH_KIND_MONEY, .label = N_("Ours") },
  [MH_DIFFERENCE_AT]            = { "at", MH_KIND_INSTANT, .label = N_("Time") },
  [MH_DIFFERENCE_PAYMENT_ID]    = { "payment_id", MH_KIND_REF, .label = N_("Our payment"), .target = &mh_payment_type },
  [MH_DIFFERENCE_ORDER_NUMBER]  = { "order_number", MH_KIND_TEXT, .label = N_("Order number"), .max = 24 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (difference_fields) == MH_DIFFERENCE_N_FIELDS);

static const MhField reconciliation_fields[] = {
  [MH_RECONCILIATION_FROM]          = { "from", MH_KIND_DATE, .label = N_("From") },
  [MH_RECONCILIATION_TO]            = { "to", MH_KIND_DATE, .label = N_("To"), .help = N_("The last day, counted in") },
  [MH_RECONCILIATION_PROVIDER]      = { "provider", MH_KIND_ENUM, .label = N_("Provider"), .codes = mh_settlement_provider_codes },
  [MH_RECONCILIATION_CURRENCY]      = { "currency", MH_KIND_TEXT, .label = N_("Currency"), .format = "currency", .max = 3 },
  [MH_RECONCILIATION_N_MATCHED]     = { "n_matched", MH_KIND_INT, .label = N_("Agree") },
  [MH_RECONCILIATION_MATCHED_SUM]   = { "matched_sum", MH_KIND_MONEY, .label = N_("Sum of what agrees"), .help = N_("Payments less refunds") },
  [MH_RECONCILIATION_N_DIFFERENCES] = { "n_differences", MH_KIND_INT, .label = N_("Differences") },
  [MH_RECONCILIATION_MORE]          = { "more", MH_KIND_BOOL, .label = N_("There are more differences"), .help = N_("Ask for fewer days to see them all") },
  [MH_RECONCILIATION_DIFFERENCES]   = { "differences", MH_KIND_RECORDS, .label = N_("What does not agree"), .flags = MH_VIRTUAL, .target = &mh_difference_type, .max = 20000 },
};
G_STATIC_ASSERT (G_N_ELEMENTS (reconciliation_fields) == MH_RECONCILIATION_N_FIELDS);
/* clang-format on */

gint64
mh_settlement_line_worth (MhRecord *line)
{
  gint64 amount = mh_record_int (line, MH_SETTLEMENT_LINE_AMOUNT);
  return g_strcmp0 (mh_record_text (line, MH_SETTLEMENT_LINE_KIND), MH_SETTLEMENT_REFUND) == 0
             ? -amount
             : amount;
}

static void
settlement_line_check (MhRecord *line, MhIssues *issues)
{
  const char *kind = mh_record_text (line, MH_SETTLEMENT_LINE_KIND);
  gint64 amount = mh_record_int (line, MH_SETTLEMENT_LINE_AMOUNT);
  gboolean free = g_strcmp0 (kind, MH_SETTLEMENT_ADJUSTMENT) == 0;
  if (!free && !mh_record_has (line, MH_SETTLEMENT_LINE_REFERENCE))
    mh_issues_add (issues, "provider_reference", "required",
                   "A payment or refund needs its reference");
  if (amount > MH_MOST_MONEY || amount < -MH_MOST_MONEY)
    mh_issues_add (issues, "amount", "out_of_range", "Too large");
  else if (!free && mh_record_has (line, MH_SETTLEMENT_LINE_AMOUNT) && amount <= 0)
    mh_issues_add (issues, "amount", "out_of_range", "Must be above zero");
}

/* Lines beyond their limits are complained of themselves; their sum could not be held. */
static gboolean
can_add (MhRecord *line)
{
  for (guint i = MH_SETTLEMENT_LINE_AMOUNT; i <= MH_SETTLEMENT_LINE_TAX; i++)
    if (mh_record_int (line, i) > MH_MOST_MONEY || mh_record_int (line, i) < -MH_MOST_MONEY)
      return FALSE;
  return TRUE;
}

static void
check_sum (MhRecord *settlement, guint field, gint64 sum, MhIssues *issues)
{
  if (!mh_record_has (settlement, field) || mh_record_int (settlement, field) == sum)
    return;
  g_autofree char *text = g_strdup_printf ("%s%" G_GINT64_FORMAT ".%02d", sum < 0 ? "-" : "",
                                           ABS (sum) / 100, (int)(ABS (sum) % 100));
  mh_issues_add (issues, mh_settlement_type.fields[field].name, "sum", "The lines add up to %s",
                 text);
}

static void
settlement_check (MhRecord *settlement, MhIssues *issues)
{
  GPtrArray *lines = mh_record_records (settlement, MH_SETTLEMENT_LINES);
  gint64 gross = 0, fee = 0, tax = 0;
  if (lines == NULL || lines->len > MH_SETTLEMENT_MOST_LINES)
    return;

  for (guint i = 0; i < lines->len; i++)
    {
      MhRecord *line = g_ptr_array_index (lines, i);
      if (!can_add (line))
        return;
      gross += mh_settlement_line_worth (line);
      fee += mh_record_int (line, MH_SETTLEMENT_LINE_FEE);
      tax += mh_record_int (line, MH_SETTLEMENT_LINE_TAX);
    }

  check_sum (settlement, MH_SETTLEMENT_GROSS, gross, issues);
  check_sum (settlement, MH_SETTLEMENT_FEE, fee, issues);
  check_sum (settlement, MH_SETTLEMENT_TAX, tax, issues);
  check_sum (settlement, MH_SETTLEMENT_NET, gross - fee - tax, issues);
}

/* clang-format off */
const MhRecordType mh_settlement_type = {
  .name = "MhSettlement", .code = "settlement", .table = "settlement", .path = "/settlements",
  .label = N_("Settlement"), .fields = settlement_fields, .n_fields = G_N_ELEMENTS (settlement_fields),
  .check = settlement_check,
  .hospital = MH_SETTLEMENT_HOSPITAL_ID,
};

const MhRecordType mh_settlement_line_type = {
  .name = "MhSettlementLine", .code = "settlement_line", .table = "settlement_line",
  .label = N_("Line of a settlement"), .fields = settlement_line_fields, .n_fields = G_N_ELEMENTS (settlement_line_fields),
  .flags = MH_TYPE_PART, .check = settlement_line_check,
};

const MhRecordType mh_settlement_upload_type = {
  .name = "MhSettlementUpload", .code = "settlement_upload",
  .label = N_("List of a settlement"), .fields = settlement_upload_fields, .n_fields = G_N_ELEMENTS (settlement_upload_fields),
};

const MhRecordType mh_difference_type = {
  .name = "MhDifference", .code = "difference",
  .label = N_("Difference"), .fields = difference_fields, .n_fields = G_N_ELEMENTS (difference_fields),
};

const MhRecordType mh_reconciliation_type = {
  .name = "MhReconciliation", .code = "reconciliation",
  .label = N_("Reconciliation"), .fields = reconciliation_fields, .n_fields = G_N_ELEMENTS (reconciliation_fields),
};
/* clang-format on */
