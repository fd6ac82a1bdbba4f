/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/money/cashier/mh-cashier-page.h"

#include "client/pages/money/cashier/mh-bills-pane.h"
#include "client/pages/money/cashier/mh-day-pane.h"
#include "client/pages/money/cashier/mh-drawer-pane.h"
#include "client/pages/money/cashier/mh-dues-pane.h"
#include "client/pages/money/cashier/mh-figures-pane.h"
#include "client/pages/money/cashier/mh-gateway-pane.h"
#include "client/pages/money/cashier/mh-insurers-pane.h"
#include "client/pages/money/cashier/mh-payments-pane.h"
#include "client/pages/money/cashier/mh-reconcile-pane.h"
#include "client/widgets/base/mh-page.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-tabs.h"
#include "shared/base/mh-id.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhCashierPage
{
  MhPane parent_instance;
  GtkStack *stack;
  GtkStackSwitcher *switcher;
};

G_DEFINE_FINAL_TYPE (MhCashierPage, mh_cashier_page, MH_TYPE_PANE)

/* A tab is there for those who may use it. */
static const struct
{
  const char *name, *permission;
} tabs[] = {
  { "dues", MH_MAY_READ_PAYMENT },      { "payments", MH_MAY_READ_PAYMENT },
  { "bills", MH_MAY_READ_INVOICE },     { "drawer", MH_MAY_TAKE_PAYMENT },
  { "day", MH_MAY_READ_TILL },          { "reconciliation", MH_MAY_READ_TILL },
  { "insurers", MH_MAY_SETTLE_CLAIM },  { "gateway", MH_MAY_READ_PAYMENT },
  { "figures", MH_MAY_READ_ANALYTICS },
};

static void
cashier_page_begin (MhPane *pane)
{
  MhCashierPage *page = MH_CASHIER_PAGE (pane);
  MhContext *context = mh_pane_context (pane);
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      GtkWidget *child = gtk_stack_get_child_by_name (page->stack, tabs[i].name);
      gtk_stack_page_set_visible (gtk_stack_get_page (page->stack, child),
                                  mh_context_may (context, tabs[i].permission));
    }
  mh_tabs_follow (page->switcher);
  mh_tabs_add_keys (page->switcher, GTK_WIDGET (page));
}

/* The tab on show does what a page does. */
static MhPage *
cashier_page_current (MhCashierPage *page)
{
  GtkWidget *child = gtk_stack_get_visible_child (page->stack);
  return child != NULL && MH_IS_PAGE (child) ? MH_PAGE (child) : NULL;
}

static void
cashier_page_shown (MhPane *pane)
{
  MhPage *page = cashier_page_current (MH_CASHIER_PAGE (pane));
  if (page != NULL)
    mh_page_shown (page);
}

static void
cashier_page_tab_cb (MhCashierPage *page)
{
  if (mh_pane_context (MH_PANE (page)) != NULL && gtk_widget_get_mapped (GTK_WIDGET (page)))
    cashier_page_shown (MH_PANE (page));
}

/* "drawer", "dues:ORDER" for what another page wants to be paid, or the id of an order that was
 * scanned, with the same meaning. */
static void
mh_cashier_page_open (MhPane *pane, const char *what)
{
  MhCashierPage *page = MH_CASHIER_PAGE (pane);
  g_auto (GStrv) parts = what != NULL ? g_strsplit (what, ":", 2) : NULL;
  gboolean order = mh_id_is_valid (what);
  const char *tab = order ? "dues" : parts != NULL ? parts[0] : NULL;
  const char *id = order ? what : tab != NULL ? parts[1] : NULL;
  GtkWidget *child = tab != NULL ? gtk_stack_get_child_by_name (page->stack, tab) : NULL;

  if (child == NULL)
    return;

  if (!gtk_stack_page_get_visible (gtk_stack_get_page (page->stack, child)))
    {
      mh_shell_toast (GTK_WIDGET (page), _ ("Your role may not open what was scanned."));
      return;
    }

  gtk_stack_set_visible_child (page->stack, child);
  if (id != NULL)
    mh_page_open (MH_PAGE (child), id);
}

static gboolean
cashier_page_scan (MhPane *pane, int kind, const char *code)
{
  MhPage *page = cashier_page_current (MH_CASHIER_PAGE (pane));
  return page != NULL && mh_page_scan (page, kind, code);
}

/* What was scanned is another order than the one that F9 would charge. */
static void
cashier_page_let_go (MhPane *pane)
{
  MhPage *page = cashier_page_current (MH_CASHIER_PAGE (pane));
  if (page != NULL)
    mh_page_let_go (page);
}

static void
mh_cashier_page_class_init (MhCashierPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->begin = cashier_page_begin;
  MH_PANE_CLASS (klass)->open = mh_cashier_page_open;
  MH_PANE_CLASS (klass)->scan = cashier_page_scan;
  MH_PANE_CLASS (klass)->let_go = cashier_page_let_go;
  MH_PANE_CLASS (klass)->shown = cashier_page_shown;
  g_type_ensure (MH_TYPE_DUES_PANE);
  g_type_ensure (MH_TYPE_PAYMENTS_PANE);
  g_type_ensure (MH_TYPE_BILLS_PANE);
  g_type_ensure (MH_TYPE_DRAWER_PANE);
  g_type_ensure (MH_TYPE_DAY_PANE);
  g_type_ensure (MH_TYPE_RECONCILE_PANE);
  g_type_ensure (MH_TYPE_INSURERS_PANE);
  g_type_ensure (MH_TYPE_GATEWAY_PANE);
  g_type_ensure (MH_TYPE_FIGURES_PANE);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("money/cashier/mh-cashier-page"));
  gtk_widget_class_bind_template_child (widget, MhCashierPage, stack);
  gtk_widget_class_bind_template_child (widget, MhCashierPage, switcher);
  gtk_widget_class_bind_template_callback (widget, cashier_page_tab_cb);
}

static void
mh_cashier_page_init (MhCashierPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
}

GtkWidget *
mh_cashier_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_CASHIER_PAGE, "context", context, NULL);
}
