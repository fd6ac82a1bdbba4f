/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-search-entry.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-pane.h"
#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LIMIT "7"
#define DELAY_MS 60
#define LEAST_LETTERS 2

typedef struct
{
  char *icon;
  MhRecordList *list;
  MhSearchWords words;
} Group;

typedef struct
{
  char *title;
  char *folded;
  char *icon;
  char *action;
} Command;

struct _MhSearchEntry
{
  GtkWidget parent_instance;
  GtkWidget *entry;
  GtkWidget *popover;
  GtkWidget *rows;
  GPtrArray *groups;
  GPtrArray *commands;
  guint pending;
  char *asked;    /* the text that was looked for last */
  gboolean eager; /* Enter was pressed before there was an answer */
};

G_DEFINE_FINAL_TYPE (MhSearchEntry, mh_search_entry, GTK_TYPE_WIDGET)

enum
{
  PROP_PLACEHOLDER = 1,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

enum
{
  CHOSEN,
  SCANNED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
search_entry_group_free (Group *group)
{
  g_free (group->icon);
  g_object_unref (group->list);
  g_free (group);
}

static void
command_free (Command *command)
{
  g_free (command->title);
  g_free (command->folded);
  g_free (command->icon);
  g_free (command->action);
  g_free (command);
}

void
mh_search_entry_clear (MhSearchEntry *entry)
{
  for (guint i = 0; i < entry->groups->len; i++)
    g_signal_handlers_disconnect_by_data (((Group *)g_ptr_array_index (entry->groups, i))->list,
                                          entry);
  g_ptr_array_set_size (entry->groups, 0);
  g_ptr_array_set_size (entry->commands, 0);
}

static void
mh_search_entry_dispose (GObject *object)
{
  MhSearchEntry *entry = MH_SEARCH_ENTRY (object);
  if (entry->groups != NULL)
    mh_search_entry_clear (entry);
  g_clear_handle_id (&entry->pending, g_source_remove);
  g_clear_pointer (&entry->asked, g_free);
  g_clear_pointer (&entry->groups, g_ptr_array_unref);
  g_clear_pointer (&entry->commands, g_ptr_array_unref);
  mh_template_dispose (GTK_WIDGET (entry), MH_TYPE_SEARCH_ENTRY);
  G_OBJECT_CLASS (mh_search_entry_parent_class)->dispose (object);
}

static gboolean
mh_search_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (MH_SEARCH_ENTRY (widget)->entry);
}

/* One stop, whichever way the focus goes: GTK would give it back to itself on the way back. */
static gboolean
mh_search_entry_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_get_focus_child (widget) == NULL
         && gtk_widget_child_focus (MH_SEARCH_ENTRY (widget)->entry, direction);
}

static void
mh_search_entry_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MhSearchEntry *entry = MH_SEARCH_ENTRY (widget);
  gtk_widget_size_allocate (entry->entry, &(GtkAllocation){ 0, 0, width, height }, baseline);
  gtk_popover_present (GTK_POPOVER (entry->popover));
}

static void
mh_search_entry_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *min,
                         int *nat,
                         int *min_base,
                         int *nat_base)
{
  gtk_widget_measure (MH_SEARCH_ENTRY (widget)->entry, orientation, for_size, min, nat, min_base,
                      nat_base);
}

/* --- rows --- */

static GtkWidget *
result_row (const char *icon, const char *title, const char *detail)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *first = gtk_label_new (title);
  GtkWidget *second = gtk_label_new (detail);

  gtk_label_set_ellipsize (GTK_LABEL (first), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (first), 0);
  gtk_widget_set_hexpand (first, TRUE);
  gtk_widget_add_css_class (first, "heading");
  gtk_widget_add_css_class (second, "dim-label");
  gtk_widget_add_css_class (second, "numeric");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_label_set_xalign (GTK_LABEL (second), 0);
  gtk_label_set_ellipsize (GTK_LABEL (second), PANGO_ELLIPSIZE_END);
  gtk_widget_set_visible (second, detail[0] != 0);
  gtk_box_append (GTK_BOX (words), first);
  gtk_box_append (GTK_BOX (words), second);
  gtk_box_append (GTK_BOX (box), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  mh_accessible_name (row, title);

  return row;
}

static void
search_entry_add_results (MhSearchEntry *entry, const Group *group)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (group->list)); i++)
    {
      g_autoptr (MhRecord) record = g_list_model_get_item (G_LIST_MODEL (group->list), i);
      g_autofree char *detail = NULL;
      g_autofree char *title = group->words (record, &detail);
      GtkWidget *row = result_row (group->icon, title, detail);
      g_object_set_data_full (G_OBJECT (row), "record", g_steal_pointer (&record), g_object_unref);
      gtk_list_box_append (GTK_LIST_BOX (entry->rows), row);
    }
}

static void
add_commands (MhSearchEntry *entry, const char *folded)
{
  for (guint i = 0; i < entry->commands->len; i++)
    {
      Command *command = g_ptr_array_index (entry->commands, i);
      if (strstr (command->folded, folded) == NULL)
        continue;
      GtkWidget *row = result_row (command->icon, command->title, "");
      g_object_set_data_full (G_OBJECT (row), "action", g_strdup (command->action), g_free);
      gtk_list_box_append (GTK_LIST_BOX (entry->rows), row);
    }
}

static void
search_entry_show_rows_cb (MhSearchEntry *entry)
{
  const char *text = mh_search_entry_text (entry);
  g_autofree char *folded = mh_text_fold (text);
  GtkListBoxRow *row; /* the placeholder is a child too and stays */
  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (entry->rows), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (entry->rows), GTK_WIDGET (row));

  if (g_utf8_strlen (text, -1) < LEAST_LETTERS || gtk_widget_get_root (GTK_WIDGET (entry)) == NULL)
    {
      gtk_popover_popdown (GTK_POPOVER (entry->popover));
      return;
    }

  for (guint i = 0; i < entry->groups->len; i++)
    search_entry_add_results (entry, g_ptr_array_index (entry->groups, i));
  add_commands (entry, folded);
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (entry->rows), 0);

  gtk_list_box_select_row (GTK_LIST_BOX (entry->rows), first);
  gtk_widget_set_size_request (entry->popover, MAX (320, gtk_widget_get_width (GTK_WIDGET (entry))),
                               -1);
  if (gtk_widget_get_focus_child (GTK_WIDGET (entry)) != NULL)
    gtk_popover_popup (GTK_POPOVER (entry->popover));
}

/* --- searching --- */

static gboolean
search_entry_search_cb (gpointer data)
{
  MhSearchEntry *entry = data;
  const char *text = mh_search_entry_text (entry);
  entry->pending = 0;
  g_free (entry->asked);
  entry->asked = g_strdup (text);

  for (guint i = 0; g_utf8_strlen (text, -1) >= LEAST_LETTERS && i < entry->groups->len; i++)
    {
      Group *group = g_ptr_array_index (entry->groups, i);
      const char *args[] = { "q", text, "limit", LIMIT, NULL };
      mh_record_list_set_args (group->list, args);
    }

  search_entry_show_rows_cb (entry);
  return G_SOURCE_REMOVE;
}

static void
search_entry_changed_cb (MhSearchEntry *entry)
{
  /* GTK tells of typing a little later: Enter may have asked for this text already. */
  if (g_strcmp0 (entry->asked, mh_search_entry_text (entry)) == 0 && entry->pending == 0)
    return;
  entry->eager = FALSE;
  g_clear_handle_id (&entry->pending, g_source_remove);
  entry->pending = g_timeout_add (DELAY_MS, search_entry_search_cb, entry);
}

static void
search_entry_choose (MhSearchEntry *entry, GtkListBoxRow *row)
{
  g_autoptr (MhRecord) record = NULL;
  MhRecord *held = g_object_get_data (G_OBJECT (row), "record");
  g_autofree char *action = g_strdup (g_object_get_data (G_OBJECT (row), "action"));

  if (held != NULL)
    record = g_object_ref (held);
  gtk_popover_popdown (GTK_POPOVER (entry->popover));
  gtk_editable_set_text (GTK_EDITABLE (entry->entry), "");
  if (record != NULL)
    g_signal_emit (entry, signals[CHOSEN], 0, record);
  if (action != NULL)
    {
      g_autoptr (GVariant) target = NULL;
      g_autofree char *name = NULL;
      if (g_action_parse_detailed_name (action, &name, &target, NULL))
        gtk_widget_activate_action_variant (GTK_WIDGET (entry), name, target);
    }
}

static void
search_entry_row_activated_cb (GtkListBox *box, GtkListBoxRow *row, MhSearchEntry *entry)
{
  search_entry_choose (entry, row);
}

/* Do the rows answer what stands in the box? */
static gboolean
search_entry_is_answered (MhSearchEntry *entry)
{
  for (guint i = 0; i < entry->groups->len; i++)
    if (mh_record_list_is_stale (((Group *)g_ptr_array_index (entry->groups, i))->list))
      return FALSE;
  return entry->pending == 0;
}

/* Who types fast presses Enter before there is an answer; the rows on show are of what was typed
 * before, perhaps another patient: the choice waits. */
static void
choose_when_answered (MhSearchEntry *entry)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (entry->rows));
  entry->eager = !search_entry_is_answered (entry);
  if (!entry->eager && row != NULL)
    search_entry_choose (entry, row);
}

static void
search_entry_answered_cb (MhSearchEntry *entry)
{
  if (entry->eager && gtk_widget_get_focus_child (GTK_WIDGET (entry)) != NULL)
    choose_when_answered (entry);
}

static void
search_entry_activate_cb (MhSearchEntry *entry)
{
  g_autofree char *code = NULL;
  MhScanKind kind = mh_scan_classify (mh_search_entry_text (entry), &code);
  if (kind == MH_SCAN_MRN || kind == MH_SCAN_ACCESSION || kind == MH_SCAN_BAD_CHECK
      || kind == MH_SCAN_REPORT || kind == MH_SCAN_PRESCRIPTION)
    {
      g_autofree char *text = g_strdup (code != NULL ? code : mh_search_entry_text (entry));
      gtk_editable_set_text (GTK_EDITABLE (entry->entry), "");
      gtk_popover_popdown (GTK_POPOVER (entry->popover));
      g_signal_emit (entry, signals[SCANNED], 0, (int)kind, text);
      return;
    }

  if (entry->pending != 0 || g_strcmp0 (entry->asked, mh_search_entry_text (entry)) != 0)
    {
      g_clear_handle_id (&entry->pending, g_source_remove);
      search_entry_search_cb (entry);
    }

  choose_when_answered (entry);
}

static gboolean
search_entry_key_cb (GtkEventControllerKey *keys,
                     guint key,
                     guint code,
                     GdkModifierType state,
                     MhSearchEntry *entry)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (entry->rows));
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;
  if (key != GDK_KEY_Down && key != GDK_KEY_Up)
    return FALSE;
  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (entry->rows),
                                       index + (key == GDK_KEY_Down ? 1 : -1));
  if (row != NULL)
    gtk_list_box_select_row (GTK_LIST_BOX (entry->rows), row);
  return TRUE;
}

static void
search_entry_stop_cb (MhSearchEntry *entry)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (entry));
  gboolean was_empty = *gtk_editable_get_text (GTK_EDITABLE (entry->entry)) == 0;
  gtk_popover_popdown (GTK_POPOVER (entry->popover));
  gtk_editable_set_text (GTK_EDITABLE (entry->entry), "");
  /* the entry takes Escape for itself; in a dialog an empty one passes it on */
  if (was_empty && GTK_IS_WINDOW (root) && gtk_window_get_modal (GTK_WINDOW (root)))
    gtk_window_close (GTK_WINDOW (root));
}

static void
mh_search_entry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MhSearchEntry *entry = MH_SEARCH_ENTRY (object);
  g_object_set (entry->entry, "placeholder-text", g_value_get_string (value), "width-chars", 4,
                NULL);
  mh_accessible_name (entry->entry, g_value_get_string (value));
}

static void
mh_search_entry_class_init (MhSearchEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_search_entry_dispose;
  G_OBJECT_CLASS (klass)->set_property = mh_search_entry_set_property;
  widget_class->grab_focus = mh_search_entry_grab_focus;
  widget_class->focus = mh_search_entry_focus;
  widget_class->size_allocate = mh_search_entry_size_allocate;
  widget_class->measure = mh_search_entry_measure;
  props[PROP_PLACEHOLDER] = g_param_spec_string ("placeholder", NULL, NULL, NULL,
                                                 G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, MH_TYPE_RECORD);
  signals[SCANNED] = g_signal_new ("scanned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               MH_TEMPLATE ("widgets/base/mh-search-entry"));
  gtk_widget_class_bind_template_child (widget_class, MhSearchEntry, entry);
  gtk_widget_class_bind_template_child (widget_class, MhSearchEntry, popover);
  gtk_widget_class_bind_template_child (widget_class, MhSearchEntry, rows);
  gtk_widget_class_bind_template_callback (widget_class, search_entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_entry_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_entry_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_entry_row_activated_cb);
}

static void
mh_search_entry_init (MhSearchEntry *entry)
{
  entry->groups = g_ptr_array_new_with_free_func ((GDestroyNotify)search_entry_group_free);
  entry->commands = g_ptr_array_new_with_free_func ((GDestroyNotify)command_free);
  gtk_widget_init_template (GTK_WIDGET (entry));
}

GtkWidget *
mh_search_entry_new (const char *placeholder)
{
  return g_object_new (MH_TYPE_SEARCH_ENTRY, "placeholder", placeholder, NULL);
}

void
mh_search_entry_add (MhSearchEntry *entry,
                     const char *icon,
                     MhRecordList *list,
                     MhSearchWords words)
{
  g_return_if_fail (MH_IS_SEARCH_ENTRY (entry));
  Group *group = g_new0 (Group, 1);
  *group = (Group){ g_strdup (icon), g_object_ref (list), words };
  g_ptr_array_add (entry->groups, group);
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (search_entry_show_rows_cb), entry);
  g_signal_connect_swapped (list, "notify::n-items", G_CALLBACK (search_entry_answered_cb), entry);
}

void
mh_search_entry_add_command (MhSearchEntry *entry,
                             const char *title,
                             const char *icon,
                             const char *action)
{
  g_return_if_fail (MH_IS_SEARCH_ENTRY (entry));
  Command *command = g_new0 (Command, 1);
  *command
      = (Command){ g_strdup (title), mh_text_fold (title), g_strdup (icon), g_strdup (action) };
  g_ptr_array_add (entry->commands, command);
}

const char *
mh_search_entry_text (MhSearchEntry *entry)
{
  g_return_val_if_fail (MH_IS_SEARCH_ENTRY (entry), "");
  return gtk_editable_get_text (GTK_EDITABLE (entry->entry));
}

void
mh_search_entry_set_text (MhSearchEntry *entry, const char *text)
{
  g_return_if_fail (MH_IS_SEARCH_ENTRY (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (entry->entry), -1);
}
