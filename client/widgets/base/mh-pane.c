/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-pane.h"

#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-closures.h"
#include "client/widgets/base/mh-part.h"

typedef struct
{
  MhPart part;
  guint soon; /* source */
  void (*call) (MhPane *pane);
} MhPanePrivate;

static void page_iface_init (MhPageInterface *iface);
G_DEFINE_ABSTRACT_TYPE_WITH_CODE (MhPane,
                                  mh_pane,
                                  GTK_TYPE_WIDGET,
                                  G_ADD_PRIVATE (MhPane)
                                      G_IMPLEMENT_INTERFACE (MH_TYPE_PAGE, page_iface_init))

enum
{
  PROP_CONTEXT = 1,
  PROP_SELF,
  PROP_REVISION,
  PROP_PROBLEM,
  PROP_BUSY,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static MhPart *
pane_part_of (gpointer pane)
{
  MhPanePrivate *priv = mh_pane_get_instance_private (MH_PANE (pane));
  return &priv->part;
}

/* --- as a page --- */

static void
page_open (MhPage *page, const char *what)
{
  if (MH_PANE_GET_CLASS (page)->open != NULL)
    MH_PANE_GET_CLASS (page)->open (MH_PANE (page), what);
}

static gboolean
page_scan (MhPage *page, int kind, const char *code)
{
  return MH_PANE_GET_CLASS (page)->scan != NULL
         && MH_PANE_GET_CLASS (page)->scan (MH_PANE (page), kind, code);
}

static void
page_let_go (MhPage *page)
{
  if (MH_PANE_GET_CLASS (page)->let_go != NULL)
    MH_PANE_GET_CLASS (page)->let_go (MH_PANE (page));
}

static void
page_shown (MhPage *page)
{
  if (MH_PANE_GET_CLASS (page)->shown != NULL)
    MH_PANE_GET_CLASS (page)->shown (MH_PANE (page));
}

static gboolean
page_type_ahead (MhPage *page, const char *text)
{
  return MH_PANE_GET_CLASS (page)->type_ahead != NULL
         && MH_PANE_GET_CLASS (page)->type_ahead (MH_PANE (page), text);
}

static gboolean
page_may_close (MhPage *page)
{
  return MH_PANE_GET_CLASS (page)->may_close == NULL
         || MH_PANE_GET_CLASS (page)->may_close (MH_PANE (page));
}

static void
page_iface_init (MhPageInterface *iface)
{
  iface->open = page_open;
  iface->scan = page_scan;
  iface->let_go = page_let_go;
  iface->shown = page_shown;
  iface->type_ahead = page_type_ahead;
  iface->may_close = page_may_close;
}

/* --- the object --- */

static void
mh_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  MhPart *part = pane_part_of (object);
  if (id == PROP_REVISION)
    g_value_set_uint (value, part->revision);
  else if (id == PROP_PROBLEM)
    g_value_set_string (value, part->problem);
  else if (id == PROP_BUSY)
    g_value_set_boolean (value, part->busy);
  else if (id == PROP_SELF)
    g_value_set_object (value, part->context != NULL ? object : NULL);
  else
    g_value_set_object (value, part->context);
}

/* The tabs of the pane that are not on show. */
static void
pane_hide_rest (GtkWidget *at)
{
  if (GTK_IS_STACK (at))
    mh_stack_hide_rest (GTK_STACK (at));
  for (GtkWidget *child = gtk_widget_get_first_child (at); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    pane_hide_rest (child);
}

static void
mh_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (mh_part_take_context (pane_part_of (object), GTK_WIDGET (object), g_value_get_object (value)))
    {
      if (MH_PANE_GET_CLASS (object)->begin != NULL)
        MH_PANE_GET_CLASS (object)->begin (MH_PANE (object));
      g_object_notify_by_pspec (object, props[PROP_SELF]);
    }

  if (pane_part_of (object)->context != NULL)
    pane_hide_rest (GTK_WIDGET (object));
}

static void
mh_pane_dispose (GObject *object)
{
  MhPanePrivate *priv = mh_pane_get_instance_private (MH_PANE (object));
  g_clear_handle_id (&priv->soon, g_source_remove);
  mh_part_dispose (pane_part_of (object), GTK_WIDGET (object), MH_TYPE_PANE);
  mh_template_dispose (GTK_WIDGET (object), MH_TYPE_PANE);
  G_OBJECT_CLASS (mh_pane_parent_class)->dispose (object);
}

static void
mh_pane_finalize (GObject *object)
{
  g_free (pane_part_of (object)->problem);
  G_OBJECT_CLASS (mh_pane_parent_class)->finalize (object);
}

static void
mh_pane_class_init (MhPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = mh_pane_get_property;
  object_class->set_property = mh_pane_set_property;
  object_class->dispose = mh_pane_dispose;
  object_class->finalize = mh_pane_finalize;
  props[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, MH_TYPE_CONTEXT,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_SELF] = g_param_spec_object ("self", NULL, NULL, MH_TYPE_PANE,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_BUSY]
      = g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_REVISION] = g_param_spec_uint ("revision", NULL, NULL, 0, G_MAXUINT, 0,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mh_pane_init (MhPane *pane)
{
  mh_part_init (pane_part_of (pane));
}

void
mh_template_dispose (GtkWidget *widget, GType type)
{
  GtkWidget *child;
  if (G_OBJECT_TYPE (widget) == type)
    gtk_widget_dispose_template (widget, type);
  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}

MhContext *
mh_pane_context (MhPane *pane)
{
  g_return_val_if_fail (MH_IS_PANE (pane), NULL);
  return pane_part_of (pane)->context;
}

GCancellable *
mh_pane_cancellable (MhPane *pane)
{
  g_return_val_if_fail (MH_IS_PANE (pane), NULL);
  return pane_part_of (pane)->cancellable;
}

void
mh_pane_changed (MhPane *pane)
{
  g_return_if_fail (MH_IS_PANE (pane));
  pane_part_of (pane)->revision++;
  g_object_notify_by_pspec (G_OBJECT (pane), props[PROP_REVISION]);
}

void
mh_pane_complain (MhPane *pane, const char *words)
{
  g_return_if_fail (MH_IS_PANE (pane));
  MhPart *part = pane_part_of (pane);
  char *before = part->problem;
  part->problem = g_strdup (words);
  g_free (before);
  g_object_notify_by_pspec (G_OBJECT (pane), props[PROP_PROBLEM]);
}

void
mh_pane_set_busy (MhPane *pane, gboolean busy)
{
  g_return_if_fail (MH_IS_PANE (pane));
  pane_part_of (pane)->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (pane), props[PROP_BUSY]);
}

void
mh_pane_keep (MhPane *pane, gpointer location, gpointer object)
{
  g_return_if_fail (MH_IS_PANE (pane));
  mh_part_keep (pane_part_of (pane), location, object);
}

static gboolean
pane_soon_cb (gpointer data)
{
  MhPanePrivate *priv = mh_pane_get_instance_private (data);
  priv->soon = 0;
  priv->call (data);
  return G_SOURCE_REMOVE;
}

void
mh_pane_soon (MhPane *pane, guint after_ms, void (*call) (MhPane *pane))
{
  g_return_if_fail (MH_IS_PANE (pane) && call != NULL);
  MhPanePrivate *priv = mh_pane_get_instance_private (pane);
  g_return_if_fail (priv->soon == 0 || priv->call == call);
  if (priv->soon != 0 || priv->part.context == NULL)
    return;
  priv->call = call;
  priv->soon = after_ms > 0 ? g_timeout_add (after_ms, pane_soon_cb, pane)
                            : g_idle_add (pane_soon_cb, pane);
}
