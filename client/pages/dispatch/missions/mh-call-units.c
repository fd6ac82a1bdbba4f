/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/missions/mh-call-units.h"

#include "client/models/mh-record-list.h"
#include "client/pages/dispatch/missions/mh-mission-words.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/table/mh-row.h"
#include "shared/records/dispatch/mh-mission.h"

#include <glib/gi18n-lib.h>

struct _MhCallUnits
{
  GtkWidget parent_instance;
  MhRecordList *missions;
  char *call_id;    /* NULL: of none */
  GPtrArray *shown; /* MhRecord, in the order of the rows */
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (MhCallUnits, mh_call_units, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* --- which ones --- */

static gboolean
call_units_belongs (MhRecord *mission, gpointer data)
{
  return g_strcmp0 (mh_record_text (mission, MH_MISSION_CALL_ID), MH_CALL_UNITS (data)->call_id)
         == 0;
}

/* Who is on it stands above who was; then who was sent first. */
static int
call_units_compare (gconstpointer a, gconstpointer b)
{
  MhRecord *one = *(MhRecord *const *)a, *other = *(MhRecord *const *)b;
  const int open = mh_mission_is_open (other) - mh_mission_is_open (one);
  const gint64 by
      = mh_record_int (one, MH_MISSION_ASSIGNED_AT) - mh_record_int (other, MH_MISSION_ASSIGNED_AT);
  return open != 0 ? open : by < 0 ? -1 : by > 0;
}

MhRecord *
mh_call_units_chosen (MhCallUnits *units)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (units->list);
  const guint at = row != NULL ? (guint)gtk_list_box_row_get_index (row) : G_MAXUINT;
  return at < units->shown->len ? g_ptr_array_index (units->shown, at) : NULL;
}

/* --- the rows --- */

static void
call_units_fill (MhCallUnits *units, guint at)
{
  MhRecord *mission = g_ptr_array_index (units->shown, at);
  MhRow *line = mh_rows_nth (units->list, at);
  g_autofree char *state = mh_mission_state_text (mission);
  g_autofree char *steps = mh_mission_steps_text (mission);
  mh_row_set (line, mh_record_text (mission, MH_MISSION_UNIT_CODE), NULL, steps);
  mh_row_set_mark (line, state, mh_mission_state_style (mission));
  g_object_set (line, "subtitle-lines", 2, NULL);
}

static gboolean
call_units_are_same (MhCallUnits *units, GPtrArray *now)
{
  gboolean same = units->shown->len == now->len;
  for (guint i = 0; same && i < now->len; i++)
    same = g_str_equal (mh_record_id (g_ptr_array_index (units->shown, i)),
                        mh_record_id (g_ptr_array_index (now, i)));
  return same;
}

static int
call_units_index (GPtrArray *missions, const char *id)
{
  for (guint i = 0; i < missions->len; i++)
    if (g_strcmp0 (mh_record_id (g_ptr_array_index (missions, i)), id) == 0)
      return (int)i;
  return 0;
}

/* Rows stay as long as they are about the same, with the keys in them; the unit that was chosen
 * stays so, at first it is the one above. */
static void
call_units_follow_cb (MhCallUnits *units)
{
  GListModel *model = G_LIST_MODEL (units->missions);
  MhRecord *was = mh_call_units_chosen (units);
  g_autofree char *chosen = was != NULL ? g_strdup (mh_record_id (was)) : NULL;
  g_autoptr (GPtrArray) now = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; units->call_id != NULL && i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (MhRecord) mission = g_list_model_get_item (model, i);
      if (call_units_belongs (mission, units)) /* not those of the call before */
        g_ptr_array_add (now, g_steal_pointer (&mission));
    }
  g_ptr_array_sort (now, call_units_compare);

  gboolean same = call_units_are_same (units, now);
  g_ptr_array_unref (units->shown);
  units->shown = g_ptr_array_ref (now);
  if (!same)
    mh_rows_renew (units->list, now->len);
  for (guint i = 0; i < now->len; i++)
    call_units_fill (units, i);
  if (!same && now->len > 0)
    gtk_list_box_select_row (
        units->list, gtk_list_box_get_row_at_index (units->list, call_units_index (now, chosen)));
  gtk_widget_set_visible (GTK_WIDGET (units), now->len > 0);
  g_signal_emit (units, signals[CHANGED], 0);
}

void
mh_call_units_tick (MhCallUnits *units)
{
  for (guint i = 0; i < units->shown->len; i++)
    call_units_fill (units, i);
}

static void
call_units_selected_cb (MhCallUnits *units)
{
  g_signal_emit (units, signals[CHANGED], 0);
}

/* --- the widget --- */

void
mh_call_units_begin (MhCallUnits *units, MhContext *context)
{
  units->missions = mh_record_list_new (context, "mission.list");
  mh_record_list_set_belongs (units->missions, call_units_belongs, units);
  mh_record_list_set_keep (units->missions, TRUE);
  g_signal_connect_object (units->missions, "notify::n-items", G_CALLBACK (call_units_follow_cb),
                           units, G_CONNECT_SWAPPED);
}

void
mh_call_units_show (MhCallUnits *units, const char *call_id)
{
  if (units->missions == NULL || g_strcmp0 (units->call_id, call_id) == 0)
    return;
  g_free (units->call_id);
  units->call_id = g_strdup (call_id);
  call_units_follow_cb (units);
  if (call_id != NULL)
    mh_record_list_set_args (units->missions, (const char *[]){ "call_id", call_id, NULL });
}

static void
mh_call_units_dispose (GObject *object)
{
  MhCallUnits *units = MH_CALL_UNITS (object);
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (units))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&units->missions);
  G_OBJECT_CLASS (mh_call_units_parent_class)->dispose (object);
}

static void
mh_call_units_finalize (GObject *object)
{
  g_ptr_array_unref (MH_CALL_UNITS (object)->shown);
  g_free (MH_CALL_UNITS (object)->call_id);
  G_OBJECT_CLASS (mh_call_units_parent_class)->finalize (object);
}

static void
mh_call_units_class_init (MhCallUnitsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_call_units_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_call_units_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  signals[CHANGED] = g_signal_new ("changed", MH_TYPE_CALL_UNITS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
mh_call_units_init (MhCallUnits *units)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (units));
  GtkWidget *heading = mh_heading (_ ("Units"));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  units->shown = g_ptr_array_new_with_free_func (g_object_unref);
  units->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (units->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (units->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Units of this call"), -1);
  gtk_widget_set_parent (heading, GTK_WIDGET (units));
  gtk_widget_set_parent (GTK_WIDGET (units->list), GTK_WIDGET (units));
  gtk_widget_set_visible (GTK_WIDGET (units), FALSE);
  g_signal_connect_object (units->list, "row-selected", G_CALLBACK (call_units_selected_cb), units,
                           G_CONNECT_SWAPPED);
}
