/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/mh-header.h"

#include "client/compat/mh-compat.h"
#include "client/mh-pages.h"
#include "client/models/mh-record-list.h"
#include "client/widgets/base/mh-search-entry.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/hospital/mh-alert-list.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"

#include <glib/gi18n-lib.h>

#define MOST_NOTICES 50
/* The narrowest window's. */
#define LEAST_WIDTH 340

struct _MhHeader
{
  MhPane parent_instance;
  AdwHeaderBar *bar;
  MhSearchEntry *search;
  GtkMenuButton *net, *bell, *person;
  GtkLabel *net_label, *net_state, *net_server, *net_words, *unseen;
  GtkPopover *net_popover;
  MhAlertList *alerts;
  GtkListBox *notices;
  AdwAvatar *avatar;
  GMenu *person_menu, *program_menu;
  guint n_unseen;
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (MhHeader, mh_header, MH_TYPE_PANE)

static guint scanned;

/* --- connection --- */

static void
show_net (MhHeader *header, const char *style, const char *text)
{
  static const char *const styles[] = { "mh-net-online", "mh-net-offline", "mh-net-trouble" };
  g_autofree char *sign = g_strndup (text, (gsize)(g_utf8_next_char (text) - text));
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (header->net), styles[i]);
  gtk_widget_add_css_class (GTK_WIDGET (header->net), style);
  mh_accessible_name (GTK_WIDGET (header->net), text);
  gtk_label_set_label (header->net_label, header->narrow ? sign : text);
  gtk_label_set_label (header->net_state, text);
}

static const char *
advice (MhSyncState state, guint waiting, guint conflicts)
{
  if (conflicts > 0)
    return _ ("The server refused a change that was made here. Look at it and decide.");
  if (state == MH_SYNC_OFFLINE)
    return _ ("Go on working: what you do is kept here and sent by itself when the server is "
              "back. Payments online, signatures and sign-in wait for it.");
  return waiting > 0 ? _ ("What was done here is on its way.")
                     : _ ("Everything that was done here is at the server.");
}

static void
net_changed_cb (MhHeader *header)
{
  MhContext *context = mh_pane_context (MH_PANE (header));
  if (context == NULL)
    return;

  MhSync *sync = mh_context_sync (context);
  MhSyncState state = mh_sync_state (sync);
  guint waiting = mh_sync_waiting (sync), conflicts = 0;
  gboolean away = state == MH_SYNC_OFFLINE && mh_sync_is_away (sync);
  const char *style = away ? "mh-net-offline" : "mh-net-online";
  g_autofree char *text = NULL;
  g_autofree char *since = mh_words_time (mh_sync_away_since (sync));

  g_object_get (sync, "conflicts", &conflicts, NULL);
  if (conflicts > 0)
    {
      style = "mh-net-trouble";
      text = g_strdup_printf (ngettext ("✕ %u refused", "✕ %u refused", conflicts), conflicts);
    }
  else if (away && waiting > 0)
    /* Translators: %s is a time, %u the number of changes that wait to be sent */
    text = g_strdup_printf (_ ("○ Offline since %s, %u waiting"), since, waiting);
  else if (away)
    /* Translators: %s is a time */
    text = g_strdup_printf (_ ("○ Offline since %s"), since);
  else if (state == MH_SYNC_OFFLINE)
    text = g_strdup (_ ("⟳ Connecting"));
  else if (state == MH_SYNC_SYNCING || waiting > 0)
    text = g_strdup (_ ("⟳ Syncing"));
  else
    text = g_strdup (_ ("● Online"));

  show_net (header, style, text);
  gtk_label_set_label (header->net_words, advice (state, waiting, conflicts));
}

static void
header_try_cb (MhHeader *header)
{
  MhContext *context = mh_pane_context (MH_PANE (header));
  if (context != NULL)
    mh_sync_poke (mh_context_sync (context));
}

static void
header_waiting_cb (MhHeader *header)
{
  gtk_popover_popdown (header->net_popover);
  mh_shell_go (GTK_WIDGET (header), "waiting", NULL);
}

/* --- what happened meanwhile --- */

static void
show_unseen (MhHeader *header)
{
  guint n = header->n_unseen + mh_alert_list_count (header->alerts);
  g_autofree char *text = g_strdup_printf ("%u", n);
  g_autofree char *name
      = g_strdup_printf (ngettext ("Notifications, %u new", "Notifications, %u new", n), n);
  gtk_label_set_label (header->unseen, text);
  gtk_widget_set_visible (GTK_WIDGET (header->unseen), n > 0);
  mh_accessible_name (GTK_WIDGET (header->bell), n > 0 ? name : _ ("Notifications"));
}

static void
header_counted_cb (MhAlertList *alerts, guint n, guint n_severe, MhHeader *header)
{
  if (n_severe > 0)
    gtk_widget_add_css_class (GTK_WIDGET (header->unseen), "mh-count-severe");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (header->unseen), "mh-count-severe");
  show_unseen (header);
}

static void
went_cb (MhHeader *header)
{
  gtk_menu_button_popdown (header->bell);
}

static void
bell_seen_cb (MhHeader *header)
{
  header->n_unseen = 0;
  show_unseen (header);
}

static void
notice_cb (GtkListBox *box, GtkListBoxRow *row, MhHeader *header)
{
  const char *page = g_object_get_data (G_OBJECT (row), "page");
  gtk_menu_button_popdown (header->bell);
  if (page != NULL)
    mh_shell_go (GTK_WIDGET (header), page, g_object_get_data (G_OBJECT (row), "what"));
}

void
mh_header_notice (MhHeader *header,
                  const char *title,
                  const char *text,
                  const char *page,
                  const char *what)
{
  g_return_if_fail (MH_IS_HEADER (header));
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *safe_title = g_markup_escape_text (title, -1);
  g_autofree char *safe_text = g_markup_escape_text (text != NULL ? text : "", -1);
  g_autofree char *time = mh_words_time (mh_when_now ());
  GtkWidget *when = gtk_label_new (time);

  gtk_widget_add_css_class (when, "dim-label");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), safe_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), safe_text);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), when);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), page != NULL);
  g_object_set_data_full (G_OBJECT (row), "page", g_strdup (page), g_free);
  g_object_set_data_full (G_OBJECT (row), "what", g_strdup (what), g_free);
  gtk_list_box_prepend (header->notices, row);

  GtkListBoxRow *oldest = gtk_list_box_get_row_at_index (header->notices, MOST_NOTICES);
  if (oldest != NULL)
    gtk_list_box_remove (header->notices, GTK_WIDGET (oldest));
  header->n_unseen++;
  show_unseen (header);
}

/* --- finding --- */

static char *
header_patient_words (MhRecord *patient, char **out_detail)
{
  char today[MH_DATE_LENGTH + 1];
  g_autofree char *age
      = mh_words_age_sex (mh_record_text (patient, MH_PATIENT_BIRTH_DATE),
                          mh_record_text (patient, MH_PATIENT_SEX), mh_when_today_text (today));
  g_autofree char *mrn = mh_words_mrn (mh_record_text (patient, MH_PATIENT_MRN));
  *out_detail = g_strjoin (" · ", age, mrn, NULL);
  return mh_words_patient (patient);
}

static char *
order_words (MhRecord *order, char **out_detail)
{
  const char *name = mh_record_text (order, MH_ORDER_PATIENT_NAME);
  *out_detail = mh_words_order (mh_record_text (order, MH_ORDER_NUMBER));
  return g_strdup (name != NULL ? name : "");
}

static void
header_chosen_cb (MhHeader *header, MhRecord *record)
{
  mh_shell_open (GTK_WIDGET (header), mh_record_type (record)->code, mh_record_id (record));
}

static void
header_scanned_cb (MhSearchEntry *entry, int kind, const char *code, MhHeader *header)
{
  g_signal_emit (header, scanned, 0, kind, code);
}

static void
fill_search (MhHeader *header, MhContext *context)
{
  if (mh_context_may (context, MH_MAY_READ_PATIENT))
    {
      g_autoptr (MhRecordList) patients = mh_record_list_new (context, "patient.list");
      mh_search_entry_add (header->search, "avatar-default-symbolic", patients,
                           header_patient_words);
    }

  if (mh_context_may (context, MH_MAY_READ_ORDER))
    {
      g_autoptr (MhRecordList) orders = mh_record_list_new (context, "order.list");
      mh_search_entry_add (header->search, "mh-order-symbolic", orders, order_words);
    }

  for (const MhPageInfo *info = mh_pages; info->id != NULL; info++)
    {
      g_autofree char *action = g_strdup_printf ("win.go(('%s',''))", info->id);
      if (mh_page_may (info, context))
        mh_search_entry_add_command (header->search, _ (info->label), info->icon, action);
    }
}

/* --- making it --- */

static void
header_fill_menu (MhHeader *header, const char *name)
{
  MhRecord *hospital = mh_context_hospital (mh_pane_context (MH_PANE (header)));
  const char *place = hospital != NULL ? mh_record_text (hospital, MH_HOSPITAL_NAME) : NULL;
  g_autofree char *who = place != NULL ? g_strdup_printf ("%s · %s", name, place) : g_strdup (name);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_menu_append_section (menu, who, G_MENU_MODEL (header->person_menu));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (header->program_menu));
  gtk_menu_button_set_menu_model (header->person, G_MENU_MODEL (menu));
  adw_avatar_set_text (header->avatar, name);
  mh_tooltip_set (GTK_WIDGET (header->person), who);
  mh_accessible_name (GTK_WIDGET (header->person), name != NULL ? name : _ ("Menu"));
}

static void
header_begin (MhPane *pane)
{
  MhHeader *header = MH_HEADER (pane);
  MhContext *context = mh_pane_context (pane);
  g_autofree char *name = NULL;

  g_object_get (context, "user-name", &name, NULL);
  header_fill_menu (header, name);
  fill_search (header, context);

  /* Translators: %s is the address of a server */
  g_autofree char *server = g_strdup_printf (_ ("Server: %s"), mh_context_server (context));
  gtk_label_set_label (header->net_server, server);
  g_signal_connect_object (mh_context_sync (context), "notify", G_CALLBACK (net_changed_cb), header,
                           G_CONNECT_SWAPPED);
  net_changed_cb (header);
}

/* --- its width --- */

/* Wide words in the bar must not keep the window from becoming narrow: it says less as soon as it
 * is (mh_header_set_narrow()), and what does not fit until then is cut off. */
static void
mh_header_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  GtkWidget *bar = GTK_WIDGET (MH_HEADER (widget)->bar);
  gtk_widget_measure (bar, orientation, -1, minimum, natural, minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, LEAST_WIDTH);
}

static void
mh_header_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  int least = 0;
  GtkWidget *bar = GTK_WIDGET (MH_HEADER (widget)->bar);
  gboolean turned = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gtk_widget_measure (bar, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  least = MAX (least, width);
  gtk_widget_size_allocate (bar, &(GtkAllocation){ turned ? width - least : 0, 0, least, height },
                            baseline);
}

static void
header_bind_children (GtkWidgetClass *widget)
{
  gtk_widget_class_bind_template_child (widget, MhHeader, bar);
  gtk_widget_class_bind_template_child (widget, MhHeader, search);
  gtk_widget_class_bind_template_child (widget, MhHeader, net);
  gtk_widget_class_bind_template_child (widget, MhHeader, net_popover);
  gtk_widget_class_bind_template_child (widget, MhHeader, net_label);
  gtk_widget_class_bind_template_child (widget, MhHeader, net_state);
  gtk_widget_class_bind_template_child (widget, MhHeader, net_server);
  gtk_widget_class_bind_template_child (widget, MhHeader, net_words);
  gtk_widget_class_bind_template_child (widget, MhHeader, bell);
  gtk_widget_class_bind_template_child (widget, MhHeader, unseen);
  gtk_widget_class_bind_template_child (widget, MhHeader, alerts);
  gtk_widget_class_bind_template_child (widget, MhHeader, notices);
  gtk_widget_class_bind_template_child (widget, MhHeader, person);
  gtk_widget_class_bind_template_child (widget, MhHeader, avatar);
  gtk_widget_class_bind_template_child (widget, MhHeader, person_menu);
  gtk_widget_class_bind_template_child (widget, MhHeader, program_menu);
  gtk_widget_class_bind_template_callback (widget, header_try_cb);
  gtk_widget_class_bind_template_callback (widget, header_waiting_cb);
  gtk_widget_class_bind_template_callback (widget, bell_seen_cb);
  gtk_widget_class_bind_template_callback (widget, header_counted_cb);
  gtk_widget_class_bind_template_callback (widget, went_cb);
  gtk_widget_class_bind_template_callback (widget, notice_cb);
  gtk_widget_class_bind_template_callback (widget, header_chosen_cb);
  gtk_widget_class_bind_template_callback (widget, header_scanned_cb);
}

static void
mh_header_class_init (MhHeaderClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  MH_PANE_CLASS (klass)->begin = header_begin;
  widget->measure = mh_header_measure;
  widget->size_allocate = mh_header_size_allocate;
  scanned = g_signal_new ("scanned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                          NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
  g_type_ensure (MH_TYPE_ALERT_LIST);
  g_type_ensure (MH_TYPE_SEARCH_ENTRY);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("platform/shell/mh-header"));
  header_bind_children (widget);
}

static void
mh_header_init (MhHeader *header)
{
  gtk_widget_init_template (GTK_WIDGET (header));
  gtk_widget_set_layout_manager (GTK_WIDGET (header), NULL);
  gtk_widget_set_overflow (GTK_WIDGET (header), GTK_OVERFLOW_HIDDEN);
}

void
mh_header_set_narrow (MhHeader *header, gboolean narrow)
{
  g_return_if_fail (MH_IS_HEADER (header));
  header->narrow = narrow;
  net_changed_cb (header);
  /* a phone's window is as large as it can be */
  adw_header_bar_set_decoration_layout (header->bar, narrow ? ":close" : NULL);
  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (header), "mh-narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (header), "mh-narrow");
}

void
mh_header_search (MhHeader *header)
{
  g_return_if_fail (MH_IS_HEADER (header));
  gtk_widget_grab_focus (GTK_WIDGET (header->search));
}

void
mh_header_popup_menu (MhHeader *header)
{
  g_return_if_fail (MH_IS_HEADER (header));
  gtk_menu_button_popup (header->person);
}

void
mh_header_popup_bell (MhHeader *header)
{
  g_return_if_fail (MH_IS_HEADER (header));
  gtk_menu_button_popup (header->bell);
}
