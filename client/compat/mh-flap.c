/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/compat/mh-compat.h"

struct _MhFlap
{
  GtkWidget parent_instance;
  GtkWidget *flap;
};

G_DEFINE_FINAL_TYPE (MhFlap, mh_flap, GTK_TYPE_WIDGET)

enum
{
  PROP_SIDE = 1,
  PROP_CONTENT,
  PROP_FOLDED,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static void
mh_flap_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_boolean (value, mh_flap_is_folded (MH_FLAP (object)));
}

static void
mh_flap_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  AdwFlap *flap = ADW_FLAP (MH_FLAP (object)->flap);
  if (id == PROP_SIDE)
    adw_flap_set_flap (flap, g_value_get_object (value));
  else
    adw_flap_set_content (flap, g_value_get_object (value));
}

static void
mh_flap_dispose (GObject *object)
{
  g_clear_pointer (&MH_FLAP (object)->flap, gtk_widget_unparent);
  G_OBJECT_CLASS (mh_flap_parent_class)->dispose (object);
}

static void
mh_flap_class_init (MhFlapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags written = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  object_class->dispose = mh_flap_dispose;
  object_class->get_property = mh_flap_get_property;
  object_class->set_property = mh_flap_set_property;
  props[PROP_SIDE] = g_param_spec_object ("side", NULL, NULL, GTK_TYPE_WIDGET, written);
  props[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, written);
  props[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
flap_folded_cb (MhFlap *flap)
{
  g_object_notify_by_pspec (G_OBJECT (flap), props[PROP_FOLDED]);
}

static void
mh_flap_init (MhFlap *flap)
{
  flap->flap = adw_flap_new ();
  adw_flap_set_separator (ADW_FLAP (flap->flap), gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  adw_flap_set_fold_policy (ADW_FLAP (flap->flap), ADW_FLAP_FOLD_POLICY_AUTO);
  adw_flap_set_fold_duration (ADW_FLAP (flap->flap), 0);
  gtk_widget_set_parent (flap->flap, GTK_WIDGET (flap));
  g_signal_connect_swapped (flap->flap, "notify::folded", G_CALLBACK (flap_folded_cb), flap);
}

void
mh_flap_set_revealed (MhFlap *flap, gboolean revealed)
{
  g_return_if_fail (MH_IS_FLAP (flap));
  adw_flap_set_reveal_flap (ADW_FLAP (flap->flap), revealed);
}

gboolean
mh_flap_is_revealed (MhFlap *flap)
{
  g_return_val_if_fail (MH_IS_FLAP (flap), FALSE);
  return adw_flap_get_reveal_flap (ADW_FLAP (flap->flap));
}

gboolean
mh_flap_is_folded (MhFlap *flap)
{
  g_return_val_if_fail (MH_IS_FLAP (flap), FALSE);
  return flap->flap != NULL && adw_flap_get_folded (ADW_FLAP (flap->flap));
}
