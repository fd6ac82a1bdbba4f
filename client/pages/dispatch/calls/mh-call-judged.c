/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/calls/mh-call-judged.h"

#include "client/pages/dispatch/calls/mh-call-words.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/dispatch/mh-emergency.h"
#include "shared/records/mh-types.h"

#include <glib/gi18n-lib.h>

struct _MhCallJudged
{
  MhPane parent_instance;
  GtkLabel *priority, *now, *needs, *open;
  MhCallSay *say;
  const char *style; /* of the priority */
};

G_DEFINE_FINAL_TYPE (MhCallJudged, mh_call_judged, MH_TYPE_PANE)

static void
call_judged_show_priority (MhCallJudged *judged, MhUrgency priority)
{
  g_autofree char *text = mh_call_priority_text (priority);
  const char *style = mh_call_priority_style (priority);
  if (judged->style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (judged->priority), judged->style);
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (judged->priority), style);
  judged->style = style;
  gtk_label_set_text (judged->priority, text);
}

void
mh_call_judged_show (MhCallJudged *judged, const MhInterview *interview)
{
  g_autofree char *needs = mh_call_needs_text (interview->needs);
  call_judged_show_priority (judged, interview->priority);
  gtk_label_set_text (judged->needs, needs);
  gtk_widget_set_visible (GTK_WIDGET (judged->needs), *needs != 0);
  gtk_widget_set_visible (GTK_WIDGET (judged->now), interview->send_now);
  gtk_widget_set_visible (GTK_WIDGET (judged->open),
                          interview->provisional && interview->priority != MH_URGENCY_NONE);

  mh_call_say_show (judged->say, interview);
}

MhCallSay *
mh_call_judged_say (MhCallJudged *judged)
{
  return judged->say;
}

/* --- others --- */

/* "From the same number · MH-E000012 · Kungsgatan · 4 min before". Caller frees. */
static char *
call_judged_near_text (MhRecord *near)
{
  const char *const *reasons = mh_record_list (near, MH_EMERGENCY_NEAR_REASONS);
  GString *out = g_string_new (NULL);
  for (guint i = 0; reasons != NULL && reasons[i] != NULL; i++)
    g_string_append_printf (
        out, "%s · ",
        mh_words_of_code (&mh_emergency_near_type.fields[MH_EMERGENCY_NEAR_REASONS], reasons[i]));
  g_string_append (out, mh_record_text (near, MH_EMERGENCY_NEAR_NUMBER));
  const char *place = mh_record_text (near, MH_EMERGENCY_NEAR_PLACE);
  const char *title = mh_record_text (near, MH_EMERGENCY_NEAR_CARD_TITLE);
  if (title != NULL)
    g_string_append_printf (out, " · %s", title);
  if (place != NULL)
    g_string_append_printf (out, " · %s", place);
  if (mh_record_has (near, MH_EMERGENCY_NEAR_METRES))
    g_string_append_printf (out, _ (" · %d m away"),
                            (int)mh_record_int (near, MH_EMERGENCY_NEAR_METRES));
  g_string_append_printf (out, _ (" · %d min apart"),
                          (int)(mh_record_int (near, MH_EMERGENCY_NEAR_SECONDS) / 60));
  return g_string_free (out, FALSE);
}

void
mh_call_judged_fill_near (GtkListBox *list, GPtrArray *near)
{
  GtkListBoxRow *old;
  while ((old = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (old));
  for (guint i = 0; i < near->len; i++)
    {
      MhRecord *one = g_ptr_array_index (near, i);
      gboolean joinable = mh_record_bool (one, MH_EMERGENCY_NEAR_JOINABLE);
      g_autofree char *text = call_judged_near_text (one);
      GtkWidget *row = mh_call_row (text, mh_record_text (one, MH_EMERGENCY_NEAR_CALL_ID));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), joinable);
      gtk_list_box_append (list, row);
    }
}

static void
mh_call_judged_class_init (MhCallJudgedClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  g_type_ensure (MH_TYPE_CALL_SAY);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("dispatch/calls/mh-call-judged"));
  gtk_widget_class_bind_template_child (widget, MhCallJudged, priority);
  gtk_widget_class_bind_template_child (widget, MhCallJudged, now);
  gtk_widget_class_bind_template_child (widget, MhCallJudged, needs);
  gtk_widget_class_bind_template_child (widget, MhCallJudged, open);
  gtk_widget_class_bind_template_child (widget, MhCallJudged, say);
}

static void
mh_call_judged_init (MhCallJudged *judged)
{
  gtk_widget_init_template (GTK_WIDGET (judged));
}
