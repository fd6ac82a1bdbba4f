/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-key-button.h"

#include "client/compat/mh-compat.h"

struct _MhKeyButton
{
  GtkButton parent_instance;
  GtkWidget *text, *key;
};

G_DEFINE_FINAL_TYPE (MhKeyButton, mh_key_button, GTK_TYPE_BUTTON)

enum
{
  PROP_TEXT = 1,
  PROP_KEY,
  PROP_SECONDARY,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static void
mh_key_button_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MhKeyButton *button = MH_KEY_BUTTON (object);
  g_value_set_string (
      value, gtk_label_get_label (GTK_LABEL (id == PROP_TEXT ? button->text : button->key)));
}

static void
mh_key_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MhKeyButton *button = MH_KEY_BUTTON (object);
  if (id == PROP_TEXT)
    mh_key_button_set_text (button, g_value_get_string (value));
  else if (id == PROP_SECONDARY && g_value_get_boolean (value))
    gtk_widget_remove_css_class (GTK_WIDGET (button), "suggested-action");
  else if (id == PROP_KEY)
    {
      const char *text = g_value_get_string (value);
      gtk_label_set_label (GTK_LABEL (button->key), text != NULL ? text : "");
      gtk_widget_set_visible (button->key, text != NULL && text[0] != 0);
    }
}

static void
mh_key_button_class_init (MhKeyButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = mh_key_button_get_property;
  object_class->set_property = mh_key_button_set_property;
  props[PROP_TEXT]
      = g_param_spec_string ("text", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_KEY]
      = g_param_spec_string ("key", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_SECONDARY] = g_param_spec_boolean ("secondary", NULL, NULL, FALSE,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
mh_key_button_init (MhKeyButton *button)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  button->text = gtk_label_new_with_mnemonic ("");
  button->key = gtk_label_new ("");
  gtk_widget_add_css_class (button->key, "mh-key");
  gtk_widget_set_visible (button->key, FALSE);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), button->text);
  gtk_box_append (GTK_BOX (box), button->key);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_label_set_mnemonic_widget (GTK_LABEL (button->text), GTK_WIDGET (button));
  gtk_widget_add_css_class (GTK_WIDGET (button), "suggested-action");
  gtk_widget_add_css_class (GTK_WIDGET (button), "mh-primary");
}

void
mh_key_button_set_text (MhKeyButton *button, const char *text)
{
  g_return_if_fail (MH_IS_KEY_BUTTON (button));
  gtk_label_set_text_with_mnemonic (GTK_LABEL (button->text), text != NULL ? text : "");
  mh_accessible_name (GTK_WIDGET (button), gtk_label_get_text (GTK_LABEL (button->text)));
}

int
mh_key_nth (guint key)
{
  if (key >= GDK_KEY_1 && key <= GDK_KEY_9)
    return (int)(key - GDK_KEY_1);
  return key >= GDK_KEY_KP_1 && key <= GDK_KEY_KP_9 ? (int)(key - GDK_KEY_KP_1) : -1;
}
