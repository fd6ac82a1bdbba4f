/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/lab/samples/mh-samples-page.h"

#include "client/pages/lab/samples/mh-handover-pane.h"
#include "client/pages/lab/samples/mh-receive-pane.h"
#include "client/pages/lab/samples/mh-referral-pane.h"
#include "client/pages/lab/samples/mh-rounds-pane.h"
#include "client/pages/lab/samples/mh-storage-pane.h"
#include "client/widgets/base/mh-page.h"
#include "client/widgets/base/mh-tabs.h"
#include "shared/records/people/mh-permissions.h"

struct _MhSamplesPage
{
  MhPane parent_instance;
  GtkStack *stack;
  GtkStackSwitcher *switcher;
};

G_DEFINE_FINAL_TYPE (MhSamplesPage, mh_samples_page, MH_TYPE_PANE)

/* A tab is there for those who may use it. */
static const struct
{
  const char *name, *permission;
} tabs[] = {
  { "rounds", MH_MAY_COLLECT },  { "receive", MH_MAY_RECEIVE },  { "handover", MH_MAY_COLLECT },
  { "storage", MH_MAY_RECEIVE }, { "referral", MH_MAY_RECEIVE },
};

static void
samples_page_begin (MhPane *pane)
{
  MhSamplesPage *page = MH_SAMPLES_PAGE (pane);
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      GtkWidget *child = gtk_stack_get_child_by_name (page->stack, tabs[i].name);
      gtk_stack_page_set_visible (gtk_stack_get_page (page->stack, child),
                                  mh_context_may (mh_pane_context (pane), tabs[i].permission));
    }
}

static MhPage *
samples_page_current (MhSamplesPage *page)
{
  GtkWidget *child = gtk_stack_get_visible_child (page->stack);
  return child != NULL && MH_IS_PAGE (child) ? MH_PAGE (child) : NULL;
}

static void
samples_page_shown (MhPane *pane)
{
  MhPage *page = samples_page_current (MH_SAMPLES_PAGE (pane));
  if (page != NULL)
    mh_page_shown (page);
}

static void
samples_page_tab_cb (MhSamplesPage *page)
{
  if (mh_pane_context (MH_PANE (page)) != NULL && gtk_widget_get_mapped (GTK_WIDGET (page)))
    samples_page_shown (MH_PANE (page));
}

static void
mh_samples_page_open (MhPane *pane, const char *what)
{
  MhSamplesPage *page = MH_SAMPLES_PAGE (pane);
  if (what != NULL && gtk_stack_get_child_by_name (page->stack, what) != NULL)
    gtk_stack_set_visible_child_name (page->stack, what);
}

static gboolean
samples_page_scan (MhPane *pane, int kind, const char *code)
{
  MhPage *page = samples_page_current (MH_SAMPLES_PAGE (pane));
  return page != NULL && mh_page_scan (page, kind, code);
}

static void
mh_samples_page_class_init (MhSamplesPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->begin = samples_page_begin;
  MH_PANE_CLASS (klass)->open = mh_samples_page_open;
  MH_PANE_CLASS (klass)->scan = samples_page_scan;
  MH_PANE_CLASS (klass)->shown = samples_page_shown;
  g_type_ensure (MH_TYPE_ROUNDS_PANE);
  g_type_ensure (MH_TYPE_RECEIVE_PANE);
  g_type_ensure (MH_TYPE_HANDOVER_PANE);
  g_type_ensure (MH_TYPE_STORAGE_PANE);
  g_type_ensure (MH_TYPE_REFERRAL_PANE);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("lab/samples/mh-samples-page"));
  gtk_widget_class_bind_template_child (widget, MhSamplesPage, stack);
  gtk_widget_class_bind_template_child (widget, MhSamplesPage, switcher);
  gtk_widget_class_bind_template_callback (widget, samples_page_tab_cb);
}

static void
mh_samples_page_init (MhSamplesPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  mh_tabs_follow (page->switcher);
  mh_tabs_add_keys (page->switcher, GTK_WIDGET (page));
}

GtkWidget *
mh_samples_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_SAMPLES_PAGE, "context", context, NULL);
}
