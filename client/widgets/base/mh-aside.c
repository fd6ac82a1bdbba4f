/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-aside.h"

struct _MhAside
{
  GtkWidget parent_instance;
  GtkWidget *main, *aside;
  int threshold, share;
  gboolean wide;
  guint telling; /* idle source, 0: none */
};

G_DEFINE_FINAL_TYPE (MhAside, mh_aside, GTK_TYPE_WIDGET)

enum
{
  PROP_MAIN = 1,
  PROP_ASIDE,
  PROP_THRESHOLD,
  PROP_SHARE,
  PROP_WIDE,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static void
mh_aside_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_boolean (value, MH_ASIDE (object)->wide);
}

static void
mh_aside_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MhAside *aside = MH_ASIDE (object);
  if (id == PROP_THRESHOLD)
    aside->threshold = g_value_get_int (value);
  else if (id == PROP_SHARE)
    aside->share = CLAMP (g_value_get_int (value), 10, 90);
  else
    {
      GtkWidget **place = id == PROP_MAIN ? &aside->main : &aside->aside;
      g_clear_pointer (place, gtk_widget_unparent);
      *place = g_value_get_object (value);
      gtk_widget_set_parent (*place, GTK_WIDGET (aside));
    }

  gtk_widget_queue_resize (GTK_WIDGET (aside));
}

static void
mh_aside_dispose (GObject *object)
{
  MhAside *aside = MH_ASIDE (object);
  g_clear_handle_id (&aside->telling, g_source_remove);
  g_clear_pointer (&aside->main, gtk_widget_unparent);
  g_clear_pointer (&aside->aside, gtk_widget_unparent);
  G_OBJECT_CLASS (mh_aside_parent_class)->dispose (object);
}

/* The aside asks for nothing: it takes what is left over. */
static void
mh_aside_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  MhAside *aside = MH_ASIDE (widget);
  *minimum = *natural = 0;
  if (aside->main == NULL)
    return;
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= aside->threshold)
    for_size -= for_size * aside->share / 100;
  gtk_widget_measure (aside->main, orientation, for_size, minimum, natural, NULL, NULL);
}

static gboolean
tell_cb (gpointer data)
{
  MhAside *aside = data;
  aside->telling = 0;
  g_object_notify_by_pspec (G_OBJECT (aside), props[PROP_WIDE]);
  return G_SOURCE_REMOVE;
}

static void
mh_aside_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MhAside *aside = MH_ASIDE (widget);
  gboolean wide = aside->aside != NULL && width >= aside->threshold;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int beside = wide ? width * aside->share / 100 : 0, least = 0;

  if (aside->main == NULL)
    return;

  gtk_widget_measure (aside->main, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  wide = wide && width - beside >= least;
  if (!wide)
    beside = 0;
  gtk_widget_size_allocate (aside->main,
                            &(GtkAllocation){ rtl ? beside : 0, 0, width - beside, height }, -1);
  if (aside->aside != NULL)
    gtk_widget_set_child_visible (aside->aside, wide);
  if (wide)
    gtk_widget_size_allocate (aside->aside,
                              &(GtkAllocation){ rtl ? 0 : width - beside, 0, beside, height }, -1);

  /* Who listens changes widgets, which must wait until sizes are settled. */
  if (wide != aside->wide && aside->telling == 0)
    aside->telling = g_idle_add (tell_cb, aside);

  aside->wide = wide;
}

static void
mh_aside_class_init (MhAsideClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags written = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mh_aside_get_property;
  object_class->set_property = mh_aside_set_property;
  object_class->dispose = mh_aside_dispose;
  widget_class->measure = mh_aside_measure;
  widget_class->size_allocate = mh_aside_size_allocate;
  props[PROP_MAIN] = g_param_spec_object ("main", NULL, NULL, GTK_TYPE_WIDGET, written);
  props[PROP_ASIDE] = g_param_spec_object ("aside", NULL, NULL, GTK_TYPE_WIDGET, written);
  props[PROP_THRESHOLD] = g_param_spec_int ("threshold", NULL, NULL, 0, G_MAXINT, 1100, written);
  props[PROP_SHARE] = g_param_spec_int ("share", NULL, NULL, 10, 90, 45, written);
  props[PROP_WIDE]
      = g_param_spec_boolean ("wide", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mh_aside_init (MhAside *aside)
{
  aside->threshold = 1100;
  aside->share = 45;
  gtk_widget_set_hexpand (GTK_WIDGET (aside), TRUE);
}

gboolean
mh_aside_is_wide (MhAside *aside)
{
  g_return_val_if_fail (MH_IS_ASIDE (aside), FALSE);
  return aside->wide;
}
