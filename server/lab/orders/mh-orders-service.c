/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/orders/mh-orders-service.h"

#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/catalogue/mh-place.h"
#include "server/lab/orders/mh-orders-assignment.h"
#include "server/lab/orders/mh-orders-discount.h"
#include "server/lab/orders/mh-orders-money.h"
#include "server/lab/orders/mh-orders-origin.h"
#include "server/lab/orders/mh-orders-price.h"
#include "server/lab/orders/mh-tubes.h"
#include "server/people/patients/mh-death-service.h"
#include "server/people/patients/mh-patients-service.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-setting-store.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-text.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient-name.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"
#include "shared/rules/lab/mh-assign.h"
#include "shared/rules/lab/mh-order-rules.h"
#include "shared/rules/money/mh-price.h"

#include <string.h>

static const MhOrdersAssignment *orders_assignment;

void
mh_orders_set_assignment (const MhOrdersAssignment *assignment)
{
  orders_assignment = assignment;
}

/* --- placing --- */

/* The board shows these without asking for the patient. */
static void
orders_service_copy_patient (MhRecord *order, MhRecord *patient)
{
  g_autofree char *name = mh_patient_name (patient);
  mh_record_set_text (order, MH_ORDER_PATIENT_ID, mh_record_id (patient));
  mh_record_set_text (order, MH_ORDER_PATIENT_NAME, name);
  mh_record_set_text (order, MH_ORDER_PATIENT_MRN, mh_record_text (patient, MH_PATIENT_MRN));
  mh_record_set_text (order, MH_ORDER_PATIENT_SEX, mh_record_text (patient, MH_PATIENT_SEX));
  mh_record_set_text (order, MH_ORDER_PATIENT_BIRTH_DATE,
                      mh_record_text (patient, MH_PATIENT_BIRTH_DATE));
  mh_record_set_text (order, MH_ORDER_PATIENT_PHONE, mh_record_text (patient, MH_PATIENT_PHONE));
}

/* Whoever is insured and pays by it is billed by the insurer's prices. */
static void
orders_service_name_payer (MhRecord *order, MhRecord *patient)
{
  if (!mh_record_has (order, MH_ORDER_PAYER)
      && g_strcmp0 (mh_record_text (order, MH_ORDER_PAYMENT_METHOD), MH_METHOD_INSURANCE) == 0)
    mh_record_set_text (order, MH_ORDER_PAYER, mh_record_text (patient, MH_PATIENT_INSURER));
}

static void
set_search (MhRecord *order, GPtrArray *samples)
{
  GString *text = g_string_new (NULL);
  g_autofree char *name = mh_text_fold (mh_record_text (order, MH_ORDER_PATIENT_NAME));
  g_autofree char *number = mh_text_fold (mh_record_text (order, MH_ORDER_NUMBER));
  g_autofree char *mrn = mh_text_fold (mh_record_text (order, MH_ORDER_PATIENT_MRN));

  g_string_append_printf (text, " %s %s %s", name, number, mrn);
  for (guint i = 0; i < samples->len && text->len < 900; i++)
    {
      g_autofree char *accession
          = mh_text_fold (mh_record_text (g_ptr_array_index (samples, i), MH_SAMPLE_ACCESSION));
      g_string_append_printf (text, " %s", accession);
    }

  mh_record_take_text (order, MH_ORDER_SEARCH_TEXT, g_string_free (text, FALSE));
}

static void
orders_service_set_summary (MhCatalogueView *view,
                            MhRecord *order,
                            GPtrArray *items,
                            GPtrArray *samples)
{
  g_autoptr (GHashTable) benches = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      const char *bench = mh_record_text (item, MH_ORDER_ITEM_BENCH);
      mh_record_set_int (
          item, MH_ORDER_ITEM_MINUTES,
          mh_assign_minutes (
              mh_catalogue_find (view, &mh_test_type, mh_record_text (item, MH_ORDER_ITEM_TEST)),
              mh_catalogue_find (view, &mh_bench_type, bench)));
      mh_record_add_to_list (order, MH_ORDER_TEST_NAMES,
                             mh_record_text (item, MH_ORDER_ITEM_SHORT_NAME));
      if (g_hash_table_add (benches, (gpointer)bench))
        mh_record_add_to_list (order, MH_ORDER_BENCHES, bench);
    }

  mh_record_set_int (order, MH_ORDER_N_SAMPLES, samples->len);
  set_search (order, samples);
}

/* The latest of the tests' promised times for this priority; a test without a time for it counts
 * with the next slower one. */
static gint64
promised_minutes (MhCatalogueView *view, GPtrArray *items, const char *priority)
{
  static const guint routine[] = { MH_TEST_TAT_ROUTINE };
  static const guint urgent[] = { MH_TEST_TAT_URGENT, MH_TEST_TAT_ROUTINE };
  static const guint stat[] = { MH_TEST_TAT_STAT, MH_TEST_TAT_URGENT, MH_TEST_TAT_ROUTINE };
  const guint *fields = routine;
  guint n = G_N_ELEMENTS (routine);
  gint64 most = 0;

  if (g_str_equal (priority, MH_PRIORITY_URGENT))
    {
      fields = urgent;
      n = G_N_ELEMENTS (urgent);
    }
  else if (g_str_equal (priority, MH_PRIORITY_STAT))
    {
      fields = stat;
      n = G_N_ELEMENTS (stat);
    }

  for (guint i = 0; i < items->len; i++)
    {
      const char *code = mh_record_text (g_ptr_array_index (items, i), MH_ORDER_ITEM_TEST);
      MhRecord *test = mh_catalogue_find (view, &mh_test_type, code);
      for (guint k = 0; k < n; k++)
        if (mh_record_has (test, fields[k]))
          {
            most = MAX (most, mh_record_int (test, fields[k]));
            break;
          }
    }

  return most;
}

/* Ready to collect: paid, or to be paid at the bed. */
static gboolean
ready_to_collect (MhRecord *order)
{
  static const char *const paid_at_the_bed[] = { MH_METHOD_COD, MH_METHOD_INSURANCE, NULL };
  const char *method = mh_record_text (order, MH_ORDER_PAYMENT_METHOD);
  return mh_record_int (order, MH_ORDER_DUE) <= 0
         || (method != NULL && g_strv_contains (paid_at_the_bed, method));
}

/* The series is that of the letters, not of the hospital: where two have the same, no number comes
 * twice, and letters that come back go on where they were. */
static gboolean
orders_service_set_number (MhTx *tx, MhRecord *order, MhRecord *hospital, GError **error)
{
  const char *code = hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_CODE) : "X";
  g_autofree char *prefix = NULL;
  if (!mh_setting_text (mh_tx_db (tx), mh_record_text (order, MH_ORDER_HOSPITAL_ID),
                        MH_SET_ORDER_PREFIX, &prefix, error))
    return FALSE;

  const char *letters = *prefix != '\0' ? prefix : code;
  g_autofree char *series = g_strconcat ("order:", letters, NULL);
  gint64 number = mh_tx_next_number (tx, series, error);
  if (number < 0)
    return FALSE;
  mh_record_take_text (order, MH_ORDER_NUMBER,
                       g_strdup_printf ("%s-%06" G_GINT64_FORMAT, letters, number));
  return TRUE;
}

static void
orders_service_day_of (MhCatalogueView *view,
                       const char *hospital_id,
                       gint64 at,
                       char out[MH_DATE_LENGTH + 1])
{
  g_autoptr (GTimeZone) zone = mh_place_zone (view, hospital_id);
  mh_date_format (mh_date_of_instant (at, zone), out);
}

/* The list that was asked for, or the payer's, or the default one; *out_list NULL: the catalogue's
 * prices. */
static gboolean
choose_list (MhCatalogueView *view,
             MhRecord *order,
             const char *day,
             MhRecord **out_list,
             GError **error)
{
  const char *code = mh_record_text (order, MH_ORDER_PRICE_LIST);
  *out_list = mh_price_choose_list (mh_catalogue_all (view, &mh_price_list_type),
                                    mh_record_text (order, MH_ORDER_HOSPITAL_ID), code,
                                    mh_record_text (order, MH_ORDER_PAYER), day);

  if (*out_list == NULL && code != NULL)
    {
      mh_error_set_field (error, "price_list", "unknown_code",
                          "There is no price list “%s” that holds today.", code);
      return FALSE;
    }

  if (*out_list == NULL)
    return TRUE;

  mh_record_set_text (order, MH_ORDER_PRICE_LIST, mh_record_text (*out_list, MH_PRICE_LIST_CODE));
  if (!mh_record_has (order, MH_ORDER_PAYER))
    mh_record_set_text (order, MH_ORDER_PAYER, mh_record_text (*out_list, MH_PRICE_LIST_PAYER));

  return TRUE;
}

/* Clear @pricing. */
static gboolean
begin_pricing (const MhPriceSource *from, MhRecord *order, MhPricing *pricing, GError **error)
{
  const char *hospital_id = mh_record_text (order, MH_ORDER_HOSPITAL_ID);
  char day[MH_DATE_LENGTH + 1];
  MhPricingTerms terms = {
    .view = from->view,
    .hospital_id = hospital_id,
    .department_id = mh_record_text (order, MH_ORDER_DEPARTMENT_ID),
    .day = day,
    .standard_tax = mh_server_config_int (mh_server_config (from->server), "lab.tax"),
  };

  if (!mh_setting_int (from->db, hospital_id, MH_SET_ROUND_TO, &terms.round_to, error))
    return FALSE;
  orders_service_day_of (from->view, hospital_id, from->at, day);
  mh_pricing_init (pricing, &terms);
  return TRUE;
}

static gboolean
lay_totals (const MhPriceSource *from, MhRecord *order, GPtrArray *items, GError **error)
{
  g_auto (MhPricing) pricing = { 0 };
  return begin_pricing (from, order, &pricing, error)
         && mh_orders_price_totals (&pricing, order, items, error);
}

static gboolean
orders_service_price (const MhPriceSource *from,
                      MhRecord *order,
                      GPtrArray **out_items,
                      GError **error)
{
  MhRecord *list = NULL;
  char day[MH_DATE_LENGTH + 1];
  orders_service_day_of (from->view, mh_record_text (order, MH_ORDER_HOSPITAL_ID), from->at, day);
  if (!choose_list (from->view, order, day, &list, error))
    return FALSE;
  *out_items
      = mh_orders_price_items (from->view, mh_record_records (order, MH_ORDER_ITEMS), list, error);
  return *out_items != NULL && lay_totals (from, order, *out_items, error);
}

MhRecord *
mh_orders_service_quote (const MhRequest *req, MhRecord *draft, GError **error)
{
  g_autoptr (MhRecord) order = mh_record_copy (draft);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (req->server), req->db, error);
  if (view == NULL)
    return NULL;

  mh_record_set_text (order, MH_ORDER_HOSPITAL_ID, mh_actor_hospital_id (req->actor));
  gint64 now = mh_request_now (req);
  if (!orders_service_price (&(MhPriceSource){ req->db, req->server, view, now }, order, &items,
                             error))
    return NULL;

  mh_record_take_records (order, MH_ORDER_TAXES, mh_orders_price_taxes (items));
  mh_record_take_records (order, MH_ORDER_ITEMS, g_steal_pointer (&items));
  return g_steal_pointer (&order);
}

static void
orders_service_set_beginning (const MhRequest *req, MhRecord *order, MhRecord *hospital)
{
  gint64 hours = mh_server_config_int (mh_server_config (req->server), "lab.order_expiry_hours");
  const char *currency = hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_CURRENCY) : NULL;
  if (!mh_record_has (order, MH_ORDER_PRIORITY))
    mh_record_set_text (order, MH_ORDER_PRIORITY, MH_PRIORITY_ROUTINE);
  if (!mh_record_has (order, MH_ORDER_PAYMENT_METHOD))
    mh_record_set_text (order, MH_ORDER_PAYMENT_METHOD, MH_METHOD_CASH);
  mh_record_set_text (order, MH_ORDER_STATUS, MH_ORDER_STATUS_PLACED);
  mh_record_set_text (order, MH_ORDER_PAYMENT_STATE, MH_PAYMENT_STATE_UNPAID);
  mh_record_set_text (order, MH_ORDER_CURRENCY, currency != NULL ? currency : MH_CURRENCY_DEFAULT);
  mh_record_set_text (order, MH_ORDER_ORDERED_BY, mh_actor_user_id (req->actor));
  mh_record_set_int (order, MH_ORDER_EXPIRES_AT, mh_tx_now (req->tx) + hours * MH_HOUR);
}

static gboolean
store_new (MhTx *tx, MhRecord *order, GPtrArray *items, GPtrArray *samples, GError **error)
{
  g_autoptr (GPtrArray) events = mh_tubes_first_events (tx, samples);
  for (guint i = 0; i < items->len; i++)
    mh_record_set_text (g_ptr_array_index (items, i), MH_ORDER_ITEM_ORDER_ID, mh_record_id (order));
  return mh_tx_insert (tx, order, MH_AUDIT_CREATE, NULL, error)
         && mh_tx_insert_parts (tx, samples, error) && mh_tx_insert_parts (tx, items, error)
         && mh_tx_insert_parts (tx, events, error);
}

void
mh_orders_service_place_prefetch (const MhRequest *req, MhRecord *draft)
{
  mh_store_prefetch (req->db, &mh_patient_type, mh_record_text (draft, MH_ORDER_PATIENT_ID));
  mh_setting_prefetch (req->db, mh_actor_hospital_id (req->actor), MH_SET_ROUND_TO);
}

MhRecord *
mh_orders_service_place (const MhRequest *req, MhRecord *draft, GError **error)
{
  g_autoptr (MhRecord) order = mh_record_copy (draft);
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  g_autoptr (MhRecord) patient
      = hospital_id != NULL
            ? mh_patients_service_named (req, mh_record_text (draft, MH_ORDER_PATIENT_ID), error)
            : NULL;

  if (patient == NULL || !mh_edit_check_patient (req, draft, mh_record_id (patient), error))
    return NULL;

  gint64 made_at = mh_edit_made_at (req->tx, mh_record_int (draft, MH_ORDER_ORDERED_AT));
  if (!mh_death_check (patient, made_at, "patient_id", error))
    return NULL;

  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (req->server), req->db, error);
  if (view == NULL)
    return NULL;

  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GTimeZone) zone = mh_place_zone (view, hospital_id);
  MhRecord *hospital = mh_catalogue_hospital (view, hospital_id);

  mh_record_set_text (order, MH_ORDER_HOSPITAL_ID, hospital_id);
  if (!mh_record_has (order, MH_ID))
    mh_record_take_text (order, MH_ID, mh_id_new ());
  orders_service_copy_patient (order, patient);
  if (!mh_orders_origin_fill (req, order, error))
    return NULL;

  orders_service_set_beginning (req, order, hospital);
  mh_record_set_int (order, MH_ORDER_ORDERED_AT, made_at);
  orders_service_name_payer (order, patient);
  const MhPriceSource from = { req->db, req->server, view, mh_tx_now (req->tx) };
  if (!orders_service_price (&from, order, &items, error)
      || !mh_orders_discount_allow (req, order, error)
      || !orders_service_set_number (req->tx, order, hospital, error))
    return NULL;

  g_autoptr (GPtrArray) samples = mh_tubes_make (req->tx, view, order, items, zone, error);
  if (samples == NULL)
    return NULL;

  orders_service_set_summary (view, order, items, samples);
  mh_record_set_int (order, MH_ORDER_PROMISED_AT,
                     mh_tx_now (req->tx)
                         + promised_minutes (view, items, mh_record_text (order, MH_ORDER_PRIORITY))
                               * MH_MINUTE);
  if (ready_to_collect (order) && !orders_assignment->choose (req->tx, order, items, error))
    return NULL;

  mh_record_set_text (order, MH_ORDER_TAB, mh_order_rules_tab (order));
  if (!orders_assignment->settle (req->tx, NULL, order, items, error))
    return NULL;
  if (!store_new (req->tx, order, items, samples, error))
    return NULL;

  mh_record_take_records (order, MH_ORDER_TAXES, mh_orders_price_taxes (items));
  mh_record_take_records (order, MH_ORDER_ITEMS, g_steal_pointer (&items));
  mh_record_take_records (order, MH_ORDER_SAMPLES, g_steal_pointer (&samples));

  return g_steal_pointer (&order);
}

MhRecord *
mh_orders_service_read (const MhRequest *req, const char *id, GError **error)
{
  mh_orders_store_prefetch (req->db, id);
  g_autoptr (MhRecord) order = mh_edit_get (req, &mh_order_type, id, error);
  if (order == NULL || !mh_orders_store_compose (req->db, order, error))
    return NULL;
  mh_record_take_records (order, MH_ORDER_TAXES,
                          mh_orders_price_taxes (mh_record_records (order, MH_ORDER_ITEMS)));
  return g_steal_pointer (&order);
}

/* --- moving along --- */

static gboolean
orders_service_is_over (const char *status)
{
  static const char *const over[]
      = { MH_ORDER_STATUS_COMPLETED, MH_ORDER_STATUS_CANCELLED, MH_ORDER_STATUS_EXPIRED, NULL };
  return status != NULL && g_strv_contains (over, status);
}

gboolean
mh_orders_service_settle (MhTx *tx,
                          const MhOrderChange *change,
                          const char *verb,
                          const char *reason,
                          GError **error)
{
  MhRecord *after = change->after;
  const char *status = mh_record_text (after, MH_ORDER_STATUS);
  if (!g_str_equal (status, MH_ORDER_STATUS_CANCELLED)
      && !g_str_equal (status, MH_ORDER_STATUS_EXPIRED))
    mh_record_set_text (after, MH_ORDER_STATUS, mh_order_rules_status (change->items));
  if (ready_to_collect (after) && !orders_service_is_over (mh_record_text (after, MH_ORDER_STATUS))
      && !orders_assignment->choose (tx, after, change->items, error))
    return FALSE;
  mh_record_set_text (after, MH_ORDER_TAB, mh_order_rules_tab (after));
  return orders_assignment->settle (tx, change->before, after, change->items, error)
         && mh_tx_update (tx, change->before, after, verb, reason, error);
}

MhRecord *
mh_orders_service_discount (const MhRequest *req, const char *id, MhRecord *request, GError **error)
{
  g_autoptr (MhRecord) patch = mh_record_new (&mh_order_type);
  mh_record_set_int (patch, MH_ORDER_DISCOUNT,
                     mh_record_int (request, MH_DISCOUNT_REQUEST_DISCOUNT));
  if (mh_record_has (request, MH_DISCOUNT_REQUEST_DISCOUNT_RATE))
    mh_record_set_int (patch, MH_ORDER_DISCOUNT_RATE,
                       mh_record_int (request, MH_DISCOUNT_REQUEST_DISCOUNT_RATE));
  else
    mh_record_set_null (patch, MH_ORDER_DISCOUNT_RATE);

  mh_record_set_text (patch, MH_ORDER_DISCOUNT_CODE,
                      mh_record_text (request, MH_DISCOUNT_REQUEST_DISCOUNT_CODE));
  mh_record_set_text (patch, MH_ORDER_DISCOUNT_REASON,
                      mh_record_text (request, MH_DISCOUNT_REQUEST_DISCOUNT_REASON));
  return mh_orders_service_change (req, (MhPatch){ .id = id, .if_match = -1, .body = patch },
                                   error);
}

gboolean
mh_orders_service_debit (MhTx *tx, const char *order_id, gint64 amount, GError **error)
{
  g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_order_type, order_id, error);
  g_autoptr (GPtrArray) items
      = before != NULL ? mh_orders_store_items (mh_tx_db (tx), order_id, error) : NULL;
  if (items == NULL)
    return FALSE;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  static const guint raised[] = { MH_ORDER_DEBITED, MH_ORDER_TOTAL, MH_ORDER_DUE };
  for (guint i = 0; i < G_N_ELEMENTS (raised); i++)
    mh_record_set_int (after, raised[i], mh_record_int (before, raised[i]) + amount);
  mh_record_set_text (after, MH_ORDER_PAYMENT_STATE,
                      mh_record_int (before, MH_ORDER_PAID) > 0 ? MH_PAYMENT_STATE_PART_PAID
                                                                : MH_PAYMENT_STATE_UNPAID);

  /* Work that was paid for once does not lapse because something was added to its price. */
  mh_record_set_null (after, MH_ORDER_EXPIRES_AT);
  g_autofree char *txn = mh_id_new ();

  return mh_orders_money ()->charge (tx, after, txn, error)
         && mh_orders_service_settle (tx, &(MhOrderChange){ before, after, items }, MH_AUDIT_UPDATE,
                                      "debit note", error);
}

/* Its own list, as long as that holds. */
static MhRecord *
orders_service_list_of (MhCatalogueView *view, MhRecord *order, const char *day)
{
  const char *code = mh_record_text (order, MH_ORDER_PRICE_LIST);
  return code != NULL ? mh_price_choose_list (mh_catalogue_all (view, &mh_price_list_type),
                                              mh_record_text (order, MH_ORDER_HOSPITAL_ID), code,
                                              mh_record_text (order, MH_ORDER_PAYER), day)
                      : NULL;
}

gint64
mh_orders_service_price_of (MhCatalogueView *view, MhRecord *order, gint64 now, const char *test)
{
  char day[MH_DATE_LENGTH + 1];
  orders_service_day_of (view, mh_record_text (order, MH_ORDER_HOSPITAL_ID), now, day);
  MhRecord *found = mh_catalogue_find (view, &mh_test_type, test);
  return mh_catalogue_price (view, orders_service_list_of (view, order, day), test,
                             mh_record_int (found, MH_TEST_PRICE));
}

gboolean
mh_orders_service_lay_added (const MhPriceSource *from,
                             MhRecord *order,
                             GPtrArray *items,
                             GPtrArray *added,
                             GError **error)
{
  g_auto (MhPricing) pricing = { 0 };
  if (!begin_pricing (from, order, &pricing, error))
    return FALSE;
  mh_orders_price_added (&pricing, orders_service_list_of (from->view, order, pricing.day), order,
                         items, added);
  return TRUE;
}

gboolean
mh_orders_service_price_added (MhTx *tx,
                               const MhPriceSource *from,
                               MhRecord *order,
                               GPtrArray *items,
                               GPtrArray *added,
                               GError **error)
{
  if (!mh_orders_service_lay_added (from, order, items, added, error))
    return FALSE;
  if (mh_record_int (order, MH_ORDER_DUE) > 0 && mh_record_int (order, MH_ORDER_PAID) > 0
      && mh_record_int (order, MH_ORDER_REFUNDED) == 0)
    mh_record_set_text (order, MH_ORDER_PAYMENT_STATE, MH_PAYMENT_STATE_PART_PAID);
  g_autofree char *txn = mh_id_new ();
  return mh_orders_money ()->charge (tx, order, txn, error);
}

gboolean
mh_orders_service_price_removed (MhDb *db,
                                 MhServer *server,
                                 MhRecord *order,
                                 GPtrArray *items,
                                 GError **error)
{
  g_auto (MhPricing) pricing = { 0 };
  g_autoptr (MhCatalogueView) view = mh_catalogue_view (mh_server_catalogue (server), db, error);
  const MhPriceSource from = { db, server, view, mh_record_int (order, MH_ORDER_ORDERED_AT) };
  if (view == NULL || !begin_pricing (&from, order, &pricing, error))
    return FALSE;
  mh_orders_price_removed (&pricing, order, items);
  return TRUE;
}

GPtrArray *
mh_orders_service_items_for (MhCatalogueView *view,
                             MhRecord *order,
                             const char *const *codes,
                             gint64 now,
                             GError **error)
{
  g_autoptr (GPtrArray) asked = g_ptr_array_new_with_free_func (g_object_unref);
  char day[MH_DATE_LENGTH + 1];
  for (guint i = 0; codes[i] != NULL; i++)
    {
      MhRecord *item = mh_record_new (&mh_order_item_type);
      mh_record_set_text (item, MH_ORDER_ITEM_TEST, codes[i]);
      g_ptr_array_add (asked, item);
    }
  orders_service_day_of (view, mh_record_text (order, MH_ORDER_HOSPITAL_ID), now, day);
  return mh_orders_price_items (view, asked, orders_service_list_of (view, order, day), error);
}

void
mh_orders_service_show_tests (MhRecord *order, GPtrArray *items)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) benches = g_ptr_array_new ();
  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      const char *bench = mh_record_text (item, MH_ORDER_ITEM_BENCH);
      if (g_strcmp0 (mh_record_text (item, MH_ORDER_ITEM_STATUS), MH_ITEM_STATUS_CANCELLED) == 0)
        continue;
      g_ptr_array_add (names, (gpointer)mh_record_text (item, MH_ORDER_ITEM_SHORT_NAME));
      if (bench != NULL && !g_ptr_array_find_with_equal_func (benches, bench, g_str_equal, NULL))
        g_ptr_array_add (benches, (gpointer)bench);
    }

  g_ptr_array_add (names, NULL);
  g_ptr_array_add (benches, NULL);
  mh_record_set_list (order, MH_ORDER_TEST_NAMES, (const char *const *)names->pdata);
  mh_record_set_list (order, MH_ORDER_BENCHES, (const char *const *)benches->pdata);
}

GPtrArray *
mh_orders_service_doctors (const MhRequest *req, const char *after, guint limit, GError **error)
{
  return mh_orders_store_doctors (req->db, mh_actor_hospital_id (req->actor), after, limit, error);
}

/* A discount changes every line; nothing has been paid yet. */
static gboolean
reprice (const MhRequest *req,
         MhRecord *before,
         MhRecord *after,
         MhRecord *patch,
         GPtrArray *items,
         GError **error)
{
  if (!mh_orders_discount_is_in (patch))
    return TRUE;
  if (!mh_orders_discount_is_open (before, error))
    return FALSE;

  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (req->server), req->db, error);
  if (view == NULL)
    return FALSE;

  g_autoptr (GPtrArray) old = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (old, mh_record_copy (g_ptr_array_index (items, i)));
  mh_orders_discount_apply (after, patch);
  const MhPriceSource from
      = { req->db, req->server, view, mh_record_int (before, MH_ORDER_ORDERED_AT) };
  if (!lay_totals (&from, after, items, error) || !mh_orders_discount_allow (req, after, error))
    return FALSE;

  for (guint i = 0; i < items->len; i++)
    if (!mh_tx_update_part (req->tx, g_ptr_array_index (old, i), g_ptr_array_index (items, i),
                            error))
      return FALSE;

  mh_record_set_text (after, MH_ORDER_TAB, mh_order_rules_tab (after));
  return !ready_to_collect (after) || orders_assignment->choose (req->tx, after, items, error);
}

/* The labels say it, and the benches sort by it. */
static gboolean
hurry_tubes (MhTx *tx, const char *order_id, const char *priority, GError **error)
{
  g_autoptr (GPtrArray) samples = mh_orders_store_samples (mh_tx_db (tx), order_id, error);
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      MhRecord *before = g_ptr_array_index (samples, i);
      g_autoptr (MhRecord) after = mh_record_copy (before);
      mh_record_set_text (after, MH_SAMPLE_PRIORITY, priority);
      if (!mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, "priority", error))
        return FALSE;
    }
  return samples != NULL;
}

/* Another priority is another promise, counted from when it was ordered. */
static gboolean
promise_again (MhTx *tx,
               MhServer *server,
               MhRecord *before,
               MhRecord *after,
               GPtrArray *items,
               GError **error)
{
  const char *priority = mh_record_text (after, MH_ORDER_PRIORITY);
  if (g_strcmp0 (priority, mh_record_text (before, MH_ORDER_PRIORITY)) == 0)
    return TRUE;
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (server), mh_tx_db (tx), error);
  if (view == NULL)
    return FALSE;
  mh_record_set_int (after, MH_ORDER_PROMISED_AT,
                     mh_record_int (before, MH_ORDER_ORDERED_AT)
                         + promised_minutes (view, items, priority) * MH_MINUTE);
  return hurry_tubes (tx, mh_record_id (after), priority, error);
}

MhRecord *
mh_orders_service_change (const MhRequest *req, MhPatch patch, GError **error)
{
  static const guint open_fields[]
      = { MH_ORDER_PRIORITY,      MH_ORDER_COLLECTION,    MH_ORDER_COLLECT_PLACE,
          MH_ORDER_COLLECT_FROM,  MH_ORDER_NOTES,         MH_ORDER_CLINICAL_NOTES,
          MH_ORDER_FASTING,       MH_ORDER_DOCTOR_NAME,   MH_ORDER_DISCOUNT,
          MH_ORDER_DISCOUNT_RATE, MH_ORDER_DISCOUNT_CODE, MH_ORDER_DISCOUNT_REASON,
          MH_ORDER_DOCTOR_ID,     MH_ORDER_DEPARTMENT_ID };
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;

  for (guint i = 0; i < mh_order_type.n_fields; i++)
    {
      gboolean open = i == MH_ID;
      for (guint k = 0; k < G_N_ELEMENTS (open_fields); k++)
        open = open || open_fields[k] == i;
      if (!open && mh_record_is_set (patch.body, i))
        {
          mh_error_set_field (error, mh_order_type.fields[i].name, "read_only",
                              "This cannot be changed once the order is placed.");
          return NULL;
        }
    }

  if (!mh_edit_begin (req, patch, &before, &after, error))
    return NULL;

  if (g_strcmp0 (mh_record_text (before, MH_ORDER_STATUS), MH_ORDER_STATUS_CANCELLED) == 0)
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "This order was cancelled; place a new one.");
      return NULL;
    }

  g_autoptr (GPtrArray) items = mh_orders_store_items (req->db, patch.id, error);
  if (items == NULL || !mh_orders_origin_change (req->db, patch.body, after, error)
      || !reprice (req, before, after, patch.body, items, error)
      || !promise_again (req->tx, req->server, before, after, items, error)
      || !orders_assignment->settle (req->tx, before, after, items, error)
      || !mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !mh_orders_store_compose (req->db, after, error))
    return NULL;

  return g_steal_pointer (&after);
}

/* Whoever draws the blood plans the round; what is ordered is the desk's. */
static gboolean
plans_collection (const MhActor *actor, MhRecord *patch)
{
  gboolean any = FALSE, other = FALSE;
  for (guint i = MH_N_COMMON; i < mh_order_type.n_fields; i++)
    {
      gboolean plan
          = i == MH_ORDER_COLLECTION || i == MH_ORDER_COLLECT_PLACE || i == MH_ORDER_COLLECT_FROM;
      any = any || (plan && mh_record_is_set (patch, i));
      other = other || (!plan && mh_record_is_set (patch, i));
    }
  return any && !other && mh_actor_may (actor, MH_MAY_COLLECT);
}

MhRecord *
mh_orders_service_update (const MhRequest *req, MhPatch patch, GError **error)
{
  if (!plans_collection (req->actor, patch.body)
      && !mh_actor_require (req->actor, MH_MAY_WRITE_ORDER, error))
    return NULL;
  return mh_orders_service_change (req, patch, error);
}

/* --- expiry --- */

gboolean
mh_orders_service_expire (MhTx *tx, MhServer *server, guint limit, guint *out_n, GError **error)
{
  gboolean open = FALSE;
  g_autoptr (GPtrArray) ids = mh_orders_store_expired (mh_tx_db (tx), mh_tx_now (tx), limit, error);
  if (ids == NULL)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      g_autoptr (MhRecord) before = mh_store_get (mh_tx_db (tx), &mh_order_type, id, error);
      g_autoptr (GPtrArray) items
          = before != NULL ? mh_orders_store_items (mh_tx_db (tx), id, error) : NULL;
      if (items == NULL)
        return FALSE;
      g_autoptr (MhRecord) after = mh_record_copy (before);
      mh_record_set_text (after, MH_ORDER_STATUS, MH_ORDER_STATUS_EXPIRED);
      if (!mh_orders_service_settle (tx, &(MhOrderChange){ before, after, items }, "expire",
                                     "not paid in time", error)
          || (mh_orders_money ()->has_gateway (server)
              && !mh_orders_money ()->close_links (tx, server, id, NULL, &open, error)))
        return FALSE;
    }

  *out_n = ids->len;
  return TRUE;
}

/* --- for other verticals --- */

void
mh_orders_service_prefetch (const MhRequest *req, const char *order_id)
{
  mh_orders_store_prefetch_items (req->db, order_id);
  orders_assignment->prefetch (req->db, mh_actor_hospital_id (req->actor));
}

void
mh_orders_service_prefetch_parts (MhDb *db, const char *order_id)
{
  mh_orders_store_prefetch (db, order_id);
}

GPtrArray *
mh_orders_service_items (MhDb *db, const char *order_id, GError **error)
{
  return mh_orders_store_items (db, order_id, error);
}

GPtrArray *
mh_orders_service_samples (MhDb *db, const char *order_id, GError **error)
{
  return mh_orders_store_samples (db, order_id, error);
}
