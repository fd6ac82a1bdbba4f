/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/form/mh-pick.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/widgets/base/mh-wrap.h"
#include "shared/base/mh-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LIMIT "12"
#define ALL "200" /* of records that are known by their id alone */
#define DELAY_MS 80

typedef struct
{
  MhControl *control;
  MhContext *context;
  const MhPickFrom *from;
  MhRecordList *found; /* what the typed text finds */
  MhRecordList *also;  /* likewise, in the other list; NULL: there is none */
  GPtrArray *asked;    /* lists that bring the names of what is stored */
  GHashTable *names;   /* value → name */
  GPtrArray *chosen;   /* values, where there may be several */
  char *one;           /* the value whose name stands in the box */
  GtkWidget *chips, *popover, *rows;
  GtkEventController *keys, *focus;
  guint pending;
  gboolean eager; /* Enter was pressed before there was an answer */
  gboolean left;  /* the box was left with a text that is no choice yet */
} Pick;

/* clang-format off */
static const MhPickFrom picks[] = {
  { "user", "roles", "role.list", "code" },
  { "user", "hospital_ids", "hospital.list", "id" },
  { "api_key", "username", "user.list", "username" },
  { "skill", "user_id", "user.list", "id" },
  { "shift", "user_id", "user.list", "id" },
  { "crew_shift", "unit_id", "unit.list", "id" },
  { NULL, "bench", "bench.list", "code" },
  { NULL, "benches", "bench.list", "code" },
  { NULL, "departments", "department.list", "code" },
  { "price_entry", "code", "test.list", "code", "panel.list" },
  { "debit_line", "code", "test.list", "code", "panel.list" },
  { NULL, "test", "test.list", "code" },
  { NULL, "tests", "test.list", "code" },
  { NULL, "add_test", "test.list", "code" },
  { NULL, "analyte", "analyte.list", "code" },
  { NULL, "analytes", "analyte.list", "code" },
  { NULL, "calculated", "analyte.list", "code" },
  { NULL, "container", "container.list", "code" },
  { NULL, "value_set", "value_set.list", "code" },
  { NULL, "price_list", "price_list.list", "code" },
  { NULL, "organism", "organism.list", "code" },
  { NULL, "antibiotic", "antibiotic.list", "code" },
  { NULL, "ingredients", "drug_ingredient.list", "code" },
  { "drug_interaction", "a", "drug_ingredient.list", "code" },
  { "drug_interaction", "b", "drug_ingredient.list", "code" },
  { "reagent_lot", "reagent", "reagent.list", "code" },
  { "qc_target", "equipment", "equipment.list", "code" },
  { "analyser_link", "equipment", "equipment.list", "code" },
  { "worksheet", "equipment", "equipment.list", "code" },
  { "unit", "zone", "zone.list", "code" },
  { "crew_shift", "user_id", "crew_person.list", "id" },
  { "auto_rule", "instrument", "equipment.list", "code" },
};
/* clang-format on */

const MhPickFrom *
mh_pick_from (const MhRecordType *type, const MhField *field)
{
  if ((field->kind != MH_KIND_TEXT && field->kind != MH_KIND_LIST && field->kind != MH_KIND_REF)
      || field->codes != NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (picks); i++)
    if (g_str_equal (picks[i].field, field->name)
        && (picks[i].type == NULL ? field->kind != MH_KIND_REF
                                  : g_strcmp0 (picks[i].type, type->code) == 0))
      return &picks[i];
  return NULL;
}

static gboolean
is_several (Pick *pick)
{
  return pick->control->field->kind == MH_KIND_LIST;
}

static const char *
pick_typed (Pick *pick)
{
  return gtk_editable_get_text (GTK_EDITABLE (pick->control->focus));
}

static void
pick_say (Pick *pick, const char *text)
{
  gboolean before = pick->control->showing;
  pick->control->showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (pick->control->focus), text);
  gtk_editable_set_position (GTK_EDITABLE (pick->control->focus), -1);
  pick->control->showing = before;
}

static const char *
pick_value_of (Pick *pick, MhRecord *record)
{
  int field = mh_record_type_find (mh_record_type (record), pick->from->value);
  return field >= 0 ? mh_record_text (record, (guint)field) : NULL;
}

static const char *
pick_name_of (Pick *pick, const char *value)
{
  const char *name = g_hash_table_lookup (pick->names, value);
  return name != NULL ? name : value;
}

static void
pick_changed (Pick *pick)
{
  if (!pick->control->showing)
    pick->control->changed (pick->control->row);
}

/* --- several: those chosen stand above the box --- */

static void pick_show_chips (Pick *pick);

static void
chip_cb (GtkWidget *chip, Pick *pick)
{
  const char *value = g_object_get_data (G_OBJECT (chip), "value");
  guint at = 0;
  if (!g_ptr_array_find_with_equal_func (pick->chosen, value, g_str_equal, &at))
    return;
  gtk_widget_grab_focus (pick->control->focus);
  g_ptr_array_remove_index (pick->chosen, at);
  pick_show_chips (pick);
  pick_changed (pick);
}

static void
pick_show_chips (Pick *pick)
{
  mh_wrap_clear (MH_WRAP (pick->chips));
  for (guint i = 0; i < pick->chosen->len; i++)
    {
      const char *value = g_ptr_array_index (pick->chosen, i);
      g_autofree char *label = g_strdup_printf ("%s ✕", pick_name_of (pick, value));
      g_autofree char *words = g_strdup_printf (_ ("Remove %s"), pick_name_of (pick, value));
      GtkWidget *chip = gtk_button_new_with_label (label);
      g_object_set_data_full (G_OBJECT (chip), "value", g_strdup (value), g_free);
      gtk_widget_set_tooltip_text (chip, words);
      mh_accessible_name (chip, words);
      gtk_widget_add_css_class (chip, "pill");
      g_signal_connect (chip, "clicked", G_CALLBACK (chip_cb), pick);
      mh_wrap_append (MH_WRAP (pick->chips), chip);
    }

  gtk_widget_set_visible (pick->chips, pick->chosen->len > 0);
}

/* --- names of what is stored --- */

static void
pick_learn (Pick *pick, GListModel *list)
{
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (MhRecord) record = g_list_model_get_item (list, i);
      const char *value = pick_value_of (pick, record);
      if (value != NULL)
        g_hash_table_replace (pick->names, g_strdup (value), mh_record_display (record));
    }
}

static void
pick_named_cb (GListModel *list, guint at, guint removed, guint added, Pick *pick)
{
  pick_learn (pick, list);
  pick_show_chips (pick);
  if (pick->one != NULL && g_str_equal (pick_typed (pick), pick->one))
    pick_say (pick, pick_name_of (pick, pick->one));
}

static void
ask_name_in (Pick *pick, const char *route, const char *value)
{
  gboolean by_id = g_str_equal (pick->from->value, "id");
  MhRecordList *list = mh_record_list_new (pick->context, route);
  g_ptr_array_add (pick->asked, list);
  g_signal_connect (list, "items-changed", G_CALLBACK (pick_named_cb), pick);
  mh_record_list_set_args (list, by_id ? (const char *[]){ "limit", ALL, NULL }
                                       : (const char *[]){ "q", value, "limit", LIMIT, NULL });
}

static void
pick_ask_name (Pick *pick, const char *value)
{
  gboolean by_id = g_str_equal (pick->from->value, "id");
  if (g_hash_table_contains (pick->names, value) || (by_id && pick->asked->len > 0))
    return;
  ask_name_in (pick, pick->from->list_route, value);
  if (pick->also != NULL)
    ask_name_in (pick, pick->from->also_route, value);
}

/* --- finding --- */

static GPtrArray *
all_found (Pick *pick)
{
  MhRecordList *const lists[] = { pick->found, pick->also };
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint k = 0; k < G_N_ELEMENTS (lists) && lists[k] != NULL; k++)
    for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (lists[k])); i++)
      g_ptr_array_add (all, g_list_model_get_item (G_LIST_MODEL (lists[k]), i));
  return all;
}

static gboolean
is_stale (Pick *pick)
{
  return mh_record_list_is_stale (pick->found)
         || (pick->also != NULL && mh_record_list_is_stale (pick->also));
}

static gboolean
is_loading (Pick *pick)
{
  return mh_record_list_is_loading (pick->found)
         || (pick->also != NULL && mh_record_list_is_loading (pick->also));
}

static void
pick_choose (Pick *pick, MhRecord *record)
{
  const char *value = pick_value_of (pick, record);
  g_autofree char *name = mh_record_display (record);
  pick->eager = pick->left = FALSE;
  gtk_popover_popdown (GTK_POPOVER (pick->popover));
  g_hash_table_replace (pick->names, g_strdup (value), g_strdup (name));

  if (is_several (pick))
    {
      if (!g_ptr_array_find_with_equal_func (pick->chosen, value, g_str_equal, NULL))
        g_ptr_array_add (pick->chosen, g_strdup (value));
      pick_say (pick, "");
      pick_show_chips (pick);
    }
  else
    {
      g_free (pick->one);
      pick->one = g_strdup (value);
      pick_say (pick, name);
    }

  pick_changed (pick);
}

static MhRecord *
pick_record_of (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "record") : NULL;
}

static void
pick_row_cb (GtkListBox *box, GtkListBoxRow *row, Pick *pick)
{
  g_autoptr (MhRecord) record = g_object_ref (pick_record_of (row));
  pick_choose (pick, record);
}

static GtkWidget *
pick_row_new (Pick *pick, MhRecord *record)
{
  g_autofree char *name = mh_record_display (record);
  const char *value = pick_value_of (pick, record);
  gboolean tells = !g_str_equal (pick->from->value, "id") && g_strcmp0 (name, value) != 0;
  g_autofree char *text = tells ? g_strdup_printf ("%s · %s", name, value) : g_strdup (name);
  GtkWidget *row = gtk_list_box_row_new (), *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_widget_set_focusable (row, FALSE);
  g_object_set_data_full (G_OBJECT (row), "record", g_object_ref (record), g_object_unref);
  mh_accessible_name (row, text);
  return row;
}

static gboolean
pick_is_meant (Pick *pick, MhRecord *record, const char *folded)
{
  const char *value = pick_value_of (pick, record);
  g_autofree char *display = mh_record_display (record);
  g_autofree char *name = mh_text_fold (display), *code = mh_text_fold (value);
  return g_strcmp0 (name, folded) == 0
         || (!g_str_equal (pick->from->value, "id") && g_strcmp0 (code, folded) == 0);
}

/* Where in @all the one stands whose code or name was typed in full; -1: none. */
static int
meant_at (Pick *pick, GPtrArray *all)
{
  g_autofree char *folded = mh_text_fold (pick_typed (pick));
  for (guint i = 0; i < all->len; i++)
    if (pick_is_meant (pick, g_ptr_array_index (all, i), folded))
      return (int)i;
  return -1;
}

/* Whom the text means without a doubt: by code or name in full, or the only one it finds. */
static MhRecord *
meant (Pick *pick)
{
  g_autoptr (GPtrArray) all = all_found (pick);
  int at = all->len == 1 ? 0 : meant_at (pick, all);
  return at >= 0 ? g_object_ref (g_ptr_array_index (all, (guint)at)) : NULL;
}

/* Enter was pressed before all had been found. */
static void
take_eager (Pick *pick)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (pick->rows));
  if (!pick->eager || row == NULL || is_stale (pick))
    return;
  g_autoptr (MhRecord) record = g_object_ref (pick_record_of (row));
  pick_choose (pick, record);
}

static void
pick_found_cb (Pick *pick)
{
  g_autoptr (GPtrArray) all = all_found (pick);
  GtkListBox *rows = GTK_LIST_BOX (pick->rows);
  GtkListBoxRow *row;
  while ((row = gtk_list_box_get_row_at_index (rows, 0)) != NULL)
    gtk_list_box_remove (rows, GTK_WIDGET (row));
  for (guint i = 0; i < all->len; i++)
    gtk_list_box_append (rows, pick_row_new (pick, g_ptr_array_index (all, i)));
  gtk_list_box_select_row (rows,
                           gtk_list_box_get_row_at_index (rows, MAX (0, meant_at (pick, all))));
  take_eager (pick);
}

static void
take_left_cb (Pick *pick)
{
  if (!pick->left || is_loading (pick) || is_stale (pick))
    return;
  g_autoptr (MhRecord) record = meant (pick);
  pick->left = FALSE;
  if (record != NULL)
    pick_choose (pick, record);
}

static void
pick_loaded_cb (Pick *pick)
{
  take_eager (pick);
  take_left_cb (pick);
}

static void
pick_ask (Pick *pick)
{
  const char *text = pick_typed (pick);
  const char *const found[] = { "q", text, "limit", LIMIT, NULL };
  const char *const all[] = { "limit", ALL, NULL };
  const char *const *args = *text != 0 ? found : all;
  pick->pending = 0;
  mh_record_list_set_args (pick->found, args);
  if (pick->also != NULL)
    mh_record_list_set_args (pick->also, args);
}

static gboolean
pick_search_cb (gpointer data)
{
  Pick *pick = data;
  pick_ask (pick);
  gtk_widget_set_size_request (pick->popover,
                               MAX (260, gtk_widget_get_width (pick->control->widget)), -1);
  gtk_popover_popup (GTK_POPOVER (pick->popover));
  return G_SOURCE_REMOVE;
}

static void
pick_typed_cb (Pick *pick)
{
  if (pick->control->showing)
    return;
  g_clear_pointer (&pick->one, g_free);
  pick->eager = pick->left = FALSE;
  g_clear_handle_id (&pick->pending, g_source_remove);
  if (*pick_typed (pick) != 0)
    pick->pending = g_timeout_add (DELAY_MS, pick_search_cb, pick);
  else
    gtk_popover_popdown (GTK_POPOVER (pick->popover));
  pick_changed (pick);
}

static void
pick_open_cb (Pick *pick)
{
  gtk_widget_grab_focus (pick->control->focus);
  if (pick->one != NULL)
    pick_say (pick, "");
  pick_search_cb (pick);
}

/* Enter takes what is found; where nothing is looked for it goes on in the form. */
static void
pick_enter_cb (Pick *pick)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (pick->rows));
  gboolean looks = pick->pending != 0 || gtk_widget_get_visible (pick->popover);
  if (!looks || (pick->one != NULL && *pick_typed (pick) != 0))
    {
      pick->control->activated (pick->control->row);
      return;
    }

  if (pick->pending != 0)
    {
      g_clear_handle_id (&pick->pending, g_source_remove);
      pick_search_cb (pick);
    }

  pick->eager = is_stale (pick);
  if (!pick->eager && pick_record_of (row) != NULL)
    {
      g_autoptr (MhRecord) record = g_object_ref (pick_record_of (row));
      pick_choose (pick, record);
    }
}

static void
pick_step (Pick *pick, int by)
{
  GtkListBox *rows = GTK_LIST_BOX (pick->rows);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (rows);
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (
      rows, (row != NULL ? gtk_list_box_row_get_index (row) : -1) + by);
  if (next != NULL)
    gtk_list_box_select_row (rows, next);
}

static gboolean
pick_key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, Pick *pick)
{
  gboolean open = gtk_widget_get_visible (pick->popover);
  if (key == GDK_KEY_Down && !open)
    pick_open_cb (pick);
  else if (open && (key == GDK_KEY_Down || key == GDK_KEY_Up))
    pick_step (pick, key == GDK_KEY_Down ? 1 : -1);
  else if (open && key == GDK_KEY_Escape)
    gtk_popover_popdown (GTK_POPOVER (pick->popover));
  else if (key == GDK_KEY_BackSpace && *pick_typed (pick) == 0 && pick->chosen->len > 0)
    {
      g_ptr_array_set_size (pick->chosen, (int)pick->chosen->len - 1);
      pick_show_chips (pick);
      pick_changed (pick);
    }
  else
    return FALSE;

  return TRUE;
}

static void
pick_left_cb (Pick *pick)
{
  gtk_popover_popdown (GTK_POPOVER (pick->popover));
  if (pick->one != NULL && *pick_typed (pick) == 0)
    pick_say (pick, pick_name_of (pick, pick->one));
  pick->left = pick->one == NULL && *pick_typed (pick) != 0;
  if (pick->left && pick->pending != 0)
    {
      g_source_remove (pick->pending);
      pick_ask (pick);
    }
  take_left_cb (pick);
}

/* --- between record and control --- */

static void
pick_show (MhControl *control, MhRecord *record)
{
  Pick *pick = control->own;
  g_ptr_array_set_size (pick->chosen, 0);
  g_clear_pointer (&pick->one, g_free);
  pick->left = FALSE;

  if (is_several (pick))
    {
      const char *const *list = mh_record_list (record, control->index);
      for (guint i = 0; list != NULL && list[i] != NULL; i++)
        {
          g_ptr_array_add (pick->chosen, g_strdup (list[i]));
          pick_ask_name (pick, list[i]);
        }
      pick_say (pick, "");
      pick_show_chips (pick);
      return;
    }

  pick->one = g_strdup (mh_record_text (record, control->index));
  pick_say (pick, pick->one != NULL ? pick_name_of (pick, pick->one) : "");
  if (pick->one != NULL)
    pick_ask_name (pick, pick->one);
}

/* Codes are capitals, however they are typed. */
static char *
typed_code (Pick *pick)
{
  g_autofree char *text = mh_text_clean (pick_typed (pick));
  return g_strcmp0 (pick->control->field->format, "code") == 0 ? g_ascii_strup (text, -1)
                                                               : g_steal_pointer (&text);
}

/* Codes typed in full, by who knows them. */
static void
read_typed (Pick *pick, MhRecord *record)
{
  g_auto (GStrv) parts = g_strsplit (pick_typed (pick), ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      mh_record_add_to_list (record, pick->control->index, parts[i]);
}

static gboolean
pick_read (MhControl *control, MhRecord *record, char **out_echo, char **out_complaint)
{
  Pick *pick = control->own;
  mh_record_set_null (record, control->index);
  for (guint i = 0; i < pick->chosen->len; i++)
    mh_record_add_to_list (record, control->index, g_ptr_array_index (pick->chosen, i));
  if (is_several (pick))
    read_typed (pick, record);
  else if (pick->one != NULL)
    mh_record_set_text (record, control->index, pick->one);
  else if (*pick_typed (pick) != 0 && control->field->kind == MH_KIND_REF)
    {
      *out_complaint = g_strdup (_ ("Choose one from the list"));
      return FALSE;
    }
  else if (*pick_typed (pick) != 0)
    mh_record_take_text (record, control->index, typed_code (pick));

  return TRUE;
}

static void
pick_free (gpointer data)
{
  Pick *pick = data;
  g_clear_handle_id (&pick->pending, g_source_remove);
  g_signal_handlers_disconnect_by_data (pick->found, pick);
  if (pick->also != NULL)
    g_signal_handlers_disconnect_by_data (pick->also, pick);
  g_signal_handlers_disconnect_by_data (pick->control->focus, pick);
  gtk_widget_remove_controller (pick->control->focus, pick->keys);
  gtk_widget_remove_controller (pick->control->focus, pick->focus);
  for (guint i = 0; i < pick->asked->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (pick->asked, i), pick);
  g_object_unref (pick->found);
  g_clear_object (&pick->also);
  g_ptr_array_unref (pick->asked);
  g_ptr_array_unref (pick->chosen);
  g_hash_table_unref (pick->names);
  g_free (pick->one);
  g_free (pick);
}

/* --- making it --- */

static void
pick_make_popover (Pick *pick)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *none = gtk_label_new (_ ("Nothing found"));
  pick->rows = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (pick->rows), GTK_SELECTION_BROWSE);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (pick->rows), none);
  gtk_widget_add_css_class (pick->rows, "navigation-sidebar");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), pick->rows);
  pick->popover = gtk_popover_new ();
  gtk_popover_set_autohide (GTK_POPOVER (pick->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (pick->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (pick->popover), GTK_POS_BOTTOM);
  gtk_popover_set_child (GTK_POPOVER (pick->popover), scroller);
  gtk_widget_add_css_class (pick->popover, "menu");
  gtk_widget_set_parent (pick->popover, GTK_WIDGET (pick->control->row));
  g_signal_connect (pick->rows, "row-activated", G_CALLBACK (pick_row_cb), pick);
}

static void
pick_listen (Pick *pick)
{
  GtkWidget *entry = pick->control->focus;
  pick->keys = gtk_event_controller_key_new ();
  pick->focus = gtk_event_controller_focus_new ();
  gtk_event_controller_set_propagation_phase (pick->keys, GTK_PHASE_CAPTURE);
  g_signal_connect (pick->keys, "key-pressed", G_CALLBACK (pick_key_cb), pick);
  g_signal_connect_swapped (pick->focus, "leave", G_CALLBACK (pick_left_cb), pick);
  gtk_widget_add_controller (entry, pick->keys);
  gtk_widget_add_controller (entry, pick->focus);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (pick_typed_cb), pick);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (pick_enter_cb), pick);
  g_signal_connect_swapped (entry, "icon-press", G_CALLBACK (pick_open_cb), pick);
}

static MhRecordList *
pick_list_new (Pick *pick, const char *route)
{
  MhRecordList *list = mh_record_list_new (pick->context, route);
  g_signal_connect_swapped (list, "items-changed", G_CALLBACK (pick_found_cb), pick);
  g_signal_connect_swapped (list, "notify::loading", G_CALLBACK (pick_loaded_cb), pick);
  return list;
}

void
mh_pick_make (MhControl *control, MhContext *context, const MhPickFrom *from)
{
  Pick *pick = g_new0 (Pick, 1);
  *pick = (Pick){ .control = control,
                  .context = context,
                  .from = from,
                  .asked = g_ptr_array_new_with_free_func (g_object_unref),
                  .names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
                  .chosen = g_ptr_array_new_with_free_func (g_free),
                  .chips = g_object_new (MH_TYPE_WRAP, "visible", FALSE, NULL) };
  pick->found = pick_list_new (pick, from->list_route);
  pick->also = from->also_route != NULL ? pick_list_new (pick, from->also_route) : NULL;
  control->own = pick;
  control->free_own = pick_free;
  control->show = pick_show;
  control->read = pick_read;
  control->focus = gtk_entry_new ();
  control->widget = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_box_append (GTK_BOX (control->widget), pick->chips);
  gtk_box_append (GTK_BOX (control->widget), control->focus);
  gtk_entry_set_placeholder_text (GTK_ENTRY (control->focus), _ ("Type to find"));
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (control->focus), GTK_ENTRY_ICON_SECONDARY,
                                     "pan-down-symbolic");
  gtk_entry_set_icon_tooltip_text (GTK_ENTRY (control->focus), GTK_ENTRY_ICON_SECONDARY,
                                   _ ("Choose (↓)"));
  pick_make_popover (pick);
  pick_listen (pick);
}
