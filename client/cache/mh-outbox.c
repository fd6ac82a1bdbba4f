/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/cache/mh-outbox.h"

#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"

static const char sql_add[] = "INSERT INTO outbox (state, data) VALUES ($1, $2) RETURNING seq";
static const char sql_update[] = "UPDATE outbox SET state = $2, data = $3 WHERE seq = $1";
static const char sql_remove[] = "DELETE FROM outbox WHERE seq = $1";
static const char sql_list[] = "SELECT seq, state, data FROM outbox ORDER BY seq";

/* What an operation is bound to; its number is not known before it is written. */
#define PLACE "outbox"

MhOp *
mh_op_new (const char *route_id, const char *const *args, const char *body, gint64 if_match)
{
  MhOp *op = g_new0 (MhOp, 1);
  op->state = g_strdup (MH_OP_WAITING);
  op->key = mh_id_new ();
  op->route_id = g_strdup (route_id);
  op->args = args != NULL ? g_strdupv ((char **)args) : g_new0 (char *, 1);
  op->body = g_strdup (body);
  op->if_match = if_match;
  return op;
}

MhOp *
mh_op_copy (const MhOp *op)
{
  MhOp *copy = g_new0 (MhOp, 1);
  *copy = *op;
  copy->state = g_strdup (op->state);
  copy->key = g_strdup (op->key);
  copy->route_id = g_strdup (op->route_id);
  copy->args = g_strdupv (op->args);
  copy->body = g_strdup (op->body);
  copy->type = g_strdup (op->type);
  copy->record_id = g_strdup (op->record_id);
  copy->problem = g_strdup (op->problem);
  copy->current = g_strdup (op->current);
  return copy;
}

void
mh_op_free (MhOp *op)
{
  if (op == NULL)
    return;

  g_free (op->state);
  g_free (op->key);
  g_free (op->route_id);
  g_strfreev (op->args);
  g_free (op->body);
  g_free (op->type);
  g_free (op->record_id);
  g_free (op->problem);
  g_free (op->current);
  g_free (op);
}

static char *
op_to_json (const MhOp *op)
{
  GString *out = g_string_new (NULL);
  mh_json_open (out, '{');
  mh_json_member_text (out, "key", op->key);
  mh_json_member_text (out, "route", op->route_id);
  mh_json_key (out, "args");
  mh_json_open (out, '[');
  for (guint i = 0; op->args[i] != NULL; i++)
    mh_json_put_text (out, op->args[i]);
  mh_json_close (out, ']');
  mh_json_member_text (out, "body", op->body);
  mh_json_member_int (out, "if_match", op->if_match);
  mh_json_member_text (out, "type", op->type);
  mh_json_member_text (out, "record_id", op->record_id);
  mh_json_member_int (out, "made_at", op->made_at);
  mh_json_member_int (out, "discarded_at", op->discarded_at);
  mh_json_member_int (out, "sent_at", op->sent_at);
  mh_json_member_int (out, "attempts", op->attempts);
  mh_json_member_text (out, "problem", op->problem);
  mh_json_member_text (out, "current", op->current);
  mh_json_close (out, '}');

  return g_string_free (out, FALSE);
}

static MhOp *
op_from_json (const char *json, GError **error)
{
  g_autoptr (JsonObject) object = mh_json_parse_object (json, -1, error);
  if (object == NULL)
    return NULL;

  MhOp *op = g_new0 (MhOp, 1);
  JsonArray *args = mh_json_array (object, "args");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; args != NULL && i < json_array_get_length (args); i++)
    g_strv_builder_add (builder, json_array_get_string_element (args, i));
  op->args = g_strv_builder_end (builder);
  op->key = g_strdup (mh_json_text (object, "key"));
  op->route_id = g_strdup (mh_json_text (object, "route"));
  op->body = g_strdup (mh_json_text (object, "body"));
  op->if_match = mh_json_int (object, "if_match", -1);
  op->type = g_strdup (mh_json_text (object, "type"));
  op->record_id = g_strdup (mh_json_text (object, "record_id"));
  op->made_at = mh_json_int (object, "made_at", 0);
  op->discarded_at = mh_json_int (object, "discarded_at", 0);
  op->sent_at = mh_json_int (object, "sent_at", 0);
  op->attempts = (guint)mh_json_int (object, "attempts", 0);
  op->problem = g_strdup (mh_json_text (object, "problem"));
  op->current = g_strdup (mh_json_text (object, "current"));

  return op;
}

static gboolean
outbox_check_open (MhCache *cache, GError **error)
{
  if (mh_cache_is_open (cache))
    return TRUE;
  mh_error_set (error, MH_ERROR_UNAUTHORIZED, "The local copy is locked.");
  return FALSE;
}

gboolean
mh_outbox_add (MhCache *cache, MhOp *op, GError **error)
{
  gsize size = 0;
  if (!outbox_check_open (cache, error))
    return FALSE;

  g_autofree char *json = op_to_json (op);
  g_autoptr (GBytes) sealed = mh_cache_seal (cache, PLACE, json);
  const guint8 *data = g_bytes_get_data (sealed, &size);
  g_autoptr (MhRows) rows = mh_db_query (
      mh_cache_db (cache), sql_add, MH_ARGS (MH_TEXT (op->state), MH_BYTES (data, size)), error);

  if (rows == NULL || !mh_rows_next (rows, error))
    return FALSE;

  op->seq = mh_rows_int (rows, 0);

  /* The row is only written once the statement has run to its end. */
  (void)mh_rows_next (rows, NULL);
  return TRUE;
}

gboolean
mh_outbox_update (MhCache *cache, const MhOp *op, GError **error)
{
  gsize size = 0;
  if (!outbox_check_open (cache, error))
    return FALSE;
  g_autofree char *json = op_to_json (op);
  g_autoptr (GBytes) sealed = mh_cache_seal (cache, PLACE, json);
  const guint8 *data = g_bytes_get_data (sealed, &size);
  return mh_db_exec (mh_cache_db (cache), sql_update,
                     MH_ARGS (MH_INT (op->seq), MH_TEXT (op->state), MH_BYTES (data, size)), error)
         >= 0;
}

gboolean
mh_outbox_remove (MhCache *cache, gint64 seq, GError **error)
{
  return outbox_check_open (cache, error)
         && mh_db_exec (mh_cache_db (cache), sql_remove, MH_ARGS (MH_INT (seq)), error) >= 0;
}

GPtrArray *
mh_outbox_list (MhCache *cache, GError **error)
{
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_op_free);
  g_autoptr (GError) inner = NULL;
  if (!outbox_check_open (cache, error))
    return NULL;

  g_autoptr (MhRows) rows = mh_db_query (mh_cache_db (cache), sql_list, MH_NO_ARGS, error);
  if (rows == NULL)
    return NULL;
  while (mh_rows_next (rows, &inner))
    {
      gsize size = 0;
      const guint8 *data = mh_rows_bytes (rows, 2, &size);
      g_autofree char *json = mh_cache_unseal (cache, PLACE, data, size, error);
      MhOp *op = json != NULL ? op_from_json (json, error) : NULL;
      if (op == NULL)
        return NULL;
      op->seq = mh_rows_int (rows, 0);
      op->state = g_strdup (mh_rows_text (rows, 1));
      g_ptr_array_add (ops, op);
    }

  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }

  return g_steal_pointer (&ops);
}

gboolean
mh_outbox_forget_discarded (MhCache *cache, gint64 before, GError **error)
{
  g_autoptr (GPtrArray) ops = mh_outbox_list (cache, error);
  for (guint i = 0; ops != NULL && i < ops->len; i++)
    {
      const MhOp *op = g_ptr_array_index (ops, i);
      if (g_str_equal (op->state, MH_OP_DISCARDED) && op->discarded_at < before
          && !mh_outbox_remove (cache, op->seq, error))
        return FALSE;
    }

  return ops != NULL;
}
