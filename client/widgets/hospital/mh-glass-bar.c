/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/hospital/mh-glass-bar.h"

#include "client/models/mh-fetch.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/hospital/mh-glass-dialog.h"
#include "client/widgets/hospital/mh-patient-strip.h"
#include "shared/base/mh-clock.h"
#include "shared/records/people/mh-access.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhGlassBar
{
  MhPane parent_instance;
  GPtrArray *grants; /* MhRecord: what stands open */
  GtkWidget *dialog; /* weak: the question on show */
  GtkWidget *pages;  /* weak: where patients are shown */
  guint ticks, looking;
  GtkWidget *box;
  GtkLabel *what;
};

G_DEFINE_FINAL_TYPE (MhGlassBar, mh_glass_bar, MH_TYPE_PANE)

static guint opened;

/* --- what is shown --- */

static void
forget_closed (MhGlassBar *bar, gint64 now)
{
  for (guint i = bar->grants->len; i > 0; i--)
    {
      MhRecord *grant = g_ptr_array_index (bar->grants, i - 1);
      if (mh_record_has (grant, MH_ACCESS_GRANT_ENDED_AT)
          || mh_record_int (grant, MH_ACCESS_GRANT_OPEN_UNTIL) <= now)
        g_ptr_array_remove_index (bar->grants, i - 1);
    }
}

static void
set_frame (MhGlassBar *bar, gboolean framed)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (bar));
  if (root == NULL)
    return;
  if (framed)
    gtk_widget_add_css_class (GTK_WIDGET (root), "mh-glass");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (root), "mh-glass");
}

/* The grant of whoever is on the screen below @widget; NULL: nobody of them. */
static MhRecord *
grant_below (MhGlassBar *bar, GtkWidget *widget)
{
  MhRecord *patient
      = MH_IS_PATIENT_STRIP (widget) ? mh_patient_strip_patient (MH_PATIENT_STRIP (widget)) : NULL;
  for (guint i = 0; patient != NULL && i < bar->grants->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (bar->grants, i), MH_ACCESS_GRANT_PATIENT_ID),
                   mh_record_id (patient))
        == 0)
      return g_ptr_array_index (bar->grants, i);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      MhRecord *grant = gtk_widget_get_mapped (child) ? grant_below (bar, child) : NULL;
      if (grant != NULL)
        return grant;
    }

  return NULL;
}

static MhRecord *
grant_on_screen (MhGlassBar *bar)
{
  return bar->pages != NULL && bar->grants->len > 0 ? grant_below (bar, bar->pages) : NULL;
}

static gboolean
glass_bar_show (gpointer data)
{
  MhGlassBar *bar = data;
  gint64 now = mh_when_now ();
  forget_closed (bar, now);
  MhRecord *grant = grant_on_screen (bar);

  gtk_widget_set_visible (bar->box, grant != NULL);
  gtk_widget_set_visible (GTK_WIDGET (bar), grant != NULL);
  set_frame (bar, grant != NULL);

  if (grant != NULL)
    {
      guint minutes
          = (guint)((mh_record_int (grant, MH_ACCESS_GRANT_OPEN_UNTIL) - now) / MH_MINUTE) + 1;
      g_autofree char *words = g_strdup_printf (
          ngettext ("Protected chart %s is open to you for %u more minute",
                    "Protected chart %s is open to you for %u more minutes", minutes),
          mh_record_text (grant, MH_ACCESS_GRANT_PATIENT_MRN), minutes);
      gtk_label_set_label (bar->what, words);
    }

  if (bar->grants->len > 0)
    return G_SOURCE_CONTINUE;

  bar->ticks = 0;
  return G_SOURCE_REMOVE;
}

static void
show_now (MhGlassBar *bar)
{
  if (glass_bar_show (bar) == G_SOURCE_CONTINUE && bar->ticks == 0)
    bar->ticks = g_timeout_add_seconds (5, glass_bar_show, bar);
}

/* --- closing --- */

static void
glass_bar_ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhGlassBar) bar = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhAnswer) answer = mh_fetch_finish (result, &error);
  if (mh_pane_context (MH_PANE (bar)) == NULL)
    return;
  if (answer == NULL)
    mh_shell_fail (GTK_WIDGET (bar), error);
}

/* At this desk at once; the server is told, and closes by itself after the hour. */
static void
glass_bar_close_cb (MhGlassBar *bar)
{
  MhContext *context = mh_pane_context (MH_PANE (bar));
  MhRecord *grant = grant_on_screen (bar);
  if (grant == NULL)
    return;
  const char *args[] = { "id", mh_record_id (grant), NULL };
  mh_fetch_async (context, &(MhFetch){ .route = "access.end", .args = args }, NULL,
                  glass_bar_ended_cb, g_object_ref (bar));
  g_ptr_array_remove (bar->grants, grant);
  show_now (bar);
  mh_shell_go (GTK_WIDGET (bar), "front-desk", NULL);
}

static gboolean
looked_cb (gpointer data)
{
  MhGlassBar *bar = data;
  bar->looking = 0;
  show_now (bar);
  return G_SOURCE_REMOVE;
}

/* A strip comes and goes in the middle of a layout, when nothing may be shown or hidden. */
void
mh_glass_bar_look (MhGlassBar *bar, GtkWidget *pages)
{
  g_return_if_fail (MH_IS_GLASS_BAR (bar));
  g_set_weak_pointer (&bar->pages, pages);
  if (bar->looking == 0 && bar->grants->len > 0)
    bar->looking = g_idle_add (looked_cb, bar);
}

/* --- opening --- */

static void
glass_bar_opened_cb (MhGlassDialog *dialog, MhRecord *grant, MhGlassBar *bar)
{
  g_ptr_array_add (bar->grants, g_object_ref (grant));
  show_now (bar);
  g_signal_emit (bar, opened, 0, mh_record_text (grant, MH_ACCESS_GRANT_PATIENT_ID));
}

void
mh_glass_bar_ask (MhGlassBar *bar, const char *patient_id, const char *kind)
{
  MhContext *context = mh_pane_context (MH_PANE (bar));
  if (bar->dialog != NULL || context == NULL)
    return;
  MhDialog *dialog = mh_glass_dialog_new (context, patient_id, kind);
  g_set_weak_pointer (&bar->dialog, GTK_WIDGET (dialog));
  g_signal_connect_object (dialog, "opened", G_CALLBACK (glass_bar_opened_cb), bar, 0);
  mh_dialog_show (dialog, GTK_WIDGET (bar));
}

/* --- making it --- */

static void
mine_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhGlassBar) bar = data;
  g_autoptr (GPtrArray) answer = mh_fetch_finish_list (result, NULL);
  if (mh_pane_context (MH_PANE (bar)) == NULL || answer == NULL)
    return;
  for (guint i = 0; i < answer->len; i++)
    g_ptr_array_add (bar->grants, g_object_ref (g_ptr_array_index (answer, i)));
  show_now (bar);
}

/* What was opened before the program was started again stands open still. */
static void
glass_bar_begin (MhPane *pane)
{
  if (mh_context_may (mh_pane_context (pane), MH_MAY_OPEN_VIP))
    mh_fetch_async (mh_pane_context (pane), &(MhFetch){ .route = "access.mine" },
                    mh_pane_cancellable (pane), mine_cb, g_object_ref (pane));
}

static void
mh_glass_bar_unroot (GtkWidget *widget)
{
  set_frame (MH_GLASS_BAR (widget), FALSE);
  GTK_WIDGET_CLASS (mh_glass_bar_parent_class)->unroot (widget);
}

static void
mh_glass_bar_dispose (GObject *object)
{
  MhGlassBar *bar = MH_GLASS_BAR (object);
  g_clear_handle_id (&bar->ticks, g_source_remove);
  g_clear_handle_id (&bar->looking, g_source_remove);
  g_clear_weak_pointer (&bar->dialog);
  g_clear_weak_pointer (&bar->pages);
  G_OBJECT_CLASS (mh_glass_bar_parent_class)->dispose (object);
}

static void
mh_glass_bar_finalize (GObject *object)
{
  g_ptr_array_unref (MH_GLASS_BAR (object)->grants);
  G_OBJECT_CLASS (mh_glass_bar_parent_class)->finalize (object);
}

static void
mh_glass_bar_class_init (MhGlassBarClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_glass_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_glass_bar_finalize;
  widget->unroot = mh_glass_bar_unroot;
  MH_PANE_CLASS (klass)->begin = glass_bar_begin;
  opened = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                         NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("widgets/hospital/mh-glass-bar"));
  gtk_widget_class_bind_template_child (widget, MhGlassBar, box);
  gtk_widget_class_bind_template_child (widget, MhGlassBar, what);
  gtk_widget_class_bind_template_callback (widget, glass_bar_close_cb);
}

static void
mh_glass_bar_init (MhGlassBar *bar)
{
  bar->grants = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (bar));
  gtk_widget_set_visible (GTK_WIDGET (bar), FALSE);
}
