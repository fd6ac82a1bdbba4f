/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-call-private.h"

#include "shared/base/mh-json.h"
#include "shared/base/mh-text.h"
#include "shared/proto/mh-page-cursor.h"
#include "shared/proto/mh-problem.h"
#include "shared/record/mh-record-json.h"

#include <string.h>

MhReply *
mh_reply_new (void)
{
  return g_new0 (MhReply, 1);
}

void
mh_reply_free (MhReply *reply)
{
  if (reply == NULL)
    return;

  if (reply->body != NULL)
    g_string_free (reply->body, TRUE);
  if (reply->items != NULL)
    g_string_free (reply->items, TRUE);
  g_clear_pointer (&reply->bytes, g_bytes_unref);
  g_clear_pointer (&reply->records, g_ptr_array_unref);
  g_strfreev (reply->next);
  g_free (reply->media);
  for (guint i = 0; i < reply->n_headers; i++)
    g_free (reply->headers[i].value);
  g_free (reply);
}

MhReply *
mh_reply_record_json (MhRecord *record, GString *json)
{
  MhReply *reply = mh_reply_new ();
  const MhRecordType *type = mh_record_type (record);
  reply->body = json;
  if (type->table != NULL)
    {
      char tag[32];
      g_snprintf (tag, sizeof tag, "\"%" G_GINT64_FORMAT "\"", mh_record_version (record));
      mh_reply_set_header (reply, "ETag", tag);
    }
  g_object_unref (record);
  return reply;
}

MhReply *
mh_reply_record (MhRecord *record)
{
  if (record == NULL)
    return NULL;
  GString *json = g_string_sized_new (1024);
  mh_record_put_json (record, 0, json);
  return mh_reply_record_json (record, json);
}

MhReply *
mh_reply_json (GString *json)
{
  MhReply *reply = mh_reply_new ();
  reply->body = json;
  return reply;
}

MhReply *
mh_reply_text (GString *text, const char *media)
{
  MhReply *reply = mh_reply_json (text);
  reply->media = g_strdup (media);
  return reply;
}

MhReply *
mh_reply_list (GPtrArray *records, const char *const *next)
{
  if (records == NULL)
    return NULL;
  MhReply *reply = mh_reply_new ();
  reply->is_list = TRUE;
  reply->records = records;
  reply->next = g_strdupv ((char **)next);
  return reply;
}

MhReply *
mh_reply_list_after (GPtrArray *records, const char *next)
{
  const char *parts[] = { next, NULL };
  return mh_reply_list (records, next != NULL ? parts : NULL);
}

/* What a record tells in words: its texts, and the labels of its codes. */
static char *
reply_words_of (MhRecord *record)
{
  const MhRecordType *type = mh_record_type (record);
  GString *words = g_string_new (NULL);
  for (guint i = 0; i < type->n_fields; i++)
    {
      const MhField *field = &type->fields[i];
      if (!mh_field_is_text (field) || !mh_record_has (record, i)
          || g_str_equal (field->name, "id"))
        continue;
      const char *text = mh_record_text (record, i);
      const char *label = field->codes != NULL ? mh_code_label (field->codes, text) : NULL;
      g_autofree char *folded = mh_text_fold (text);
      g_autofree char *named = label != NULL ? mh_text_fold (label) : NULL;
      g_string_append_printf (words, "%s %s ", folded, named != NULL ? named : "");
    }

  return g_string_free (words, FALSE);
}

static gboolean
tells (MhRecord *record, char **wanted)
{
  g_autofree char *words = reply_words_of (record);
  for (guint i = 0; wanted[i] != NULL; i++)
    if (strstr (words, wanted[i]) == NULL)
      return FALSE;
  return TRUE;
}

MhReply *
mh_reply_whole_list (MhCall *call, GPtrArray *records)
{
  const char *q = mh_call_query (call, "q");
  g_autofree char *folded = q != NULL ? mh_text_fold (q) : NULL;
  g_auto (GStrv) wanted = folded != NULL ? g_strsplit (folded, " ", -1) : NULL;
  for (guint i = wanted != NULL && records != NULL ? records->len : 0; i > 0; i--)
    if (!tells (g_ptr_array_index (records, i - 1), wanted))
      g_ptr_array_remove_index (records, i - 1);
  return mh_reply_list (records, NULL);
}

static char *
reply_part_of (MhRecord *record, guint field)
{
  return mh_field_is_int (&mh_record_type (record)->fields[field])
             ? g_strdup_printf ("%" G_GINT64_FORMAT, mh_record_int (record, field))
             : g_strdup (mh_record_text (record, field));
}

MhReply *
mh_reply_page_by (MhCall *call, GPtrArray *records, guint field, guint id_field)
{
  guint limit = mh_call_limit (call);
  if (records == NULL || limit == 0 || records->len != limit)
    return mh_reply_list (records, NULL);
  MhRecord *last = g_ptr_array_index (records, limit - 1);
  g_autofree char *key = reply_part_of (last, field);
  g_autofree char *id = field != id_field ? reply_part_of (last, id_field) : NULL;
  const char *parts[] = { key, id, NULL };
  return mh_reply_list (records, parts);
}

MhReply *
mh_reply_page (MhCall *call, GPtrArray *records, guint field)
{
  return mh_reply_page_by (call, records, field, MH_ID);
}

MhReply *
mh_reply_list_json (GString *items, const char *const *next)
{
  MhReply *reply = mh_reply_new ();
  reply->is_list = TRUE;
  reply->items = items;
  reply->next = g_strdupv ((char **)next);
  return reply;
}

MhReply *
mh_reply_bytes (GBytes *bytes, const char *media, const char *file_name)
{
  MhReply *reply = mh_reply_new ();
  reply->bytes = bytes;
  reply->media = g_strdup (media);
  if (file_name != NULL)
    {
      g_autofree char *value = g_strdup_printf ("inline; filename=\"%s\"", file_name);
      mh_reply_set_header (reply, "Content-Disposition", value);
    }
  return reply;
}

MhReply *
mh_reply_empty (void)
{
  MhReply *reply = mh_reply_new ();
  reply->status = 204;
  return reply;
}

MhReply *
mh_reply_problem (const GError *error, const char *request_id)
{
  MhReply *reply = mh_reply_new ();
  reply->media = g_strdup (MH_PROBLEM_MEDIA);
  reply->body = g_string_sized_new (256);
  mh_problem_write (reply->body, error, request_id);
  mh_reply_refuse (reply, error);
  return reply;
}

void
mh_reply_refuse (MhReply *reply, const GError *error)
{
  reply->status = (guint)mh_error_status (error);
  guint retry = mh_error_get_retry_after (error);
  if (reply->status == 503 && retry == 0)
    retry = 1;
  if (retry > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", retry);
      mh_reply_set_header (reply, "Retry-After", seconds);
    }
  if (reply->status == 401)
    mh_reply_set_header (reply, "WWW-Authenticate", "Bearer realm=\"mahima\"");
}

void
mh_reply_set_status (MhReply *reply, guint status)
{
  reply->status = status;
}

/* A line break in a value would begin a header of its own. */
void
mh_reply_set_header (MhReply *reply, const char *name, const char *value)
{
  char *copy = g_strdelimit (g_strdup (value), "\r\n", ' ');
  for (guint i = 0; i < reply->n_headers; i++)
    if (g_ascii_strcasecmp (reply->headers[i].name, name) == 0)
      {
        g_free (reply->headers[i].value);
        reply->headers[i].value = copy;
        return;
      }

  if (reply->n_headers == MH_REPLY_MAX_HEADERS)
    g_error ("A reply has more than %d headers.", MH_REPLY_MAX_HEADERS);
  reply->headers[reply->n_headers].name = g_intern_string (name);
  reply->headers[reply->n_headers++].value = copy;
}

static void
reply_put_items (MhReply *reply, GString *out)
{
  if (reply->items != NULL)
    {
      g_string_append_len (out, reply->items->str, (gssize)reply->items->len);
      return;
    }
  mh_json_open (out, '[');
  for (guint i = 0; reply->records != NULL && i < reply->records->len; i++)
    mh_record_put_json (g_ptr_array_index (reply->records, i), 0, out);
  mh_json_close (out, ']');
}

void
mh_reply_compose (MhReply *reply)
{
  if (!reply->is_list || reply->body != NULL)
    return;

  GString *out = g_string_sized_new (reply->items != NULL ? reply->items->len + 128 : 4096);
  const char *list = reply->list != NULL ? reply->list : "";
  g_autofree char *cursor
      = reply->next != NULL ? mh_page_cursor_make (list, (const char *const *)reply->next) : NULL;

  mh_json_open (out, '{');
  mh_json_key (out, "items");
  reply_put_items (reply, out);
  mh_json_member_text (out, "next", cursor);
  mh_json_close (out, '}');
  reply->body = out;
}

const GString *
mh_reply_body (MhReply *reply)
{
  mh_reply_compose (reply);
  return reply->body;
}
