/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/invoices/mh-invoices-service.h"

#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/catalogue/mh-place.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/money/invoices/mh-invoices-credit.h"
#include "server/money/invoices/mh-invoices-debit.h"
#include "server/money/invoices/mh-invoices-make.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-setting-store.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/money/mh-payment.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"
#include "shared/rules/money/mh-price.h"

#include <string.h>

/* --- storing --- */

/* The number is taken last, so that nothing but the storing itself can still fail after it. */
static gboolean
number_it (MhTx *tx, MhServer *server, MhRecord *invoice, GError **error)
{
  const char *hospital_id = mh_record_text (invoice, MH_INVOICE_HOSPITAL_ID);
  const char *kind = mh_record_text (invoice, MH_INVOICE_KIND);
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (server), mh_tx_db (tx), error);

  if (view == NULL)
    return FALSE;

  MhRecord *hospital = mh_catalogue_hospital (view, hospital_id);
  const char *code = hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_CODE) : "X";
  g_autoptr (GTimeZone) zone = mh_place_zone (view, hospital_id);
  MhDate day = mh_date_of_instant (mh_tx_now (tx), zone);
  g_autofree char *prefix = NULL;

  if (!mh_setting_text (mh_tx_db (tx), hospital_id, MH_SET_INVOICE_PREFIX, &prefix, error))
    return FALSE;

  g_autofree char *year = mh_invoice_year (day);
  g_autofree char *series = mh_invoice_series (code, kind, year);
  gint64 next = mh_tx_next_number (tx, series, error);
  g_autofree char *number = next >= 0 ? mh_invoice_number (prefix, kind, year, next, error) : NULL;

  if (number == NULL)
    return FALSE;

  const MhWho *who = mh_tx_who (tx);
  mh_invoice_seal (
      invoice, &(MhInvoiceSeal){ number, year, day, mh_tx_now (tx), who->user_id, who->user_name });
  return TRUE;
}

static gboolean
invoices_service_finalise (MhTx *tx,
                           MhServer *server,
                           MhRecord *invoice,
                           const char *reason,
                           GError **error)
{
  GPtrArray *lines = mh_record_records (invoice, MH_INVOICE_LINES);
  if (!mh_record_has (invoice, MH_ID))
    mh_record_take_text (invoice, MH_ID, mh_id_new ());
  if (!number_it (tx, server, invoice, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    mh_record_set_text (g_ptr_array_index (lines, i), MH_INVOICE_LINE_INVOICE_ID,
                        mh_record_id (invoice));
  return mh_tx_insert (tx, invoice, MH_AUDIT_CREATE, reason, error)
         && mh_tx_insert_parts (tx, lines, error);
}

static MhRecord *
invoices_service_begin (MhTx *tx,
                        MhServer *server,
                        const char *kind,
                        MhRecord *order,
                        GError **error)
{
  MhDb *db = mh_tx_db (tx);
  const char *hospital_id = mh_record_text (order, MH_ORDER_HOSPITAL_ID);
  g_autoptr (MhCatalogueView) view = mh_catalogue_view (mh_server_catalogue (server), db, error);
  g_autoptr (MhRecord) patient
      = view != NULL ? mh_store_get (db, &mh_patient_type,
                                     mh_record_text (order, MH_ORDER_PATIENT_ID), error)
                     : NULL;

  if (patient == NULL)
    return NULL;

  MhRecord *hospital = mh_catalogue_hospital (view, hospital_id);
  if (hospital != NULL)
    return mh_invoice_begin (kind, order, hospital, patient);

  mh_error_set (error, MH_ERROR_INTERNAL, "The hospital of this order is not known.");
  return NULL;
}

/* Whoever has read the order's tests already hands them over with it. */
static GPtrArray *
invoices_service_items_of (MhDb *db, MhRecord *order, GError **error)
{
  GPtrArray *items = mh_record_records (order, MH_ORDER_ITEMS);
  return items != NULL && items->len > 0
             ? g_ptr_array_ref (items)
             : mh_orders_service_items (db, mh_record_id (order), error);
}

void
mh_invoices_service_prefetch (MhDb *db, MhRecord *order)
{
  const char *hospital_id = mh_record_text (order, MH_ORDER_HOSPITAL_ID);
  mh_invoices_store_of_order_prefetch (db, mh_record_id (order));
  mh_store_prefetch (db, &mh_hospital_type, hospital_id);
  mh_store_prefetch (db, &mh_patient_type, mh_record_text (order, MH_ORDER_PATIENT_ID));
  mh_setting_prefetch (db, hospital_id, MH_SET_INVOICE_PREFIX);
}

MhRecord *
mh_invoices_service_of_order (MhDb *db, const char *order_id, GError **error)
{
  return mh_invoices_store_of_order (db, order_id, error);
}

MhRecord *
mh_invoices_service_for_order (MhTx *tx, MhServer *server, MhRecord *order, GError **error)
{
  MhDb *db = mh_tx_db (tx);
  g_autoptr (GError) inner = NULL;
  MhRecord *made = mh_invoices_store_of_order (db, mh_record_id (order), &inner);
  if (made != NULL)
    return made;

  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  g_autoptr (GPtrArray) items = invoices_service_items_of (db, order, error);
  g_autoptr (MhRecord) invoice
      = items != NULL ? invoices_service_begin (tx, server, MH_INVOICE_KIND_INVOICE, order, error)
                      : NULL;

  if (invoice == NULL)
    return NULL;

  mh_invoice_add_items (invoice, order, items);
  mh_invoice_add_up (invoice, mh_record_int (order, MH_ORDER_ROUND_OFF));
  if (!invoices_service_finalise (tx, server, invoice, NULL, error))
    return NULL;

  return g_steal_pointer (&invoice);
}

/* --- notes --- */

static void
cite (MhRecord *note, MhRecord *invoice)
{
  mh_record_set_text (note, MH_INVOICE_CITES, mh_record_id (invoice));
  mh_record_set_text (note, MH_INVOICE_CITES_NUMBER, mh_record_text (invoice, MH_INVOICE_NUMBER));
  mh_record_set_text (note, MH_INVOICE_CITES_ON, mh_record_text (invoice, MH_INVOICE_ISSUED_ON));
}

static void
account_clear (MhInvoiceAccount *account)
{
  g_clear_pointer (&account->lines, g_ptr_array_unref);
  g_clear_pointer (&account->credited, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhInvoiceAccount, account_clear)

static gboolean
load_account (MhDb *db, MhRecord *invoice, MhInvoiceAccount *account, GError **error)
{
  const char *id = mh_record_id (invoice);
  g_autoptr (GPtrArray) notes = mh_invoices_store_notes (db, id, error);
  account->lines = notes != NULL ? mh_invoices_store_lines (db, id, error) : NULL;
  g_autoptr (GPtrArray) more
      = account->lines != NULL ? mh_invoices_store_note_lines (db, id, MH_INVOICE_KIND_DEBIT, error)
                               : NULL;

  account->credited
      = more != NULL ? mh_invoices_store_note_lines (db, id, MH_INVOICE_KIND_CREDIT, error) : NULL;
  if (account->credited == NULL)
    return FALSE;

  g_ptr_array_extend_and_steal (account->lines, g_steal_pointer (&more));
  account->round_off = mh_record_int (invoice, MH_INVOICE_ROUND_OFF);
  for (guint i = 0; i < notes->len; i++)
    {
      MhRecord *note = g_ptr_array_index (notes, i);
      gint64 off = mh_record_int (note, MH_INVOICE_ROUND_OFF);
      gboolean credit
          = g_strcmp0 (mh_record_text (note, MH_INVOICE_KIND), MH_INVOICE_KIND_CREDIT) == 0;
      account->round_off += credit ? -off : off;
    }

  return TRUE;
}

static MhRecord *
make_credit (const MhRequest *req,
             MhRecord *invoice,
             MhRecord *order,
             MhRecord *refund,
             GPtrArray *items,
             GError **error)
{
  g_auto (MhInvoiceAccount) account = { 0 };
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  gint64 round_off = 0;

  for (guint i = 0; items != NULL && i < items->len; i++)
    g_ptr_array_add (ids, (gpointer)mh_record_id (g_ptr_array_index (items, i)));
  if (!load_account (req->db, invoice, &account, error))
    return NULL;

  g_autoptr (GPtrArray) lines = mh_invoices_credit_lines (
      &account, mh_record_int (refund, MH_PAYMENT_AMOUNT), ids, &round_off, error);
  g_autoptr (MhRecord) note
      = lines != NULL
            ? invoices_service_begin (req->tx, req->server, MH_INVOICE_KIND_CREDIT, order, error)
            : NULL;

  if (note == NULL)
    return NULL;

  cite (note, invoice);
  mh_record_set_text (note, MH_INVOICE_REFUND_ID, mh_record_id (refund));
  mh_record_set_text (note, MH_INVOICE_REASON, mh_record_text (refund, MH_PAYMENT_REFUND_REASON));
  mh_record_set_text (note, MH_INVOICE_NOTE, mh_record_text (refund, MH_PAYMENT_NOTE));
  mh_record_take_records (note, MH_INVOICE_LINES, g_steal_pointer (&lines));
  mh_invoice_add_up (note, round_off);
  if (!invoices_service_finalise (req->tx, req->server, note,
                                  mh_record_text (refund, MH_PAYMENT_REFUND_REASON), error))
    return NULL;

  return g_steal_pointer (&note);
}

gboolean
mh_invoices_service_credit (const MhRequest *req,
                            MhRecord *order,
                            MhRecord *refund,
                            GPtrArray *items,
                            MhRecord **out_note,
                            GError **error)
{
  MhDb *db = req->db;
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRecord) invoice = mh_invoices_store_of_order (db, mh_record_id (order), &inner);
  g_autoptr (MhRecord) note = invoice != NULL ? mh_store_find (db, &mh_invoice_type, "refund_id",
                                                               mh_record_id (refund), &inner)
                                              : NULL;

  if (inner == NULL && invoice != NULL && note == NULL)
    note = make_credit (req, invoice, order, refund, items, &inner);
  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }

  if (out_note != NULL)
    *out_note = g_steal_pointer (&note);
  return TRUE;
}

/* A note on a note would leave nobody knowing what an invoice comes to. */
static gboolean
may_be_debited (MhRecord *invoice, MhRecord *order, GError **error)
{
  if (mh_record_has (invoice, MH_INVOICE_CITES))
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "A debit note belongs to an invoice or a bill of supply, not to another note.");
  else if (g_strcmp0 (mh_record_text (order, MH_ORDER_STATUS), MH_ORDER_STATUS_CANCELLED) == 0)
    mh_error_set (error, MH_ERROR_CONFLICT,
                  "This order was cancelled; nothing can be charged on it.");
  else
    return TRUE;
  return FALSE;
}

/* What is charged beside an invoice, by the taxes of that day; *out_round_off goes to their sum. */
static GPtrArray *
debit_lines (const MhRequest *req,
             MhRecord *invoice,
             MhRecord *request,
             gint64 now,
             gint64 *out_round_off,
             GError **error)
{
  const char *hospital_id = mh_record_text (invoice, MH_INVOICE_HOSPITAL_ID);
  char day[MH_DATE_LENGTH + 1];
  gint64 round_to = 0, amount = 0;
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (req->server), req->db, error);

  if (view == NULL || !mh_setting_int (req->db, hospital_id, MH_SET_ROUND_TO, &round_to, error))
    return NULL;

  g_autoptr (GTimeZone) zone = mh_place_zone (view, hospital_id);
  mh_date_format (mh_date_of_instant (now, zone), day);
  g_autoptr (GPtrArray) lines = mh_invoices_debit_lines (view, hospital_id, day, request, error);

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    amount += mh_record_int (g_ptr_array_index (lines, i), MH_INVOICE_LINE_AMOUNT);
  *out_round_off = mh_price_round_off (amount, round_to);
  return g_steal_pointer (&lines);
}

gboolean
mh_invoices_service_debit_total (const MhRequest *req,
                                 MhRecord *invoice,
                                 MhRecord *request,
                                 gint64 now,
                                 gint64 *out_total,
                                 GError **error)
{
  gint64 total = 0;
  g_autoptr (GPtrArray) lines = debit_lines (req, invoice, request, now, &total, error);
  if (lines == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    total += mh_record_int (g_ptr_array_index (lines, i), MH_INVOICE_LINE_AMOUNT);
  *out_total = total;
  return TRUE;
}

static MhRecord *
make_debit (MhTx *tx,
            MhServer *server,
            MhRecord *invoice,
            MhRecord *order,
            MhRecord *request,
            GError **error)
{
  gint64 round_off = 0;
  g_autoptr (GPtrArray) lines = debit_lines (MH_REQUEST_DB (mh_tx_db (tx), server, NULL), invoice,
                                             request, mh_tx_now (tx), &round_off, error);
  g_autoptr (MhRecord) note
      = lines != NULL ? invoices_service_begin (tx, server, MH_INVOICE_KIND_DEBIT, order, error)
                      : NULL;

  if (note == NULL)
    return NULL;

  cite (note, invoice);
  mh_record_set_text (note, MH_ID, mh_record_text (request, MH_DEBIT_REQUEST_ID));
  mh_record_set_text (note, MH_INVOICE_REASON, mh_record_text (request, MH_DEBIT_REQUEST_REASON));
  mh_record_set_text (note, MH_INVOICE_NOTE, mh_record_text (request, MH_DEBIT_REQUEST_NOTE));
  mh_record_take_records (note, MH_INVOICE_LINES, g_steal_pointer (&lines));
  mh_invoice_add_up (note, round_off);
  return g_steal_pointer (&note);
}

MhRecord *
mh_invoices_service_debit (const MhRequest *req, const char *id, MhRecord *request, GError **error)
{
  MhDb *db = req->db;
  g_autoptr (MhRecord) invoice = mh_edit_get (req, &mh_invoice_type, id, error);
  g_autoptr (MhRecord) order
      = invoice != NULL ? mh_store_get (db, &mh_order_type,
                                        mh_record_text (invoice, MH_INVOICE_ORDER_ID), error)
                        : NULL;

  if (order == NULL || !may_be_debited (invoice, order, error))
    return NULL;

  g_autoptr (MhRecord) note = make_debit (req->tx, req->server, invoice, order, request, error);
  if (note == NULL
      || !invoices_service_finalise (req->tx, req->server, note,
                                     mh_record_text (request, MH_DEBIT_REQUEST_REASON), error)
      || !mh_orders_service_debit (req->tx, mh_record_id (order),
                                   mh_record_int (note, MH_INVOICE_TOTAL), error))
    return NULL;

  mh_record_take_records (note, MH_INVOICE_TAXES,
                          mh_invoice_taxes (mh_record_records (note, MH_INVOICE_LINES)));
  return g_steal_pointer (&note);
}

/* --- reading --- */

static void
invoices_service_set_state (MhRecord *invoice, GPtrArray *notes)
{
  gint64 credited = 0, debited = 0;
  for (guint i = 0; i < notes->len; i++)
    {
      MhRecord *note = g_ptr_array_index (notes, i);
      gboolean credit
          = g_strcmp0 (mh_record_text (note, MH_INVOICE_KIND), MH_INVOICE_KIND_CREDIT) == 0;
      *(credit ? &credited : &debited) += mh_record_int (note, MH_INVOICE_TOTAL);
    }

  gint64 charged = mh_record_int (invoice, MH_INVOICE_TOTAL) + debited;
  mh_record_set_int (invoice, MH_INVOICE_CREDITED, credited);
  mh_record_set_int (invoice, MH_INVOICE_DEBITED, debited);
  mh_record_set_text (invoice, MH_INVOICE_STATE,
                      credited == 0         ? MH_INVOICE_STATE_FINAL
                      : credited >= charged ? MH_INVOICE_STATE_CREDITED
                                            : MH_INVOICE_STATE_PART_CREDITED);
}

MhRecord *
mh_invoices_service_read (const MhRequest *req, const char *id, GError **error)
{
  g_autoptr (MhRecord) invoice = mh_edit_get (req, &mh_invoice_type, id, error);
  g_autoptr (GPtrArray) lines
      = invoice != NULL ? mh_invoices_store_lines (req->db, id, error) : NULL;
  g_autoptr (GPtrArray) notes = lines != NULL ? mh_invoices_store_notes (req->db, id, error) : NULL;
  gint64 copies = notes != NULL ? mh_invoices_store_copies (req->db, id, error) : -1;

  if (copies < 0)
    return NULL;

  invoices_service_set_state (invoice, notes);
  mh_record_set_int (invoice, MH_INVOICE_COPIES, copies);
  mh_record_take_records (invoice, MH_INVOICE_TAXES, mh_invoice_taxes (lines));
  mh_record_take_records (invoice, MH_INVOICE_LINES, g_steal_pointer (&lines));
  mh_record_take_records (invoice, MH_INVOICE_NOTES, g_steal_pointer (&notes));
  return g_steal_pointer (&invoice);
}

/* --- looking over --- */

gboolean
mh_invoices_service_sums (MhDb *db,
                          const char *order_id,
                          gint64 *out_charged,
                          gint64 *out_credited,
                          GError **error)
{
  return mh_invoices_store_sums (db, order_id, out_charged, out_credited, error);
}
