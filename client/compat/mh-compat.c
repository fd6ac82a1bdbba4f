/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/compat/mh-compat.h"

#include <glib/gi18n-lib.h>

/* --- messages --- */

void
mh_toast_add (AdwToastOverlay *overlay, AdwToast *toast)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (overlay));
  gboolean animated = FALSE;
  g_object_get (settings, "gtk-enable-animations", &animated, NULL);
  if (!animated || adw_get_major_version () > 1 || adw_get_minor_version () >= 7)
    {
      adw_toast_overlay_add_toast (overlay, toast);
      return;
    }

  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  adw_toast_overlay_add_toast (overlay, toast);
  gtk_settings_reset_property (settings, "gtk-enable-animations");
}

/* --- files --- */

static void
compat_picked_cb (GtkNativeDialog *native, int response, GTask *task)
{
  GFile *file = response == GTK_RESPONSE_ACCEPT
                    ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (native))
                    : NULL;
  g_task_return_pointer (task, file, g_object_unref);
  g_object_unref (task);
  g_object_unref (native);
}

void
mh_pick_file_async (GtkWidget *parent,
                    gboolean save,
                    const char *title,
                    const char *name,
                    const char *media,
                    GAsyncReadyCallback callback,
                    gpointer data)
{
  GtkRoot *root = parent != NULL ? gtk_widget_get_root (parent) : NULL;

  /* The reference is held until the response: nobody else holds a native dialog. */
  GtkFileChooserNative *native = gtk_file_chooser_native_new (
      title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
      save ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  GTask *task = g_task_new (parent, NULL, callback, data);

  if (save && name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), name);
  if (media != NULL)
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
      gtk_file_filter_add_mime_type (filter, media);
      gtk_file_chooser_set_filter (GTK_FILE_CHOOSER (native), filter);
    }

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  g_signal_connect (native, "response", G_CALLBACK (compat_picked_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

GFile *
mh_pick_file_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* --- windows --- */

static gboolean
escape_cb (GtkWidget *window, GVariant *args, gpointer data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

static gboolean
compat_begin_cb (gpointer content)
{
  GtkRoot *root = gtk_widget_get_root (content);
  if (root != NULL)
    {
      GtkWidget *first = g_object_get_data (G_OBJECT (root), "mh-first");
      gtk_root_set_focus (root, NULL);
      if (first == NULL || !gtk_widget_grab_focus (first))
        gtk_widget_child_focus (content, GTK_DIR_TAB_FORWARD);
    }
  return G_SOURCE_REMOVE;
}

/* The first field, not the window's default button, is where a person begins. GTK puts the focus on
 * the button right after mapping, and knows which field is the first when they have their places;
 * hence the wait. */
static void
compat_mapped_cb (GtkWidget *window, GtkWidget *content)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, compat_begin_cb, g_object_ref (content),
                   g_object_unref);
}

void
mh_dialog_fill (AdwWindow *window, GtkWidget *content)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (escape_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
  gtk_widget_set_vexpand (content, TRUE);
  g_signal_connect_object (window, "map", G_CALLBACK (compat_mapped_cb), content, G_CONNECT_AFTER);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), content);
  adw_window_set_content (window, box);
}

void
mh_dialog_begin_at (GtkWindow *window, GtkWidget *first)
{
  g_object_set_data (G_OBJECT (window), "mh-first", first);
}

void
mh_about_show (GtkWindow *parent, const char *version)
{
  GtkWidget *about = g_object_new (
      ADW_TYPE_ABOUT_WINDOW, "transient-for", parent, "modal", TRUE, "application-name",
      _ ("Mahima"), "application-icon", "org.mahima.Mahima", "version", version, "developer-name",
      _ ("The Mahima authors"), "license-type", GTK_LICENSE_GPL_3_0, "comments",
      _ ("A hospital laboratory and its front desk, on the desktop."), NULL);

  /* The licence of the codes asks for this notice wherever they ship; it is not translated. */
  adw_about_window_add_legal_section (
      ADW_ABOUT_WINDOW (about), "LOINC", NULL, GTK_LICENSE_CUSTOM,
      "This material contains content from LOINC (http://loinc.org). LOINC is copyright © "
      "Regenstrief "
      "Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee "
      "and is "
      "available at no cost under the license at http://loinc.org/license. LOINC® is a registered "
      "United States trademark of Regenstrief Institute, Inc.");
  adw_about_window_add_legal_section (ADW_ABOUT_WINDOW (about), "UCUM", NULL, GTK_LICENSE_CUSTOM,
                                      "UCUM is copyright © Regenstrief Institute, Inc. and the "
                                      "UCUM Organization, free to use under "
                                      "https://ucum.org/license.");
  gtk_window_present (GTK_WINDOW (about));
}

/* --- small things --- */

void
mh_list_scroll_to (GtkWidget *list, guint position)
{
  /* A GtkColumnView keeps the list, which has the action, as a child. */
  GtkWidget *child = GTK_IS_COLUMN_VIEW (list) ? gtk_widget_get_first_child (list) : list;
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child) || child == list)
      gtk_widget_activate_action (child, "list.scroll-to-item", "u", position);
}

void
mh_window_fill_browser (GtkWindow *window)
{
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (window));
  if (g_str_equal (G_OBJECT_TYPE_NAME (display), "GdkBroadwayDisplay"))
    gtk_window_maximize (window);
}

void
mh_sensitive_set (GtkWidget *widget, gboolean sensitive)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (!sensitive && focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget)))
    gtk_root_set_focus (root, NULL);
  gtk_widget_set_sensitive (widget, sensitive);
}

void
mh_tooltip_set (GtkWidget *widget, const char *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

double
mh_text_scale (void)
{
  int dpi = 0;
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? CLAMP (dpi / (96.0 * 1024), 1, 3) : 1;
}

static const char *
compat_label_of (GtkAccessible *accessible)
{
  if (GTK_IS_BUTTON (accessible))
    return gtk_button_get_label (GTK_BUTTON (accessible));
  return GTK_IS_CHECK_BUTTON (accessible)
             ? gtk_check_button_get_label (GTK_CHECK_BUTTON (accessible))
             : NULL;
}

/* A button names itself by its label as it was written, with the mark of its key: "Print _receipt".
 */
static gboolean
compat_names_itself (GtkAccessible *accessible)
{
  const char *label = compat_label_of (accessible);
  g_autofree char *other
      = label != NULL
            ? gtk_test_accessible_check_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, label)
            : NULL;
  return label != NULL && other == NULL;
}

static gboolean
compat_is_labelled_by (GtkAccessible *accessible, GtkWidget *label)
{
  g_autofree char *other = gtk_test_accessible_check_relation (
      accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL);
  return other == NULL;
}

/* The label in @widget that names @accessible alone. */
static GtkWidget *
compat_label_in (GtkAccessible *accessible, GtkWidget *widget)
{
  GtkWidget *found
      = GTK_IS_LABEL (widget) && compat_is_labelled_by (accessible, widget) ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = compat_label_in (accessible, child);
  return found;
}

/* A button that is pressed with its row is named by the row's title. GTK 4.8 says the words that it
 * shows before that ("Read", "21.11.2026"), 4.14 the title alone. */
static void
compat_name_in_row (GtkAccessible *accessible)
{
  GtkWidget *button = GTK_WIDGET (accessible);
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);
  GtkWidget *own = gtk_widget_get_first_child (button);
  if (gtk_check_version (4, 14, 0) != NULL || row == NULL || !GTK_IS_BUTTON (button)
      || adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row)) != button
      || !GTK_IS_LABEL (own))
    return;

  GtkWidget *title = compat_label_in (accessible, row);
  if (title != NULL && title != own)
    gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY, own, title,
                                    NULL, -1);
}

/* A name that was given beside the words that are shown: GTK 4.8 reads out both one after the other
 * ("Collect Collect"), 4.14 those that are shown alone. */
static void
compat_one_name_cb (GtkAccessible *accessible)
{
  compat_name_in_row (accessible);
  if (!gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
      || !gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    return;
  if (!compat_names_itself (accessible))
    gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  else if (compat_label_in (accessible, GTK_WIDGET (accessible)) != NULL)
    gtk_accessible_reset_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL);
}

void
mh_accessible_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  compat_one_name_cb (GTK_ACCESSIBLE (widget));
}

/* The label of a menu's item tells nobody its words. */
static void
compat_name_item (GtkWidget *item)
{
  g_autofree char *text = NULL;
  g_object_get (item, "text", &text, NULL);
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", "_", -1);
  g_autofree char *name = g_strjoinv ("", parts);
  mh_accessible_name (item, name);
}

static gboolean
compat_own_name_cb (GSignalInvocationHint *hint,
                    guint n_values,
                    const GValue *values,
                    gpointer data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton"))
    {
      if (gtk_check_version (4, 14, 0) == NULL)
        compat_name_item (widget);
    }
  else if (GTK_IS_STACK (widget))
    mh_stack_hide_rest (GTK_STACK (widget));
  else if (!GTK_IS_BUTTON (widget) && !GTK_IS_DROP_DOWN (widget) && !GTK_IS_EDITABLE (widget)
           && !GTK_IS_CHECK_BUTTON (widget) && !GTK_IS_TEXT_VIEW (widget))
    return TRUE;

  if (GTK_IS_BUTTON (widget))
    {
      /* and whenever it is called something else */
      g_signal_handlers_disconnect_by_func (widget, compat_one_name_cb, NULL);
      g_signal_connect (widget, "notify::label", G_CALLBACK (compat_one_name_cb), NULL);
    }

  compat_one_name_cb (GTK_ACCESSIBLE (widget));
  return TRUE;
}

void
mh_accessible_keep_names (void)
{
  /* a class has its signals only once it was asked for */
  g_autoptr (GTypeClass) widgets = g_type_class_ref (GTK_TYPE_WIDGET);
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, compat_own_name_cb, NULL,
                              NULL);
}

void
mh_colour_of (GtkWidget *widget, GdkRGBA *out_colour)
{
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), out_colour);
}

static void
compat_hide_rest_cb (GtkStack *stack)
{
  GtkWidget *shown = gtk_stack_get_visible_child (stack);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN,
                                 child != shown, -1);
}

void
mh_stack_hide_rest (GtkStack *stack)
{
  g_return_if_fail (GTK_IS_STACK (stack));
  if (g_object_get_data (G_OBJECT (stack), "mh-pages") != NULL)
    return;
  g_autoptr (GtkSelectionModel) pages = gtk_stack_get_pages (stack);
  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (compat_hide_rest_cb), NULL);
  g_signal_connect_object (pages, "items-changed", G_CALLBACK (compat_hide_rest_cb), stack,
                           G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (stack), "mh-pages", g_steal_pointer (&pages), g_object_unref);
  compat_hide_rest_cb (stack);
}

/* gtk_check_button_set_child() gives a screen reader no name for it before GTK 4.14. */
GtkWidget *
mh_check_button_new (const char *label)
{
  GtkWidget *check = gtk_check_button_new_with_label (label);
  GtkWidget *words = gtk_widget_get_last_child (check);
  g_return_val_if_fail (GTK_IS_LABEL (words), check);

  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (words), PANGO_WRAP_WORD_CHAR);
  return check;
}
