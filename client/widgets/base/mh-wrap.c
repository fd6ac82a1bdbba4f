/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-wrap.h"

struct _MhWrap
{
  GtkWidget parent_instance;
  int spacing, line_spacing;
};

G_DEFINE_FINAL_TYPE (MhWrap, mh_wrap, GTK_TYPE_WIDGET)

enum
{
  PROP_SPACING = 1,
  PROP_LINE_SPACING,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

/* What stands in one line: from first to before end. */
typedef struct
{
  GtkWidget *first, *end;
  int width, height, expanding;
} Line;

static GtkWidget *
skip_hidden (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
wrap_next (GtkWidget *child)
{
  return skip_hidden (gtk_widget_get_next_sibling (child));
}

/* As wide as it likes to be, but not wider than the whole. */
static int
wrap_width_of (GtkWidget *child, int available)
{
  int minimum, natural;
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return available < 0 ? natural : MAX (minimum, MIN (natural, available));
}

/* The line that begins with @first in a row of @available pixels; -1: all in one. */
static Line
line_from (MhWrap *wrap, GtkWidget *first, int available)
{
  Line line = { .first = first, .width = -wrap->spacing };
  GtkWidget *child = first;
  for (; child != NULL; child = wrap_next (child))
    {
      int width = wrap_width_of (child, available), height;
      if (child != first && available >= 0 && line.width + wrap->spacing + width > available)
        break;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
      line.width += wrap->spacing + width;
      line.height = MAX (line.height, height);
      line.expanding += gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
    }

  line.end = child;
  return line;
}

static GtkSizeRequestMode
mh_wrap_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mh_wrap_measure (GtkWidget *widget,
                 GtkOrientation orientation,
                 int for_size,
                 int *minimum,
                 int *natural,
                 int *minimum_baseline,
                 int *natural_baseline)
{
  MhWrap *wrap = MH_WRAP (widget);
  GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget));
  int least = 0, wanted = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    for (gboolean first = TRUE; child != NULL; child = wrap_next (child), first = FALSE)
      {
        int narrow, wide;
        gtk_widget_measure (child, orientation, -1, &narrow, &wide, NULL, NULL);
        least = MAX (least, narrow);
        wanted += wide + (first ? 0 : wrap->spacing);
      }
  else
    {
      for (gboolean first = TRUE; child != NULL; first = FALSE)
        {
          Line line = line_from (wrap, child, for_size);
          wanted += line.height + (first ? 0 : wrap->line_spacing);
          child = line.end;
        }
      least = wanted;
    }

  *minimum = least;
  *natural = wanted;
}

static void
mh_wrap_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  MhWrap *wrap = MH_WRAP (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget));

  /* What follows one that takes the room stands at the end, also in lines of its own. */
  gboolean at_end = child != NULL && gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
  for (int y = 0; child != NULL;)
    {
      Line line = line_from (wrap, child, width);
      int spare = MAX (0, width - line.width);
      int x = at_end && line.expanding == 0 ? spare : 0;
      /* all in one line: the place may be higher than needed */
      if (y == 0 && line.end == NULL)
        line.height = height;
      for (; child != line.end; child = wrap_next (child))
        {
          int own = wrap_width_of (child, width);
          if (line.expanding > 0 && gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
            {
              int more = spare / line.expanding--;
              own += more;
              spare -= more;
            }
          GtkAllocation place = { mirrored ? width - x - own : x, y, own, line.height };
          gtk_widget_size_allocate (child, &place, -1);
          x += own + wrap->spacing;
        }
      y += line.height + wrap->line_spacing;
    }
}

static void
mh_wrap_compute_expand (GtkWidget *widget, gboolean *hexpand, gboolean *vexpand)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    *hexpand = *hexpand || gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
}

static void
mh_wrap_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MhWrap *wrap = MH_WRAP (object);
  g_value_set_int (value, id == PROP_SPACING ? wrap->spacing : wrap->line_spacing);
}

static void
mh_wrap_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  MhWrap *wrap = MH_WRAP (object);
  *(id == PROP_SPACING ? &wrap->spacing : &wrap->line_spacing) = g_value_get_int (value);
  gtk_widget_queue_resize (GTK_WIDGET (object));
}

void
mh_wrap_append (MhWrap *wrap, GtkWidget *child)
{
  g_return_if_fail (MH_IS_WRAP (wrap) && GTK_IS_WIDGET (child));
  gtk_widget_insert_before (child, GTK_WIDGET (wrap), NULL);
}

void
mh_wrap_clear (MhWrap *wrap)
{
  g_return_if_fail (MH_IS_WRAP (wrap));
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (wrap))) != NULL)
    gtk_widget_unparent (child);
}

static void
mh_wrap_dispose (GObject *object)
{
  mh_wrap_clear (MH_WRAP (object));
  G_OBJECT_CLASS (mh_wrap_parent_class)->dispose (object);
}

static void
mh_wrap_class_init (MhWrapClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  object->get_property = mh_wrap_get_property;
  object->set_property = mh_wrap_set_property;
  object->dispose = mh_wrap_dispose;
  widget->get_request_mode = mh_wrap_get_request_mode;
  widget->measure = mh_wrap_measure;
  widget->size_allocate = mh_wrap_size_allocate;
  widget->compute_expand = mh_wrap_compute_expand;
  props[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 6,
                                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_LINE_SPACING] = g_param_spec_int ("line-spacing", NULL, NULL, 0, G_MAXINT16, 6,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object, N_PROPS, props);
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
mh_wrap_init (MhWrap *wrap)
{
  wrap->spacing = wrap->line_spacing = 6;
}
