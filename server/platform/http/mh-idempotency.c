/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-idempotency.h"

#include <sodium.h>
#include <string.h>

#include "server/platform/http/mh-idempotency-store.h"
#include "shared/records/platform/mh-machine.h"

#define KEEP (8 * MH_DAY)
#define MIN_KEY 8
#define MAX_KEY 64

static gboolean
is_key (const char *text)
{
  gsize length = strlen (text);
  for (const char *at = text; *at != 0; at++)
    if (!g_ascii_isalnum (*at) && *at != '-' && *at != '_')
      return FALSE;
  return length >= MIN_KEY && length <= MAX_KEY;
}

gboolean
mh_idempotency_prepare (MhCall *call, GError **error)
{
  const char *key = mh_call_header (call, "Idempotency-Key");
  if (key == NULL || call->actor == NULL || (call->route->flags & MH_ROUTE_IDEMPOTENT) == 0)
    return TRUE;

  if (!is_key (key))
    {
      mh_error_set (error, MH_ERROR_MALFORMED,
                    "Idempotency-Key must be a UUID, or 8 to 64 letters, digits, '-' and '_'.");
      return FALSE;
    }

  guint8 hash[32];
  crypto_generichash_state state;
  gsize length = 0;
  const guint8 *body = g_bytes_get_data (call->raw, &length);

  crypto_generichash_init (&state, NULL, 0, sizeof hash);
  crypto_generichash_update (&state, (const guint8 *)call->path, strlen (call->path) + 1);
  crypto_generichash_update (&state, body != NULL ? body : (const guint8 *)"", length);
  crypto_generichash_final (&state, hash, sizeof hash);
  sodium_bin2hex (call->body_hash, sizeof call->body_hash, hash, sizeof hash);
  call->key = g_strconcat (mh_actor_user_id (call->actor), ":", key, NULL);

  return TRUE;
}

/* "Name: value" lines, an empty line, the body: as a reply is kept. */
static char *
idempotency_pack (MhReply *reply)
{
  GString *out = g_string_sized_new (1024);
  for (guint i = 0; i < reply->n_headers; i++)
    g_string_append_printf (out, "%s: %s\n", reply->headers[i].name, reply->headers[i].value);
  g_string_append_c (out, '\n');
  if (reply->body != NULL)
    g_string_append_len (out, reply->body->str, (gssize)reply->body->len);
  return g_string_free (out, FALSE);
}

static MhReply *
idempotency_unpack (const char *text, guint status)
{
  MhReply *reply = mh_reply_new ();
  reply->status = status;
  while (*text != 0 && *text != '\n')
    {
      const char *colon = strstr (text, ": ");
      const char *end = strchr (text, '\n');
      if (colon == NULL || end == NULL || colon > end)
        break;
      g_autofree char *name = g_strndup (text, (gsize)(colon - text));
      g_autofree char *value = g_strndup (colon + 2, (gsize)(end - colon - 2));
      mh_reply_set_header (reply, name, value);
      text = end + 1;
    }
  reply->body = g_string_new (*text == '\n' ? text + 1 : text);
  mh_reply_set_header (reply, "Idempotency-Replayed", "true");

  return reply;
}

gboolean
mh_idempotency_replay (MhCall *call, GError **error)
{
  if (call->key == NULL)
    return TRUE;

  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRecord) known = mh_idempotency_store_find (call->db, call->key, &inner);
  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return FALSE;
    }

  if (known == NULL)
    return TRUE;

  const char *route = mh_record_text (known, MH_IDEMPOTENCY_KEY_ROUTE);
  const char *hash = mh_record_text (known, MH_IDEMPOTENCY_KEY_BODY_HASH);
  if (g_strcmp0 (route, call->route->id) != 0 || g_strcmp0 (hash, call->body_hash) != 0)
    {
      mh_error_set_field (error, "Idempotency-Key", "reused",
                          "This key was used for another request; make a new one.");
      return FALSE;
    }

  const char *text = mh_record_text (known, MH_IDEMPOTENCY_KEY_REPLY);
  call->reply = idempotency_unpack (text != NULL ? text : "",
                                    (guint)mh_record_int (known, MH_IDEMPOTENCY_KEY_STATUS));

  return TRUE;
}

gboolean
mh_idempotency_remember (MhCall *call, guint status, GError **error)
{
  if (call->key == NULL)
    return TRUE;
  g_autoptr (MhRecord) record = mh_record_new (&mh_idempotency_key_type);
  mh_record_set_text (record, MH_IDEMPOTENCY_KEY_KEY, call->key);
  mh_record_set_text (record, MH_IDEMPOTENCY_KEY_USER_ID, mh_actor_user_id (call->actor));
  mh_record_set_text (record, MH_IDEMPOTENCY_KEY_ROUTE, call->route->id);
  mh_record_set_text (record, MH_IDEMPOTENCY_KEY_BODY_HASH, call->body_hash);
  mh_record_set_int (record, MH_IDEMPOTENCY_KEY_STATUS, status);
  mh_record_take_text (record, MH_IDEMPOTENCY_KEY_REPLY, idempotency_pack (call->reply));
  mh_record_set_int (record, MH_IDEMPOTENCY_KEY_EXPIRES_AT, call->now + KEEP);
  return mh_idempotency_store_add (call->tx, record, error);
}

gboolean
mh_idempotency_purge (MhTx *tx, gint64 *out_dropped, GError **error)
{
  gint64 dropped = mh_idempotency_store_purge (tx, mh_tx_now (tx), error);
  if (dropped < 0)
    return FALSE;
  *out_dropped = dropped;
  return TRUE;
}
