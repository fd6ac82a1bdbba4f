/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/admin/mh-template-look.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/widgets/base/mh-pane.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/media/mh-document-view.h"
#include "shared/records/lab/mh-report-delivery.h"
#include "shared/records/lab/mh-report-template.h"
#include "shared/records/people/mh-user.h"
#include "shared/reports/lab/mh-report-lab.h"
#include "shared/reports/lab/mh-report-sample.h"

#include <glib/gi18n-lib.h>

#define TYPING_MS 250

#define MH_TYPE_TEMPLATE_LOOK (mh_template_look_get_type ())
G_DECLARE_FINAL_TYPE (MhTemplateLook, mh_template_look, MH, TEMPLATE_LOOK, MhPane)

struct _MhTemplateLook
{
  MhPane parent_instance;
  MhRecordSlot *slot;
  MhRecordList *logos, *hospitals;
  guint timer;
  MhDocumentView *view;
  GtkWidget *remove;
};

G_DEFINE_FINAL_TYPE (MhTemplateLook, mh_template_look, MH_TYPE_PANE)

/* --- drawing --- */

/* The one that says so in @field; NULL: none. New reference. */
static MhRecord *
template_look_find_by (MhRecordList *list, guint field, const char *text)
{
  guint n = text != NULL ? g_list_model_get_n_items (G_LIST_MODEL (list)) : 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (MhRecord) one = g_list_model_get_item (G_LIST_MODEL (list), i);
      if (g_strcmp0 (mh_record_text (one, field), text) == 0)
        return g_steal_pointer (&one);
    }
  return NULL;
}

static GBytes *
logo_of (MhTemplateLook *look, MhRecord *template_)
{
  gsize length = 0;
  g_autoptr (MhRecord) kept = template_look_find_by (
      look->logos, MH_REPORT_LOGO_HASH, mh_record_text (template_, MH_REPORT_TEMPLATE_LOGO_HASH));
  const char *png = mh_record_is_set (template_, MH_REPORT_TEMPLATE_LOGO)
                        ? mh_record_text (template_, MH_REPORT_TEMPLATE_LOGO)
                    : kept != NULL ? mh_record_text (kept, MH_REPORT_LOGO_PNG)
                                   : NULL;
  guchar *bytes = png != NULL ? g_base64_decode (png, &length) : NULL;
  return bytes != NULL ? g_bytes_new_take (bytes, length) : NULL;
}

/* The desk's own hospital, or the first there is. */
static MhRecord *
template_look_hospital_of (MhTemplateLook *look)
{
  MhRecord *user = mh_context_user (mh_pane_context (MH_PANE (look)));
  const char *const *ids = user != NULL ? mh_record_list (user, MH_USER_HOSPITAL_IDS) : NULL;
  MhRecord *own = ids != NULL ? template_look_find_by (look->hospitals, MH_ID, ids[0]) : NULL;
  return own != NULL ? own : g_list_model_get_item (G_LIST_MODEL (look->hospitals), 0);
}

static gboolean
template_look_draw_cb (gpointer data)
{
  MhTemplateLook *look = data;
  g_autoptr (MhLabReport) report = mh_report_sample ();
  look->timer = 0;
  report->hospital = template_look_hospital_of (look);
  if (report->hospital == NULL)
    return G_SOURCE_REMOVE;

  report->template_ = mh_record_copy (mh_record_slot_record (look->slot));
  report->logo = logo_of (look, report->template_);
  gtk_widget_set_visible (look->remove, report->logo != NULL);
  g_autoptr (MhDocument) document = mh_report_lab (report, NULL, 0);

  mh_document_view_show (look->view, document);
  return G_SOURCE_REMOVE;
}

static void
template_look_changed_cb (MhTemplateLook *look)
{
  if (mh_pane_context (MH_PANE (look)) == NULL)
    return;
  g_clear_handle_id (&look->timer, g_source_remove);
  look->timer = g_timeout_add (TYPING_MS, template_look_draw_cb, look);
}

/* --- the logo --- */

static void
template_look_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhTemplateLook) look = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *content = NULL;
  gsize size = 0;

  if (!g_file_load_contents_finish (G_FILE (source), result, &content, &size, NULL, &error))
    {
      mh_shell_fail (GTK_WIDGET (look), error);
      return;
    }

  if (mh_pane_context (MH_PANE (look)) == NULL)
    return;

  if (!mh_report_logo_is_fine ((const guint8 *)content, size))
    {
      mh_shell_toast (GTK_WIDGET (look),
                      _ ("A logo is a PNG of at most 24 KiB and 400 by 400 pixels"));
      return;
    }

  mh_record_take_text (mh_record_slot_record (look->slot), MH_REPORT_TEMPLATE_LOGO,
                       g_base64_encode ((const guint8 *)content, size));
  mh_record_slot_touched (look->slot, MH_REPORT_TEMPLATE_LOGO);
}

static void
template_look_picked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhTemplateLook) look = data;
  g_autoptr (GFile) file = mh_pick_file_finish (result);
  if (file != NULL)
    g_file_load_contents_async (file, NULL, template_look_loaded_cb, g_steal_pointer (&look));
}

static void
choose_cb (MhTemplateLook *look)
{
  mh_pick_file_async (GTK_WIDGET (look), FALSE, _ ("Logo of the letterhead"), NULL, "image/png",
                      template_look_picked_cb, g_object_ref (look));
}

static void
template_look_remove_cb (MhTemplateLook *look)
{
  mh_record_set_null (mh_record_slot_record (look->slot), MH_REPORT_TEMPLATE_LOGO);
  mh_record_slot_touched (look->slot, MH_REPORT_TEMPLATE_LOGO);
}

/* --- making it --- */

static void
template_look_begin (MhPane *pane)
{
  MhTemplateLook *look = MH_TEMPLATE_LOOK (pane);
  MhContext *context = mh_pane_context (pane);
  mh_pane_keep (pane, &look->logos, mh_record_list_new (context, "report_logo.list"));
  mh_pane_keep (pane, &look->hospitals, mh_record_list_new (context, "hospital.list"));
  g_signal_connect_object (look->logos, "notify::n-items", G_CALLBACK (template_look_changed_cb),
                           look, G_CONNECT_SWAPPED);
  g_signal_connect_object (look->hospitals, "notify::n-items",
                           G_CALLBACK (template_look_changed_cb), look, G_CONNECT_SWAPPED);
  mh_record_list_set_args (look->logos, NULL);
  mh_record_list_set_args (look->hospitals, NULL);
}

static void
mh_template_look_dispose (GObject *object)
{
  g_clear_handle_id (&MH_TEMPLATE_LOOK (object)->timer, g_source_remove);
  G_OBJECT_CLASS (mh_template_look_parent_class)->dispose (object);
}

static void
mh_template_look_class_init (MhTemplateLookClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_template_look_dispose;
  MH_PANE_CLASS (klass)->begin = template_look_begin;
  g_type_ensure (MH_TYPE_DOCUMENT_VIEW);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("people/admin/mh-template-look"));
  gtk_widget_class_bind_template_child (widget, MhTemplateLook, view);
  gtk_widget_class_bind_template_child (widget, MhTemplateLook, remove);
  gtk_widget_class_bind_template_callback (widget, choose_cb);
  gtk_widget_class_bind_template_callback (widget, template_look_remove_cb);
}

static void
mh_template_look_init (MhTemplateLook *look)
{
  gtk_widget_init_template (GTK_WIDGET (look));
}

GtkWidget *
mh_template_look_new (MhContext *context, MhRecordSlot *slot)
{
  MhTemplateLook *look = g_object_new (MH_TYPE_TEMPLATE_LOOK, "context", context, NULL);
  mh_pane_keep (MH_PANE (look), &look->slot, g_object_ref (slot));
  g_signal_connect_object (slot, "issues-changed", G_CALLBACK (template_look_changed_cb), look,
                           G_CONNECT_SWAPPED);
  template_look_changed_cb (look);
  return GTK_WIDGET (look);
}
