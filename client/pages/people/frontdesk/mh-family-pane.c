/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/frontdesk/mh-family-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-fetch.h"
#include "client/models/mh-record-list.h"
#include "client/pages/clinic/appointments/mh-appointment-words.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/people/frontdesk/mh-relative-dialog.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-words.h"
#include "shared/base/mh-id.h"
#include "shared/records/people/mh-family-link.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhFamilyPane
{
  MhPane parent_instance;
  MhRecord *patient;
  MhRecordList *links;
  GtkStack *stack;
  GtkWidget *rows;
};

G_DEFINE_FINAL_TYPE (MhFamilyPane, mh_family_pane, MH_TYPE_PANE)

/* --- the rows --- */

static void
family_pane_open_cb (GtkButton *button, MhFamilyPane *pane)
{
  MhRecord *link = g_object_get_data (G_OBJECT (button), "link");
  mh_shell_open (GTK_WIDGET (pane), "patient", mh_record_text (link, MH_FAMILY_LINK_RELATIVE_ID));
}

static void
family_pane_removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhFamilyPane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhAnswer) answer = mh_fetch_finish (result, &error);
  if (mh_pane_context (MH_PANE (pane)) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (pane), error);
  mh_record_list_reload (pane->links);
}

static void
family_pane_remove_cb (GtkButton *button, MhFamilyPane *pane)
{
  MhRecord *link = g_object_get_data (G_OBJECT (button), "link");
  g_autofree char *key = mh_id_new ();
  const char *args[] = { "id", mh_record_id (link), NULL };
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  mh_fetch_async (mh_pane_context (MH_PANE (pane)),
                  &(MhFetch){ .route = "family.remove", .args = args, .key = key },
                  mh_pane_cancellable (MH_PANE (pane)), family_pane_removed_cb,
                  g_object_ref (pane));
}

static GtkWidget *
small_button (MhFamilyPane *pane, MhRecord *link, const char *icon, const char *says, GCallback cb)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, says);
  mh_accessible_name (button, says);
  g_object_set_data_full (G_OBJECT (button), "link", g_object_ref (link), g_object_unref);
  g_signal_connect (button, "clicked", cb, pane);
  return button;
}

static GtkWidget *
family_pane_row_of (MhFamilyPane *pane, MhRecord *link)
{
  g_autofree char *detail = NULL;
  MhRecord *relative = mh_record_record (link, MH_FAMILY_LINK_RELATIVE);
  g_autofree char *name = mh_appointment_patient_words (relative, &detail);
  g_autofree char *relation = mh_words_value (link, MH_FAMILY_LINK_RELATION);
  g_autofree char *below = g_strdup_printf ("%s · %s", relation, detail);
  g_autofree char *open_says = g_strdup_printf (_ ("Open %s"), name);
  g_autofree char *remove_says = g_strdup_printf (_ ("%s is no relative"), name);
  GtkWidget *row = mh_hbox (MH_GAP);
  GtkWidget *texts = mh_vbox (0);

  gtk_widget_set_hexpand (texts, TRUE);
  mh_box_append (texts, mh_label (name, "heading"));
  mh_box_append (texts, mh_label (below, "dim-label"));
  mh_box_append (row, texts);
  mh_box_append (row, small_button (pane, link, "go-next-symbolic", open_says,
                                    G_CALLBACK (family_pane_open_cb)));
  if (mh_context_may (mh_pane_context (MH_PANE (pane)), MH_MAY_WRITE_PATIENT))
    mh_box_append (row, small_button (pane, link, "list-remove-symbolic", remove_says,
                                      G_CALLBACK (family_pane_remove_cb)));

  return row;
}

static void
family_pane_show_rows_cb (MhFamilyPane *pane)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (pane->links));
  mh_box_clear (pane->rows);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MhRecord) link = g_list_model_get_item (G_LIST_MODEL (pane->links), i);
      if (mh_record_record (link, MH_FAMILY_LINK_RELATIVE) != NULL)
        mh_box_append (pane->rows, family_pane_row_of (pane, link));
    }
  gtk_stack_set_visible_child_name (pane->stack, n > 0 ? "rows" : "nobody");
}

/* --- adding --- */

static void
family_pane_added_cb (GtkWidget *opener)
{
  MhFamilyPane *pane = MH_FAMILY_PANE (opener);
  mh_shell_toast (opener, _ ("The two are linked"));
  if (pane->links != NULL)
    mh_record_list_reload (pane->links);
}

static void
family_pane_add_cb (MhFamilyPane *pane)
{
  if (pane->patient != NULL)
    mh_relative_dialog_show (GTK_WIDGET (pane), mh_pane_context (MH_PANE (pane)), pane->patient,
                             family_pane_added_cb);
}

/* --- making it --- */

static void
family_pane_begin (MhPane *base)
{
  MhFamilyPane *pane = MH_FAMILY_PANE (base);
  MhContext *context = mh_pane_context (base);
  mh_pane_keep (base, &pane->links, mh_record_list_new (context, "family.list"));
  g_signal_connect_object (pane->links, "items-changed", G_CALLBACK (family_pane_show_rows_cb),
                           pane, G_CONNECT_SWAPPED);
}

static void
mh_family_pane_finalize (GObject *object)
{
  g_clear_object (&MH_FAMILY_PANE (object)->patient);
  G_OBJECT_CLASS (mh_family_pane_parent_class)->finalize (object);
}

static void
mh_family_pane_class_init (MhFamilyPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_family_pane_finalize;
  MH_PANE_CLASS (klass)->begin = family_pane_begin;
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("people/frontdesk/mh-family-pane"));
  gtk_widget_class_bind_template_child (widget, MhFamilyPane, stack);
  gtk_widget_class_bind_template_child (widget, MhFamilyPane, rows);
  gtk_widget_class_bind_template_callback (widget, family_pane_add_cb);
  mh_closures_bind (widget);
}

static void
mh_family_pane_init (MhFamilyPane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}

void
mh_family_pane_show (MhFamilyPane *pane, MhRecord *patient)
{
  g_set_object (&pane->patient, patient);
  gtk_stack_set_visible_child_name (pane->stack, "nobody");
  mh_box_clear (pane->rows);
  if (patient == NULL || pane->links == NULL)
    return;
  const char *args[] = { "id", mh_record_id (patient), "limit", "50", NULL };
  mh_record_list_set_args (pane->links, args);
}
