/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The handlers of invoices, price lists, tax rules and discounts, called without HTTP: what they
 * find, what they answer, whom they refuse, and what they leave in the audit trail. */
#include <string.h>

#include "server/lab/catalogue/mh-tariff-api.h"
#include "server/lab/orders/mh-orders-api.h"
#include "server/money/invoices/mh-invoices-api.h"
#include "server/money/invoices/mh-invoices-service.h"
#include "server/platform/audit/mh-read-log.h"
#include "server/platform/http/mh-router.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/mh-types.h"
#include "shared/records/money/mh-invoice.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"
#include "tests/server/lab-fixture.h"

typedef struct
{
  const char *route;
  const char *const *params;
  MhActor *actor;
  MhRecord *body;
  MhReply *reply;
} Ask;

static MhHandler
handler_of (const char *route)
{
  MhRouter *router = mh_router_new ();
  MhHandler handler = NULL;
  mh_invoices_bind (router);
  mh_tariff_bind (router);
  mh_orders_bind (router);
  for (guint i = 0; i < mh_router_size (router); i++)
    if (g_str_equal (mh_router_nth (router, i)->route->id, route))
      handler = mh_router_nth (router, i)->handler;
  mh_router_free (router);
  g_assert_nonnull (handler);
  return handler;
}

static gboolean
run (Lab *lab, MhTx *tx, MhDb *db, Ask *ask, GError **error)
{
  MhCall *call = mh_call_new_for_test (ask->route, &(MhRequest){ tx, db, lab->server, ask->actor },
                                       ask->body, ask->params);
  g_clear_pointer (&ask->reply, mh_reply_free);
  ask->reply = handler_of (ask->route) (call, error);
  mh_call_free (call);
  return ask->reply != NULL;
}

static gboolean
run_write (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  return run (lab, tx, NULL, data, error);
}

/* By the route's own mode; the answer's JSON ("" for a paper), NULL with @error. */
static char *
ask (Lab *lab,
     MhActor *actor,
     const char *route,
     const char *const *params,
     const char *body,
     GError **error)
{
  const MhRoute *row = mh_route_find (route);
  g_autoptr (MhRecord) sent
      = body != NULL ? mh_record_from_text (row->request, body, -1, MH_JSON_TRUSTED, NULL) : NULL;
  Ask asked = { route, params, actor, sent, NULL };
  gboolean ok;
  if (row->mode == MH_ROUTE_WRITE)
    ok = lab_write (lab, actor, run_write, &asked, error);
  else
    {
      MhDb *db = row->mode == MH_ROUTE_READ ? lab_reader (lab) : NULL;
      ok = run (lab, NULL, db, &asked, error);
      if (db != NULL)
        lab_done (lab, db);
    }
  const GString *text = ok ? mh_reply_body (asked.reply) : NULL;
  char *json = ok ? g_strdup (text != NULL && text->str != NULL ? text->str : "") : NULL;
  g_clear_pointer (&asked.reply, mh_reply_free);
  return json;
}

#define PARAMS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void
assert_answer (Lab *lab,
               MhActor *actor,
               const char *route,
               const char *const *params,
               const char *body,
               const char *contains)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = ask (lab, actor, route, params, body, &error);
  g_assert_no_error (error);
  if (contains != NULL && strstr (json, contains) == NULL)
    g_error ("%s: no %s in %s", route, contains, json);
}

static void
assert_refused (Lab *lab,
                MhActor *actor,
                const char *route,
                const char *const *params,
                const char *body,
                int kind)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = ask (lab, actor, route, params, body, &error);
  g_assert_null (json);
  g_assert_error (error, MH_ERROR, kind);
}

static guint
items_in (const char *json)
{
  guint n = 0;
  for (const char *at = strstr (json, "\"number\":"); at != NULL;
       at = strstr (at + 1, "\"number\":"))
    n++;
  return n;
}

static gboolean
finalise (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  g_autoptr (MhRecord) order = mh_store_get (mh_tx_db (tx), &mh_order_type, data, error);
  g_autoptr (MhRecord) made
      = order != NULL ? mh_invoices_service_for_order (tx, lab->server, order, error) : NULL;
  return made != NULL;
}

static char *
invoiced (Lab *lab, const char *codes)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *order = lab_order (lab, codes);
  mh_assert_ok (lab_write (lab, lab->reception, finalise, order, &error), error);
  MhDb *db = lab_reader (lab);
  g_autoptr (MhRecord) made = mh_store_find (db, &mh_invoice_type, "order_id", order, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return g_strdup (mh_record_id (made));
}

static MhActor *
stranger_new (void)
{
  static const char *const may[] = { MH_MAY_READ_INVOICE, MH_MAY_WRITE_INVOICE, NULL };
  return mh_actor_new ("01900000-0000-7000-8000-000000000199", "Stella Stranger", "manager",
                       "01900000-0000-7000-8000-0000000000ff", NULL, may);
}

/* Rows of the audit trail of that verb about invoices. */
static guint
audited (Lab *lab, const char *verb)
{
  g_autoptr (GError) error = NULL;
  mh_assert_ok (mh_read_log_flush (mh_server_read_log (lab->server), &error), error);
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) all
      = mh_store_all (db, &mh_audit_entry_type, "object_type", "invoice", &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  guint n = 0;
  for (guint i = 0; i < all->len; i++)
    n += g_strcmp0 (mh_record_text (all->pdata[i], MH_AUDIT_ENTRY_VERB), verb) == 0;
  return n;
}

static void
test_list (const MhTestDb *test)
{
  static const struct
  {
    const char *name, *value;
    guint wanted;
  } cases[] = {
    { "q", "asha", 3 },          { "q", "000002", 1 },         { "q", "nobody", 0 },
    { "kind", "invoice", 3 },    { "kind", "credit_note", 0 }, { "patient_id", LAB_PATIENT, 3 },
    { "from", "2999-01-01", 0 }, { "to", "2001-01-01", 0 },    { "from", "2001-01-01", 3 },
  };
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) stranger = stranger_new ();
  g_autofree char *one = invoiced (lab, "CBC");
  g_autofree char *two = invoiced (lab, "HB");
  g_autofree char *three = invoiced (lab, "KT");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *json = ask (lab, lab->reception, "invoice.list",
                                   PARAMS (cases[i].name, cases[i].value), NULL, &error);
      g_assert_no_error (error);
      if (items_in (json) != cases[i].wanted)
        g_error ("%s=%s: %u found", cases[i].name, cases[i].value, items_in (json));
      g_autofree char *foreign = ask (lab, stranger, "invoice.list",
                                      PARAMS (cases[i].name, cases[i].value), NULL, &error);
      g_assert_cmpuint (items_in (foreign), ==, 0);
    }
  MhDb *db = lab_reader (lab);
  MhInvoicesQuery query = { .hospital_id = LAB_HOSPITAL, .limit = 2 };
  g_autoptr (GPtrArray) first = mh_invoices_store_list (db, &query, NULL);
  g_assert_cmpuint (first->len, ==, 2);
  query.before_at = mh_record_int (first->pdata[1], MH_INVOICE_ISSUED_AT);
  query.before_id = mh_record_id (first->pdata[1]);
  g_autoptr (GPtrArray) second = mh_invoices_store_list (db, &query, NULL);
  query.patient_id = LAB_PATIENT;
  g_autoptr (GPtrArray) of_patient = mh_invoices_store_list (db, &query, NULL);
  lab_done (lab, db);
  g_assert_cmpuint (second->len, ==, 1);
  g_assert_cmpuint (of_patient->len, ==, 1);
  g_assert_cmpstr (mh_record_id (second->pdata[0]), ==, one);
}

static void
test_documents (const MhTestDb *test)
{
  static const char debit[]
      = "{\"id\":\"01900000-0000-7000-8000-00000000dddd\",\"reason\":"
        "\"undercharged\",\"lines\":[{\"description\":\"Visit\",\"price\":100}]}";
  static const char odd[] = "{\"reason\":\"undercharged\",\"lines\":[{\"code\":\"NOPE\","
                            "\"description\":\"Visit\",\"price\":100}]}";
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) stranger = stranger_new ();
  g_autofree char *id = invoiced (lab, "CBC");
  const char *const *params = PARAMS ("id", id);
  assert_answer (lab, lab->reception, "invoice.read", params, NULL, "\"state\":\"final\"");
  assert_refused (lab, stranger, "invoice.read", params, NULL, MH_ERROR_NOT_FOUND);
  assert_refused (lab, stranger, "invoice.pdf", params, NULL, MH_ERROR_NOT_FOUND);
  assert_refused (lab, stranger, "invoice.debit", params, debit, MH_ERROR_NOT_FOUND);
  assert_refused (lab, lab->reception, "invoice.read",
                  PARAMS ("id", "01900000-0000-7000-8000-00000000eeee"), NULL, MH_ERROR_NOT_FOUND);
  assert_refused (lab, lab->reception, "invoice.debit", params, odd, MH_ERROR_INVALID);
  assert_answer (lab, lab->reception, "invoice.pdf", params, NULL, NULL);
  assert_answer (lab, lab->reception, "invoice.pdf",
                 PARAMS ("id", id, "paper", "80mm", "language", "hi", "copy", "true"), NULL, NULL);
  assert_answer (lab, lab->reception, "invoice.debit", params, debit, "\"number\":\"D");
  assert_answer (lab, lab->reception, "invoice.read", params, NULL, "\"debited\":100");
  g_assert_cmpuint (audited (lab, MH_AUDIT_CREATE), ==, 2);
  g_assert_cmpuint (audited (lab, MH_AUDIT_PRINT), ==, 1);
  g_assert_cmpuint (audited (lab, MH_AUDIT_READ), >, 0);
}

static void
test_tariff (const MhTestDb *test)
{
  static const char list[]
      = "{\"id\":\"01900000-0000-7000-8000-00000000cccc\",\"code\":\"CORP\","
        "\"name\":\"Companies\",\"currency\":\"INR\",\"entries\":[{\"code\":\"CBC\","
        "\"price\":100}]}";
  static const char rule[]
      = "{\"id\":\"01900000-0000-7000-8000-00000000bbbb\",\"code\":\"GST\","
        "\"name\":\"GST\",\"kind\":\"percent\",\"rate\":500,\"tests\":[\"CBC\"]}";
  const char *const *list_id = PARAMS ("id", "01900000-0000-7000-8000-00000000cccc");
  const char *const *rule_id = PARAMS ("id", "01900000-0000-7000-8000-00000000bbbb");
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) stranger = stranger_new ();
  assert_answer (lab, lab->reception, "price_list.create", NULL, list, "\"price\":100");
  assert_answer (lab, lab->reception, "price_list.read", list_id, NULL, "\"price\":100");
  assert_answer (lab, lab->reception, "price_list.list", NULL, NULL, "\"code\":\"CORP\"");
  assert_answer (lab, lab->reception, "price_list.update", list_id, "{\"name\":\"Firms\"}",
                 "\"name\":\"Firms\"");
  assert_refused (lab, lab->reception, "price_list.create", NULL, list, MH_ERROR_CONFLICT);
  assert_refused (lab, stranger, "price_list.read", list_id, NULL, MH_ERROR_NOT_FOUND);
  assert_refused (lab, stranger, "price_list.update", list_id, "{\"name\":\"Mine\"}",
                  MH_ERROR_NOT_FOUND);
  assert_answer (lab, lab->reception, "tax_rule.create", NULL, rule, "\"rate\":500");
  assert_answer (lab, lab->reception, "tax_rule.list", NULL, NULL, "\"code\":\"GST\"");
  assert_answer (lab, lab->reception, "tax_rule.update", rule_id, "{\"active\":false}",
                 "\"active\":false");
  assert_refused (lab, lab->reception, "tax_rule.update", rule_id, "{\"benches\":[\"NO\"]}",
                  MH_ERROR_INVALID);
  assert_refused (lab, stranger, "tax_rule.update", rule_id, "{\"active\":true}",
                  MH_ERROR_NOT_FOUND);
  g_autoptr (GError) error = NULL;
  g_autofree char *foreign = ask (lab, stranger, "tax_rule.list", NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (foreign, "GST"));
}

static void
test_discount (const MhTestDb *test)
{
  g_autoptr (Lab) lab = lab_new (test);
  g_autoptr (MhActor) manager
      = mh_actor_new ("01900000-0000-7000-8000-000000000177", "Mina Manager", "manager",
                      LAB_HOSPITAL, NULL, mh_role_default_find ("manager")->permissions);
  g_autofree char *order = lab_order (lab, "CBC");
  const char *const *params = PARAMS ("id", order);
  assert_refused (lab, lab->reception, "order.discount", params,
                  "{\"discount\":100,\"discount_code\":\"staff\"}", MH_ERROR_FORBIDDEN);
  assert_answer (lab, manager, "order.discount", params,
                 "{\"discount\":100,\"discount_code\":\"staff\"}", "\"total\":36900");
  assert_refused (lab, manager, "order.discount", params,
                  "{\"discount\":35001,\"discount_code\":\"staff\"}", MH_ERROR_INVALID);
  assert_answer (lab, manager, "order.read", params, NULL, "\"discount_by_name\":\"Mina Manager\"");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/invoice-api/list", test_list);
  mh_test_add_both ("/invoice-api/documents", test_documents);
  mh_test_add_both ("/invoice-api/tariff", test_tariff);
  mh_test_add_both ("/invoice-api/discount", test_discount);
  return mh_test_run ();
}
