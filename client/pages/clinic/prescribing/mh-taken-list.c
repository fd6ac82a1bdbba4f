/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/prescribing/mh-taken-list.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-ask-text.h"
#include "client/widgets/base/mh-marks.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-id.h"
#include "shared/records/clinic/mh-drug.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/rules/clinic/mh-dose.h"

#include <glib/gi18n-lib.h>

struct _MhTakenList
{
  MhPane parent_instance;
  GtkWidget *rows;
  GtkLabel *none;
};

G_DEFINE_FINAL_TYPE (MhTakenList, mh_taken_list, MH_TYPE_PANE)

enum
{
  RENEW,
  STOPPED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

#define LINE "mh-taken-line"

/* --- words --- */

static void
taken_list_add_part (GString *text, const char *part)
{
  if (part != NULL && part[0] != 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

char *
mh_taken_words (MhRecord *line)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *often = mh_dose_format (mh_record_text (line, MH_PRESCRIPTION_LINE_FREQUENCY),
                                           mh_record_int (line, MH_PRESCRIPTION_LINE_DURATION_DAYS),
                                           mh_record_bool (line, MH_PRESCRIPTION_LINE_AS_NEEDED));
  g_autofree char *figures = mh_words_figures (often);
  g_autofree char *route = mh_words_value (line, MH_PRESCRIPTION_LINE_ROUTE);
  taken_list_add_part (text, mh_record_text (line, MH_PRESCRIPTION_LINE_DOSE));
  taken_list_add_part (text, figures);
  taken_list_add_part (text, route);
  taken_list_add_part (text, mh_record_text (line, MH_PRESCRIPTION_LINE_INSTRUCTIONS));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
until_words (MhRecord *line)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *ends = mh_record_text (line, MH_PRESCRIPTION_LINE_ENDS_ON);
  if (ends != NULL)
    {
      g_autofree char *day = mh_words_of_date (ends);
      g_autofree char *until = g_strdup_printf (_ ("until %s"), day);
      taken_list_add_part (text, until);
    }
  taken_list_add_part (text, mh_record_text (line, MH_PRESCRIPTION_LINE_DOCTOR_NAME));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

MhRecord *
mh_taken_again (MhRecord *line)
{
  static const guint written[]
      = { MH_PRESCRIPTION_LINE_NAME,      MH_PRESCRIPTION_LINE_FORM,
          MH_PRESCRIPTION_LINE_STRENGTH,  MH_PRESCRIPTION_LINE_DOSE,
          MH_PRESCRIPTION_LINE_FREQUENCY, MH_PRESCRIPTION_LINE_ROUTE,
          MH_PRESCRIPTION_LINE_MEDICINE,  MH_PRESCRIPTION_LINE_INSTRUCTIONS };
  MhRecord *again = mh_record_new (&mh_prescription_line_type);

  mh_record_take_text (again, MH_ID, mh_id_new ());
  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    if (mh_record_has (line, written[i]))
      mh_record_set_text (again, written[i], mh_record_text (line, written[i]));

  if (mh_record_has (line, MH_PRESCRIPTION_LINE_DURATION_DAYS))
    mh_record_set_int (again, MH_PRESCRIPTION_LINE_DURATION_DAYS,
                       mh_record_int (line, MH_PRESCRIPTION_LINE_DURATION_DAYS));
  if (mh_record_has (line, MH_PRESCRIPTION_LINE_AS_NEEDED))
    mh_record_set_bool (again, MH_PRESCRIPTION_LINE_AS_NEEDED,
                        mh_record_bool (line, MH_PRESCRIPTION_LINE_AS_NEEDED));

  return again;
}

/* --- stopping --- */

typedef struct
{
  MhTakenList *list;
  MhRecord *line;
} Stopping;

static void
stopping_free (Stopping *stopping)
{
  g_object_unref (stopping->list);
  g_object_unref (stopping->line);
  g_free (stopping);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Stopping, stopping_free)

static void
taken_list_stopped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhTakenList) list = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (MH_PANE (list)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (list), error);
  if (outcome == NULL)
    return;
  mh_shell_toast (GTK_WIDGET (list), _ ("Stopped"));
  g_signal_emit (list, signals[STOPPED], 0);
}

static void
taken_list_why_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Stopping) stopping = data;
  g_autofree char *why = mh_ask_text_finish (result);
  MhContext *context = mh_pane_context (MH_PANE (stopping->list));
  if (why == NULL || context == NULL)
    return;
  const char *args[] = { "id", mh_record_id (stopping->line), NULL };
  g_autoptr (MhRecord) stop = mh_record_new (&mh_drug_stop_type);
  mh_record_set_text (stop, MH_DRUG_STOP_REASON, why);
  mh_ask_text_command_async (result, context,
                             &(MhCommand){ .route = "medication.stop", .args = args, .body = stop },
                             taken_list_stopped_cb, g_object_ref (stopping->list));
}

static void
taken_list_stop_cb (GtkWidget *button, MhTakenList *list)
{
  Stopping *stopping = g_new0 (Stopping, 1);
  stopping->list = g_object_ref (list);
  stopping->line = g_object_ref (g_object_get_data (G_OBJECT (button), LINE));
  g_autofree char *heading = g_strdup_printf (
      _ ("Stop %s?"), mh_record_text (stopping->line, MH_PRESCRIPTION_LINE_NAME));
  mh_ask_text_async (GTK_WIDGET (list), "medication_stop", mh_record_id (stopping->line), heading,
                     _ ("From today it counts as not taken, for everybody who prescribes."),
                     _ ("Why it is stopped"), _ ("Stop the medicine"), taken_list_why_cb, stopping);
}

static void
taken_list_renew_cb (GtkWidget *button, MhTakenList *list)
{
  g_signal_emit (list, signals[RENEW], 0, g_object_get_data (G_OBJECT (button), LINE));
}

/* --- rows --- */

static GtkWidget *
row_button (MhTakenList *list,
            MhRecord *line,
            const char *icon,
            const char *name,
            GCallback callback)
{
  GtkWidget *button = mh_icon_button_new (icon, name, NULL);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), LINE, g_object_ref (line), g_object_unref);
  g_signal_connect_object (button, "clicked", callback, list, 0);
  return button;
}

static GtkWidget *
taken_list_row_of (MhTakenList *list, MhRecord *line)
{
  MhContext *context = mh_pane_context (MH_PANE (list));
  GtkWidget *row = mh_hbox (6), *words = mh_vbox (0);
  const char *strength = mh_record_text (line, MH_PRESCRIPTION_LINE_STRENGTH);
  g_autofree char *name
      = g_strdup_printf ("%s%s%s", mh_record_text (line, MH_PRESCRIPTION_LINE_NAME),
                         strength != NULL ? " " : "", strength != NULL ? strength : "");
  g_autofree char *how = mh_taken_words (line);
  g_autofree char *until = until_words (line);

  gtk_widget_add_css_class (row, "mh-row");
  gtk_widget_set_hexpand (words, TRUE);
  mh_box_append (words, mh_label (name, "heading"));
  mh_box_append (words, mh_label (how, NULL));
  mh_box_append (words, mh_label (until, "dim-label"));
  mh_box_append (row, words);
  if (context == NULL || !mh_context_may (context, MH_MAY_WRITE_PRESCRIPTION))
    return row;

  const char *medicine = mh_record_text (line, MH_PRESCRIPTION_LINE_NAME);
  g_autofree char *renew = g_strdup_printf (_ ("Renew %s"), medicine);
  g_autofree char *stop = g_strdup_printf (_ ("Stop %s"), medicine);
  GtkWidget *again
      = row_button (list, line, "view-refresh-symbolic", renew, G_CALLBACK (taken_list_renew_cb));
  GtkWidget *end = row_button (list, line, "media-playback-stop-symbolic", stop,
                               G_CALLBACK (taken_list_stop_cb));

  mh_box_append (row, again);
  mh_box_append (row, end);
  return row;
}

void
mh_taken_list_show (MhTakenList *list, GPtrArray *lines)
{
  mh_box_clear (list->rows);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    mh_box_append (list->rows, taken_list_row_of (list, g_ptr_array_index (lines, i)));
  gtk_widget_set_visible (GTK_WIDGET (list->none), lines == NULL || lines->len == 0);
  gtk_label_set_text (list->none, lines == NULL ? _ ("Not known without the server")
                                                : _ ("Nothing prescribed here"));
}

/* --- making it --- */

static void
mh_taken_list_class_init (MhTakenListClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/prescribing/mh-taken-list"));
  gtk_widget_class_bind_template_child (widget, MhTakenList, rows);
  gtk_widget_class_bind_template_child (widget, MhTakenList, none);
  signals[RENEW] = g_signal_new ("renew", MH_TYPE_TAKEN_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, MH_TYPE_RECORD);
  signals[STOPPED] = g_signal_new ("stopped", MH_TYPE_TAKEN_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
mh_taken_list_init (MhTakenList *list)
{
  gtk_widget_init_template (GTK_WIDGET (list));
}
