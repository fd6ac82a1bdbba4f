/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/qc/mh-qc-line.h"

#include "client/models/mh-record-list.h"
#include "client/pages/lab/qc/mh-qc-board.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhQcLine
{
  MhPane parent_instance;
  MhRecordList *locks; /* NULL: the person may not see them */
  MhRecord *sheet;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (MhQcLine, mh_qc_line, MH_TYPE_PANE)

/* Measured on another analyser, its lock is not this value's. */
static gboolean
concerns (MhRecord *lock, MhRecord *sheet)
{
  GPtrArray *rows = mh_record_records (sheet, MH_RESULTS_SHEET_ANALYTES);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *row = g_ptr_array_index (rows, i);
      const char *instrument = mh_record_text (row, MH_RESULT_ROW_INSTRUMENT);
      if (g_strcmp0 (mh_record_text (row, MH_RESULT_ROW_CODE),
                     mh_record_text (lock, MH_QC_LOCK_ANALYTE))
              == 0
          && (instrument == NULL
              || g_strcmp0 (instrument, mh_record_text (lock, MH_QC_LOCK_EQUIPMENT)) == 0))
        return TRUE;
    }

  return FALSE;
}

static void
qc_line_tell_cb (MhQcLine *line)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = line->locks != NULL ? g_list_model_get_n_items (G_LIST_MODEL (line->locks)) : 0;
  gtk_widget_set_visible (GTK_WIDGET (line), line->locks != NULL && line->sheet != NULL);

  for (guint i = 0; line->sheet != NULL && i < n; i++)
    {
      g_autoptr (MhRecord) lock = g_list_model_get_item (G_LIST_MODEL (line->locks), i);
      const char *const *rules = mh_record_list (lock, MH_QC_LOCK_RULES);
      if (g_strcmp0 (mh_record_text (lock, MH_QC_LOCK_STATE), MH_QC_LOCK_RELEASED) == 0
          || !concerns (lock, line->sheet))
        continue;
      g_autofree char *joined = rules != NULL ? g_strjoinv (", ", (char **)rules) : g_strdup ("");
      g_string_append_printf (text, "%s%s · %s (%s)", text->len > 0 ? "; " : "",
                              mh_record_text (lock, MH_QC_LOCK_ANALYTE),
                              mh_record_text (lock, MH_QC_LOCK_EQUIPMENT), joined);
    }

  g_autofree char *locked
      = text->len > 0 ? g_strdup_printf (_ ("✕ Control rejected, not released: %s"), text->str)
                      : NULL;

  gtk_label_set_text (line->label,
                      locked != NULL ? locked : _ ("✓ No control locks what is on this sheet"));
  gtk_widget_remove_css_class (GTK_WIDGET (line->label), locked != NULL ? "dim-label" : "mh-late");
  gtk_widget_add_css_class (GTK_WIDGET (line->label), locked != NULL ? "mh-late" : "dim-label");
}

void
mh_qc_line_show (MhQcLine *line, MhRecord *sheet)
{
  g_set_object (&line->sheet, sheet);
  qc_line_tell_cb (line);
}

static void
qc_line_begin (MhPane *pane)
{
  static const char *const args[] = { "state", "active", "limit", "200", NULL };
  MhQcLine *line = MH_QC_LINE (pane);
  if (mh_context_may (mh_pane_context (pane), MH_MAY_READ_QC))
    {
      mh_pane_keep (pane, &line->locks,
                    mh_record_list_new (mh_pane_context (pane), "qc_lock.list"));
      mh_record_list_set_belongs (line->locks, mh_qc_board_is_active, NULL);
      g_signal_connect_object (line->locks, "notify::n-items", G_CALLBACK (qc_line_tell_cb), line,
                               G_CONNECT_SWAPPED);
      mh_record_list_set_args (line->locks, args);
    }

  qc_line_tell_cb (line);
}

static void
mh_qc_line_finalize (GObject *object)
{
  g_clear_object (&MH_QC_LINE (object)->sheet);
  G_OBJECT_CLASS (mh_qc_line_parent_class)->finalize (object);
}

static void
mh_qc_line_class_init (MhQcLineClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_qc_line_finalize;
  MH_PANE_CLASS (klass)->begin = qc_line_begin;
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/qc/mh-qc-line"));
  gtk_widget_class_bind_template_child (widget, MhQcLine, label);
}

static void
mh_qc_line_init (MhQcLine *line)
{
  gtk_widget_init_template (GTK_WIDGET (line));
}
