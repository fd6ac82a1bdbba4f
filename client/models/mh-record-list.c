/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/models/mh-record-list.h"

#include "client/models/mh-fetch.h"

#include <string.h>

/* How many rows the local copy is asked for when the server is away. */
#define CACHE_LIMIT 500
/* So long a search waits for the server before it shows what the local copy knows: rows that came
 * and were others a moment later would be chosen by mistake. */
#define AHEAD_MS 30
/* A first page may be a windowful, so that it is shown soon; who goes on past it wants more. */
#define NEXT_LIMIT 50

struct _MhRecordList
{
  MhModel parent_instance;
  const MhRoute *route;
  char **args;
  GPtrArray *records;
  char *next;
  gboolean from_cache, keep;
  gboolean stale;   /* the rows are those of earlier arguments */
  gint64 asked_at;  /* monotonic, µs */
  gint64 as_of;     /* of the copy, µs UTC; 0: from the server */
  GPtrArray *ahead; /* what the local copy found while the server is asked; NULL: nothing */
  guint ahead_due;
  MhBelongs belongs;
  gpointer belongs_data;
  GCompareFunc compare; /* NULL: what is new comes first */
};

enum
{
  PROP_N_ITEMS = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static GType
mh_record_list_get_item_type (GListModel *model)
{
  return MH_TYPE_RECORD;
}

static guint
mh_record_list_get_n_items (GListModel *model)
{
  return MH_RECORD_LIST (model)->records->len;
}

static gpointer
mh_record_list_get_item (GListModel *model, guint position)
{
  MhRecordList *list = MH_RECORD_LIST (model);
  return position < list->records->len ? g_object_ref (g_ptr_array_index (list->records, position))
                                       : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = mh_record_list_get_item_type;
  iface->get_n_items = mh_record_list_get_n_items;
  iface->get_item = mh_record_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (MhRecordList,
                               mh_record_list,
                               MH_TYPE_MODEL,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
mh_record_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_uint (value, MH_RECORD_LIST (object)->records->len);
}

static void
forget_prefetch (MhRecordList *list)
{
  g_clear_handle_id (&list->ahead_due, g_source_remove);
  g_clear_pointer (&list->ahead, g_ptr_array_unref);
}

static void
mh_record_list_finalize (GObject *object)
{
  MhRecordList *list = MH_RECORD_LIST (object);
  forget_prefetch (list);
  g_ptr_array_unref (list->records);
  g_strfreev (list->args);
  g_free (list->next);
  G_OBJECT_CLASS (mh_record_list_parent_class)->finalize (object);
}

static void
mh_record_list_reached (MhModel *model)
{
  MhRecordList *list = MH_RECORD_LIST (model);
  if (list->asked_at != 0 && (list->from_cache || mh_model_problem (model) != NULL))
    mh_record_list_reload (list);
}

static void
mh_record_list_class_init (MhRecordListClass *klass)
{
  MH_MODEL_CLASS (klass)->reached = mh_record_list_reached;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = mh_record_list_get_property;
  object_class->finalize = mh_record_list_finalize;
  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mh_record_list_init (MhRecordList *list)
{
  list->records = g_ptr_array_new_with_free_func (g_object_unref);
  list->args = g_new0 (char *, 1);
}

static MhContext *
record_list_context_of (MhRecordList *list)
{
  return mh_model_context (MH_MODEL (list));
}

static void
set_status (MhRecordList *list, gboolean loading, gboolean from_cache, const char *problem)
{
  list->from_cache = from_cache;
  if (!from_cache)
    list->as_of = 0;
  mh_model_set_status (MH_MODEL (list), loading, problem);
  g_object_notify_by_pspec (G_OBJECT (list), props[PROP_N_ITEMS]);
}

/* --- rows --- */

MhRecord *
mh_record_list_first (MhRecordList *list, MhBelongs func, gpointer data)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (MhRecord) record = g_list_model_get_item (G_LIST_MODEL (list), i);
      if (func (record, data))
        return record; /* the list holds it */
    }
  return NULL;
}

int
mh_record_list_find (MhRecordList *list, const char *id)
{
  for (guint i = 0; i < list->records->len; i++)
    if (g_strcmp0 (mh_record_id (g_ptr_array_index (list->records, i)), id) == 0)
      return (int)i;
  return -1;
}

static const char *
id_at (GPtrArray *records, guint i)
{
  int field = mh_record_type_find (mh_record_type (g_ptr_array_index (records, i)), "id");
  return field >= 0 ? mh_record_text (g_ptr_array_index (records, i), (guint)field) : NULL;
}

/* The feed may have overtaken the answer that is being taken in. */
static gboolean
is_newer (MhRecord *old, MhRecord *answered)
{
  return mh_record_type (old)->table != NULL
         && mh_record_version (old) > mh_record_version (answered);
}

/* Those that come again, by id: as the same objects they keep selection and keys wherever they
 * stand then. */
static GHashTable *
mh_record_list_by_id (GPtrArray *records, guint from, guint to)
{
  GHashTable *all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = from; i < to; i++)
    if (id_at (records, i) != NULL)
      g_hash_table_insert (all, g_strdup (id_at (records, i)), g_ptr_array_index (records, i));
  return all;
}

/* Equal beginnings and ends stay, so that a reload that brings the same rows moves no selection. */
static void
replace_rows (MhRecordList *list, GPtrArray *fresh)
{
  guint from = 0, old_to = list->records->len, new_to = fresh->len;
  list->stale = FALSE;
  while (from < old_to && from < new_to && id_at (fresh, from) != NULL
         && g_strcmp0 (id_at (list->records, from), id_at (fresh, from)) == 0)
    from++;
  while (old_to > from && new_to > from && id_at (fresh, new_to - 1) != NULL
         && g_strcmp0 (id_at (list->records, old_to - 1), id_at (fresh, new_to - 1)) == 0)
    old_to--, new_to--;

  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) moved = mh_record_list_by_id (list->records, from, old_to);
  for (guint i = 0; i < fresh->len; i++)
    {
      gboolean kept_head = i < from, kept_tail = i >= new_to;
      const char *id = id_at (fresh, i);
      MhRecord *old = kept_head    ? g_ptr_array_index (list->records, i)
                      : kept_tail  ? g_ptr_array_index (list->records, old_to + i - new_to)
                      : id != NULL ? g_hash_table_lookup (moved, id)
                                   : NULL;
      MhRecord *new = g_ptr_array_index (fresh, i);
      if (old != NULL && !is_newer (old, new))
        mh_record_apply (old, new);
      g_ptr_array_add (rows, g_object_ref (old != NULL ? old : new));
    }

  g_ptr_array_unref (list->records);
  list->records = g_steal_pointer (&rows);
  if (old_to != from || new_to != from)
    g_list_model_items_changed (G_LIST_MODEL (list), from, old_to - from, new_to - from);
}

static void
append_rows (MhRecordList *list, GPtrArray *fresh)
{
  guint from = list->records->len;
  for (guint i = 0; i < fresh->len; i++)
    if (id_at (fresh, i) == NULL || mh_record_list_find (list, id_at (fresh, i)) < 0)
      g_ptr_array_add (list->records, g_object_ref (g_ptr_array_index (fresh, i)));
  if (list->records->len > from)
    g_list_model_items_changed (G_LIST_MODEL (list), from, 0, list->records->len - from);
}

/* --- loading --- */

static const char *
arg (MhRecordList *list, const char *name)
{
  for (guint i = 0; list->args[i] != NULL && list->args[i + 1] != NULL; i += 2)
    if (g_str_equal (list->args[i], name))
      return list->args[i + 1];
  return NULL;
}

typedef struct
{
  const MhRecordType *type;
  char *q, *group;
} Local;

static void
local_free_cb (gpointer data)
{
  Local *local = data;
  g_free (local->q);
  g_free (local->group);
  g_free (local);
}

static gpointer
record_list_read_local_cb (MhCache *cache, gpointer data, GError **error)
{
  Local *local = data;
  if (local->q != NULL && local->q[0] != 0)
    return mh_cache_search (cache, local->type, local->q, CACHE_LIMIT, error);
  return mh_cache_list (cache, local->type, local->group, CACHE_LIMIT, error);
}

/* "/orders/{id}/reports": whose rows they are; else NULL. */
static const char *
of_order (MhRecordList *list)
{
  return g_str_has_prefix (list->route->path, "/orders/{id}/") ? arg (list, "id") : NULL;
}

/* Those of the arguments that are fields of the record. */
static gboolean
meets_filters (MhRecordList *list, MhRecord *record)
{
  const MhRecordType *type = mh_record_type (record);
  for (guint i = 0; list->args[i] != NULL && list->args[i + 1] != NULL; i += 2)
    {
      gboolean parent = of_order (list) != NULL && g_str_equal (list->args[i], "id");
      int field = mh_record_type_find (type, parent ? "order_id" : list->args[i]);
      if (field < 0)
        continue;
      g_autofree char *value = mh_record_value_text (record, (guint)field);
      if (g_strcmp0 (value, list->args[i + 1]) != 0)
        return FALSE;
    }

  return TRUE;
}

/* A search looks through all of the copy. */
static void
drop_strangers (MhRecordList *list, GPtrArray *rows)
{
  for (guint i = rows->len; i > 0; i--)
    if (!meets_filters (list, g_ptr_array_index (rows, i - 1)))
      g_ptr_array_remove_index (rows, i - 1);
}

static int
record_list_compare_places (gconstpointer a, gconstpointer b, gpointer data)
{
  MhRecordList *list = data;
  return list->compare (*(MhRecord *const *)a, *(MhRecord *const *)b);
}

static void
sort_rows (MhRecordList *list, GPtrArray *rows)
{
  if (list->compare != NULL)
    g_ptr_array_sort_with_data (rows, record_list_compare_places, list);
}

static void
record_list_local_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhRecordList) list = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mh_cache_run_finish (MH_CACHE (source), result, &error);
  if (mh_model_is_late (MH_MODEL (list), error))
    return;

  if (rows != NULL)
    {
      drop_strangers (list, rows);
      sort_rows (list, rows);
      replace_rows (list, rows);
    }

  list->as_of = mh_sync_reached_at (mh_context_sync (record_list_context_of (list)));
  set_status (list, FALSE, TRUE, rows == NULL && error != NULL ? error->message : NULL);
}

/* Filters that the copy is grouped by; the first one given is used. */
static char *
local_group (MhRecordList *list)
{
  static const char *const names[]
      = { "tab", "patient_id", "order_id", "assigned_to", "analyte", "status", NULL };
  static const char *const stages[][2] = { { "collect", "status=placed" },
                                           { "receive", "status=collected" },
                                           { "enter", "status=processing" },
                                           { "verify", "status=resulted" } };
  const char *stage = arg (list, "stage");

  for (guint i = 0; stage != NULL && i < G_N_ELEMENTS (stages); i++)
    if (g_str_equal (stages[i][0], stage))
      return g_strdup (stages[i][1]);

  if (of_order (list) != NULL)
    return g_strconcat ("order_id=", of_order (list), NULL);

  for (guint i = 0; names[i] != NULL; i++)
    if (arg (list, names[i]) != NULL)
      return g_strconcat (names[i], "=", arg (list, names[i]), NULL);

  return NULL;
}

static void
run_local (MhRecordList *list, GAsyncReadyCallback callback)
{
  Local *local = g_new0 (Local, 1);
  local->type = list->route->reply;
  local->q = g_strdup (arg (list, "q"));
  local->group = local_group (list);
  mh_cache_run_async (mh_context_cache (record_list_context_of (list)),
                      (MhCacheWork){ record_list_read_local_cb, local, local_free_cb,
                                     (GDestroyNotify)g_ptr_array_unref },
                      mh_model_cancellable (MH_MODEL (list)), callback, g_object_ref (list));
}

static void
load_local (MhRecordList *list)
{
  run_local (list, record_list_local_cb);
}

/* --- a search while the server is asked --- */

static gboolean
show_ahead_cb (gpointer data)
{
  MhRecordList *list = data;
  list->ahead_due = 0;
  replace_rows (list, list->ahead);
  g_clear_pointer (&list->ahead, g_ptr_array_unref);
  set_status (list, TRUE, list->from_cache, NULL);
  return G_SOURCE_REMOVE;
}

static void
prefetch_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhRecordList) list = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mh_cache_run_finish (MH_CACHE (source), result, &error);
  if (rows == NULL || mh_model_is_late (MH_MODEL (list), error)
      || !mh_model_is_loading (MH_MODEL (list)))
    return;

  drop_strangers (list, rows);
  sort_rows (list, rows);
  if (rows->len == 0)
    return;

  gint64 waited = (g_get_monotonic_time () - list->asked_at) / 1000;
  forget_prefetch (list);
  list->ahead = g_steal_pointer (&rows);
  list->ahead_due = g_timeout_add ((guint)MAX (0, AHEAD_MS - waited), show_ahead_cb, list);
}

/* A first page whose other filters the copy can tell. */
static gboolean
is_plain_search (MhRecordList *list)
{
  for (guint i = 0; list->args[i] != NULL; i += 2)
    if (!g_str_equal (list->args[i], "q") && !g_str_equal (list->args[i], "limit")
        && mh_record_type_find (list->route->reply, list->args[i]) < 0)
      return FALSE;
  return list->next == NULL && arg (list, "q") != NULL && arg (list, "q")[0] != 0;
}

static void
record_list_answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhRecordList) list = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhAnswer) answer = mh_fetch_finish (result, &error);
  if (mh_model_is_late (MH_MODEL (list), error))
    return;

  forget_prefetch (list);
  if (mh_error_is_away (error))
    {
      load_local (list);
      return;
    }

  if (answer == NULL)
    {
      set_status (list, FALSE, FALSE, error->message);
      return;
    }

  gboolean first = list->next == NULL;
  g_free (list->next);
  list->next = g_steal_pointer (&answer->next);
  if (list->keep)
    mh_sync_keep (mh_context_sync (record_list_context_of (list)), answer->items);
  if (first)
    replace_rows (list, answer->items);
  else
    append_rows (list, answer->items);

  set_status (list, FALSE, FALSE, NULL);
}

/* "/orders/{id}/payments" is of nobody until it was said of whom. */
static gboolean
is_of_nobody (MhRecordList *list)
{
  return strchr (list->route->path, '{') != NULL && list->args[0] == NULL;
}

static void
load_page (MhRecordList *list)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  mh_model_renew (MH_MODEL (list));
  forget_prefetch (list);
  list->asked_at = g_get_monotonic_time (); /* never 0 from now on */
  set_status (list, TRUE, list->from_cache, NULL);

  if (mh_sync_is_away (mh_context_sync (record_list_context_of (list))))
    {
      mh_sync_poke (mh_context_sync (record_list_context_of (list)));
      load_local (list);
      return;
    }

  for (guint i = 0; list->args[i] != NULL && list->args[i + 1] != NULL; i += 2)
    {
      const char *value = list->args[i + 1];
      gboolean few = list->next != NULL && g_str_equal (list->args[i], "limit")
                     && g_ascii_strtoull (value, NULL, 10) < NEXT_LIMIT;
      g_strv_builder_add_many (builder, list->args[i], few ? G_STRINGIFY (NEXT_LIMIT) : value,
                               NULL);
    }

  if (list->next != NULL)
    g_strv_builder_add_many (builder, "after", list->next, NULL);
  g_auto (GStrv) args = g_strv_builder_end (builder);

  mh_fetch_async (record_list_context_of (list),
                  &(MhFetch){ .route = list->route->id, .args = (const char *const *)args },
                  mh_model_cancellable (MH_MODEL (list)), record_list_answered_cb,
                  g_object_ref (list));
  if (is_plain_search (list))
    run_local (list, prefetch_cb);
}

void
mh_record_list_reload (MhRecordList *list)
{
  g_clear_pointer (&list->next, g_free);
  if (!is_of_nobody (list))
    load_page (list);
}

void
mh_record_list_more (MhRecordList *list)
{
  if (list->next != NULL && !mh_model_is_loading (MH_MODEL (list)))
    load_page (list);
}

void
mh_record_list_set_args (MhRecordList *list, const char *const *args)
{
  static const char *const none[] = { NULL };
  g_strfreev (list->args);
  list->args = g_strdupv ((char **)(args != NULL ? args : none));
  list->stale = TRUE;
  mh_record_list_reload (list);
}

void
mh_record_list_set_belongs (MhRecordList *list, MhBelongs belongs, gpointer data)
{
  list->belongs = belongs;
  list->belongs_data = data;
}

void
mh_record_list_set_compare (MhRecordList *list, GCompareFunc compare)
{
  list->compare = compare;
}

void
mh_record_list_set_keep (MhRecordList *list, gboolean keep)
{
  list->keep = keep;
}

gboolean
mh_record_list_from_cache (MhRecordList *list)
{
  return list->from_cache;
}

gint64
mh_record_list_as_of (MhRecordList *list)
{
  return list->from_cache ? list->as_of : 0;
}

gboolean
mh_record_list_is_loading (MhRecordList *list)
{
  return mh_model_is_loading (MH_MODEL (list));
}

gboolean
mh_record_list_is_stale (MhRecordList *list)
{
  return list->stale;
}

const char *
mh_record_list_problem (MhRecordList *list)
{
  return mh_model_problem (MH_MODEL (list));
}

/* --- live --- */

/* Without a rule of the page: the filters that are fields of the record must be met, a search
 * decides for itself at the next key. */
static gboolean
record_list_belongs (MhRecordList *list, MhRecord *record)
{
  if (is_of_nobody (list))
    return FALSE;
  if (list->belongs != NULL)
    return list->belongs (record, list->belongs_data);
  if (arg (list, "q") != NULL || arg (list, "stage") != NULL)
    return FALSE;
  return meets_filters (list, record);
}

/* Whether the words that are searched for fit, the server alone knows: a search neither takes in
 * what is new nor loses what it found, but for what the page's rule says. */
static gboolean
record_list_wants (MhRecordList *list, MhRecord *record, gboolean is_here)
{
  if (arg (list, "q") == NULL)
    return record_list_belongs (list, record);
  return is_here && (list->belongs == NULL || record_list_belongs (list, record));
}

static void
record_list_take_out (MhRecordList *list, guint at)
{
  g_ptr_array_remove_index (list->records, at);
  g_list_model_items_changed (G_LIST_MODEL (list), at, 1, 0);
}

/* Where it belongs among the others; FALSE: what would come after all that is loaded comes with its
 * page. */
static gboolean
mh_record_list_place (MhRecordList *list, MhRecord *record, guint *out_at)
{
  guint n = list->records->len;
  *out_at = 0;
  while (list->compare != NULL && *out_at < n
         && list->compare (g_ptr_array_index (list->records, *out_at), record) <= 0)
    (*out_at)++;
  return *out_at < n || n == 0 || list->next == NULL;
}

static void
record_list_put_in (MhRecordList *list, MhRecord *record)
{
  guint at;
  if (!mh_record_list_place (list, record, &at))
    return;
  g_ptr_array_insert (list->records, (int)at, mh_record_copy (record));
  g_list_model_items_changed (G_LIST_MODEL (list), at, 0, 1);
}

/* To where it belongs now. As one change and the same object, so that it stays selected: a key that
 * is pressed next is meant for it and not for whoever stands in its old place. */
static void
mh_record_list_move (MhRecordList *list, guint at)
{
  g_autoptr (MhRecord) record = g_object_ref (g_ptr_array_index (list->records, at));
  guint to;
  g_ptr_array_remove_index (list->records, at);
  if (!mh_record_list_place (list, record, &to))
    {
      g_list_model_items_changed (G_LIST_MODEL (list), at, 1, 0);
      return;
    }
  g_ptr_array_insert (list->records, (int)to, g_steal_pointer (&record));
  guint first = MIN (at, to), n = MAX (at, to) - first + 1;
  g_list_model_items_changed (G_LIST_MODEL (list), first, n, n);
}

/* What changed so that others come before or after it stands elsewhere now. */
static gboolean
is_out_of_place (MhRecordList *list, guint at)
{
  GPtrArray *rows = list->records;
  if (list->compare == NULL)
    return FALSE;
  return (at > 0
          && list->compare (g_ptr_array_index (rows, at - 1), g_ptr_array_index (rows, at)) > 0)
         || (at + 1 < rows->len
             && list->compare (g_ptr_array_index (rows, at), g_ptr_array_index (rows, at + 1)) > 0);
}

static void
record_list_changed_cb (MhSync *sync,
                        const MhRecordType *type,
                        const char *id,
                        MhRecord *record,
                        MhRecordList *list)
{
  if (list->asked_at == 0)
    return;

  if (type == NULL)
    {
      mh_record_list_reload (list);
      return;
    }

  if (type != list->route->reply)
    return;

  int at = mh_record_list_find (list, id);
  gboolean wanted = record != NULL && record_list_wants (list, record, at >= 0);

  /* what the server answered may be ahead of the changes that are caught up on */
  if (at >= 0 && wanted && is_newer (g_ptr_array_index (list->records, at), record))
    return;

  if (at >= 0 && wanted)
    mh_record_apply (g_ptr_array_index (list->records, at), record);
  if (at >= 0 && !wanted)
    record_list_take_out (list, (guint)at);
  else if (at >= 0 && is_out_of_place (list, (guint)at))
    mh_record_list_move (list, (guint)at);
  else if (at < 0 && wanted)
    record_list_put_in (list, record);

  g_object_notify_by_pspec (G_OBJECT (list), props[PROP_N_ITEMS]);
}

MhRecordList *
mh_record_list_new (MhContext *context, const char *route_id)
{
  MhRecordList *list = g_object_new (MH_TYPE_RECORD_LIST, "context", context, NULL);
  list->route = mh_route_find (route_id);
  g_assert (list->route != NULL && (list->route->flags & MH_ROUTE_LIST) != 0);
  g_signal_connect_object (mh_context_sync (context), "changed",
                           G_CALLBACK (record_list_changed_cb), list, 0);
  return list;
}
