/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/calls/mh-call-words.h"

#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/mh-types.h"

#include <glib/gi18n-lib.h>

#define RISK_PERCENT 75 /* of the target gone by: it is at risk */

static const struct
{
  const char *shape, *style;
} looks[MH_URGENCY_N] = {
  [MH_URGENCY_P1] = { "▲", "mh-critical" },
  [MH_URGENCY_P2] = { "◆", "mh-abnormal" },
  [MH_URGENCY_P3] = { "■", NULL },
  [MH_URGENCY_P4] = { "●", "dim-label" },
};

MhUrgency
mh_call_priority (MhRecord *call)
{
  return mh_urgency_of (mh_record_text (call, MH_EMERGENCY_CALL_PRIORITY));
}

char *
mh_call_priority_text (MhUrgency priority)
{
  if (priority == MH_URGENCY_NONE)
    return g_strdup (_ ("○ Not known yet"));
  return g_strdup_printf (
      "%s %s", looks[priority].shape,
      mh_words_of_code (&mh_emergency_call_type.fields[MH_EMERGENCY_CALL_PRIORITY],
                        mh_urgency_code (priority)));
}

const char *
mh_call_priority_style (MhUrgency priority)
{
  return priority != MH_URGENCY_NONE ? looks[priority].style : "mh-abnormal";
}

char *
mh_call_needs_text (guint needs)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < MH_CAN_N; i++)
    if ((needs & (1u << i)) != 0)
      g_string_append_printf (
          out, "%s%s", out->len > 0 ? " · " : "",
          mh_words_of_code (&mh_emergency_call_type.fields[MH_EMERGENCY_CALL_NEEDS],
                            mh_can_code (1u << i)));
  return g_string_free (out, FALSE);
}

char *
mh_call_waits_text (MhRecord *call)
{
  const gint64 there = mh_record_int (call, MH_EMERGENCY_CALL_ON_SCENE_AT);
  const gint64 now = there != 0 ? there : mh_when_now ();
  const gint64 due = mh_record_int (call, MH_EMERGENCY_CALL_DUE_AT);
  const int waited
      = (int)((now - mh_record_int (call, MH_EMERGENCY_CALL_CALL_AT)) / G_TIME_SPAN_MINUTE);
  if (there != 0 && (due == 0 || there <= due))
    return g_strdup_printf (_ ("✓ there after %d min"), waited);
  if (there != 0)
    return g_strdup_printf (_ ("⚠ there after %d min"), waited);
  if (due == 0)
    return g_strdup_printf (_ ("%d min"), waited);
  if (now <= due)
    return g_strdup_printf (_ ("%d min · %d min left"), waited,
                            (int)((due - now) / G_TIME_SPAN_MINUTE));
  return g_strdup_printf (_ ("%d min · ⚠ late by %d min"), waited,
                          (int)((now - due) / G_TIME_SPAN_MINUTE));
}

const char *
mh_call_waits_style (MhRecord *call)
{
  const gint64 there = mh_record_int (call, MH_EMERGENCY_CALL_ON_SCENE_AT);
  const gint64 now = there != 0 ? there : mh_when_now ();
  const gint64 due = mh_record_int (call, MH_EMERGENCY_CALL_DUE_AT);
  const gint64 from = mh_record_int (call, MH_EMERGENCY_CALL_CALL_AT);
  if (due == 0)
    return NULL;
  if (now > due)
    return "mh-late";
  return there == 0 && (now - from) * 100 >= (due - from) * RISK_PERCENT ? "mh-abnormal" : NULL;
}

/* Seconds until units are sent by themselves; -1: they are not. */
static int
call_words_sends_in (MhRecord *call)
{
  const gint64 at = mh_record_int (call, MH_EMERGENCY_CALL_SENDS_AT);
  return at != 0 ? (int)MAX (0, (at - mh_when_now ()) / MH_SECOND) : -1;
}

char *
mh_call_units_text (MhRecord *call)
{
  const int n = (int)mh_record_int (call, MH_EMERGENCY_CALL_N_UNITS);
  const int sends_in = call_words_sends_in (call);
  if (mh_record_has (call, MH_EMERGENCY_CALL_HEAD_ID))
    return g_strdup (_ ("joined"));
  if (n == 0)
    return sends_in >= 0 ? g_strdup_printf (_ ("sent in %d s"), sends_in) : g_strdup (_ ("⚠ none"));
  return g_strdup_printf (_ ("%d · %s"), n,
                          mh_words_of_code (&mh_emergency_call_type.fields[MH_EMERGENCY_CALL_STATE],
                                            mh_record_text (call, MH_EMERGENCY_CALL_STATE)));
}

const char *
mh_call_units_style (MhRecord *call)
{
  return mh_record_int (call, MH_EMERGENCY_CALL_N_UNITS) == 0
                 && !mh_record_has (call, MH_EMERGENCY_CALL_HEAD_ID)
             ? "mh-abnormal"
             : NULL;
}

/* Is there a word in @words that begins with @begin? Both without case. */
static gboolean
call_words_has (char **words, const char *begin)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (words[i], begin))
      return TRUE;
  return FALSE;
}

char *
mh_call_place_words (const char *typed, const char *name)
{
  g_autofree char *small_name = g_utf8_casefold (name, -1);
  g_autofree char *small_typed = g_utf8_casefold (typed != NULL ? typed : "", -1);
  if (g_str_has_prefix (small_typed, small_name))
    return g_strdup (typed);

  g_auto (GStrv) named = g_strsplit_set (small_name, " ,;/", -1);
  g_auto (GStrv) words = g_strsplit_set (typed != NULL ? typed : "", " ,;/", -1);
  GString *out = g_string_new (name);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *small = g_utf8_casefold (words[i], -1);
      if (*small != 0 && !call_words_has (named, small))
        g_string_append_printf (out, " %s", words[i]);
    }
  return g_string_free (out, FALSE);
}

GtkWidget *
mh_call_line (const char *text, const char *style)
{
  GtkWidget *line = mh_label (text, style);
  gtk_label_set_max_width_chars (GTK_LABEL (line), MH_CALL_LINE_CHARS);
  return line;
}

GtkWidget *
mh_call_row (const char *text, const char *name)
{
  GtkWidget *row = gtk_list_box_row_new (), *line = mh_call_line (text, NULL);
  gtk_widget_set_margin_top (line, 6);
  gtk_widget_set_margin_bottom (line, 6);
  gtk_widget_set_margin_start (line, 9);
  gtk_widget_set_margin_end (line, 9);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (name != NULL)
    gtk_widget_set_name (row, name);
  return row;
}
