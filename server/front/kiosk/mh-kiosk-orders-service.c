/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/front/kiosk/mh-kiosk-service.h"
#include "server/platform/actor/mh-request.h"

#include <string.h>

#include "server/clinic/appointments/mh-appointments-service.h"
#include "server/front/kiosk/mh-kiosk-private.h"
#include "server/front/kiosk/mh-kiosk-store.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/lab/reports/mh-reports-service.h"
#include "server/messages/feedback/mh-feedback-service.h"
#include "server/messages/sms/mh-sms.h"
#include "server/money/gateway/mh-gateway-service.h"
#include "server/platform/common/mh-edit.h"
#include "server/platform/common/mh-setting-store.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/front/mh-kiosk.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/messages/mh-feedback.h"
#include "shared/records/money/mh-gateway.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/records/platform/mh-settings.h"

/* The rights that one step of a proved visitor takes; the kiosk itself has none of them. */
static MhActor *
lend (const MhActor *actor, const char *right)
{
  const char *const rights[] = { right, NULL };
  return mh_actor_new (mh_actor_user_id (actor), mh_actor_name (actor), mh_actor_role (actor),
                       mh_actor_hospital_id (actor), mh_actor_session_id (actor), rights);
}

/* --- before anybody has come --- */

static gboolean
has_pin (MhDb *db, const char *hospital_id, gboolean *out_has, GError **error)
{
  GError *failure = NULL;
  g_autoptr (MhRecord) setup
      = mh_store_find (db, &mh_kiosk_setup_type, "hospital_id", hospital_id, &failure);
  *out_has = setup != NULL;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

MhRecord *
mh_kiosk_service_state (const MhRequest *req, GError **error)
{
  gint64 idle = 0;
  gboolean pin = FALSE;
  const char *hospital_id = mh_edit_hospital (req->actor, error);
  g_autoptr (MhRecord) hospital
      = hospital_id != NULL ? mh_store_get (req->db, &mh_hospital_type, hospital_id, error) : NULL;

  if (hospital == NULL || !mh_setting_int (req->db, hospital_id, MH_SET_KIOSK_IDLE, &idle, error)
      || !has_pin (req->db, hospital_id, &pin, error))
    return NULL;

  MhRecord *state = mh_record_new (&mh_kiosk_state_type);
  mh_record_set_text (state, MH_KIOSK_STATE_HOSPITAL, mh_record_text (hospital, MH_HOSPITAL_NAME));
  mh_record_set_text (state, MH_KIOSK_STATE_PHONE, mh_record_text (hospital, MH_HOSPITAL_PHONE));
  mh_record_set_text (state, MH_KIOSK_STATE_CURRENCY,
                      mh_record_text (hospital, MH_HOSPITAL_CURRENCY));
  mh_record_set_int (state, MH_KIOSK_STATE_IDLE_SECONDS, CLAMP (idle, 20, 600));
  mh_record_set_bool (state, MH_KIOSK_STATE_ONLINE_PAYMENT,
                      mh_gateway_service_is_configured (req->server));
  mh_record_set_bool (state, MH_KIOSK_STATE_CODES, mh_sms_is_configured (req->server));
  mh_record_set_bool (state, MH_KIOSK_STATE_HAS_PIN, pin);

  return state;
}

/* NULL: it is not offered without a doctor. */
static MhRecord *
test_new (MhRecord *row, guint code, const char *language)
{
  const char *called = NULL;
  const char *words = mh_kiosk_words (row, language, &called);
  if (words == NULL)
    return NULL;
  MhRecord *made = mh_record_new (&mh_kiosk_test_type);
  mh_record_set_text (made, MH_KIOSK_TEST_TEST, mh_record_text (row, code));
  mh_record_set_text (made, MH_KIOSK_TEST_NAME, called);
  mh_record_set_text (made, MH_KIOSK_TEST_TEXT, words);
  return made;
}

static void
set_offer (MhRecord *made, MhRecord *hospital, gint64 price, gint64 fasting)
{
  mh_record_set_int (made, MH_KIOSK_TEST_PRICE, price);
  if (hospital != NULL)
    mh_record_set_text (made, MH_KIOSK_TEST_CURRENCY,
                        mh_record_text (hospital, MH_HOSPITAL_CURRENCY));
  mh_record_set_int (made, MH_KIOSK_TEST_FASTING_HOURS, fasting);
}

GPtrArray *
mh_kiosk_service_tests (const MhRequest *req, const char *language, GError **error)
{
  g_autoptr (MhCatalogueView) view
      = mh_catalogue_view (mh_server_catalogue (req->server), req->db, error);
  if (view == NULL)
    return NULL;

  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  MhRecord *hospital = mh_catalogue_hospital (view, mh_actor_hospital_id (req->actor));
  GPtrArray *panels = mh_catalogue_all (view, &mh_panel_type);
  GPtrArray *tests = mh_catalogue_all (view, &mh_test_type);

  for (guint i = 0; i < panels->len; i++)
    {
      MhRecord *panel = g_ptr_array_index (panels, i);
      MhRecord *made = test_new (panel, MH_PANEL_CODE, language);
      if (made == NULL)
        continue;
      set_offer (made, hospital, mh_record_int (panel, MH_PANEL_PRICE),
                 mh_record_bool (panel, MH_PANEL_FASTING) ? 10 : 0);
      mh_record_set_bool (made, MH_KIOSK_TEST_PANEL, TRUE);
      g_ptr_array_add (all, made);
    }

  for (guint i = 0; i < tests->len; i++)
    {
      MhRecord *test = g_ptr_array_index (tests, i);
      MhRecord *made = test_new (test, MH_TEST_CODE, language);
      if (made == NULL)
        continue;
      set_offer (made, hospital, mh_record_int (test, MH_TEST_PRICE),
                 mh_record_int (test, MH_TEST_FASTING_HOURS));
      mh_record_set_text (made, MH_KIOSK_TEST_NOTE, mh_record_text (test, MH_TEST_INSTRUCTIONS));
      mh_record_set_int (made, MH_KIOSK_TEST_MINUTES, mh_record_int (test, MH_TEST_TAT_ROUTINE));
      g_ptr_array_add (all, made);
    }

  return all;
}

/* --- ordering --- */

static gboolean
kiosk_orders_service_is_offered (MhCatalogueView *view, const char *code)
{
  const char *called = NULL;
  MhRecord *row = mh_catalogue_find (view, &mh_test_type, code);
  if (row == NULL)
    row = mh_catalogue_find (view, &mh_panel_type, code);
  return row != NULL && mh_kiosk_words (row, NULL, &called) != NULL;
}

static MhRecord *
order_draft (MhDb *db, MhServer *server, MhRecord *visit, MhRecord *ask, GError **error)
{
  const char *const *tests = mh_record_list (ask, MH_KIOSK_ASK_TESTS);
  if (tests == NULL || tests[0] == NULL)
    {
      mh_error_set_field (error, "tests", "required", "choose at least one");
      return NULL;
    }

  g_autoptr (MhCatalogueView) view = mh_catalogue_view (mh_server_catalogue (server), db, error);
  if (view == NULL)
    return NULL;

  for (guint i = 0; tests[i] != NULL; i++)
    if (!kiosk_orders_service_is_offered (view, tests[i]))
      {
        mh_error_set_field (error, "tests", "unknown_code", "is not offered at a kiosk");
        return NULL;
      }

  const char *id = mh_record_text (ask, MH_KIOSK_ASK_ID);
  MhRecord *draft = mh_record_new (&mh_order_type);
  if (id != NULL)
    mh_record_set_text (draft, MH_ID, id);
  mh_record_set_text (draft, MH_ORDER_PATIENT_ID,
                      mh_record_text (visit, MH_KIOSK_SESSION_PATIENT_ID));
  mh_record_set_text (draft, MH_ORDER_PRIORITY, MH_PRIORITY_ROUTINE);
  mh_record_set_text (draft, MH_ORDER_PAYMENT_METHOD,
                      mh_record_bool (ask, MH_KIOSK_ASK_ONLINE) ? MH_METHOD_ONLINE
                                                                : MH_METHOD_CASH);

  for (guint i = 0; tests[i] != NULL; i++)
    {
      g_autoptr (MhRecord) item = mh_record_new (&mh_order_item_type);
      mh_record_set_text (item, MH_ORDER_ITEM_TEST, tests[i]);
      mh_record_append (draft, MH_ORDER_ITEMS, item);
    }

  return draft;
}

static void
kiosk_orders_service_add_line (MhRecord *made, MhRecord *item)
{
  g_autoptr (MhRecord) line = mh_record_new (&mh_kiosk_line_type);
  mh_record_set_text (line, MH_KIOSK_LINE_TEST, mh_record_text (item, MH_ORDER_ITEM_TEST));
  mh_record_set_text (line, MH_KIOSK_LINE_NAME, mh_record_text (item, MH_ORDER_ITEM_NAME));
  mh_record_set_int (line, MH_KIOSK_LINE_AMOUNT, mh_record_int (item, MH_ORDER_ITEM_PRICE));
  mh_record_append (made, MH_KIOSK_ORDER_LINES, line);
}

/* What a visitor is told of an order: nothing that stands in it besides. */
static MhRecord *
order_told (MhRecord *order)
{
  static const struct
  {
    guint from, to;
  } sums[] = {
    { MH_ORDER_SUBTOTAL, MH_KIOSK_ORDER_SUBTOTAL },
    { MH_ORDER_TAX, MH_KIOSK_ORDER_TAX },
    { MH_ORDER_TOTAL, MH_KIOSK_ORDER_TOTAL },
    { MH_ORDER_DUE, MH_KIOSK_ORDER_DUE },
  };
  MhRecord *made = mh_record_new (&mh_kiosk_order_type);
  GPtrArray *items = mh_record_records (order, MH_ORDER_ITEMS);

  if (mh_record_has (order, MH_ORDER_NUMBER))
    mh_record_set_text (made, MH_KIOSK_ORDER_ORDER_ID, mh_record_id (order));
  mh_record_set_text (made, MH_KIOSK_ORDER_NUMBER, mh_record_text (order, MH_ORDER_NUMBER));
  mh_record_set_text (made, MH_KIOSK_ORDER_PAYMENT_STATE,
                      mh_record_text (order, MH_ORDER_PAYMENT_STATE));
  mh_record_set_text (made, MH_KIOSK_ORDER_CURRENCY, mh_record_text (order, MH_ORDER_CURRENCY));
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    mh_record_set_int (made, sums[i].to, mh_record_int (order, sums[i].from));
  for (guint i = 0; items != NULL && i < items->len; i++)
    kiosk_orders_service_add_line (made, g_ptr_array_index (items, i));

  return made;
}

MhRecord *
mh_kiosk_service_quote (const MhRequest *req, MhRecord *ask, gint64 now, GError **error)
{
  g_autoptr (MhRecord) visit = mh_kiosk_service_visit (req, ask, MH_KIOSK_PROOF_MATCH, now, error);
  g_autoptr (MhRecord) draft
      = visit != NULL ? order_draft (req->db, req->server, visit, ask, error) : NULL;
  g_autoptr (MhRecord) order = draft != NULL ? mh_orders_service_quote (req, draft, error) : NULL;
  return order != NULL ? order_told (order) : NULL;
}

/* A number of the queue at the laboratory or the till, by which the visitor is called; none where
 * the hospital calls by no numbers. */
static gboolean
kiosk_orders_service_give_token (MhTx *tx,
                                 MhServer *server,
                                 MhRecord *visit,
                                 MhRecord *told,
                                 GError **error)
{
  g_autoptr (GError) failure = NULL;
  const MhTokenDraft wanted = {
    .hospital_id = mh_record_text (visit, MH_KIOSK_SESSION_HOSPITAL_ID),
    .patient_id = mh_record_text (visit, MH_KIOSK_SESSION_PATIENT_ID),
  };
  g_autoptr (MhRecord) token = mh_appointments_token (tx, server, &wanted, &failure);

  if (token != NULL)
    {
      mh_record_set_text (told, MH_KIOSK_ORDER_TOKEN, mh_record_text (token, MH_TOKEN_LABEL));
      return TRUE;
    }

  const MhIssues *issues = mh_error_get_issues (failure);
  if (issues != NULL && mh_issues_find (issues, "schedule_id") != NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

MhRecord *
mh_kiosk_service_order (const MhRequest *req, MhRecord *ask, GError **error)
{
  g_autoptr (MhRecord) before
      = mh_kiosk_service_visit (req, ask, MH_KIOSK_PROOF_MATCH, mh_tx_now (req->tx), error);
  if (before == NULL)
    return NULL;

  if (mh_record_has (before, MH_KIOSK_SESSION_ORDER_ID))
    {
      mh_error_set (error, MH_ERROR_CONFLICT, "You have ordered already. Please begin again.");
      return NULL;
    }

  g_autoptr (MhRecord) draft = order_draft (req->db, req->server, before, ask, error);
  g_autoptr (MhActor) lent = lend (req->actor, MH_MAY_WRITE_ORDER);
  g_autoptr (MhRecord) order
      = draft != NULL
            ? mh_orders_service_place (MH_REQUEST_TX (req->tx, req->server, lent), draft, error)
            : NULL;

  if (order == NULL)
    return NULL;

  g_autoptr (MhRecord) after = mh_record_copy (before);
  mh_record_set_text (after, MH_KIOSK_SESSION_ORDER_ID, mh_record_id (order));
  g_autoptr (MhRecord) told = order_told (order);

  return kiosk_orders_service_give_token (req->tx, req->server, before, told, error)
                 && mh_tx_update (req->tx, before, after, MH_AUDIT_UPDATE, NULL, error)
             ? g_steal_pointer (&told)
             : NULL;
}

/* --- one's own order --- */

/* That of this visit; after the code any of the patient's. */
static MhRecord *
own_order (const MhRequest *req, const char *order_id, MhRecord *ask, gint64 now, GError **error)
{
  g_autoptr (MhRecord) visit = mh_kiosk_service_visit (req, ask, MH_KIOSK_PROOF_MATCH, now, error);
  if (visit == NULL)
    return NULL;

  gboolean coded
      = g_strcmp0 (mh_record_text (visit, MH_KIOSK_SESSION_PROOF), MH_KIOSK_PROOF_CODE) == 0;
  gboolean this_one = g_strcmp0 (mh_record_text (visit, MH_KIOSK_SESSION_ORDER_ID), order_id) == 0;
  g_autoptr (MhRecord) order
      = this_one || coded ? mh_edit_get (req, &mh_order_type, order_id, error) : NULL;

  if (order == NULL && (this_one || coded))
    return NULL;

  if (order == NULL
      || g_strcmp0 (mh_record_text (order, MH_ORDER_PATIENT_ID),
                    mh_record_text (visit, MH_KIOSK_SESSION_PATIENT_ID))
             != 0)
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such record.");
      return NULL;
    }

  return g_steal_pointer (&order);
}

static MhRecord *
payment_told (MhRecord *attempt)
{
  static const guint texts[][2] = {
    { MH_ATTEMPT_STATUS, MH_KIOSK_PAYMENT_STATUS },
    { MH_ATTEMPT_QR_CONTENT, MH_KIOSK_PAYMENT_QR_CONTENT },
    { MH_ATTEMPT_CURRENCY, MH_KIOSK_PAYMENT_CURRENCY },
  };
  MhRecord *made = mh_record_new (&mh_kiosk_payment_type);

  mh_record_set_text (made, MH_KIOSK_PAYMENT_ATTEMPT_ID, mh_record_id (attempt));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    mh_record_set_text (made, texts[i][1], mh_record_text (attempt, texts[i][0]));
  mh_record_set_bool (made, MH_KIOSK_PAYMENT_QR_IMAGE,
                      mh_record_bool (attempt, MH_ATTEMPT_QR_IMAGE));
  mh_record_set_int (made, MH_KIOSK_PAYMENT_AMOUNT, mh_record_int (attempt, MH_ATTEMPT_AMOUNT));
  if (mh_record_has (attempt, MH_ATTEMPT_CLOSE_BY))
    mh_record_set_int (made, MH_KIOSK_PAYMENT_CLOSE_BY,
                       mh_record_int (attempt, MH_ATTEMPT_CLOSE_BY));

  mh_record_set_bool (made, MH_KIOSK_PAYMENT_PAID,
                      g_strcmp0 (mh_record_text (attempt, MH_ATTEMPT_STATUS), MH_ATTEMPT_PAID)
                          == 0);

  return made;
}

MhRecord *
mh_kiosk_service_pay (const MhRequest *req, const char *order_id, MhRecord *ask, GError **error)
{
  g_autoptr (MhRecord) order = own_order (req, order_id, ask, mh_tx_now (req->tx), error);
  g_autoptr (MhActor) lent = lend (req->actor, MH_MAY_TAKE_PAYMENT);
  g_autoptr (MhRecord) attempt
      = order != NULL ? mh_gateway_service_ask (MH_REQUEST_TX (req->tx, req->server, lent), order,
                                                MH_ATTEMPT_KIND_QR, NULL, error)
                      : NULL;
  return attempt != NULL ? payment_told (attempt) : NULL;
}

static MhRecord *
kiosk_orders_service_newest_attempt (const MhRequest *req, MhRecord *order, GError **error)
{
  g_autoptr (GPtrArray) attempts = mh_gateway_service_attempts (req, mh_record_id (order), error);
  if (attempts == NULL)
    return NULL;
  if (attempts->len == 0)
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "There is no such record.");
      return NULL;
    }
  return g_object_ref (g_ptr_array_index (attempts, attempts->len - 1));
}

MhRecord *
mh_kiosk_service_paid (const MhRequest *req,
                       const char *order_id,
                       MhRecord *ask,
                       gint64 now,
                       GError **error)
{
  g_autoptr (MhRecord) order = own_order (req, order_id, ask, now, error);
  g_autoptr (MhRecord) attempt
      = order != NULL ? kiosk_orders_service_newest_attempt (req, order, error) : NULL;
  if (attempt == NULL)
    return NULL;
  MhRecord *told = payment_told (attempt);
  /* paid in another way meanwhile, at the desk next to it */
  if (g_strcmp0 (mh_record_text (order, MH_ORDER_PAYMENT_STATE), MH_PAYMENT_STATE_PAID) == 0)
    mh_record_set_bool (told, MH_KIOSK_PAYMENT_PAID, TRUE);
  return told;
}

GBytes *
mh_kiosk_service_image (const MhRequest *req,
                        const char *order_id,
                        MhRecord *ask,
                        gint64 now,
                        char **out_media,
                        GError **error)
{
  g_autoptr (MhRecord) order = own_order (req, order_id, ask, now, error);
  g_autoptr (MhRecord) attempt
      = order != NULL ? kiosk_orders_service_newest_attempt (req, order, error) : NULL;
  return attempt != NULL ? mh_gateway_service_image (req, mh_record_id (attempt), out_media, error)
                         : NULL;
}

gboolean
mh_kiosk_service_at_desk (const MhRequest *req, const char *order_id, MhRecord *ask, GError **error)
{
  g_autoptr (MhRecord) order = own_order (req, order_id, ask, mh_tx_now (req->tx), error);
  if (order == NULL)
    return FALSE;
  if (g_strcmp0 (mh_record_text (order, MH_ORDER_PAYMENT_METHOD), MH_METHOD_ONLINE) != 0)
    return TRUE; /* it is already */

  g_autoptr (MhRecord) recovery = mh_record_new (&mh_recovery_type);
  mh_record_set_text (recovery, MH_RECOVERY_ACTION, MH_RECOVERY_CONVERT_TO_COD);
  g_autoptr (MhActor) lent = lend (req->actor, MH_MAY_TAKE_PAYMENT);
  g_autoptr (MhRecord) converted = mh_orders_service_recover (
      MH_REQUEST_TX (req->tx, req->server, lent), order_id, recovery, error);

  return converted != NULL;
}

MhRecord *
mh_kiosk_service_feedback (const MhRequest *req,
                           const char *order_id,
                           MhRecord *ask,
                           GError **error)
{
  g_autoptr (MhRecord) order = own_order (req, order_id, ask, mh_tx_now (req->tx), error);
  if (order == NULL)
    return NULL;

  if (!mh_record_has (ask, MH_KIOSK_ASK_SCORE))
    {
      mh_error_set_field (error, "score", "required", "choose one to five");
      return NULL;
    }

  g_autoptr (MhRecord) answer = mh_record_new (&mh_feedback_answer_type);
  mh_record_set_int (answer, MH_FEEDBACK_ANSWER_SCORE, mh_record_int (ask, MH_KIOSK_ASK_SCORE));
  mh_record_set_text (answer, MH_FEEDBACK_ANSWER_COMMENT,
                      mh_record_text (ask, MH_KIOSK_ASK_COMMENT));
  mh_record_set_text (answer, MH_FEEDBACK_ANSWER_CHANNEL, MH_FEEDBACK_KIOSK);
  return mh_feedback_service_answer_for (req, order_id, answer, error);
}

/* --- one's own reports --- */

static MhRecord *
report_told (const MhRequest *req, MhRecord *order, GError **error)
{
  g_autoptr (GPtrArray) versions = mh_reports_service_list (req, mh_record_id (order), error);
  if (versions == NULL)
    return NULL;

  MhRecord *newest = versions->len > 0 ? g_ptr_array_index (versions, 0) : NULL;
  MhRecord *made = mh_record_new (&mh_kiosk_report_type);
  mh_record_set_text (made, MH_KIOSK_REPORT_ORDER_ID, mh_record_id (order));
  mh_record_set_text (made, MH_KIOSK_REPORT_NUMBER, mh_record_text (order, MH_ORDER_NUMBER));
  mh_record_set_text (made, MH_KIOSK_REPORT_STATUS,
                      newest != NULL ? mh_record_text (newest, MH_REPORT_STATUS) : NULL);
  mh_record_set_int (made, MH_KIOSK_REPORT_ISSUED_AT,
                     newest != NULL ? mh_record_int (newest, MH_REPORT_ISSUED_AT)
                                    : mh_record_int (order, MH_ORDER_REPORT_ISSUED_AT));
  mh_record_set_list (made, MH_KIOSK_REPORT_TESTS, mh_record_list (order, MH_ORDER_TEST_NAMES));
  return made;
}

/* Taken back reports are nobody's to read. */
static gboolean
kiosk_orders_service_is_readable (MhRecord *report)
{
  static const char *const gone[]
      = { MH_REPORT_STATUS_CANCELLED, MH_REPORT_STATUS_ENTERED_IN_ERROR, NULL };
  const char *status = mh_record_text (report, MH_KIOSK_REPORT_STATUS);
  return status != NULL && !g_strv_contains (gone, status);
}

GPtrArray *
mh_kiosk_service_reports (const MhRequest *req, MhRecord *ask, gint64 now, GError **error)
{
  g_autoptr (MhRecord) visit = mh_kiosk_service_visit (req, ask, MH_KIOSK_PROOF_CODE, now, error);
  g_autoptr (GPtrArray) orders
      = visit != NULL ? mh_kiosk_store_reported (
            req->db, mh_record_text (visit, MH_KIOSK_SESSION_PATIENT_ID), error)
                      : NULL;

  if (orders == NULL)
    return NULL;

  g_autoptr (MhActor) lent = lend (req->actor, MH_MAY_READ_REPORT);
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < orders->len; i++)
    {
      g_autoptr (MhRecord) report = report_told (MH_REQUEST_DB (req->db, req->server, lent),
                                                 g_ptr_array_index (orders, i), error);
      if (report == NULL)
        return NULL;
      if (kiosk_orders_service_is_readable (report))
        g_ptr_array_add (reports, g_steal_pointer (&report));
    }

  return g_steal_pointer (&reports);
}

static gboolean
may_have (MhServer *server,
          const MhActor *actor,
          const char *order_id,
          MhRecord *ask,
          char **out_language,
          GError **error)
{
  gint64 now = mh_clock_now (mh_server_clock (server));
  MhDb *db = mh_store_take_reader (mh_server_store (server), error);
  if (db == NULL)
    return FALSE;

  g_autoptr (MhRecord) visit = mh_kiosk_service_visit (MH_REQUEST_DB (db, server, actor), ask,
                                                       MH_KIOSK_PROOF_CODE, now, error);
  g_autoptr (MhRecord) order
      = visit != NULL ? own_order (MH_REQUEST_DB (db, server, actor), order_id, ask, now, error)
                      : NULL;

  mh_store_give_reader (mh_server_store (server), db);
  if (order == NULL)
    return FALSE;

  *out_language = g_strdup (mh_record_text (visit, MH_KIOSK_SESSION_LANGUAGE));
  return TRUE;
}

GBytes *
mh_kiosk_service_report (const MhRequest *req,
                         const MhWho *who,
                         const char *order_id,
                         MhRecord *ask,
                         char **out_name,
                         GError **error)
{
  g_auto (MhPaperMade) made = { 0 };
  g_autofree char *language = NULL;
  if (!may_have (req->server, req->actor, order_id, ask, &language, error))
    return NULL;

  g_autoptr (MhActor) lent = lend (req->actor, MH_MAY_PRINT_REPORT);
  MhPaperWanted wanted = { .server = req->server,
                           .actor = lent,
                           .who = who,
                           .order_id = order_id,
                           .language = language,
                           .copy = TRUE,
                           .now = mh_request_now (req) };

  if (!mh_reports_service_report (&wanted, &made, error))
    return NULL;

  *out_name = g_steal_pointer (&made.name);
  return g_steal_pointer (&made.pdf);
}
