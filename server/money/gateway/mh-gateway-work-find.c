/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/money/gateway/mh-gateway-work-private.h"
#include "shared/records/money/mh-gateway.h"

/* More than any two clocks differ. */
#define LOOK_BACK MH_DAY
#define PAGE 100
#define MOST_PAGES 10

void
mh_gateway_found_clear (MhGatewayFound *found)
{
  g_clear_pointer (&found->bodies, g_ptr_array_unref);
  g_clear_pointer (&found->others, g_ptr_array_unref);
}

static void
sort_out (MhGatewayWork *work, JsonArray *items, const char *keep, MhGatewayFound *found)
{
  const char *reference = mh_record_id (work->attempt);
  guint n = items != NULL ? json_array_get_length (items) : 0;
  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (items, i);
      MhRzPayLink pay_link;
      if (!JSON_NODE_HOLDS_OBJECT (node)
          || !mh_rz_read_pay_link (json_node_get_object (node), &pay_link)
          || (g_strcmp0 (pay_link.attempt, reference) != 0
              && g_strcmp0 (pay_link.reference, reference) != 0))
        continue;
      if (keep != NULL ? g_strcmp0 (pay_link.id, keep) == 0 : found->first == NULL)
        found->first = json_node_get_object (node);
      else
        g_ptr_array_add (found->others, (gpointer)pay_link.id);
    }
}

static MhRzAnswer *
ask_page (MhGatewayWork *work, guint skip)
{
  const char *reference = mh_record_id (work->attempt);
  gint64 from = (mh_record_int (work->attempt, MH_CREATED_AT) - LOOK_BACK) / MH_SECOND;
  if (mh_gateway_work_is_kind (work, MH_ATTEMPT_KIND_QR))
    return mh_razorpay_qr_list (work->razorpay, from, PAGE, skip);
  if (mh_gateway_work_is_kind (work, MH_ATTEMPT_KIND_LINK))
    return mh_razorpay_links_by_reference (work->razorpay, reference);
  return mh_razorpay_orders_by_receipt (work->razorpay, reference);
}

/* Codes have no key to ask for, so the latest are gone through. NULL: done; else the answer that
 * was none. */
MhRzAnswer *
mh_gateway_work_look_up (MhGatewayWork *work, const char *keep, MhGatewayFound *found)
{
  guint n = PAGE;
  found->bodies = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  found->others = g_ptr_array_new ();

  for (guint page = 0; page < MOST_PAGES && n == PAGE; page++)
    {
      g_autoptr (MhRzAnswer) list = mh_gateway_heard (work->gateway, ask_page (work, page * PAGE));
      if (list->outcome != MH_RZ_OK)
        return g_steal_pointer (&list);
      JsonArray *items = mh_rz_items (list->body);
      sort_out (work, items, keep, found);
      n = items != NULL && mh_gateway_work_is_kind (work, MH_ATTEMPT_KIND_QR)
              ? json_array_get_length (items)
              : 0;
      g_ptr_array_add (found->bodies, g_steal_pointer (&list->body));
    }

  return NULL;
}

/* Made by questions whose answers were lost, and never shown to anybody. */
void
mh_gateway_work_close_strays (MhGatewayWork *work, const MhGatewayFound *found)
{
  for (guint i = 0; i < found->others->len; i++)
    {
      const char *id = g_ptr_array_index (found->others, i);
      MhRzAnswer *answer = NULL;
      if (mh_gateway_work_is_kind (work, MH_ATTEMPT_KIND_QR))
        answer = mh_gateway_heard (work->gateway, mh_razorpay_qr_close (work->razorpay, id));
      else if (mh_gateway_work_is_kind (work, MH_ATTEMPT_KIND_LINK))
        answer = mh_gateway_heard (work->gateway, mh_razorpay_link_cancel (work->razorpay, id));
      mh_rz_answer_free (answer);
    }
}
