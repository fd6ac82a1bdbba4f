/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/chart/mh-chart-page.h"

#include "client/models/mh-record-list.h"
#include "client/pages/clinic/chart/mh-chart-tabs.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-search-entry.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-tabs.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/hospital/mh-patient-strip.h"
#include "shared/base/mh-check-digit.h"
#include "shared/records/people/mh-patient.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* The id that a pane was last opened with, on the pane itself. */
#define OPENED "mh-chart-opened"
/* What a tab asks for has mostly arrived by then. */
#define ENTER_MS 300
#define MOST_TRIES 4

struct _MhChartPage
{
  MhPane parent_instance;
  MhRecordList *patients; /* of the search, until somebody is chosen */
  MhRecordList *scanned;  /* the one whose code was read */
  char *patient_id;
  GtkStack *state, *stack;
  guint tries;
  guint enter; /* until what a tab shows has arrived */
  GtkStackSwitcher *switcher;
  MhPatientStrip *strip;
  MhSearchEntry *search;
};

G_DEFINE_FINAL_TYPE (MhChartPage, mh_chart_page, MH_TYPE_PANE)

/* --- tabs --- */

static const MhChartTab *
find_tab (const char *id)
{
  for (const MhChartTab *tab = mh_chart_tabs; tab->id != NULL; tab++)
    if (g_strcmp0 (tab->id, id) == 0)
      return tab;
  return NULL;
}

static gboolean
chart_page_may_see (MhContext *context, const MhChartTab *tab)
{
  g_auto (GStrv) rights = g_strsplit (tab->permission, "|", -1);
  gboolean may = rights[0] == NULL;
  for (char **right = rights; *right != NULL && !may; right++)
    may = mh_context_may (context, *right);
  return may;
}

/* The pane of the tab on show; NULL: it was not made yet. */
static GtkWidget *
current_pane (MhChartPage *page)
{
  GtkWidget *holder = gtk_stack_get_visible_child (page->stack);
  return holder != NULL ? adw_bin_get_child (ADW_BIN (holder)) : NULL;
}

static GtkWidget *
make_pane (MhChartPage *page)
{
  GtkWidget *holder = gtk_stack_get_visible_child (page->stack);
  const MhChartTab *tab = find_tab (gtk_stack_get_visible_child_name (page->stack));
  if (holder == NULL || tab == NULL)
    return NULL;
  if (adw_bin_get_child (ADW_BIN (holder)) == NULL)
    adw_bin_set_child (ADW_BIN (holder), tab->make (mh_pane_context (MH_PANE (page))));
  return adw_bin_get_child (ADW_BIN (holder));
}

static void
show_tab (MhChartPage *page)
{
  if (mh_pane_context (MH_PANE (page)) == NULL || page->patient_id == NULL)
    return;
  GtkWidget *pane = make_pane (page);
  if (pane == NULL || !MH_IS_PAGE (pane)
      || g_strcmp0 (g_object_get_data (G_OBJECT (pane), OPENED), page->patient_id) == 0)
    return;
  g_object_set_data_full (G_OBJECT (pane), OPENED, g_strdup (page->patient_id), g_free);
  mh_page_open (MH_PAGE (pane), page->patient_id);
}

static gboolean
has_focus (MhChartPage *page, GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static void
focus_tab (MhChartPage *page)
{
  GtkWidget *button = mh_tabs_button (page->switcher);
  if (button != NULL)
    gtk_widget_grab_focus (button);
}

static gboolean
chart_page_enter_cb (gpointer data)
{
  MhChartPage *page = data;
  GtkWidget *pane = current_pane (page);
  if (pane != NULL && MH_IS_PAGE (pane) && has_focus (page, GTK_WIDGET (page->switcher)))
    mh_page_shown (MH_PAGE (pane));
  if (pane != NULL && has_focus (page, GTK_WIDGET (page->switcher)) && ++page->tries < MOST_TRIES)
    return G_SOURCE_CONTINUE;
  page->enter = 0;
  if (pane != NULL && has_focus (page, GTK_WIDGET (page->switcher)))
    gtk_widget_child_focus (pane, GTK_DIR_TAB_FORWARD);
  return G_SOURCE_REMOVE;
}

/* The focus is in the tab's rows when they are there; never outside the page, where its keys would
 * not be heard. */
static void
enter_tab (MhChartPage *page)
{
  GtkWidget *pane = current_pane (page);
  if (pane != NULL && MH_IS_PAGE (pane))
    mh_page_shown (MH_PAGE (pane));
  g_clear_handle_id (&page->enter, g_source_remove);
  if (pane != NULL && has_focus (page, pane))
    return;
  focus_tab (page);
  page->tries = 0;
  page->enter = g_timeout_add (ENTER_MS, chart_page_enter_cb, page);
}

static void
chart_page_tab_cb (MhChartPage *page)
{
  show_tab (page);
  if (gtk_widget_get_mapped (GTK_WIDGET (page)) && page->patient_id != NULL)
    enter_tab (page);
}

/* Round and round. */
static void
chart_page_step (MhChartPage *page, gboolean forward)
{
  GtkWidget *stack = GTK_WIDGET (page->stack);
  GtkWidget *now = gtk_stack_get_visible_child (page->stack);
  GtkWidget *next = now == NULL ? NULL
                    : forward   ? gtk_widget_get_next_sibling (now)
                                : gtk_widget_get_prev_sibling (now);
  if (next == NULL)
    next = forward ? gtk_widget_get_first_child (stack) : gtk_widget_get_last_child (stack);
  if (next != NULL)
    gtk_stack_set_visible_child (page->stack, next);
}

/* --- the patient --- */

/* Opened once more, perhaps because it may be seen now: what was refused is asked for again. */
static void
forget_opened (MhChartPage *page)
{
  for (GtkWidget *holder = gtk_widget_get_first_child (GTK_WIDGET (page->stack)); holder != NULL;
       holder = gtk_widget_get_next_sibling (holder))
    {
      GtkWidget *pane = adw_bin_get_child (ADW_BIN (holder));
      if (pane != NULL)
        g_object_set_data (G_OBJECT (pane), OPENED, NULL);
    }
}

static void
chart_page_show_patient (MhChartPage *page, const char *id)
{
  MhContext *context = mh_pane_context (MH_PANE (page));
  char *patient_id = g_strdup (id);
  if (g_strcmp0 (page->patient_id, id) == 0)
    forget_opened (page);
  g_free (page->patient_id);
  page->patient_id = patient_id;
  mh_patient_strip_load (page->strip, context, patient_id);
  gtk_stack_set_visible_child_name (page->state, patient_id != NULL ? "chart" : "nobody");
  show_tab (page);
}

static char *
chart_page_patient_words (MhRecord *patient, char **out_detail)
{
  *out_detail = mh_words_mrn (mh_record_text (patient, MH_PATIENT_MRN));
  return mh_words_patient (patient);
}

static void
chart_page_chosen_cb (MhChartPage *page, MhRecord *patient)
{
  mh_search_entry_set_text (page->search, "");
  chart_page_show_patient (page, mh_record_id (patient));
  chart_page_tab_cb (page);
}

/* --- actions --- */

static void
chart_page_go (GtkWidget *widget, const char *where)
{
  const char *id = MH_CHART_PAGE (widget)->patient_id;
  if (id != NULL)
    mh_shell_go (widget, where, id);
}

static void
chart_page_order_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  chart_page_go (widget, "composer");
}

static void
chart_page_prescribe_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  chart_page_go (widget, "prescription");
}

/* FALSE: something typed in a pane would be lost. */
static gboolean
chart_page_may_close (MhPane *pane)
{
  MhChartPage *page = MH_CHART_PAGE (pane);
  for (GtkWidget *holder = gtk_widget_get_first_child (GTK_WIDGET (page->stack)); holder != NULL;
       holder = gtk_widget_get_next_sibling (holder))
    {
      GtkWidget *child = adw_bin_get_child (ADW_BIN (holder));
      if (child != NULL && MH_IS_PAGE (child) && !mh_page_may_close (MH_PAGE (child)))
        return FALSE;
    }
  return TRUE;
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhChartPage *page = MH_CHART_PAGE (widget);
  chart_page_show_patient (page, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (page->search));
}

/* "notes", or "notes/RECORD-ID" of the patient on show. */
static void
show_within (MhChartPage *page, const char *where)
{
  g_auto (GStrv) parts = g_strsplit (where, "/", 2);
  if (parts[0] == NULL || gtk_stack_get_child_by_name (page->stack, parts[0]) == NULL)
    return;
  gtk_stack_set_visible_child_name (page->stack, parts[0]);
  GtkWidget *pane = current_pane (page);
  if (parts[1] == NULL || page->patient_id == NULL || pane == NULL || !find_tab (parts[0])->records)
    return;
  g_autofree char *what = g_strdup_printf ("%s/%s", page->patient_id, parts[1]);
  mh_page_open (MH_PAGE (pane), what);
}

static void
chart_page_tab_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_within (MH_CHART_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
chart_page_next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  chart_page_step (MH_CHART_PAGE (widget), g_str_equal (name, "chart.next"));
}

/* --- as a page --- */

static void
mh_chart_page_open (MhPane *pane, const char *what)
{
  MhChartPage *page = MH_CHART_PAGE (pane);
  if (what == NULL || what[0] == 0)
    return;

  g_auto (GStrv) parts = g_strsplit (what, "/", 2);
  if (parts[1] == NULL)
    {
      chart_page_show_patient (page, parts[0]);
      return;
    }

  g_autofree char *tab = g_strndup (parts[1], strcspn (parts[1], "/"));
  if (gtk_stack_get_child_by_name (page->stack, tab) != NULL)
    gtk_stack_set_visible_child_name (page->stack, tab);
  chart_page_show_patient (page, parts[0]);
  show_within (page, parts[1]);
}

static void
chart_page_shown (MhPane *pane)
{
  MhChartPage *page = MH_CHART_PAGE (pane);
  if (page->patient_id == NULL)
    gtk_widget_grab_focus (GTK_WIDGET (page->search));
  else
    enter_tab (page);
}

static gboolean
chart_page_type_ahead (MhPane *pane, const char *text)
{
  MhChartPage *page = MH_CHART_PAGE (pane);
  GtkWidget *tab = current_pane (page);
  if (page->patient_id != NULL)
    return tab != NULL && MH_IS_PAGE (tab) && mh_page_type_ahead (MH_PAGE (tab), text);
  gtk_widget_grab_focus (GTK_WIDGET (page->search));
  mh_search_entry_set_text (page->search, text);
  return TRUE;
}

/* Of a wristband or a card. */
static void
chart_page_found_cb (MhRecordList *list,
                     guint position,
                     guint removed,
                     guint added,
                     MhChartPage *page)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0)
    return;
  g_autoptr (MhRecord) patient = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_signal_handlers_disconnect_by_func (list, chart_page_found_cb, page);
  chart_page_chosen_cb (page, patient);
}

static gboolean
chart_page_scan (MhPane *pane, int kind, const char *code)
{
  MhChartPage *page = MH_CHART_PAGE (pane);
  GtkWidget *tab = current_pane (page);
  if (page->patient_id != NULL && tab != NULL && MH_IS_PAGE (tab)
      && mh_page_scan (MH_PAGE (tab), kind, code))
    return TRUE;
  if (kind != MH_SCAN_MRN)
    return FALSE;

  /* A list of its own for each scan: one that stays would hear of every patient who changes. */
  const char *args[] = { "mrn", code, NULL };
  g_clear_object (&page->scanned);
  page->scanned = mh_record_list_new (mh_pane_context (pane), "patient.list");
  g_signal_connect_object (page->scanned, "items-changed", G_CALLBACK (chart_page_found_cb), page,
                           0);
  mh_record_list_set_args (page->scanned, args);
  return TRUE;
}

static void
chart_page_scanned_cb (MhChartPage *page, int kind, const char *code)
{
  if (!chart_page_scan (MH_PANE (page), kind, code))
    mh_shell_toast (GTK_WIDGET (page), _ ("This is not a patient's code."));
}

/* --- making it --- */

static void
chart_page_begin (MhPane *pane)
{
  MhChartPage *page = MH_CHART_PAGE (pane);
  MhContext *context = mh_pane_context (pane);
  mh_tabs_follow (page->switcher);
  mh_pane_keep (pane, &page->patients, mh_record_list_new (context, "patient.list"));
  mh_search_entry_add (page->search, "avatar-default-symbolic", page->patients,
                       chart_page_patient_words);
  gtk_box_layout_set_homogeneous (
      GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (page->switcher))), FALSE);
  for (const MhChartTab *tab = mh_chart_tabs; tab->id != NULL; tab++)
    if (chart_page_may_see (context, tab))
      gtk_stack_add_titled (page->stack, adw_bin_new (), tab->id,
                            g_dgettext (GETTEXT_PACKAGE, tab->title));
}

static void
mh_chart_page_dispose (GObject *object)
{
  g_clear_handle_id (&MH_CHART_PAGE (object)->enter, g_source_remove);
  g_clear_object (&MH_CHART_PAGE (object)->scanned);
  G_OBJECT_CLASS (mh_chart_page_parent_class)->dispose (object);
}

static void
mh_chart_page_finalize (GObject *object)
{
  g_free (MH_CHART_PAGE (object)->patient_id);
  G_OBJECT_CLASS (mh_chart_page_parent_class)->finalize (object);
}

static void
chart_page_bind_template (GtkWidgetClass *widget)
{
  g_type_ensure (MH_TYPE_PATIENT_STRIP);
  g_type_ensure (MH_TYPE_SEARCH_ENTRY);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("clinic/chart/mh-chart-page"));
  gtk_widget_class_bind_template_child (widget, MhChartPage, state);
  gtk_widget_class_bind_template_child (widget, MhChartPage, stack);
  gtk_widget_class_bind_template_child (widget, MhChartPage, switcher);
  gtk_widget_class_bind_template_child (widget, MhChartPage, strip);
  gtk_widget_class_bind_template_child (widget, MhChartPage, search);
  gtk_widget_class_bind_template_callback (widget, chart_page_tab_cb);
  gtk_widget_class_bind_template_callback (widget, chart_page_chosen_cb);
  gtk_widget_class_bind_template_callback (widget, chart_page_scanned_cb);
}

static void
mh_chart_page_class_init (MhChartPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MhPaneClass *pane = MH_PANE_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = mh_chart_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_chart_page_finalize;
  pane->begin = chart_page_begin;
  pane->open = mh_chart_page_open;
  pane->shown = chart_page_shown;
  pane->type_ahead = chart_page_type_ahead;
  pane->scan = chart_page_scan;
  pane->may_close = chart_page_may_close;
  chart_page_bind_template (widget);
  gtk_widget_class_install_action (widget, "chart.order", NULL, chart_page_order_action);
  gtk_widget_class_install_action (widget, "chart.prescribe", NULL, chart_page_prescribe_action);
  gtk_widget_class_install_action (widget, "chart.find", NULL, find_action);
  gtk_widget_class_install_action (widget, "chart.tab", "s", chart_page_tab_action);
  gtk_widget_class_install_action (widget, "chart.next", NULL, chart_page_next_action);
  gtk_widget_class_install_action (widget, "chart.previous", NULL, chart_page_next_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F2, 0, "chart.order", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F3, 0, "chart.prescribe", NULL);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_f, GDK_CONTROL_MASK, "chart.find", NULL);
}

/* What nobody wanted while the focus is on the tabs is for the pane on show. */
static gboolean
chart_page_key_cb (MhChartPage *page,
                   guint key,
                   guint code,
                   GdkModifierType state,
                   GtkEventControllerKey *controller)
{
  GtkWidget *pane = current_pane (page);
  return pane != NULL && page->patient_id != NULL && !has_focus (page, pane)
         && gtk_event_controller_key_forward (controller, pane);
}

/* Before what scrolls takes these keys for itself. */
static void
mh_chart_page_init (MhChartPage *page)
{
  static const struct
  {
    guint key;
    const char *action;
  } keys[] = { { GDK_KEY_Page_Down, "chart.next" }, { GDK_KEY_Page_Up, "chart.previous" } };
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();
  GtkEventController *others = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (page));
  gtk_event_controller_set_propagation_phase (shortcuts, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (shortcuts),
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, GDK_CONTROL_MASK),
                          gtk_named_action_new (keys[i].action)));

  gtk_widget_add_controller (GTK_WIDGET (page), shortcuts);
  g_signal_connect_object (others, "key-pressed", G_CALLBACK (chart_page_key_cb), page,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (page), others);
}

GtkWidget *
mh_chart_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_CHART_PAGE, "context", context, NULL);
}
