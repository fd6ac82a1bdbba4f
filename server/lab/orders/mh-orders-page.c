/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/orders/mh-orders-page.h"

#include "server/platform/actor/mh-request.h"

#include "shared/base/mh-json.h"
#include "shared/records/mh-types.h"

static const char part_order_texts[] = "order_texts";
static const char part_order_pages[] = "order_pages";

/* Some twenty pages of fifty orders. */
#define CACHE_BYTES (8 * 1024 * 1024)

struct _MhOrdersPage
{
  gatomicrefcount refs;
  GPtrArray *heads;
  GPtrArray *patients;
  gsize *begins; /* in @body, where each order's text begins; at last where "]" stands */
  GBytes *body;
};

static MhOrdersPage *
orders_page_new (GPtrArray *heads, GPtrArray *texts, GPtrArray *patients, const char *cursor)
{
  MhOrdersPage *page = g_new0 (MhOrdersPage, 1);
  gsize size = 256;
  for (guint i = 0; i < texts->len; i++)
    size += g_bytes_get_size (g_ptr_array_index (texts, i)) + 1;

  GString *out = g_string_sized_new (size);
  g_atomic_ref_count_init (&page->refs);
  page->heads = g_ptr_array_ref (heads);
  page->patients = g_ptr_array_ref (patients);
  page->begins = g_new (gsize, texts->len + 1);
  mh_json_open (out, '{');
  mh_json_key (out, "items");
  mh_json_open (out, '[');

  for (guint i = 0; i < texts->len; i++)
    {
      gsize length;
      const char *text = g_bytes_get_data (g_ptr_array_index (texts, i), &length);
      if (i > 0)
        g_string_append_c (out, ',');
      page->begins[i] = out->len;
      g_string_append_len (out, text, (gssize)length);
    }

  page->begins[texts->len] = out->len;
  mh_json_close (out, ']');
  mh_json_member_text (out, "next", cursor);
  mh_json_close (out, '}');
  page->body = g_string_free_to_bytes (out);

  return page;
}

MhOrdersPage *
mh_orders_page_ref (MhOrdersPage *page)
{
  g_atomic_ref_count_inc (&page->refs);
  return page;
}

void
mh_orders_page_unref (MhOrdersPage *page)
{
  if (!g_atomic_ref_count_dec (&page->refs))
    return;
  g_ptr_array_unref (page->heads);
  g_ptr_array_unref (page->patients);
  g_bytes_unref (page->body);
  g_free (page->begins);
  g_free (page);
}

GPtrArray *
mh_orders_page_heads (MhOrdersPage *page)
{
  return page->heads;
}

/* The page with what @view closes taken out. */
static GBytes *
masked (MhOrdersPage *page, const MhRequest *req, MhAccessView *view, GError **error)
{
  gsize size, copied = 0;
  const char *body = g_bytes_get_data (page->body, &size);
  g_autoptr (GString) out = g_string_sized_new (size);

  for (guint i = 0; i < page->heads->len; i++)
    {
      const char *kind = mh_access_view_kind (view, g_ptr_array_index (page->heads, i));
      gboolean last = i + 1 == page->heads->len;
      gsize begin = page->begins[i], end = page->begins[i + 1] - (last ? 0 : 1);
      if (kind == NULL)
        continue;
      g_string_append_len (out, body + copied, (gssize)(begin - copied));
      if (!mh_access_put_masked (req, kind, &mh_order_type,
                                 (MhJsonSlice){ body + begin, end - begin }, out, error))
        return NULL;
      copied = end;
    }

  g_string_append_len (out, body + copied, (gssize)(size - copied));
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

GBytes *
mh_orders_page_answer (MhOrdersPage *page, const MhRequest *req, GError **error)
{
  if (page->patients->len == 0)
    return g_bytes_ref (page->body);
  g_autoptr (MhAccessView) view = mh_access_view_of (req, page->patients, error);
  return view != NULL ? masked (page, req, view, error) : NULL;
}

/* --- the cache --- */

MhLruCache *
mh_orders_page_cache (void)
{
  return mh_lru_cache_new (CACHE_BYTES, (MhLruCacheRef)mh_orders_page_ref,
                           (GDestroyNotify)mh_orders_page_unref);
}

static const char *
or_none (const char *text)
{
  return text != NULL ? text : "";
}

/* What tells one question from another; NULL: too rare to keep an answer for. Caller frees. */
static char *
page_id (const MhOrdersQuery *query, const char *list)
{
  if (query->words != NULL || query->patient_id != NULL)
    return NULL;
  return g_strdup_printf (
      "%s\n%s\n%s\n%s\n%s\n%s\n%s\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT
      "\n%s\n%u\n%d",
      list, or_none (query->hospital_id), or_none (query->tab), or_none (query->stage),
      or_none (query->assigned_to), or_none (query->bench), or_none (query->priority), query->from,
      query->to, query->after_key, or_none (query->after_id), query->limit, (int)query->sort);
}

static MhOrdersPage *
orders_page_make (MhDb *db,
                  MhLruCache *cache,
                  const MhOrdersQuery *query,
                  const char *list,
                  MhOrdersCursorFunc cursor,
                  GError **error)
{
  g_autoptr (GPtrArray) texts = NULL;
  g_autoptr (GPtrArray) heads = mh_orders_store_list (db, cache, query, &texts, error);
  g_autoptr (GPtrArray) patients = heads != NULL ? mh_access_protected (db, heads, error) : NULL;
  if (patients == NULL)
    return NULL;
  g_autofree char *next = cursor (heads, query->limit, list);
  return orders_page_new (heads, texts, patients, next);
}

MhOrdersPage *
mh_orders_page_get (MhDb *db,
                    MhOrdersCaches caches,
                    const MhOrdersQuery *query,
                    const char *list,
                    MhOrdersCursorFunc cursor,
                    GError **error)
{
  gint64 seq;
  char key[24];
  g_autofree char *id = page_id (query, list);
  if (id == NULL)
    return orders_page_make (db, caches.texts, query, list, cursor, error);

  /* Before the page is read: what changes meanwhile is at worst told once more. */
  if (!mh_store_read_feed_seq (db, &seq, error))
    return NULL;

  g_snprintf (key, sizeof key, "%" G_GINT64_FORMAT, seq);
  MhOrdersPage *page = mh_lru_cache_find (caches.pages, id, key);
  if (page != NULL)
    return page;

  page = orders_page_make (db, caches.texts, query, list, cursor, error);
  if (page != NULL)
    mh_lru_cache_put (caches.pages, id, key, page, g_bytes_get_size (page->body));

  return page;
}

MhLruCache *
mh_server_order_pages (MhServer *server)
{
  return mh_server_part (server, part_order_pages);
}

void
mh_server_keep_order_pages (MhServer *server, MhLruCache *order_pages)
{
  mh_server_keep (server, part_order_pages, order_pages, (GDestroyNotify)mh_lru_cache_free);
}

MhLruCache *
mh_server_order_texts (MhServer *server)
{
  return mh_server_part (server, part_order_texts);
}

void
mh_server_keep_order_texts (MhServer *server, MhLruCache *order_texts)
{
  mh_server_keep (server, part_order_texts, order_texts, (GDestroyNotify)mh_lru_cache_free);
}
