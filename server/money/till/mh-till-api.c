/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/till/mh-till-api.h"

#include "server/money/till/mh-till-service.h"
#include "shared/records/money/mh-till.h"

static MhReply *
till_open (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_till_service_open (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
till_move (MhCall *call, GError **error)
{
  return mh_reply_record (mh_till_service_move (mh_call_request (call), mh_call_param (call, "id"),
                                                mh_call_body (call), error));
}

static MhReply *
till_count (MhCall *call, GError **error)
{
  return mh_reply_record (mh_till_service_count (mh_call_request (call), mh_call_param (call, "id"),
                                                 mh_call_body (call), error));
}

static MhReply *
till_close (MhCall *call, GError **error)
{
  return mh_reply_record (mh_till_service_close (mh_call_request (call), mh_call_param (call, "id"),
                                                 mh_call_body (call), error));
}

static MhReply *
till_read (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_till_service_read (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
till_list (MhCall *call, GError **error)
{
  MhTillQuery query = {
    .cashier_id = mh_call_query (call, "cashier_id"),
    .status = mh_call_query (call, "status"),
    .day = mh_call_query (call, "day"),
    .before_at = mh_call_after_at (call),
    .before_id = mh_call_after_id (call),
    .limit = mh_call_limit (call),
  };
  GPtrArray *found = mh_till_service_list (mh_call_request (call), &query, error);
  return mh_reply_page (call, found, MH_CASH_SESSION_OPENED_AT);
}

static MhReply *
day_lock (MhCall *call, GError **error)
{
  return mh_reply_record (mh_till_service_lock (
      mh_call_request (call), mh_call_param (call, "date"), mh_call_body (call), error));
}

static MhReply *
day_unlock (MhCall *call, GError **error)
{
  return mh_reply_record (mh_till_service_unlock (
      mh_call_request (call), mh_call_param (call, "date"), mh_call_body (call), error));
}

static MhReply *
day_book (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_till_service_day_book (mh_call_request (call), mh_call_query (call, "day"), error));
}

static MhReply *
day_book_csv (MhCall *call, GError **error)
{
  const char *day = mh_call_query (call, "day");
  g_autofree char *name = g_strdup_printf ("day-book-%s.csv", day != NULL ? day : "today");
  GBytes *csv = mh_till_service_book_csv (mh_call_server (call), mh_call_actor (call), day, error);
  return csv != NULL ? mh_reply_bytes (csv, "text/csv", name) : NULL;
}

static MhReply *
day_book_pdf (MhCall *call, GError **error)
{
  const char *day = mh_call_query (call, "day");
  g_autofree char *name = g_strdup_printf ("day-book-%s.pdf", day != NULL ? day : "today");
  GBytes *pdf = mh_till_service_book_pdf (mh_call_server (call), mh_call_actor (call), day,
                                          mh_call_query (call, "language"), error);
  return pdf != NULL ? mh_reply_bytes (pdf, "application/pdf", name) : NULL;
}

void
mh_till_bind (MhRouter *router)
{
  mh_router_bind (router, "till.open", till_open);
  mh_router_bind (router, "till.list", till_list);
  mh_router_bind (router, "till.read", till_read);
  mh_router_bind (router, "till.move", till_move);
  mh_router_bind (router, "till.count", till_count);
  mh_router_bind (router, "till.close", till_close);
  mh_router_bind (router, "day.lock", day_lock);
  mh_router_bind (router, "day.unlock", day_unlock);
  mh_router_bind (router, "day.book", day_book);
  mh_router_bind (router, "day.book_csv", day_book_csv);
  mh_router_bind (router, "day.book_pdf", day_book_pdf);
}
