/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-demo-private.h"

#include "server/lab/orders/mh-orders-price.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/rules/lab/mh-assign.h"
#include "shared/rules/lab/mh-order-rules.h"

#define DAYS 90
/* Of the newest orders every state of the board is shown, however small the hospital. */
#define SHOWN 48
#define TAX 2000
#define EXPIRY (48 * MH_HOUR)

/* What doctors ask for; the rest is drawn from the whole catalogue. */
static const struct
{
  const char *codes;
  int weight;
} baskets[] = {
  { "CBC", 18 },      { "CBC,RBS", 6 }, { "CBC,LFT,RFT", 8 }, { "FBS,PPBS", 8 },
  { "DIAB", 6 },      { "LIPID", 8 },   { "TFT", 9 },         { "LFT", 6 },
  { "RFT", 6 },       { "ELEC", 4 },    { "CBC,CRPT", 5 },    { "URM", 6 },
  { "FEVER", 4 },     { "ANC", 3 },     { "VITDT,B12T", 4 },  { "CBCESR", 3 },
  { "A1C,CREAT", 4 }, { "PTINR", 2 },   { "PREOP", 2 },       { "IRONP", 2 },
};

/* --- when and how far --- */

/* Orders come between seven and twenty on the hospital's clock; the newest within the last 30
 * hours. */
static gint64
order_time (MhDemo *demo, guint index)
{
  guint of = demo->plan->orders;
  guint shown = MIN (SHOWN, of);
  if (index >= of - shown)
    return demo->now - 30 * MH_HOUR + (index - (of - shown)) * (27 * MH_HOUR / shown);
  double place = (index + 0.5) / (of - shown) * (DAYS - 2);
  gint64 midnight = (demo->now + MH_DEMO_ZONE_OFFSET) / MH_DAY * MH_DAY - MH_DEMO_ZONE_OFFSET;
  gint64 day = (gint64)place;
  return midnight - (DAYS - day) * MH_DAY + 7 * MH_HOUR
         + (gint64)((place - (double)day) * 13 * (double)MH_HOUR);
}

static MhDemoStage
pick_stage (MhDemo *demo, guint index, gint64 at)
{
  static const MhDemoStage shown[]
      = { MH_DEMO_STAGE_PAID,     MH_DEMO_STAGE_COD,       MH_DEMO_STAGE_RECEIVED,
          MH_DEMO_STAGE_RESULTED, MH_DEMO_STAGE_COMPLETED, MH_DEMO_STAGE_COLLECTED,
          MH_DEMO_STAGE_FAILED,   MH_DEMO_STAGE_PAID,      MH_DEMO_STAGE_COD,
          MH_DEMO_STAGE_RESULTED, MH_DEMO_STAGE_COMPLETED, MH_DEMO_STAGE_RECEIVED };
  guint of = demo->plan->orders;
  int percent = mh_demo_int (demo, 0, 1000);

  if (index + SHOWN >= of)
    return shown[index % G_N_ELEMENTS (shown)];
  if (demo->now - at < 3 * MH_DAY && percent < 60)
    return percent < 20   ? MH_DEMO_STAGE_RECEIVED
           : percent < 45 ? MH_DEMO_STAGE_RESULTED
                          : MH_DEMO_STAGE_COLLECTED;
  if (percent >= 985)
    return MH_DEMO_STAGE_CANCELLED;
  if (percent >= 972)
    return MH_DEMO_STAGE_EXPIRED;

  return MH_DEMO_STAGE_COMPLETED;
}

/* One step after another, none after now. */
static gint64
demo_orders_later (MhDemo *demo, gint64 at, int from_minutes, int to_minutes)
{
  return MIN (at + mh_demo_int (demo, from_minutes, to_minutes) * MH_MINUTE, demo->now - MH_MINUTE);
}

static void
set_times (MhDemo *demo, MhDemoOrder *made, MhDemoStage stage)
{
  if (stage < MH_DEMO_STAGE_COLLECTED || stage > MH_DEMO_STAGE_COMPLETED)
    return;
  made->collected_at = demo_orders_later (demo, made->ordered_at, 5, 55);
  if (stage == MH_DEMO_STAGE_COLLECTED)
    return;
  made->received_at = demo_orders_later (demo, made->collected_at, 8, 50);
  if (stage == MH_DEMO_STAGE_RECEIVED)
    return;
  made->resulted_at = demo_orders_later (demo, made->received_at, 25, 170);
  if (stage == MH_DEMO_STAGE_COMPLETED)
    made->verified_at = demo_orders_later (demo, made->resulted_at, 5, 90);
}

/* --- what is ordered --- */

static void
demo_orders_ask (GPtrArray *asked, const char *code)
{
  MhRecord *item = mh_record_new (&mh_order_item_type);
  mh_record_set_text (item, MH_ORDER_ITEM_TEST, code);
  g_ptr_array_add (asked, item);
}

static GPtrArray *
pick_asked (MhDemo *demo)
{
  GPtrArray *asked = g_ptr_array_new_with_free_func (g_object_unref);
  int total = 0;
  for (guint i = 0; i < G_N_ELEMENTS (baskets); i++)
    total += baskets[i].weight;

  int left = mh_demo_int (demo, 0, total + 8);
  if (left >= total)
    {
      GPtrArray *tests = mh_catalogue_all (demo->view, &mh_test_type);
      MhRecord *test = g_ptr_array_index (tests, (guint)mh_demo_int (demo, 0, (int)tests->len));
      demo_orders_ask (asked, mh_record_text (test, MH_TEST_CODE));
      return asked;
    }

  guint basket = 0;
  while (left >= baskets[basket].weight)
    left -= baskets[basket++].weight;
  g_auto (GStrv) codes = g_strsplit (baskets[basket].codes, ",", -1);

  for (guint i = 0; codes[i] != NULL; i++)
    demo_orders_ask (asked, codes[i]);
  return asked;
}

static gboolean
demo_orders_price (MhDemo *demo, MhDemoOrder *made, guint index, GError **error)
{
  g_autoptr (GPtrArray) asked = pick_asked (demo);
  MhRecord *list = mh_demo_price_list (demo, made->order, index);
  made->items = mh_orders_price_items (demo->view, asked, list, error);
  if (made->items == NULL)
    return FALSE;

  for (guint i = 0; i < made->items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (made->items, i);
      mh_record_take_text (item, MH_ID, mh_demo_id (demo, made->ordered_at));
      mh_record_set_int (item, MH_VERSION, 1);
      mh_record_set_int (item, MH_CREATED_AT, made->ordered_at);
      mh_record_set_int (item, MH_CHANGED_AT, made->ordered_at);
      mh_record_set_text (item, MH_ORDER_ITEM_ORDER_ID, mh_record_id (made->order));
    }

  g_auto (MhPricing) pricing = { 0 };
  char day[MH_DATE_LENGTH + 1];
  mh_date_format (mh_date_from_days ((made->ordered_at + MH_DEMO_ZONE_OFFSET) / MH_DAY), day);
  mh_pricing_init (&pricing, &(MhPricingTerms){ .view = demo->view,
                                                .hospital_id = mh_record_id (demo->hospital),
                                                .day = day,
                                                .standard_tax = TAX });
  mh_demo_discount (demo, made, index);

  return mh_orders_price_totals (&pricing, made->order, made->items, error);
}

/* --- the order itself --- */

static const MhDemoPatient *
pick_patient (MhDemo *demo, gint64 at)
{
  guint n = demo->patients->len;
  /* the register grows evenly, so this many were known by then; newcomers are tested more often */
  double known
      = (double)(at - g_array_index (demo->patients, MhDemoPatient, 0).registered_at)
        / (double)(demo->now - g_array_index (demo->patients, MhDemoPatient, 0).registered_at + 1);
  guint upto = CLAMP ((guint)(known * n), 1, n);
  double spread = mh_demo_unit (demo);
  guint back = (guint)(spread * spread * (upto - 1));
  const MhDemoPatient *patient = &g_array_index (demo->patients, MhDemoPatient, upto - 1 - back);
  /* the first of the register is nobody in particular */
  return patient->guarded ? &g_array_index (demo->patients, MhDemoPatient, 0) : patient;
}

static void
demo_orders_copy_patient (MhRecord *order, const MhDemoPatient *patient)
{
  mh_record_set_text (order, MH_ORDER_PATIENT_ID, patient->id);
  mh_record_set_text (order, MH_ORDER_PATIENT_NAME, patient->listed);
  mh_record_set_text (order, MH_ORDER_PATIENT_MRN, patient->mrn);
  mh_record_set_text (order, MH_ORDER_PATIENT_SEX,
                      patient->sex == 'f'   ? MH_SEX_FEMALE
                      : patient->sex == 'm' ? MH_SEX_MALE
                                            : MH_SEX_OTHER);
  mh_record_set_text (order, MH_ORDER_PATIENT_BIRTH_DATE, patient->birth_date);
  mh_record_set_text (order, MH_ORDER_PATIENT_PHONE,
                      *patient->phone != '\0' ? patient->phone : NULL);
}

static void
demo_orders_set_summary (MhDemoOrder *made)
{
  MhRecord *order = made->order;
  g_autoptr (GHashTable) benches = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *name = mh_text_fold (made->patient->name);
  g_autofree char *number = mh_text_fold (mh_record_text (order, MH_ORDER_NUMBER));
  g_autofree char *mrn = mh_text_fold (made->patient->mrn);
  GString *search = g_string_new (NULL);

  g_string_append_printf (search, " %s %s %s", name, number, mrn);
  for (guint i = 0; i < made->items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (made->items, i);
      const char *bench = mh_record_text (item, MH_ORDER_ITEM_BENCH);
      mh_record_add_to_list (order, MH_ORDER_TEST_NAMES,
                             mh_record_text (item, MH_ORDER_ITEM_SHORT_NAME));
      if (g_hash_table_add (benches, (gpointer)bench))
        mh_record_add_to_list (order, MH_ORDER_BENCHES, bench);
    }

  for (guint i = 0; i < made->samples->len && search->len < 900; i++)
    {
      g_autofree char *accession = mh_text_fold (
          mh_record_text (g_ptr_array_index (made->samples, i), MH_SAMPLE_ACCESSION));
      g_string_append_printf (search, " %s", accession);
    }

  mh_record_set_int (order, MH_ORDER_N_SAMPLES, made->samples->len);
  mh_record_take_text (order, MH_ORDER_SEARCH_TEXT, g_string_free (search, FALSE));
}

static void
set_begin (MhDemo *demo, MhDemoOrder *made, guint index)
{
  MhRecord *order = made->order;
  int chance = mh_demo_int (demo, 0, 100);
  mh_record_set_text (order, MH_ORDER_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_take_text (
      order, MH_ORDER_NUMBER,
      g_strdup_printf ("%s-%06u", mh_record_text (demo->hospital, MH_HOSPITAL_CODE), index + 1));
  mh_record_set_text (order, MH_ORDER_PRIORITY,
                      chance < 4    ? MH_PRIORITY_STAT
                      : chance < 14 ? MH_PRIORITY_URGENT
                                    : MH_PRIORITY_ROUTINE);
  mh_record_set_text (order, MH_ORDER_DOCTOR_ID, mh_demo_staff_id (demo, MH_DEMO_DOCTOR));
  mh_record_set_text (order, MH_ORDER_DOCTOR_NAME, mh_demo_staff_name (demo, MH_DEMO_DOCTOR));
  mh_record_set_text (order, MH_ORDER_CURRENCY, "INR");
  mh_record_set_text (order, MH_ORDER_ORDERED_BY, mh_demo_staff_id (demo, MH_DEMO_RECEPTION));
  mh_record_set_int (order, MH_ORDER_ORDERED_AT, made->ordered_at);
  mh_record_set_int (order, MH_ORDER_EXPIRES_AT, made->ordered_at + EXPIRY);
  mh_record_set_int (order, MH_ORDER_PROMISED_AT,
                     made->ordered_at + (chance < 14 ? 2 : 6) * MH_HOUR);
  demo_orders_copy_patient (order, made->patient);
}

static void
set_instant (MhRecord *order, guint field, gint64 at)
{
  if (at > 0)
    mh_record_set_int (order, field, at);
}

static void
demo_orders_set_end (MhDemo *demo, MhDemoOrder *made, MhDemoStage stage)
{
  MhRecord *order = made->order;
  gint64 last = MAX (made->ordered_at, MAX (made->collected_at, made->received_at));
  set_instant (order, MH_ORDER_COLLECTED_AT, made->collected_at);
  set_instant (order, MH_ORDER_RECEIVED_AT, made->received_at);
  set_instant (order, MH_ORDER_RESULTED_AT, made->resulted_at);
  set_instant (order, MH_ORDER_COMPLETED_AT, made->verified_at);

  if (stage == MH_DEMO_STAGE_CANCELLED || stage == MH_DEMO_STAGE_EXPIRED)
    {
      last
          = stage == MH_DEMO_STAGE_EXPIRED ? made->ordered_at + EXPIRY : made->ordered_at + MH_HOUR;
      mh_record_set_int (order, MH_ORDER_CANCELLED_AT, last);
      mh_record_set_text (order, MH_ORDER_CANCEL_REASON,
                          stage == MH_DEMO_STAGE_EXPIRED ? "Not paid in time"
                                                         : "The patient changed their mind");
    }
  else
    {
      MhDemoPerson technician
          = mh_demo_chance (demo, 0.5) ? MH_DEMO_TECHNICIAN : MH_DEMO_TECHNICIAN2;
      mh_record_set_text (order, MH_ORDER_ASSIGNED_TO, mh_demo_staff_id (demo, technician));
      mh_record_set_text (order, MH_ORDER_ASSIGNED_NAME, mh_demo_staff_name (demo, technician));
      mh_record_set_int (order, MH_ORDER_ASSIGNED_AT, made->ordered_at);
    }

  mh_record_set_text (order, MH_ORDER_STATUS,
                      stage == MH_DEMO_STAGE_CANCELLED ? MH_ORDER_STATUS_CANCELLED
                      : stage == MH_DEMO_STAGE_EXPIRED ? MH_ORDER_STATUS_EXPIRED
                                                       : mh_order_rules_status (made->items));
  mh_record_set_text (order, MH_ORDER_TAB, mh_order_rules_tab (order));
  mh_record_set_int (order, MH_CHANGED_AT, MAX (last, MAX (made->resulted_at, made->verified_at)));
}

/* --- batches --- */

enum
{
  SAMPLES,
  ITEMS,
  EVENTS,
  PAYMENTS,
  RECEIPTS,
  INVOICES,
  INVOICE_LINES,
  ENTRIES,
  RESULTS,
  REPORTS,
  VERIFICATIONS,
  FEEDBACK,
  INBOX,
  N_PARTS,
};
G_STATIC_ASSERT (N_PARTS == G_N_ELEMENTS (((MhDemoBatch *)NULL)->parts));

static void
demo_orders_take_all (GPtrArray *into, GPtrArray *from)
{
  for (guint i = 0; from != NULL && i < from->len; i++)
    g_ptr_array_add (into, g_object_ref (g_ptr_array_index (from, i)));
}

static MhRecord *
make_verification (MhDemo *demo, const MhDemoOrder *made)
{
  MhRecord *verification = mh_demo_record (demo, &mh_verification_type, made->verified_at);
  mh_record_set_text (verification, MH_VERIFICATION_ORDER_ID, mh_record_id (made->order));
  mh_record_set_text (verification, MH_VERIFICATION_DECISION, MH_DECISION_VERIFY);
  mh_record_set_text (verification, MH_VERIFICATION_BY_ID,
                      mh_demo_staff_id (demo, MH_DEMO_PATHOLOGIST));
  mh_record_set_text (verification, MH_VERIFICATION_BY_NAME,
                      mh_demo_staff_name (demo, MH_DEMO_PATHOLOGIST));
  mh_record_set_int (verification, MH_VERIFICATION_AT, made->verified_at);
  return verification;
}

static void
demo_orders_add_results (MhDemo *demo, MhDemoOrder *made, MhDemoBatch *batch)
{
  g_autoptr (GPtrArray) results = mh_demo_results (demo, made);
  demo_orders_take_all (batch->parts[RESULTS], results);
  if (made->verified_at == 0)
    return;

  MhRecord *report = mh_demo_report (demo, made, results);
  MhRecord *second = mh_demo_papers_correct (demo, made, results, report);
  MhRecord *newest = second != NULL ? second : report;

  mh_record_set_text (made->order, MH_ORDER_REPORT_ID, mh_record_id (newest));
  mh_record_set_int (made->order, MH_ORDER_REPORT_ISSUED_AT,
                     mh_record_int (newest, MH_REPORT_ISSUED_AT));
  g_ptr_array_add (batch->parts[REPORTS], report);
  if (second != NULL)
    g_ptr_array_add (batch->parts[REPORTS], second);
  mh_demo_papers_queue (demo, made, newest);
  g_ptr_array_add (batch->parts[VERIFICATIONS], make_verification (demo, made));

  MhRecord *feedback = mh_demo_feedback (demo, made);
  if (feedback != NULL)
    g_ptr_array_add (batch->parts[FEEDBACK], feedback);
  MhRecord *inbox = mh_demo_inbox (demo, made, newest);

  if (inbox != NULL)
    g_ptr_array_add (batch->parts[INBOX], inbox);
}

/* Open work of the technician it was given to. */
static void
add_load (const MhDemoOrder *made, MhDemoBatch *batch)
{
  const char *user_id = mh_record_text (made->order, MH_ORDER_ASSIGNED_TO);
  gint64 open = mh_assign_open_minutes (made->order, made->items);
  if (user_id == NULL)
    return;

  mh_record_set_int (made->order, MH_ORDER_OPEN_MINUTES, open);
  gint64 *minutes = g_hash_table_lookup (batch->load, user_id);
  if (minutes == NULL)
    {
      minutes = g_new0 (gint64, 1);
      g_hash_table_insert (batch->load, g_strdup (user_id), minutes);
    }

  *minutes += open;
}

static gboolean
make_order (MhDemo *demo, guint index, MhDemoBatch *batch, GError **error)
{
  MhDemoOrder made = { .ordered_at = order_time (demo, index) };
  MhDemoStage stage = pick_stage (demo, index, made.ordered_at);
  made.patient = pick_patient (demo, made.ordered_at);
  made.order = mh_demo_record (demo, &mh_order_type, made.ordered_at);
  g_ptr_array_add (batch->records, made.order);
  set_times (demo, &made, stage);
  set_begin (demo, &made, index);
  if (!demo_orders_price (demo, &made, index, error))
    return FALSE;

  mh_demo_money (demo, &made, stage);
  mh_demo_tubes (demo, &made, stage);
  mh_demo_collection (&made, index);
  demo_orders_set_summary (&made);
  demo_orders_set_end (demo, &made, stage);
  mh_demo_events (demo, &made, batch->parts[EVENTS]);
  mh_demo_store_tubes (demo, &made, index, batch->parts[EVENTS]);
  mh_demo_payment (demo, &made, batch->parts[PAYMENTS], batch->parts[RECEIPTS],
                   batch->parts[ENTRIES]);
  if (mh_record_int (made.order, MH_ORDER_PAID) > 0)
    mh_demo_invoice (demo, &made,
                     g_ptr_array_index (batch->parts[PAYMENTS], batch->parts[PAYMENTS]->len - 1),
                     batch->parts[INVOICES], batch->parts[INVOICE_LINES]);
  if (made.resulted_at > 0)
    demo_orders_add_results (demo, &made, batch);
  add_load (&made, batch);
  demo_orders_take_all (batch->parts[ITEMS], made.items);
  demo_orders_take_all (batch->parts[SAMPLES], made.samples);
  g_ptr_array_unref (made.items);
  g_ptr_array_unref (made.samples);

  return TRUE;
}

MhDemoBatch *
mh_demo_make_orders (MhDemo *demo, guint n, GError **error)
{
  g_autoptr (MhDemoBatch) batch = mh_demo_batch_new (&mh_order_type);
  for (guint i = 0; i < N_PARTS; i++)
    batch->parts[i] = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++)
    if (!make_order (demo, demo->next++, batch, error))
      return NULL;
  return g_steal_pointer (&batch);
}
