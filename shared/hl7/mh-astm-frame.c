/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames: written, and found in a stream that is cut anywhere. */
#include "shared/hl7/mh-astm-frame.h"

#include <stdio.h>

guint8
mh_astm_checksum (const guint8 *bytes, gsize length)
{
  guint sum = 0;
  for (gsize i = 0; i < length; i++)
    sum += bytes[i];
  return (guint8)(sum & 0xff);
}

void
mh_astm_put_frame (GByteArray *out, guint number, const guint8 *text, gsize length, gboolean last)
{
  guint8 stx = MH_ASTM_STX, digit = (guint8)('0' + number % 8);
  guint8 end = last ? MH_ASTM_ETX : MH_ASTM_ETB;
  g_byte_array_append (out, &stx, 1);
  guint start = out->len;
  g_byte_array_append (out, &digit, 1);
  g_byte_array_append (out, text, (guint)length);
  g_byte_array_append (out, &end, 1);
  char tail[5];
  snprintf (tail, sizeof tail, "%02X\r\n", mh_astm_checksum (out->data + start, out->len - start));
  g_byte_array_append (out, (const guint8 *)tail, 4);
}

static MhAstmToken
astm_frame_finish (MhAstmReader *reader)
{
  guint length = reader->frame->len; /* number, text, end, two digits */
  const guint8 *bytes = reader->frame->data;
  int high = g_ascii_xdigit_value ((char)bytes[length - 2]);
  int low = g_ascii_xdigit_value ((char)bytes[length - 1]);
  guint8 sum = mh_astm_checksum (bytes, length - 2);

  reader->is_inside = FALSE;
  reader->after_end = 0;
  reader->is_last = bytes[length - 3] == MH_ASTM_ETX;
  if (reader->is_too_long || length < 4 || !g_ascii_isdigit (bytes[0]) || bytes[0] > '7' || high < 0
      || low < 0 || high * 16 + low != sum)
    return MH_ASTM_TOKEN_BAD;

  reader->number = (guint)(bytes[0] - '0');
  reader->text = bytes + 1;
  reader->text_length = length - 4;
  return MH_ASTM_TOKEN_FRAME;
}

static MhAstmToken
astm_frame_begin (MhAstmReader *reader)
{
  g_byte_array_set_size (reader->frame, 0);
  reader->is_inside = TRUE;
  reader->is_too_long = FALSE;
  reader->after_end = 0;
  return MH_ASTM_TOKEN_NONE;
}

static MhAstmToken
outside (guint8 byte)
{
  return byte == MH_ASTM_ENQ   ? MH_ASTM_TOKEN_ENQ
         : byte == MH_ASTM_ACK ? MH_ASTM_TOKEN_ACK
         : byte == MH_ASTM_NAK ? MH_ASTM_TOKEN_NAK
         : byte == MH_ASTM_EOT ? MH_ASTM_TOKEN_EOT
                               : MH_ASTM_TOKEN_NONE;
}

MhAstmToken
mh_astm_reader_take (MhAstmReader *reader, guint8 byte)
{
  if (byte == MH_ASTM_STX)
    return astm_frame_begin (reader);
  if (!reader->is_inside)
    return outside (byte);

  /* None of these may stand in a text: the sender has given the frame up. */
  if (byte == MH_ASTM_ENQ || byte == MH_ASTM_EOT)
    {
      reader->is_inside = FALSE;
      return outside (byte);
    }

  if (reader->frame->len > MH_ASTM_MAX_FRAME_TEXT)
    reader->is_too_long = TRUE;
  gboolean is_end = reader->after_end == 0 && (byte == MH_ASTM_ETX || byte == MH_ASTM_ETB);

  if (!reader->is_too_long || is_end || reader->after_end > 0)
    g_byte_array_append (reader->frame, &byte, 1);
  if (is_end)
    reader->after_end = 1;
  else if (reader->after_end > 0 && ++reader->after_end == 3)
    return astm_frame_finish (reader);

  return MH_ASTM_TOKEN_NONE;
}
