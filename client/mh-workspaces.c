/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-workspaces.h"

#include "client/compat/mh-compat.h"
#include "client/mh-notices.h"
#include "client/mh-pages.h"
#include "client/models/mh-positions.h"
#include "client/pages/clinic/chart/mh-chart-page.h"
#include "client/pages/clinic/chart/mh-doctor-inbox.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/hospital/mh-critical-bar.h"
#include "client/widgets/hospital/mh-glass-bar.h"
#include "shared/records/clinic/mh-inbox-item.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

#define NARROW 560 /* below it the header says less */

struct _MhWorkspaces
{
  MhPane parent_instance;
  MhHeader *header;
  MhFlap *flap;
  GtkListBox *rows;
  GtkStack *pages;
  MhNotices *notices;
  MhPositions *positions; /* NULL: whoever is signed in is on no unit ever */
  GSettings *settings;
  MhRecordList *results; /* new ones for the doctor; NULL: none are told of here */
  GtkWidget *n_results;
  MhGlassBar *glass;
  char *opened;        /* what the page on show was opened with last */
  GdkSurface *surface; /* the window's, which outlives it */
};

G_DEFINE_FINAL_TYPE (MhWorkspaces, mh_workspaces, MH_TYPE_PANE)

static guint scanned;

/* --- the page a person begins with --- */

static const MhPageInfo *
page_left_last (MhContext *context)
{
  g_autoptr (GSettings) settings = mh_shell_settings ();
  g_autofree char *person = NULL, *id = NULL;
  if (settings == NULL)
    return NULL;
  g_settings_get (settings, "last-page", "(ss)", &person, &id);
  const MhPageInfo *info = mh_page_find (id);
  gboolean theirs = g_strcmp0 (person, mh_context_username (context)) == 0;
  return theirs && info != NULL && mh_page_may (info, context) ? info : NULL;
}

static void
workspaces_remember (MhContext *context, const MhPageInfo *info)
{
  g_autoptr (GSettings) settings = mh_shell_settings ();
  const char *person = mh_context_username (context);
  if (settings != NULL)
    g_settings_set (settings, "last-page", "(ss)", person != NULL ? person : "", info->id);
}

/* --- side bar --- */

static const MhPageInfo *
info_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "page");
}

static void
mark_row (MhWorkspaces *workspaces, const MhPageInfo *info)
{
  GtkListBoxRow *row;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (workspaces->rows, i)) != NULL; i++)
    if (info_of (row) == info)
      gtk_list_box_select_row (workspaces->rows, row);
}

static GtkWidget *
page_row (const MhPageInfo *info)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (_ (info->label));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (info->icon));
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  mh_accessible_name (row, _ (info->label));
  g_object_set_data (G_OBJECT (row), "page", (gpointer)info);

  if (info->accel != NULL)
    {
      guint key = 0;
      GdkModifierType mods = 0;
      gtk_accelerator_parse (info->accel, &key, &mods);
      g_autofree char *words = gtk_accelerator_get_label (key, mods);
      g_autofree char *tip = g_strdup_printf ("%s (%s)", _ (info->label), words);
      gtk_widget_set_tooltip_text (row, tip);
    }

  return row;
}

/* --- how many results wait for the doctor --- */

#define MOST_COUNTED 99

static void
results_cb (MhWorkspaces *workspaces)
{
  GListModel *results = G_LIST_MODEL (workspaces->results);
  guint n = g_list_model_get_n_items (results);
  g_autoptr (MhRecord) first = g_list_model_get_item (results, 0);
  g_autofree char *shown
      = n > MOST_COUNTED ? g_strdup_printf ("%d+", MOST_COUNTED) : g_strdup_printf ("%u", n);

  /* Translators: %s is how many results a doctor has not seen yet */
  g_autofree char *words = g_strdup_printf (_ ("New results: %s"), shown);
  gtk_label_set_text (GTK_LABEL (workspaces->n_results), shown);
  gtk_widget_set_visible (workspaces->n_results, n > 0);
  gtk_widget_set_tooltip_text (workspaces->n_results, words);
  mh_accessible_name (workspaces->n_results, words);
  if (first != NULL && mh_inbox_item_weight (first) == 2)
    gtk_widget_add_css_class (workspaces->n_results, "mh-count-severe");
  else
    gtk_widget_remove_css_class (workspaces->n_results, "mh-count-severe");
}

/* Behind the words of the page that shows them. */
static void
begin_results (MhWorkspaces *workspaces)
{
  MhContext *context = mh_pane_context (MH_PANE (workspaces));
  GtkListBoxRow *row;
  int i = 0;
  while ((row = gtk_list_box_get_row_at_index (workspaces->rows, i++)) != NULL)
    if (g_str_equal (info_of (row)->id, "doctor"))
      break;
  MhRecordList *results = row != NULL ? mh_doctor_inbox_new_ones (context) : NULL;

  if (results == NULL)
    return;

  workspaces->n_results = gtk_label_new (NULL);
  gtk_widget_set_hexpand (workspaces->n_results, TRUE);
  gtk_widget_set_halign (workspaces->n_results, GTK_ALIGN_END);
  gtk_widget_set_valign (workspaces->n_results, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (workspaces->n_results, "mh-count");
  gtk_box_append (GTK_BOX (gtk_list_box_row_get_child (row)), workspaces->n_results);
  mh_pane_keep (MH_PANE (workspaces), &workspaces->results, results);
  g_signal_connect_object (results, "notify::n-items", G_CALLBACK (results_cb), workspaces,
                           G_CONNECT_SWAPPED);
  results_cb (workspaces);
}

static void
group_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const MhPageInfo *info = info_of (row);
  GtkWidget *label = NULL;
  if (before == NULL || g_strcmp0 (info_of (before)->group, info->group) != 0)
    {
      label = gtk_label_new (_ (info->group));
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "mh-group");
      gtk_widget_add_css_class (label, "dim-label");
    }
  gtk_list_box_row_set_header (row, label);
}

/* --- pages --- */

static void
show_page (MhWorkspaces *workspaces, const MhPageInfo *info, const char *what)
{
  MhContext *context = mh_pane_context (MH_PANE (workspaces));
  GtkWidget *page = gtk_stack_get_child_by_name (workspaces->pages, info->id);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (workspaces));
  g_autofree char *title = g_strdup_printf ("%s — %s", _ (info->label), _ ("Mahima"));

  if (page == NULL)
    {
      page = info->make (context);
      gtk_stack_add_named (workspaces->pages, page, info->id);
    }

  gtk_stack_set_visible_child (workspaces->pages, page);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_title (GTK_WINDOW (root), title);
  mark_row (workspaces, info);
  workspaces_remember (context, info);
  if (mh_flap_is_folded (workspaces->flap))
    mh_flap_set_revealed (workspaces->flap, FALSE);
  if (!MH_IS_PAGE (page))
    return;

  g_free (workspaces->opened);
  workspaces->opened = g_strdup (what);
  if (what != NULL)
    mh_page_open (MH_PAGE (page), what);
  mh_page_shown (MH_PAGE (page));
}

/* What the page was refused before, once more. */
static void
glass_cb (MhGlassBar *bar, const char *patient_id, MhWorkspaces *workspaces)
{
  GtkWidget *page = mh_workspaces_page (workspaces);
  const char *opened = workspaces->opened;
  /* another patient may have been looked for in the chart meanwhile */
  gboolean stale
      = MH_IS_CHART_PAGE (page) && opened != NULL && !g_str_has_prefix (opened, patient_id);
  g_autofree char *what = g_strdup (opened != NULL && !stale ? opened : patient_id);
  if (MH_IS_PAGE (page))
    mh_page_open (MH_PAGE (page), what);
}

static void
workspaces_row_activated_cb (GtkListBox *box, GtkListBoxRow *row, MhWorkspaces *workspaces)
{
  show_page (workspaces, info_of (row), NULL);
}

static gboolean
fit_header_cb (gpointer data)
{
  MhWorkspaces *workspaces = data;
  if (workspaces->header != NULL)
    mh_header_set_narrow (workspaces->header,
                          gdk_surface_get_width (workspaces->surface) < NARROW * mh_text_scale ());
  return G_SOURCE_REMOVE;
}

/* It comes in the middle of a layout, when nothing may be shown or hidden. */
static void
width_cb (MhWorkspaces *workspaces)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_header_cb, g_object_ref (workspaces), g_object_unref);
}

static void
mh_workspaces_map (GtkWidget *widget)
{
  MhWorkspaces *workspaces = MH_WORKSPACES (widget);
  GTK_WIDGET_CLASS (mh_workspaces_parent_class)->map (widget);
  if (workspaces->surface != NULL)
    return;
  workspaces->surface = gtk_native_get_surface (gtk_widget_get_native (widget));
  g_signal_connect_object (workspaces->surface, "notify::width", G_CALLBACK (width_cb), workspaces,
                           G_CONNECT_SWAPPED);
  width_cb (workspaces);
}

static void
workspaces_scanned_cb (MhHeader *header, int kind, const char *code, MhWorkspaces *workspaces)
{
  g_signal_emit (workspaces, scanned, 0, kind, code);
}

/* --- making it --- */

/* In the window it has a title to set. */
static void
mh_workspaces_root (GtkWidget *widget)
{
  MhWorkspaces *workspaces = MH_WORKSPACES (widget);
  MhContext *context = mh_pane_context (MH_PANE (widget));
  GTK_WIDGET_CLASS (mh_workspaces_parent_class)->root (widget);
  if (context == NULL || mh_workspaces_page (workspaces) != NULL)
    return;
  const MhPageInfo *first = page_left_last (context);
  if (first == NULL)
    first = mh_page_home (context);
  if (first != NULL)
    show_page (workspaces, first, NULL);
}

static void
workspaces_gpsd_cb (MhWorkspaces *workspaces)
{
  g_autofree char *gpsd = g_settings_get_string (workspaces->settings, "gpsd");
  mh_positions_set_gpsd (workspaces->positions, gpsd);
}

/* Also while the page of the crew is not open. */
static void
workspaces_begin_positions (MhWorkspaces *workspaces)
{
  MhPane *pane = MH_PANE (workspaces);
  GSettings *settings = mh_shell_settings ();
  mh_pane_keep (pane, &workspaces->positions, mh_positions_of (mh_pane_context (pane)));
  if (settings == NULL)
    return;
  mh_pane_keep (pane, &workspaces->settings, settings);
  g_signal_connect_object (settings, "changed::gpsd", G_CALLBACK (workspaces_gpsd_cb), workspaces,
                           G_CONNECT_SWAPPED);
  workspaces_gpsd_cb (workspaces);
}

static void
workspaces_begin (MhPane *pane)
{
  MhWorkspaces *workspaces = MH_WORKSPACES (pane);
  mh_pane_keep (pane, &workspaces->notices,
                mh_notices_new (GTK_WIDGET (pane), mh_pane_context (pane)));
  if (mh_context_may (mh_pane_context (pane), MH_MAY_CREW_UNIT))
    workspaces_begin_positions (workspaces);
  for (const MhPageInfo *info = mh_pages; info->id != NULL; info++)
    if (mh_page_may (info, mh_pane_context (pane)))
      gtk_list_box_append (workspaces->rows, page_row (info));
  begin_results (workspaces);
}

static void
mh_workspaces_finalize (GObject *object)
{
  g_free (MH_WORKSPACES (object)->opened);
  G_OBJECT_CLASS (mh_workspaces_parent_class)->finalize (object);
}

static void
mh_workspaces_class_init (MhWorkspacesClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->begin = workspaces_begin;
  G_OBJECT_CLASS (klass)->finalize = mh_workspaces_finalize;
  widget->root = mh_workspaces_root;
  widget->map = mh_workspaces_map;
  scanned = g_signal_new ("scanned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                          NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
  g_type_ensure (MH_TYPE_HEADER);
  g_type_ensure (MH_TYPE_FLAP);
  g_type_ensure (MH_TYPE_CRITICAL_BAR);
  g_type_ensure (MH_TYPE_GLASS_BAR);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("platform/shell/mh-workspaces"));
  gtk_widget_class_bind_template_child (widget, MhWorkspaces, header);
  gtk_widget_class_bind_template_child (widget, MhWorkspaces, flap);
  gtk_widget_class_bind_template_child (widget, MhWorkspaces, rows);
  gtk_widget_class_bind_template_child (widget, MhWorkspaces, pages);
  gtk_widget_class_bind_template_child (widget, MhWorkspaces, glass);
  gtk_widget_class_bind_template_callback (widget, glass_cb);
  gtk_widget_class_bind_template_callback (widget, workspaces_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget, workspaces_scanned_cb);
}

static void
mh_workspaces_init (MhWorkspaces *workspaces)
{
  gtk_widget_init_template (GTK_WIDGET (workspaces));
  mh_stack_hide_rest (workspaces->pages);
  gtk_widget_set_size_request (GTK_WIDGET (workspaces->rows), (int)(180 * mh_text_scale ()), -1);
  gtk_list_box_set_header_func (workspaces->rows, group_header, NULL, NULL);
}

GtkWidget *
mh_workspaces_new (MhContext *context)
{
  return g_object_new (MH_TYPE_WORKSPACES, "context", context, NULL);
}

MhHeader *
mh_workspaces_header (MhWorkspaces *workspaces)
{
  g_return_val_if_fail (MH_IS_WORKSPACES (workspaces), NULL);
  return workspaces->header;
}

GtkWidget *
mh_workspaces_page (MhWorkspaces *workspaces)
{
  g_return_val_if_fail (MH_IS_WORKSPACES (workspaces), NULL);
  return gtk_stack_get_visible_child (workspaces->pages);
}

const char *
mh_workspaces_page_id (MhWorkspaces *workspaces)
{
  g_return_val_if_fail (MH_IS_WORKSPACES (workspaces), NULL);
  return gtk_stack_get_visible_child_name (workspaces->pages);
}

void
mh_workspaces_go (MhWorkspaces *workspaces, const char *page, const char *what)
{
  g_return_if_fail (MH_IS_WORKSPACES (workspaces));
  const MhPageInfo *info = mh_page_find (page);
  if (info != NULL && mh_page_may (info, mh_pane_context (MH_PANE (workspaces))))
    show_page (workspaces, info, what != NULL && *what != '\0' ? what : NULL);
}

void
mh_workspaces_toggle_side_bar (MhWorkspaces *workspaces)
{
  g_return_if_fail (MH_IS_WORKSPACES (workspaces));
  mh_flap_set_revealed (workspaces->flap, !mh_flap_is_revealed (workspaces->flap));
}

void
mh_workspaces_patient_changed (MhWorkspaces *workspaces)
{
  g_return_if_fail (MH_IS_WORKSPACES (workspaces));
  mh_glass_bar_look (workspaces->glass, GTK_WIDGET (workspaces->pages));
}

void
mh_workspaces_ask_chart (MhWorkspaces *workspaces, const char *patient_id, const char *kind)
{
  g_return_if_fail (MH_IS_WORKSPACES (workspaces));
  mh_glass_bar_ask (workspaces->glass, patient_id, kind);
}
