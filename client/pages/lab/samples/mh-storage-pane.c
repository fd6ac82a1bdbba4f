/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/samples/mh-storage-pane.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/models/mh-fetch.h"
#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/pages/lab/samples/mh-aliquot-dialog.h"
#include "client/pages/people/admin/mh-admin-dialog.h"
#include "client/widgets/base/mh-ask-text.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-code-ask.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/charts/mh-box-map.h"
#include "client/widgets/table/mh-record-table.h"
#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-storage.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/rules/lab/mh-storage-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _MhStoragePane
{
  MhPane parent_instance;
  MhRecordList *list, *dues;
  GtkSortListModel *sorted; /* each place above what stands in it */
  char *place_id;           /* on show */
  MhSplit *split;
  MhRecordTable *places;
  MhBoxMap *map;
  GtkEditable *scan;
  GtkLabel *title, *here;
};

G_DEFINE_FINAL_TYPE (MhStoragePane, mh_storage_pane, MH_TYPE_PANE)

static char *
storage_pane_where_text (MhRecord *place)
{
  return mh_words_value (place, mh_record_has (place, MH_STORAGE_PLACE_PARENT_ID)
                                    ? MH_STORAGE_PLACE_PATH
                                    : MH_STORAGE_PLACE_KIND);
}

static const MhTableColumn columns[] = {
  { .field = "path", .width = 160, .expand = TRUE, .line = MH_LINE_NONE },
  { .field = "kind", .width = 90, .line = MH_LINE_NONE },
  { .field = "code", .width = 80, .line = MH_LINE_TRAILING },
  { .field = "name", .line = MH_LINE_TITLE, .only_line = TRUE },
  { .text = storage_pane_where_text, .only_line = TRUE },
  { NULL },
};

static MhContext *
storage_pane_context_of (MhStoragePane *pane)
{
  return mh_pane_context (MH_PANE (pane));
}

static gint64
storage_pane_now_of (MhStoragePane *pane)
{
  return mh_when_now ();
}

/* --- what the keys are on --- */

static void
storage_pane_moved_cb (MhStoragePane *pane)
{
  if (storage_pane_context_of (pane) == NULL)
    return;

  MhRecord *box = mh_box_map_box (pane->map), *spot = mh_box_map_spot (pane->map);
  GtkWidget *widget = GTK_WIDGET (pane);
  gtk_widget_action_set_enabled (widget, "storage.retrieve", spot != NULL);
  gtk_widget_action_set_enabled (widget, "storage.dispose", spot != NULL);
  gtk_widget_action_set_enabled (widget, "storage.aliquots", spot != NULL);
  mh_sensitive_set (GTK_WIDGET (pane->scan), box != NULL);

  if (box == NULL)
    {
      gtk_label_set_text (pane->here, "");
      return;
    }

  g_autofree char *position = mh_storage_rules_position_text (
      mh_record_int (box, MH_STORAGE_PLACE_N_COLUMNS), mh_box_map_position (pane->map));
  g_autofree char *until
      = spot != NULL ? mh_when_day (mh_record_int (spot, MH_STORAGE_SPOT_KEEP_UNTIL)) : NULL;
  g_autofree char *content
      = spot != NULL ? g_strdup_printf (_ ("%s, keep until %s"),
                                        mh_record_text (spot, MH_STORAGE_SPOT_ACCESSION), until)
                     : g_strdup (_ ("free"));
  g_autofree char *text = g_strdup_printf (
      "%s · %s: %s", mh_record_text (box, MH_STORAGE_PLACE_PATH), position, content);

  gtk_label_set_text (pane->here, text);
}

/* --- the map --- */

static void
map_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhStoragePane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) map = mh_read_finish (result, &error);
  if (storage_pane_context_of (pane) == NULL)
    return;

  mh_shell_fail (GTK_WIDGET (pane), error);
  MhRecord *place = map != NULL ? mh_record_record (map, MH_STORAGE_MAP_PLACE) : NULL;
  if (place == NULL || g_strcmp0 (mh_record_id (place), pane->place_id) != 0)
    return;

  mh_box_map_show (pane->map, map, storage_pane_now_of (pane));
  g_autofree char *title = g_strdup_printf (
      _ ("%s: %u of %u positions taken"), mh_record_text (place, MH_STORAGE_PLACE_PATH),
      mh_box_map_n_taken (pane->map), mh_box_map_n_positions (pane->map));

  gtk_label_set_text (pane->title, title);
}

static void
storage_pane_load (MhStoragePane *pane)
{
  if (pane->place_id != NULL)
    mh_read_async (storage_pane_context_of (pane), "storage.map", pane->place_id,
                   mh_pane_cancellable (MH_PANE (pane)), map_cb, g_object_ref (pane));
}

static void
storage_pane_place_cb (MhStoragePane *pane)
{
  MhRecord *place = mh_record_table_current (pane->places);
  gboolean may = mh_context_may (storage_pane_context_of (pane), MH_MAY_WRITE_STORAGE);
  gtk_widget_action_set_enabled (GTK_WIDGET (pane), "storage.change", may && place != NULL);
  if (place == NULL || g_strcmp0 (pane->place_id, mh_record_id (place)) == 0)
    return;
  g_free (pane->place_id);
  pane->place_id = g_strdup (mh_record_id (place));
  storage_pane_load (pane);
}

static void
storage_pane_open_cb (MhStoragePane *pane, MhRecord *place)
{
  mh_split_show_end (pane->split, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (pane->map));
}

static void
storage_pane_activated_cb (MhStoragePane *pane)
{
  gtk_widget_grab_focus (GTK_WIDGET (pane->scan));
}

/* --- events of the tube --- */

static void
storage_pane_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhStoragePane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (storage_pane_context_of (pane) == NULL)
    return;
  g_autofree char *words = outcome == NULL ? mh_words_error (error) : NULL;
  mh_pane_complain (MH_PANE (pane), words);
  storage_pane_load (pane);
}

static void
submit_event (MhStoragePane *pane, const char *sample_id, MhRecord *event)
{
  const char *args[] = { "id", sample_id, NULL };
  mh_record_take_text (event, MH_ID, mh_id_new ());
  mh_command_async (storage_pane_context_of (pane),
                    &(MhCommand){ .route = "custody.add", .args = args, .body = event }, NULL,
                    storage_pane_done_cb, g_object_ref (pane));
}

static void
retrieve_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhStoragePane *pane = MH_STORAGE_PANE (widget);
  MhRecord *spot = mh_box_map_spot (pane->map);
  g_autoptr (MhRecord) event = mh_record_new (&mh_custody_event_type);
  if (spot == NULL)
    return;
  mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, MH_CUSTODY_RETRIEVED);
  submit_event (pane, mh_record_text (spot, MH_STORAGE_SPOT_SAMPLE_ID), event);
}

/* The scanned tube goes to the position of the keys, or, where one stands, to the first free one.
 */
static void
storage_pane_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhStoragePane) pane = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answer = mh_fetch_finish_list (result, &error);
  if (storage_pane_context_of (pane) == NULL)
    return;

  MhRecord *box = mh_box_map_box (pane->map);
  if (answer == NULL || answer->len == 0 || box == NULL)
    {
      g_autofree char *words
          = error != NULL ? mh_words_error (error) : g_strdup (_ ("There is no such tube."));
      mh_pane_complain (MH_PANE (pane), words);
      return;
    }

  g_autoptr (MhRecord) event = mh_record_new (&mh_custody_event_type);
  MhRecord *tube = g_ptr_array_index (answer, 0);
  mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, MH_CUSTODY_STORED);
  mh_record_set_text (event, MH_CUSTODY_EVENT_SCANNED, mh_record_text (tube, MH_SAMPLE_ACCESSION));
  mh_record_set_text (event, MH_CUSTODY_EVENT_BOX_ID, mh_record_id (box));
  if (mh_box_map_spot (pane->map) == NULL)
    mh_record_set_int (event, MH_CUSTODY_EVENT_POSITION, mh_box_map_position (pane->map));
  submit_event (pane, mh_record_id (tube), event);
}

static gboolean
storage_pane_put_in (MhStoragePane *pane, const char *typed)
{
  g_autofree char *accession = mh_accession_normalise (typed);
  const char *args[] = { "accession", accession, NULL };
  mh_pane_complain (MH_PANE (pane),
                    accession != NULL ? "" : _ ("That label cannot be read; scan it again."));
  if (accession == NULL || mh_box_map_box (pane->map) == NULL)
    return FALSE;
  mh_fetch_async (storage_pane_context_of (pane),
                  &(MhFetch){ .route = "sample.list", .args = args },
                  mh_pane_cancellable (MH_PANE (pane)), storage_pane_found_cb, g_object_ref (pane));
  return TRUE;
}

static void
storage_pane_scanned_cb (MhStoragePane *pane)
{
  g_autofree char *typed = g_strdup (gtk_editable_get_text (pane->scan));
  gtk_editable_set_text (pane->scan, "");
  if (*typed != '\0')
    storage_pane_put_in (pane, typed);
}

static void
aliquots_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhStoragePane *pane = MH_STORAGE_PANE (widget);
  MhRecord *spot = mh_box_map_spot (pane->map);
  if (spot != NULL)
    mh_aliquot_dialog_show (widget, storage_pane_context_of (pane),
                            mh_record_text (spot, MH_STORAGE_SPOT_SAMPLE_ID),
                            mh_record_text (spot, MH_STORAGE_SPOT_ACCESSION));
}

/* --- disposing --- */

static void
mh_storage_pane_submit_disposal (MhStoragePane *pane,
                                 const char *const *accessions,
                                 MhRecord *disposal)
{
  mh_record_set_list (disposal, MH_DISPOSAL_ACCESSIONS, accessions);
  mh_command_async (storage_pane_context_of (pane),
                    &(MhCommand){ .route = "storage.dispose", .body = disposal }, NULL,
                    storage_pane_done_cb, g_object_ref (pane));
}

/* One sample that is being disposed of, from question to question. */
typedef struct
{
  MhStoragePane *pane;
  MhRecord *disposal;
  char *accession;
  gboolean early;
} Disposing;

static void
mh_storage_pane_disposing_free (Disposing *disposing)
{
  g_object_unref (disposing->pane);
  g_object_unref (disposing->disposal);
  g_free (disposing->accession);
  g_free (disposing);
}

static void
mh_storage_pane_dispose_one (Disposing *disposing)
{
  const char *one[] = { disposing->accession, NULL };
  if (storage_pane_context_of (disposing->pane) != NULL)
    mh_storage_pane_submit_disposal (disposing->pane, one, disposing->disposal);
}

static void
mh_storage_pane_witness_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Disposing *disposing = data;
  g_autofree char *badge = mh_ask_text_finish (result);
  if (badge != NULL)
    {
      mh_record_set_text (disposing->disposal, MH_DISPOSAL_WITNESS, badge);
      mh_storage_pane_dispose_one (disposing);
    }
  mh_storage_pane_disposing_free (disposing);
}

static void
mh_storage_pane_reason_cb (const char *code, const char *note, gpointer data)
{
  Disposing *disposing = data;
  g_autofree char *heading = g_strdup_printf (_ ("Dispose of %s?"), disposing->accession);
  if (code != NULL)
    {
      mh_record_set_text (disposing->disposal, MH_DISPOSAL_REASON, code);
      mh_record_set_text (disposing->disposal, MH_DISPOSAL_NOTE, note);
    }

  if (code != NULL && disposing->early)
    {
      mh_ask_text_async (GTK_WIDGET (disposing->pane), NULL, NULL, heading,
                         _ ("It is not kept long enough yet: that takes a second person."),
                         _ ("Second person's badge"), _ ("Dispose of it"),
                         mh_storage_pane_witness_cb, disposing);
      return;
    }

  if (code != NULL)
    mh_storage_pane_dispose_one (disposing);
  mh_storage_pane_disposing_free (disposing);
}

/* Why stays in the custody record: it is asked, never made up. */
static void
dispose_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhStoragePane *pane = MH_STORAGE_PANE (widget);
  MhRecord *spot = mh_box_map_spot (pane->map);
  if (spot == NULL)
    return;

  Disposing *disposing = g_new0 (Disposing, 1);
  disposing->pane = g_object_ref (pane);
  disposing->disposal = mh_record_new (&mh_disposal_type);
  disposing->accession = g_strdup (mh_record_text (spot, MH_STORAGE_SPOT_ACCESSION));
  disposing->early = mh_storage_rules_needs_witness (
      mh_record_int (spot, MH_STORAGE_SPOT_KEEP_UNTIL), storage_pane_now_of (pane));

  g_autofree char *heading = g_strdup_printf (_ ("Dispose of %s?"), disposing->accession);
  mh_code_ask (widget, heading,
               disposing->early ? _ ("It is not kept long enough yet. This cannot be undone.")
                                : _ ("It was kept long enough. This cannot be undone."),
               /* the first: that it was kept long enough */
               mh_disposal_reason_codes + (disposing->early ? 1 : 0), _ ("Note"),
               mh_storage_pane_reason_cb, disposing);
}

static GStrv
due_numbers (MhStoragePane *pane)
{
  g_autoptr (GStrvBuilder) numbers = g_strv_builder_new ();
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pane->dues)); i++)
    {
      g_autoptr (MhRecord) tube = g_list_model_get_item (G_LIST_MODEL (pane->dues), i);
      g_strv_builder_add (numbers, mh_record_text (tube, MH_SAMPLE_ACCESSION));
    }
  return g_strv_builder_end (numbers);
}

static void
all_sure_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhStoragePane) pane = data;
  if (!mh_ask_finish (result) || storage_pane_context_of (pane) == NULL)
    return;
  g_auto (GStrv) numbers = due_numbers (pane);
  g_autoptr (MhRecord) disposal = mh_record_new (&mh_disposal_type);
  mh_record_set_text (disposal, MH_DISPOSAL_REASON, MH_DISPOSAL_EXPIRED);
  if (numbers[0] != NULL)
    mh_storage_pane_submit_disposal (pane, (const char *const *)numbers, disposal);
  mh_record_list_reload (pane->dues);
}

static void
due_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhStoragePane *pane = MH_STORAGE_PANE (widget);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (pane->dues));
  g_autofree char *heading
      = g_strdup_printf (ngettext ("Dispose of %u tube?", "Dispose of %u tubes?", n), n);
  if (n == 0)
    mh_shell_toast (widget, _ ("No tube was kept long enough yet."));
  else
    mh_ask_async (widget, heading, _ ("They were kept long enough. This cannot be undone."),
                  _ ("Dispose of them"), TRUE, all_sure_cb, g_object_ref (pane));
}

/* --- places --- */

static const MhAdminKind place_kind = { .id = "storage-places",
                                        .type = &mh_storage_place_type,
                                        .create_route = "storage_place.create",
                                        .update_route = "storage_place.update",
                                        .fresh = N_ ("New storage place") };

static void
storage_pane_new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_admin_dialog_edit (widget, storage_pane_context_of (MH_STORAGE_PANE (widget)), &place_kind,
                        NULL);
}

static void
storage_pane_change_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhStoragePane *pane = MH_STORAGE_PANE (widget);
  MhRecord *place = mh_record_table_current (pane->places);
  if (place != NULL)
    mh_admin_dialog_edit (widget, storage_pane_context_of (pane), &place_kind, place);
}

/* --- making it --- */

/* "Box 9" stands before "Box 10". */
static int
storage_pane_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const char *left = mh_record_text ((MhRecord *)a, MH_STORAGE_PLACE_PATH);
  const char *right = mh_record_text ((MhRecord *)b, MH_STORAGE_PLACE_PATH);
  g_autofree char *first = g_utf8_collate_key_for_filename (left != NULL ? left : "", -1);
  g_autofree char *second = g_utf8_collate_key_for_filename (right != NULL ? right : "", -1);
  return strcmp (first, second);
}

/* The first place is on show until another is chosen. */
static void
storage_pane_listed_cb (MhStoragePane *pane)
{
  if (pane->place_id != NULL || mh_record_list_is_loading (pane->list))
    return;
  g_autoptr (MhRecord) first = g_list_model_get_item (G_LIST_MODEL (pane->sorted), 0);
  if (first != NULL)
    mh_record_table_select (pane->places, mh_record_id (first));
}

static void
storage_pane_begin (MhPane *parent)
{
  static const char *const all[] = { "limit", "200", NULL };
  MhStoragePane *pane = MH_STORAGE_PANE (parent);
  MhContext *context = mh_pane_context (parent);

  mh_pane_keep (parent, &pane->list, mh_record_list_new (context, "storage_place.list"));
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (storage_pane_compare, NULL, NULL));
  mh_pane_keep (parent, &pane->sorted,
                gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (pane->list)), sorter));
  g_signal_connect_object (pane->list, "notify::n-items", G_CALLBACK (storage_pane_listed_cb), pane,
                           G_CONNECT_SWAPPED);
  mh_pane_keep (parent, &pane->dues, mh_record_list_new (context, "storage.due"));
  mh_record_table_setup (pane->places, "storage-places", &mh_storage_place_type, columns,
                         G_LIST_MODEL (pane->sorted), MH_TABLE_SINGLE);
  mh_record_table_set_source (pane->places, pane->list);
  mh_record_table_set_lines (pane->places, MH_MONEY_LEAST_WIDTH);
  mh_record_list_set_args (pane->list, all);
  gtk_widget_action_set_enabled (GTK_WIDGET (pane), "storage.new",
                                 mh_context_may (context, MH_MAY_WRITE_STORAGE));
  storage_pane_place_cb (pane);
  storage_pane_moved_cb (pane);
}

static void
storage_pane_shown (MhPane *parent)
{
  static const char *const all[] = { "limit", "200", NULL };
  MhStoragePane *pane = MH_STORAGE_PANE (parent);
  mh_record_list_reload (pane->list);
  mh_record_list_set_args (pane->dues, all);
  storage_pane_load (pane);
}

static gboolean
storage_pane_scan (MhPane *parent, int kind, const char *code)
{
  return (kind == MH_SCAN_ACCESSION || kind == MH_SCAN_BAD_CHECK)
         && storage_pane_put_in (MH_STORAGE_PANE (parent), code);
}

static void
mh_storage_pane_finalize (GObject *object)
{
  g_free (MH_STORAGE_PANE (object)->place_id);
  G_OBJECT_CLASS (mh_storage_pane_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget)
{
  gtk_widget_class_install_action (widget, "storage.new", NULL, storage_pane_new_action);
  gtk_widget_class_install_action (widget, "storage.change", NULL, storage_pane_change_action);
  gtk_widget_class_install_action (widget, "storage.retrieve", NULL, retrieve_action);
  gtk_widget_class_install_action (widget, "storage.dispose", NULL, dispose_action);
  gtk_widget_class_install_action (widget, "storage.due", NULL, due_action);
  gtk_widget_class_install_action (widget, "storage.aliquots", NULL, aliquots_action);
}

static void
mh_storage_pane_class_init (MhStoragePaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_storage_pane_finalize;
  MH_PANE_CLASS (klass)->begin = storage_pane_begin;
  MH_PANE_CLASS (klass)->shown = storage_pane_shown;
  MH_PANE_CLASS (klass)->scan = storage_pane_scan;
  g_type_ensure (MH_TYPE_RECORD_TABLE);
  g_type_ensure (MH_TYPE_BOX_MAP);
  g_type_ensure (MH_TYPE_SPLIT);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/samples/mh-storage-pane"));
  gtk_widget_class_bind_template_child (widget, MhStoragePane, split);
  gtk_widget_class_bind_template_child (widget, MhStoragePane, places);
  gtk_widget_class_bind_template_child (widget, MhStoragePane, map);
  gtk_widget_class_bind_template_child (widget, MhStoragePane, scan);
  gtk_widget_class_bind_template_child (widget, MhStoragePane, title);
  gtk_widget_class_bind_template_child (widget, MhStoragePane, here);
  gtk_widget_class_bind_template_callback (widget, storage_pane_place_cb);
  gtk_widget_class_bind_template_callback (widget, storage_pane_open_cb);
  gtk_widget_class_bind_template_callback (widget, storage_pane_moved_cb);
  gtk_widget_class_bind_template_callback (widget, storage_pane_activated_cb);
  gtk_widget_class_bind_template_callback (widget, storage_pane_scanned_cb);
  install_actions (widget);
}

static void
mh_storage_pane_init (MhStoragePane *pane)
{
  gtk_widget_init_template (GTK_WIDGET (pane));
}
