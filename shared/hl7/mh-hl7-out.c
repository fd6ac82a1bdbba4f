/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing messages. */
#include "shared/hl7/mh-hl7-private.h"

#include <string.h>

MhHl7Out
mh_hl7_out_begin (MhHl7Marks marks)
{
  return (MhHl7Out){ .text = g_string_new (NULL), .marks = marks };
}

void
mh_hl7_out_segment (MhHl7Out *out, const char *name)
{
  MhHl7Marks marks = out->marks;
  if (out->text->len > 0)
    g_string_append_c (out->text, '\r');
  g_string_append (out->text, name);
  out->field = 0;
  out->component = out->sub = 1;
  if (strcmp (name, "MSH") == 0)
    g_string_append_printf (out->text, "%c%c%c%c%c", marks.field, marks.component, marks.repeat,
                            marks.escape, marks.sub);
  else if (strcmp (name, "H") == 0 && marks.sub == 0)
    g_string_append_printf (out->text, "%c%c%c%c", marks.field, marks.repeat, marks.component,
                            marks.escape);
  else
    return;

  out->field = 2;
}

static gboolean
hl7_out_go_to (MhHl7Out *out, guint field, guint component, guint sub)
{
  g_return_val_if_fail (
      field > out->field
          || (field == out->field
              && (component > out->component || (component == out->component && sub >= out->sub))),
      FALSE);

  for (; out->field < field; out->field++)
    {
      g_string_append_c (out->text, out->marks.field);
      out->component = out->sub = 1;
    }

  for (; out->component < component; out->component++)
    {
      g_string_append_c (out->text, out->marks.component);
      out->sub = 1;
    }

  for (; out->sub < sub; out->sub++)
    g_string_append_c (out->text, out->marks.sub);
  return TRUE;
}

void
mh_hl7_out_put_sub (MhHl7Out *out, guint field, guint component, guint sub, const char *text)
{
  if (text != NULL && text[0] != 0 && hl7_out_go_to (out, field, component, sub))
    mh_hl7_put_escaped (out->text, out->marks, text);
}

void
mh_hl7_out_put (MhHl7Out *out, guint field, guint component, const char *text)
{
  mh_hl7_out_put_sub (out, field, component, 1, text);
}

void
mh_hl7_out_repeat (MhHl7Out *out, guint field)
{
  if (out->field != field)
    return;
  g_string_append_c (out->text, out->marks.repeat);
  out->component = out->sub = 1;
}

void
mh_hl7_out_put_number (MhHl7Out *out, guint field, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  mh_hl7_out_put (out, field, 1, text);
}

GBytes *
mh_hl7_out_end (MhHl7Out *out, const char *charset)
{
  GString *text = g_steal_pointer (&out->text);
  g_string_append_c (text, '\r');
  GBytes *bytes = mh_hl7_encode (text->str, text->len, charset);
  g_string_free (text, TRUE);
  return bytes;
}
