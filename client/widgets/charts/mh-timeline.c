/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/charts/mh-timeline.h"

#include "client/widgets/base/mh-words.h"
#include "shared/records/lab/mh-label.h"
#include "shared/records/lab/mh-sample.h"

#include <glib/gi18n-lib.h>

struct _MhTimeline
{
  GtkWidget parent_instance;
  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (MhTimeline, mh_timeline, GTK_TYPE_WIDGET)

static void
mh_timeline_dispose (GObject *object)
{
  MhTimeline *timeline = MH_TIMELINE (object);
  g_clear_pointer (&timeline->box, gtk_widget_unparent);
  G_OBJECT_CLASS (mh_timeline_parent_class)->dispose (object);
}

static void
mh_timeline_class_init (MhTimelineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_timeline_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_LIST);
}

static void
mh_timeline_init (MhTimeline *timeline)
{
  timeline->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (timeline->box, "mh-timeline");
  gtk_widget_set_parent (timeline->box, GTK_WIDGET (timeline));
}

GtkWidget *
mh_timeline_new (void)
{
  return g_object_new (MH_TYPE_TIMELINE, NULL);
}

void
mh_timeline_clear (MhTimeline *timeline)
{
  GtkWidget *child;
  g_return_if_fail (MH_IS_TIMELINE (timeline));
  while ((child = gtk_widget_get_first_child (timeline->box)) != NULL)
    gtk_box_remove (GTK_BOX (timeline->box), child);
}

static GtkWidget *
timeline_line (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

void
mh_timeline_add (MhTimeline *timeline,
                 gint64 at,
                 const char *what,
                 const char *who,
                 const char *detail,
                 const char *style)
{
  g_return_if_fail (MH_IS_TIMELINE (timeline));
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *dot = gtk_label_new ("●");
  g_autofree char *time = mh_words_time (at);
  g_autofree char *under = who != NULL ? g_strconcat (time, " · ", who, NULL) : g_strdup (time);

  gtk_widget_add_css_class (row, "mh-event");
  gtk_widget_add_css_class (dot, style != NULL ? style : "accent");
  gtk_widget_set_valign (dot, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (words), timeline_line (what, "heading"));
  gtk_box_append (GTK_BOX (words), timeline_line (under, "dim-label"));
  if (detail != NULL && *detail != '\0')
    gtk_box_append (GTK_BOX (words), timeline_line (detail, style));
  gtk_box_append (GTK_BOX (row), dot);
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (timeline->box), row);
}

const char *
mh_timeline_reason_words (const char *reason)
{
  const MhCode *const tables[]
      = { mh_reject_reason_codes, mh_reprint_reason_codes, mh_unproven_codes };
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const MhCode *code = tables[i]; code->code != NULL; code++)
      if (g_strcmp0 (code->code, reason) == 0)
        return g_dgettext (GETTEXT_PACKAGE, code->label);
  return reason;
}

static char *
custody_detail (MhRecord *event)
{
  static const guint parts[] = { MH_CUSTODY_EVENT_REASON, MH_CUSTODY_EVENT_NOTE,
                                 MH_CUSTODY_EVENT_PLACE, MH_CUSTODY_EVENT_STATION };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (mh_record_has (event, parts[i]))
      {
        const char *text = mh_record_text (event, parts[i]);
        g_strv_builder_add (builder, i == 0 ? mh_timeline_reason_words (text) : text);
      }
  g_auto (GStrv) list = g_strv_builder_end (builder);
  return g_strjoinv (" · ", list);
}

void
mh_timeline_show_custody (MhTimeline *timeline, GPtrArray *events)
{
  mh_timeline_clear (timeline);
  for (guint i = events != NULL ? events->len : 0; i > 0; i--)
    {
      MhRecord *event = g_ptr_array_index (events, i - 1);
      const MhField *field = &mh_record_type (event)->fields[MH_CUSTODY_EVENT_EVENT];
      const char *code = mh_record_text (event, MH_CUSTODY_EVENT_EVENT);
      g_autofree char *detail = custody_detail (event);
      mh_timeline_add (timeline, mh_record_int (event, MH_CUSTODY_EVENT_AT),
                       mh_words_of_code (field, code),
                       mh_record_text (event, MH_CUSTODY_EVENT_BY_NAME), detail,
                       g_strcmp0 (code, MH_CUSTODY_REJECTED) == 0 ? "mh-critical" : NULL);
    }
}
