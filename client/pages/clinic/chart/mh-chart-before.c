/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/chart/mh-chart-before.h"

#include "client/models/mh-fetch.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/charts/mh-timeline.h"
#include "shared/record/mh-record-diff.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/clinic/mh-chart.h"
#include "shared/records/clinic/mh-immunisation.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_CHART_BEFORE (mh_chart_before_get_type ())
G_DECLARE_FINAL_TYPE (MhChartBefore, mh_chart_before, MH, CHART_BEFORE, MhDialog)

struct _MhChartBefore
{
  MhDialog parent_instance;
  const MhRecordType *type;
  MhTimeline *timeline;
};

G_DEFINE_FINAL_TYPE (MhChartBefore, mh_chart_before, MH_TYPE_DIALOG)

static MhRecord *
chart_before_content_of (MhChartBefore *dialog, GPtrArray *revisions, guint i)
{
  const char *json = i < revisions->len ? mh_record_text (g_ptr_array_index (revisions, i),
                                                          MH_CHART_REVISION_CONTENT)
                                        : NULL;
  return json != NULL ? mh_record_from_text (dialog->type, json, -1, MH_JSON_TRUSTED, NULL)
                      : mh_record_new (dialog->type);
}

/* "Status: Resolved", one line for each field that this change set. */
static char *
chart_before_changes (MhChartBefore *dialog, MhRecord *before, MhRecord *after)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GArray) fields = mh_record_diff_fields (before, after);
  for (guint i = 0; i < fields->len; i++)
    {
      guint field = g_array_index (fields, guint, i);
      const MhField *description = &dialog->type->fields[field];
      if (field < MH_N_COMMON || (description->flags & MH_NO_FORM) != 0)
        continue;
      g_autofree char *value = mh_words_value (after, field);
      g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "",
                              mh_words_label (description),
                              value != NULL && value[0] != 0 ? value : "–");
    }

  return g_string_free (text, FALSE);
}

static void
revisions_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhChartBefore) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answer = mh_fetch_finish_list (result, &error);
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return;

  g_autofree char *words = error != NULL ? mh_words_error (error) : NULL;
  mh_dialog_complain (MH_DIALOG (dialog), words);

  for (guint i = 0; answer != NULL && i < answer->len; i++)
    {
      MhRecord *revision = g_ptr_array_index (answer, i);
      g_autoptr (MhRecord) after = chart_before_content_of (dialog, answer, i);
      g_autoptr (MhRecord) before = chart_before_content_of (dialog, answer, i + 1);
      g_autofree char *detail = chart_before_changes (dialog, before, after);
      gboolean first = i + 1 == answer->len;
      mh_timeline_add (dialog->timeline, mh_record_int (revision, MH_CHART_REVISION_AT),
                       first ? _ ("Entered") : _ ("Changed"),
                       mh_record_text (revision, MH_CHART_REVISION_BY_NAME), detail, NULL);
    }
}

static void
mh_chart_before_class_init (MhChartBeforeClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  g_type_ensure (MH_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/chart/mh-chart-before"));
  gtk_widget_class_bind_template_child (widget, MhChartBefore, timeline);
  mh_closures_bind (widget);
}

static void
mh_chart_before_init (MhChartBefore *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

void
mh_chart_before_show (GtkWidget *opener, MhContext *context, MhRecord *item)
{
  MhChartBefore *dialog = g_object_new (MH_TYPE_CHART_BEFORE, "context", context, NULL);
  const char *args[] = { "id", mh_record_id (item), "limit", "100", NULL };
  g_autofree char *title = mh_record_display (item);
  dialog->type = mh_record_type (item);
  if (title != NULL && title[0] != 0 && dialog->type != &mh_immunisation_type)
    gtk_window_set_title (GTK_WINDOW (dialog), title);
  mh_fetch_async (context, &(MhFetch){ .route = "chart_revision.list", .args = args },
                  mh_dialog_cancellable (MH_DIALOG (dialog)), revisions_cb, g_object_ref (dialog));
  mh_dialog_show (MH_DIALOG (dialog), opener);
}
