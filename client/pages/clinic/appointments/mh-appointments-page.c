/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/appointments/mh-appointments-page.h"

#include "client/pages/clinic/appointments/mh-calendar-pane.h"
#include "client/pages/clinic/appointments/mh-queue-pane.h"
#include "client/pages/clinic/appointments/mh-schedules-pane.h"
#include "client/pages/clinic/appointments/mh-wishes-pane.h"
#include "client/widgets/base/mh-tabs.h"
#include "shared/records/people/mh-permissions.h"

struct _MhAppointmentsPage
{
  MhPane parent_instance;
  GtkStack *stack;
  GtkStackSwitcher *switcher;
};

G_DEFINE_FINAL_TYPE (MhAppointmentsPage, mh_appointments_page, MH_TYPE_PANE)

/* The tab on show does what a page does. */
static MhPage *
appointments_page_current (MhAppointmentsPage *page)
{
  return MH_PAGE (gtk_stack_get_visible_child (page->stack));
}

static void
appointments_page_shown (MhPane *pane)
{
  mh_page_shown (appointments_page_current (MH_APPOINTMENTS_PAGE (pane)));
}

static void
appointments_page_tab_cb (MhAppointmentsPage *page)
{
  if (mh_pane_context (MH_PANE (page)) != NULL && gtk_widget_get_mapped (GTK_WIDGET (page)))
    appointments_page_shown (MH_PANE (page));
}

static void
mh_appointments_page_open (MhPane *pane, const char *what)
{
  MhAppointmentsPage *page = MH_APPOINTMENTS_PAGE (pane);
  if (what == NULL)
    return;
  gboolean is_tab = gtk_stack_get_child_by_name (page->stack, what) != NULL;
  gtk_stack_set_visible_child_name (page->stack, is_tab ? what : "calendar");
  if (!is_tab)
    mh_page_open (appointments_page_current (page), what);
}

static void
appointments_page_begin (MhPane *pane)
{
  MhAppointmentsPage *page = MH_APPOINTMENTS_PAGE (pane);
  GtkWidget *schedules = gtk_stack_get_child_by_name (page->stack, "schedules");
  MhContext *context = mh_pane_context (pane);
  mh_tabs_follow (page->switcher);
  gtk_stack_page_set_visible (gtk_stack_get_page (page->stack, schedules),
                              mh_context_may (context, MH_MAY_WRITE_SCHEDULE)
                                  || mh_context_may (context, MH_MAY_WRITE_APPOINTMENT));
}

static void
mh_appointments_page_class_init (MhAppointmentsPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->begin = appointments_page_begin;
  MH_PANE_CLASS (klass)->open = mh_appointments_page_open;
  MH_PANE_CLASS (klass)->shown = appointments_page_shown;
  g_type_ensure (MH_TYPE_CALENDAR_PANE);
  g_type_ensure (MH_TYPE_QUEUE_PANE);
  g_type_ensure (MH_TYPE_WISHES_PANE);
  g_type_ensure (MH_TYPE_SCHEDULES_PANE);
  gtk_widget_class_set_template_from_resource (
      widget, MH_TEMPLATE ("clinic/appointments/mh-appointments-page"));
  gtk_widget_class_bind_template_child (widget, MhAppointmentsPage, stack);
  gtk_widget_class_bind_template_child (widget, MhAppointmentsPage, switcher);
  gtk_widget_class_bind_template_callback (widget, appointments_page_tab_cb);
}

static void
mh_appointments_page_init (MhAppointmentsPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
}

GtkWidget *
mh_appointments_page_new (MhContext *context)
{
  return g_object_new (MH_TYPE_APPOINTMENTS_PAGE, "context", context, NULL);
}
