/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/analysers/mh-analysers-page.h"

#include "client/pages/lab/analysers/mh-inbox-pane.h"
#include "client/pages/lab/analysers/mh-links-pane.h"
#include "client/pages/lab/analysers/mh-traffic-pane.h"
#include "client/widgets/base/mh-page.h"
#include "client/widgets/base/mh-tabs.h"
#include "shared/records/people/mh-permissions.h"

struct _MhAnalysersPage
{
  MhPane parent_instance;
  GtkStack *stack;
  GtkStackSwitcher *switcher;
};

G_DEFINE_FINAL_TYPE (MhAnalysersPage, mh_analysers_page, MH_TYPE_PANE)

static void
analysers_page_begin (MhPane *pane)
{
  MhAnalysersPage *page = MH_ANALYSERS_PAGE (pane);
  GtkWidget *inbox = gtk_stack_get_child_by_name (page->stack, "inbox");
  gtk_stack_page_set_visible (gtk_stack_get_page (page->stack, inbox),
                              mh_context_may (mh_pane_context (pane), MH_MAY_READ_RESULT));
}

static MhPage *
analysers_page_current (MhAnalysersPage *page)
{
  GtkWidget *child = gtk_stack_get_visible_child (page->stack);
  return child != NULL && MH_IS_PAGE (child) ? MH_PAGE (child) : NULL;
}

static void
analysers_page_shown (MhPane *pane)
{
  MhPage *page = analysers_page_current (MH_ANALYSERS_PAGE (pane));
  if (page != NULL)
    mh_page_shown (page);
}

static void
analysers_page_tab_cb (MhAnalysersPage *page)
{
  if (mh_pane_context (MH_PANE (page)) != NULL && gtk_widget_get_mapped (GTK_WIDGET (page)))
    analysers_page_shown (MH_PANE (page));
}

/* "inbox", "messages:ID"; an analyser's id, as an alert has it, opens its inbox. */
static void
mh_analysers_page_open (MhPane *pane, const char *what)
{
  MhAnalysersPage *page = MH_ANALYSERS_PAGE (pane);
  g_auto (GStrv) parts = what != NULL ? g_strsplit (what, ":", 2) : NULL;
  if (parts == NULL || parts[0] == NULL)
    return;
  gboolean is_tab = gtk_stack_get_child_by_name (page->stack, parts[0]) != NULL;
  gtk_stack_set_visible_child_name (page->stack, is_tab ? parts[0] : "inbox");
  if (is_tab && parts[1] != NULL && analysers_page_current (page) != NULL)
    mh_page_open (analysers_page_current (page), parts[1]);
}

static gboolean
analysers_page_scan (MhPane *pane, int kind, const char *code)
{
  MhPage *page = analysers_page_current (MH_ANALYSERS_PAGE (pane));
  return page != NULL && mh_page_scan (page, kind, code);
}

static void
mh_analysers_page_class_init (MhAnalysersPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->begin = analysers_page_begin;
  MH_PANE_CLASS (klass)->open = mh_analysers_page_open;
  MH_PANE_CLASS (klass)->scan = analysers_page_scan;
  MH_PANE_CLASS (klass)->shown = analysers_page_shown;
  g_type_ensure (MH_TYPE_LINKS_PANE);
  g_type_ensure (MH_TYPE_INBOX_PANE);
  g_type_ensure (MH_TYPE_TRAFFIC_PANE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("lab/analysers/mh-analysers-page"));
  gtk_widget_class_bind_template_child (widget, MhAnalysersPage, stack);
  gtk_widget_class_bind_template_child (widget, MhAnalysersPage, switcher);
  gtk_widget_class_bind_template_callback (widget, analysers_page_tab_cb);
}

static void
mh_analysers_page_init (MhAnalysersPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  mh_tabs_follow (page->switcher);
  mh_tabs_add_keys (page->switcher, GTK_WIDGET (page));
}

GtkWidget *
mh_analysers_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_ANALYSERS_PAGE, "context", context, NULL);
}
