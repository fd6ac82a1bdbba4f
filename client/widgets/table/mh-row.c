/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/table/mh-row.h"

#include "client/compat/mh-compat.h"

struct _MhRow
{
  GtkWidget parent_instance;
  GtkImage *icon;
  GtkLabel *title, *mark, *trailing, *subtitle;
  char *mark_style;
};

G_DEFINE_FINAL_TYPE (MhRow, mh_row, GTK_TYPE_WIDGET)

enum
{
  PROP_TITLE = 1,
  PROP_SUBTITLE,
  PROP_TRAILING,
  PROP_MARK,
  PROP_MARK_STYLE,
  PROP_ICON_NAME,
  PROP_TITLE_LINES,
  PROP_SUBTITLE_LINES,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

/* NULL: the property is no text of a label. */
static GtkLabel *
row_label_of (MhRow *row, guint id)
{
  switch (id)
    {
    case PROP_TITLE:
      return row->title;
    case PROP_SUBTITLE:
      return row->subtitle;
    case PROP_TRAILING:
      return row->trailing;
    case PROP_MARK:
      return row->mark;
    default:
      return NULL;
    }
}

static void
row_tell_name (MhRow *row)
{
  GtkLabel *const labels[] = { row->title, row->mark, row->trailing, row->subtitle };
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      const char *text = gtk_label_get_label (labels[i]);
      if (*text != '\0')
        g_string_append_printf (name, "%s%s", name->len > 0 ? ", " : "", text);
    }

  /* in a list box the row around it has the keys, and is read */
  GtkWidget *around = gtk_widget_get_parent (GTK_WIDGET (row));
  mh_accessible_name (GTK_WIDGET (row), name->str);
  if (GTK_IS_LIST_BOX_ROW (around))
    mh_accessible_name (around, name->str);
}

static void
row_parent_cb (MhRow *row)
{
  row_tell_name (row);
}

/* What is empty takes no room; the title is what holds the row open. */
static void
row_set_text (MhRow *row, guint id, const char *text)
{
  GtkLabel *label = row_label_of (row, id);
  const char *shown = text != NULL ? text : "";
  if (g_str_equal (gtk_label_get_label (label), shown))
    return;

  gtk_label_set_label (label, shown);
  gtk_widget_set_visible (GTK_WIDGET (label), *shown != '\0' || id == PROP_TITLE);
  row_tell_name (row);
  g_object_notify_by_pspec (G_OBJECT (row), props[id]);
}

static void
row_set_mark_style (MhRow *row, const char *style)
{
  if (g_strcmp0 (style, row->mark_style) == 0)
    return;

  if (row->mark_style != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (row->mark), row->mark_style);
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (row->mark), style);
  g_free (row->mark_style);
  row->mark_style = g_strdup (style);
  g_object_notify_by_pspec (G_OBJECT (row), props[PROP_MARK_STYLE]);
}

static void
row_set_icon_name (MhRow *row, const char *name)
{
  gtk_image_set_from_icon_name (row->icon, name);
  gtk_widget_set_visible (GTK_WIDGET (row->icon), name != NULL);
}

static void
row_set_lines (GtkLabel *label, int lines)
{
  gtk_label_set_wrap (label, lines > 1);
  gtk_label_set_lines (label, lines > 1 ? lines : -1);
}

static void
mh_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MhRow *row = MH_ROW (object);
  if (id == PROP_TITLE_LINES || id == PROP_SUBTITLE_LINES)
    g_value_set_int (
        value, MAX (gtk_label_get_lines (id == PROP_TITLE_LINES ? row->title : row->subtitle), 1));
  else if (id == PROP_ICON_NAME)
    g_value_set_string (value, gtk_image_get_icon_name (row->icon));
  else if (id == PROP_MARK_STYLE)
    g_value_set_string (value, row->mark_style);
  else
    g_value_set_string (value, gtk_label_get_label (row_label_of (row, id)));
}

static void
mh_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MhRow *row = MH_ROW (object);
  if (id == PROP_TITLE_LINES || id == PROP_SUBTITLE_LINES)
    row_set_lines (id == PROP_TITLE_LINES ? row->title : row->subtitle, g_value_get_int (value));
  else if (id == PROP_ICON_NAME)
    row_set_icon_name (row, g_value_get_string (value));
  else if (id == PROP_MARK_STYLE)
    row_set_mark_style (row, g_value_get_string (value));
  else
    row_set_text (row, id, g_value_get_string (value));
}

static void
mh_row_dispose (GObject *object)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (mh_row_parent_class)->dispose (object);
}

static void
mh_row_finalize (GObject *object)
{
  g_free (MH_ROW (object)->mark_style);
  G_OBJECT_CLASS (mh_row_parent_class)->finalize (object);
}

static void
mh_row_class_init (MhRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = mh_row_dispose;
  object_class->finalize = mh_row_finalize;
  object_class->get_property = mh_row_get_property;
  object_class->set_property = mh_row_set_property;
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  props[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  props[PROP_TRAILING] = g_param_spec_string ("trailing", NULL, NULL, NULL, flags);
  props[PROP_MARK] = g_param_spec_string ("mark", NULL, NULL, NULL, flags);
  props[PROP_MARK_STYLE] = g_param_spec_string ("mark-style", NULL, NULL, NULL, flags);
  props[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  props[PROP_TITLE_LINES] = g_param_spec_int ("title-lines", NULL, NULL, 1, 10, 1, flags);
  props[PROP_SUBTITLE_LINES] = g_param_spec_int ("subtitle-lines", NULL, NULL, 1, 10, 1, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkLabel *
row_add_label (GtkWidget *box, const char *style, gboolean at_end)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), at_end ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), at_end ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, !at_end);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
mh_row_init (MhRow *row)
{
  GtkWidget *widget = GTK_WIDGET (row);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *top = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  row->icon = GTK_IMAGE (gtk_image_new ());
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (widget)), 12);
  gtk_widget_set_margin_top (widget, 4);
  gtk_widget_set_margin_bottom (widget, 4);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (GTK_WIDGET (row->icon), widget);
  gtk_widget_set_parent (words, widget);
  gtk_box_append (GTK_BOX (words), top);

  row->title = row_add_label (top, "heading", FALSE);
  row->mark = row_add_label (top, "mh-flag", TRUE);
  row->trailing = row_add_label (top, "heading", TRUE);
  row->subtitle = row_add_label (words, "dim-label", FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (row->trailing), "numeric");
  gtk_widget_set_visible (GTK_WIDGET (row->icon), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (row->mark), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (row->trailing), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (row->subtitle), FALSE);
  g_signal_connect (row, "notify::parent", G_CALLBACK (row_parent_cb), NULL);
}

GtkWidget *
mh_row_new (void)
{
  return g_object_new (MH_TYPE_ROW, NULL);
}

void
mh_row_set (MhRow *row, const char *title, const char *trailing, const char *subtitle)
{
  g_return_if_fail (MH_IS_ROW (row));
  row_set_text (row, PROP_TITLE, title);
  row_set_text (row, PROP_TRAILING, trailing);
  row_set_text (row, PROP_SUBTITLE, subtitle);
}

void
mh_row_set_mark (MhRow *row, const char *text, const char *style)
{
  g_return_if_fail (MH_IS_ROW (row));
  row_set_text (row, PROP_MARK, text);
  row_set_mark_style (row, style);
}

void
mh_rows_set_n (GtkListBox *list, guint n)
{
  guint there = 0;
  for (GtkListBoxRow *row; (row = gtk_list_box_get_row_at_index (list, (int)there)) != NULL;)
    if (there < n)
      there++;
    else
      gtk_list_box_remove (list, GTK_WIDGET (row));

  for (; there < n; there++)
    {
      GtkWidget *line = mh_row_new ();
      gtk_widget_add_css_class (line, "mh-row");
      gtk_list_box_append (list, line);
    }
}

void
mh_rows_renew (GtkListBox *list, guint n)
{
  mh_rows_set_n (list, 0);
  mh_rows_set_n (list, n);
}

MhRow *
mh_rows_nth (GtkListBox *list, guint at)
{
  return MH_ROW (gtk_list_box_row_get_child (gtk_list_box_get_row_at_index (list, (int)at)));
}
