/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/messages/mail/mh-mime.h"

#include <gmime/gmime.h>
#include <string.h>

#include "shared/base/mh-clock.h"

/* GMime's classes are GObjects, but it declares no automatic clean-up for them. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InternetAddressList, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeStream, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeDataWrapper, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeParser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeObject, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeMessage, g_object_unref)

static void
ensure_started (void)
{
  static gsize once;
  if (g_once_init_enter (&once))
    {
      g_mime_init ();
      g_once_init_leave (&once, 1);
    }
}

static gboolean
mime_is_printable_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if (!g_ascii_isgraph (*text))
      return FALSE;
  return TRUE;
}

char *
mh_mime_address (const char *text)
{
  ensure_started ();
  g_autoptr (InternetAddressList) list = text != NULL && strpbrk (text, "\r\n") == NULL
                                             ? internet_address_list_parse (NULL, text)
                                             : NULL;

  if (list == NULL || internet_address_list_length (list) != 1)
    return NULL;

  InternetAddress *first = internet_address_list_get_address (list, 0);
  const char *address = INTERNET_ADDRESS_IS_MAILBOX (first)
                            ? internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (first))
                            : NULL;
  const char *at = address != NULL ? strrchr (address, '@') : NULL;

  if (at == NULL || at == address || at[1] == '\0')
    return NULL;

  g_autofree char *local = g_strndup (address, (gsize)(at - address));
  g_autofree char *domain = g_hostname_to_ascii (at + 1);
  if (domain == NULL || !mime_is_printable_ascii (local) || !mime_is_printable_ascii (domain)
      || strlen (local) > 64 || strlen (local) + strlen (domain) > 252)
    return NULL;

  return g_strconcat (local, "@", domain, NULL);
}

/* --- composing --- */

static GMimeObject *
mime_make_text (const char *subtype, const char *text)
{
  GMimeTextPart *part = g_mime_text_part_new_with_subtype (subtype);
  g_mime_text_part_set_charset (part, "utf-8");
  g_mime_text_part_set_text (part, text);
  g_mime_part_set_content_encoding (GMIME_PART (part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  return GMIME_OBJECT (part);
}

static void
mime_add (GMimeMultipart *multipart, GMimeObject *part)
{
  g_mime_multipart_add (multipart, part);
  g_object_unref (part);
}

static GMimeObject *
make_pdf (const MhMimeMail *mail)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (mail->pdf, &length);
  GMimePart *part = g_mime_part_new_with_type ("application", "pdf");
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new_with_buffer (bytes, length);
  g_autoptr (GMimeDataWrapper) content
      = g_mime_data_wrapper_new_with_stream (stream, GMIME_CONTENT_ENCODING_DEFAULT);
  g_mime_part_set_content (part, content);
  g_mime_part_set_content_encoding (part, GMIME_CONTENT_ENCODING_BASE64);
  g_mime_object_set_disposition (GMIME_OBJECT (part), GMIME_DISPOSITION_ATTACHMENT);
  g_mime_part_set_filename (part, mail->pdf_name != NULL ? mail->pdf_name : "report.pdf");
  return GMIME_OBJECT (part);
}

static GMimeObject *
make_body (const MhMimeMail *mail)
{
  GMimeMultipart *both = g_mime_multipart_new_with_subtype ("alternative");
  mime_add (both, mime_make_text ("plain", mail->text));
  mime_add (both, mime_make_text ("html", mail->html));
  if (mail->pdf == NULL)
    return GMIME_OBJECT (both);
  GMimeMultipart *mixed = g_mime_multipart_new_with_subtype ("mixed");
  mime_add (mixed, GMIME_OBJECT (both));
  mime_add (mixed, make_pdf (mail));
  return GMIME_OBJECT (mixed);
}

static void
mime_set_headers (GMimeMessage *message, const MhMimeMail *mail)
{
  static const char *const fixed[][2] = {
    { "Auto-Submitted", "auto-generated" },
    { "X-Auto-Response-Suppress", "All" },
  };
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (mail->date / MH_SECOND);
  g_autoptr (GTimeZone) zone
      = mail->zone != NULL ? g_time_zone_ref (mail->zone) : g_time_zone_new_utc ();
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  g_mime_message_set_date (message, local);
  g_mime_message_set_message_id (message, mail->message_id);
  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    g_mime_object_set_header (GMIME_OBJECT (message), fixed[i][0], fixed[i][1], NULL);
}

static GBytes *
write_message (GMimeMessage *message)
{
  GByteArray *out = g_byte_array_new ();
  GMimeStream *memory = g_mime_stream_mem_new_with_byte_array (out);
  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (memory), FALSE);
  GMimeStream *stream = g_mime_stream_filter_new (memory);
  GMimeFilter *lines = g_mime_filter_unix2dos_new (TRUE);

  g_mime_stream_filter_add (GMIME_STREAM_FILTER (stream), lines);
  g_mime_object_write_to_stream (GMIME_OBJECT (message), NULL, stream);
  g_mime_stream_flush (stream);
  g_object_unref (lines);
  g_object_unref (stream);
  g_object_unref (memory);
  return g_byte_array_free_to_bytes (out);
}

GBytes *
mh_mime_compose (const MhMimeMail *mail, GError **error)
{
  ensure_started ();
  g_autofree char *to = mh_mime_address (mail->to);
  g_autofree char *from = mh_mime_address (mail->from);

  if (to == NULL || from == NULL)
    {
      mh_error_set_field (error, to == NULL ? "to" : "from", "format",
                          "This is not an e-mail address.");
      return NULL;
    }

  g_autoptr (InternetAddressList) sender = internet_address_list_parse (NULL, mail->from);
  const char *name = internet_address_get_name (internet_address_list_get_address (sender, 0));
  g_autofree char *subject = g_strdelimit (g_strdup (mail->subject), "\r\n", ' ');
  g_autoptr (GMimeMessage) message = g_mime_message_new (FALSE);
  g_autoptr (GMimeObject) body = make_body (mail);

  g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_FROM, name, from);
  g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_TO, NULL, to);
  g_mime_message_set_subject (message, subject, "utf-8");
  mime_set_headers (message, mail);
  g_mime_message_set_mime_part (message, body);

  return write_message (message);
}

/* --- reading what came back --- */

static char *
mime_content_of (GMimeObject *object)
{
  GMimeDataWrapper *content
      = GMIME_IS_PART (object) ? g_mime_part_get_content (GMIME_PART (object)) : NULL;
  if (content == NULL)
    return NULL;
  GByteArray *out = g_byte_array_new ();
  GMimeStream *stream = g_mime_stream_mem_new_with_byte_array (out);
  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
  g_mime_data_wrapper_write_to_stream (content, stream);
  g_object_unref (stream);
  g_byte_array_append (out, (const guint8 *)"", 1);
  return (char *)g_byte_array_free (out, FALSE);
}

/* A block of fields as GMime reads any header. */
static GMimeObject *
read_fields (const char *text)
{
  g_autofree char *block = g_strconcat (text, "\n\n", NULL);
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new_with_buffer (block, strlen (block));
  g_autoptr (GMimeParser) parser = g_mime_parser_new_with_stream (stream);
  return g_mime_parser_construct_part (parser, NULL);
}

static void
mime_take_field (GMimeObject *fields, const char *name, char **out)
{
  const char *value = g_mime_object_get_header (fields, name);
  if (value == NULL || *out != NULL)
    return;
  *out = g_strstrip (g_strdup (value));
}

static void
read_status (const char *text, MhMimeBounce *bounce)
{
  g_autofree char *unix_lines = g_strdup (text);
  g_auto (GStrv) rows = g_strsplit (unix_lines, "\r\n", -1);
  g_autofree char *joined = g_strjoinv ("\n", rows);
  g_auto (GStrv) groups = g_strsplit (joined, "\n\n", -1);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autoptr (GMimeObject) fields = read_fields (g_strstrip (groups[i]));
      if (fields == NULL)
        continue;
      mime_take_field (fields, "Action", &bounce->action);
      mime_take_field (fields, "Status", &bounce->status);
      mime_take_field (fields, "Diagnostic-Code", &bounce->diagnostic);
    }
}

static void
mime_look (GMimeObject *parent, GMimeObject *part, gpointer data)
{
  MhMimeBounce *bounce = data;
  GMimeContentType *type = g_mime_object_get_content_type (part);
  if (g_mime_content_type_is_type (type, "message", "delivery-status"))
    {
      g_autofree char *text = mime_content_of (part);
      if (text != NULL)
        read_status (text, bounce);
    }
  else if (g_mime_content_type_is_type (type, "text", "rfc822-headers"))
    {
      g_autofree char *text = mime_content_of (part);
      g_autoptr (GMimeObject) fields = text != NULL ? read_fields (text) : NULL;
      if (fields != NULL)
        mime_take_field (fields, "Message-ID", &bounce->message_id);
    }
  else if (GMIME_IS_MESSAGE_PART (part) && bounce->message_id == NULL)
    {
      GMimeMessage *inner = g_mime_message_part_get_message (GMIME_MESSAGE_PART (part));
      bounce->message_id = inner != NULL ? g_strdup (g_mime_message_get_message_id (inner)) : NULL;
    }
}

static void
read_recipient (GMimeMessage *message, MhMimeBounce *bounce)
{
  static const char *const headers[] = { "Delivered-To", "X-Original-To", "To" };
  for (guint i = 0; i < G_N_ELEMENTS (headers) && bounce->recipient == NULL; i++)
    bounce->recipient
        = mh_mime_address (g_mime_object_get_header (GMIME_OBJECT (message), headers[i]));
}

gboolean
mh_mime_read_bounce (const char *bytes, gsize length, MhMimeBounce *out_bounce)
{
  ensure_started ();
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new_with_buffer (bytes, length);
  g_autoptr (GMimeParser) parser = g_mime_parser_new_with_stream (stream);
  g_autoptr (GMimeMessage) message = g_mime_parser_construct_message (parser, NULL);
  MhMimeBounce bounce = { 0 };

  if (message == NULL)
    return FALSE;

  g_mime_message_foreach (message, mime_look, &bounce);
  read_recipient (message, &bounce);
  if (bounce.message_id != NULL)
    g_strdelimit (bounce.message_id, "<>", ' ');
  if (bounce.message_id != NULL)
    g_strstrip (bounce.message_id);
  if (bounce.action == NULL)
    {
      mh_mime_bounce_clear (&bounce);
      return FALSE;
    }

  *out_bounce = bounce;
  return TRUE;
}

void
mh_mime_bounce_clear (MhMimeBounce *bounce)
{
  g_clear_pointer (&bounce->recipient, g_free);
  g_clear_pointer (&bounce->message_id, g_free);
  g_clear_pointer (&bounce->action, g_free);
  g_clear_pointer (&bounce->status, g_free);
  g_clear_pointer (&bounce->diagnostic, g_free);
}
