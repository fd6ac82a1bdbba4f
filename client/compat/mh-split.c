/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/compat/mh-compat.h"

struct _MhSplit
{
  GtkWidget parent_instance;
  GtkWidget *leaflet;
  GtkWidget *start;
  GtkWidget *end;
  int start_width, end_width;
  gboolean grow_start;
};

G_DEFINE_FINAL_TYPE (MhSplit, mh_split, GTK_TYPE_WIDGET)

enum
{
  PROP_FOLDED = 1,
  PROP_START,
  PROP_START_WIDTH,
  PROP_END,
  PROP_END_WIDTH,
  PROP_GROW_START,
  N_PROPS
};
static GParamSpec *props[N_PROPS];
#define PARAM_WRITTEN (G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS)

static void
mh_split_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_boolean (value, mh_split_is_folded (MH_SPLIT (object)));
}

static void
set_side (GtkWidget *side, gboolean grow, int width)
{
  /* The side that stays keeps to its width however much its content would like. The smallest
   * widths decide about folding; above 340 they would keep a phone's window from it. */
  int most = grow ? 100000 : (int)(width * mh_text_scale ());
  gtk_widget_set_size_request (side, (int)(MIN (width, 340) * mh_text_scale ()), -1);
  adw_clamp_set_maximum_size (ADW_CLAMP (side), most);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (side), most);
  gtk_widget_set_hexpand_set (side, TRUE);
  gtk_widget_set_hexpand (side, grow);
}

static void
split_set_sides (MhSplit *split)
{
  gboolean alone = adw_leaflet_get_folded (ADW_LEAFLET (split->leaflet));
  set_side (split->start, alone || split->grow_start, split->start_width);
  set_side (split->end, alone || !split->grow_start, split->end_width);
}

static void
mh_split_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MhSplit *split = MH_SPLIT (object);
  if (id == PROP_START || id == PROP_END)
    adw_clamp_set_child (ADW_CLAMP (id == PROP_START ? split->start : split->end),
                         g_value_get_object (value));
  else if (id == PROP_GROW_START)
    split->grow_start = g_value_get_boolean (value);
  else
    *(id == PROP_START_WIDTH ? &split->start_width : &split->end_width) = g_value_get_int (value);
  split_set_sides (split);
}

static void
mh_split_dispose (GObject *object)
{
  MhSplit *split = MH_SPLIT (object);
  g_clear_pointer (&split->leaflet, gtk_widget_unparent);
  G_OBJECT_CLASS (mh_split_parent_class)->dispose (object);
}

gboolean
mh_split_shows_end (MhSplit *split)
{
  g_return_val_if_fail (MH_IS_SPLIT (split), FALSE);
  return !mh_split_is_folded (split)
         || adw_leaflet_get_visible_child (ADW_LEAFLET (split->leaflet)) == split->end;
}

static void
split_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  mh_split_show_end (MH_SPLIT (widget), FALSE);
}

static void
mh_split_class_init (MhSplitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  object_class->dispose = mh_split_dispose;
  object_class->get_property = mh_split_get_property;
  object_class->set_property = mh_split_set_property;
  props[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_START] = g_param_spec_object ("start", NULL, NULL, GTK_TYPE_WIDGET, PARAM_WRITTEN);
  props[PROP_START_WIDTH]
      = g_param_spec_int ("start-width", NULL, NULL, 0, G_MAXINT, 340, PARAM_WRITTEN);
  props[PROP_END] = g_param_spec_object ("end", NULL, NULL, GTK_TYPE_WIDGET, PARAM_WRITTEN);
  props[PROP_END_WIDTH]
      = g_param_spec_int ("end-width", NULL, NULL, 0, G_MAXINT, 340, PARAM_WRITTEN);
  props[PROP_GROW_START] = g_param_spec_boolean ("grow-start", NULL, NULL, FALSE, PARAM_WRITTEN);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "split.back", NULL, split_back);
}

static void
split_folded_cb (MhSplit *split)
{
  split_set_sides (split);
  g_object_notify_by_pspec (G_OBJECT (split), props[PROP_FOLDED]);
}

static void
mh_split_init (MhSplit *split)
{
  split->leaflet = adw_leaflet_new ();
  split->start = adw_clamp_new ();
  split->end = adw_clamp_new ();
  split->start_width = split->end_width = 340;

  AdwLeaflet *leaflet = ADW_LEAFLET (split->leaflet);
  GtkWidget *line = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  adw_leaflet_set_transition_type (leaflet, ADW_LEAFLET_TRANSITION_TYPE_SLIDE);
  adw_leaflet_set_can_navigate_back (leaflet, TRUE);
  adw_leaflet_append (leaflet, split->start);
  adw_leaflet_page_set_navigatable (adw_leaflet_append (leaflet, line), FALSE);
  adw_leaflet_append (leaflet, split->end);
  adw_leaflet_set_fold_threshold_policy (leaflet, ADW_FOLD_THRESHOLD_POLICY_MINIMUM);
  split_set_sides (split);
  gtk_widget_set_parent (split->leaflet, GTK_WIDGET (split));
  g_signal_connect_swapped (split->leaflet, "notify::folded", G_CALLBACK (split_folded_cb), split);
}

GtkWidget *
mh_split_new (GtkWidget *start, int start_width, GtkWidget *end, int end_width)
{
  return g_object_new (MH_TYPE_SPLIT, "start", start, "start-width", start_width, "end", end,
                       "end-width", end_width, NULL);
}

void
mh_split_show_end (MhSplit *split, gboolean show_end)
{
  g_return_if_fail (MH_IS_SPLIT (split));
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (split));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  adw_leaflet_set_visible_child (ADW_LEAFLET (split->leaflet),
                                 show_end ? split->end : split->start);
  /* The leaflet takes the focus along, if only to a text that can be copied: the keys of the row
   * that is beside it would be lost. */
  if (focus != NULL && !mh_split_is_folded (split) && GTK_IS_LABEL (gtk_root_get_focus (root)))
    gtk_widget_grab_focus (focus);
}

gboolean
mh_split_is_folded (MhSplit *split)
{
  g_return_val_if_fail (MH_IS_SPLIT (split), FALSE);
  return adw_leaflet_get_folded (ADW_LEAFLET (split->leaflet));
}

void
mh_split_set_grow_start (MhSplit *split, gboolean grow_start)
{
  g_return_if_fail (MH_IS_SPLIT (split));
  g_object_set (split, "grow-start", grow_start, NULL);
}
