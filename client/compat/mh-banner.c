/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/compat/mh-compat.h"

struct _MhBanner
{
  GtkWidget parent_instance;
  GtkWidget *revealer;
  GtkWidget *label;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (MhBanner, mh_banner, GTK_TYPE_WIDGET)

enum
{
  PROP_TITLE = 1,
  PROP_BUTTON,
  PROP_REVEALED,
  N_PROPS
};
static GParamSpec *props[N_PROPS];
static guint button_clicked;

static void
mh_banner_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MhBanner *banner = MH_BANNER (object);
  if (id == PROP_TITLE)
    mh_banner_set_title (banner, g_value_get_string (value));
  else if (id == PROP_BUTTON)
    mh_banner_set_button (banner, g_value_get_string (value));
  else
    mh_banner_set_revealed (banner, g_value_get_boolean (value));
}

static void
mh_banner_dispose (GObject *object)
{
  MhBanner *banner = MH_BANNER (object);
  g_clear_pointer (&banner->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (mh_banner_parent_class)->dispose (object);
}

static void
mh_banner_class_init (MhBannerClass *klass)
{
  GParamFlags written = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  G_OBJECT_CLASS (klass)->dispose = mh_banner_dispose;
  G_OBJECT_CLASS (klass)->set_property = mh_banner_set_property;
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, written);
  props[PROP_BUTTON] = g_param_spec_string ("button", NULL, NULL, NULL, written);
  props[PROP_REVEALED] = g_param_spec_boolean ("revealed", NULL, NULL, FALSE, written);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_ALERT);
  button_clicked = g_signal_new ("button-clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
clicked_cb (MhBanner *banner)
{
  g_signal_emit (banner, button_clicked, 0);
}

/* Folded away it would still be told to a screen reader as something on show. */
static void
banner_folded_cb (MhBanner *banner)
{
  GtkRevealer *revealer = GTK_REVEALER (banner->revealer);
  if (!gtk_revealer_get_reveal_child (revealer) && !gtk_revealer_get_child_revealed (revealer))
    gtk_widget_set_visible (GTK_WIDGET (banner), FALSE);
}

static void
mh_banner_init (MhBanner *banner)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  banner->revealer = gtk_revealer_new ();
  banner->label = gtk_label_new (NULL);
  banner->button = gtk_button_new ();
  gtk_widget_add_css_class (box, "mh-banner");
  gtk_label_set_wrap (GTK_LABEL (banner->label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (banner->label), 0);
  gtk_widget_set_hexpand (banner->label, TRUE);
  gtk_widget_set_valign (banner->button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (banner->button, FALSE);
  gtk_box_append (GTK_BOX (box), banner->label);
  gtk_box_append (GTK_BOX (box), banner->button);
  gtk_revealer_set_child (GTK_REVEALER (banner->revealer), box);
  gtk_widget_set_parent (banner->revealer, GTK_WIDGET (banner));
  g_signal_connect_swapped (banner->button, "clicked", G_CALLBACK (clicked_cb), banner);
  g_signal_connect_swapped (banner->revealer, "notify::child-revealed",
                            G_CALLBACK (banner_folded_cb), banner);
  gtk_widget_set_visible (GTK_WIDGET (banner), FALSE);
}

GtkWidget *
mh_banner_new (const char *title)
{
  GtkWidget *banner = g_object_new (MH_TYPE_BANNER, NULL);
  mh_banner_set_title (MH_BANNER (banner), title);
  return banner;
}

void
mh_banner_set_title (MhBanner *banner, const char *title)
{
  g_return_if_fail (MH_IS_BANNER (banner));
  gtk_label_set_label (GTK_LABEL (banner->label), title != NULL ? title : "");
}

void
mh_banner_set_button (MhBanner *banner, const char *label)
{
  g_return_if_fail (MH_IS_BANNER (banner));
  gtk_widget_set_visible (banner->button, label != NULL);
  gtk_button_set_label (GTK_BUTTON (banner->button), label != NULL ? label : "");
}

void
mh_banner_set_revealed (MhBanner *banner, gboolean revealed)
{
  g_return_if_fail (MH_IS_BANNER (banner));
  if (revealed)
    gtk_widget_set_visible (GTK_WIDGET (banner), TRUE);
  gtk_revealer_set_reveal_child (GTK_REVEALER (banner->revealer), revealed);
}
