/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/admin/mh-audit-bar.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/mh-search-entry.h"
#include "client/widgets/mh-words.h"
#include "client/widgets/mh-wrap.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-date.h"
#include "shared/records/mh-audit.h"
#include "shared/records/mh-patient.h"
#include "shared/records/mh-permissions.h"

#include <glib/gi18n-lib.h>

struct _MhAuditBar
{
  MhPane parent_instance;
  MhSearchEntry *person, *patient;
  GtkWidget *person_chosen, *patient_chosen; /* what was found; pressing it takes it back */
  GtkEditable *from, *to;
  GtkDropDown *verbs;
  MhRecordList *people, *patients;
  char *user_id, *patient_id;
};

G_DEFINE_FINAL_TYPE (MhAuditBar, mh_audit_bar, MH_TYPE_PANE)

enum
{
  CHANGED,
  EXPORT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
mh_audit_bar_finalize (GObject *object)
{
  MhAuditBar *bar = MH_AUDIT_BAR (object);
  g_free (bar->user_id);
  g_free (bar->patient_id);
  G_OBJECT_CLASS (mh_audit_bar_parent_class)->finalize (object);
}

static void
changed_cb (MhAuditBar *bar)
{
  g_signal_emit (bar, signals[CHANGED], 0);
}

static void
export_cb (MhAuditBar *bar)
{
  g_signal_emit (bar, signals[EXPORT], 0);
}

/* --- whose --- */

/* @name NULL: nobody is chosen. */
static void
show_chosen (GtkWidget *chosen, MhSearchEntry *search, const char *name)
{
  g_autofree char *text = g_strdup_printf ("%s ✕", name != NULL ? name : "");
  g_autofree char *words = g_strdup_printf (_ ("Remove %s"), name != NULL ? name : "");
  gtk_button_set_label (GTK_BUTTON (chosen), text);
  mh_accessible_name (chosen, words);
  gtk_widget_set_visible (chosen, name != NULL);
  gtk_widget_set_visible (GTK_WIDGET (search), name == NULL);
}

static void
person_cb (MhAuditBar *bar, MhRecord *user)
{
  g_autofree char *name = mh_record_display (user);
  g_free (bar->user_id);
  bar->user_id = g_strdup (mh_record_id (user));
  show_chosen (bar->person_chosen, bar->person, name);
  gtk_widget_grab_focus (bar->person_chosen);
  changed_cb (bar);
}

static void
patient_cb (MhAuditBar *bar, MhRecord *patient)
{
  g_autofree char *name = mh_words_patient (patient);
  g_free (bar->patient_id);
  bar->patient_id = g_strdup (mh_record_id (patient));
  show_chosen (bar->patient_chosen, bar->patient, name);
  gtk_widget_grab_focus (bar->patient_chosen);
  changed_cb (bar);
}

static void
no_person_cb (MhAuditBar *bar)
{
  g_clear_pointer (&bar->user_id, g_free);
  show_chosen (bar->person_chosen, bar->person, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (bar->person));
  changed_cb (bar);
}

static void
no_patient_cb (MhAuditBar *bar)
{
  g_clear_pointer (&bar->patient_id, g_free);
  show_chosen (bar->patient_chosen, bar->patient, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (bar->patient));
  changed_cb (bar);
}

static char *
person_words (MhRecord *user, char **out_detail)
{
  *out_detail
      = g_strdup (mh_record_text (user, mh_record_type_find (mh_record_type (user), "username")));
  return mh_record_display (user);
}

static char *
patient_words (MhRecord *patient, char **out_detail)
{
  *out_detail = g_strdup (mh_record_text (patient, MH_PATIENT_MRN));
  return mh_words_patient (patient);
}

/* --- when --- */

/* The first instant of the day that stands there, or of the one after it; 0: none, or unreadable,
 * which is marked. */
static gint64
instant_of (MhAuditBar *bar, GtkEditable *entry, int days_on)
{
  MhContext *context = mh_pane_context (MH_PANE (bar));
  const char *text = gtk_editable_get_text (entry);
  MhDate day;
  gboolean good = mh_date_parse_free (text, mh_context_today (context), &day, NULL, NULL);
  if (*text != 0 && !good)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  if (*text == 0 || !good)
    return 0;
  g_autoptr (GTimeZone) zone = mh_context_zone (context);
  g_autoptr (GDateTime) start = g_date_time_new (zone, day.year, day.month, day.day, 0, 0, 0);
  g_autoptr (GDateTime) on = start != NULL ? g_date_time_add_days (start, days_on) : NULL;
  return on != NULL ? g_date_time_to_unix (on) * MH_SECOND : 0;
}

static void
put_instant (GStrvBuilder *args, const char *name, gint64 instant)
{
  char text[MH_INSTANT_LENGTH + 1];
  if (instant == 0)
    return;
  mh_instant_format (instant, text);
  g_strv_builder_add_many (args, name, text, NULL);
}

/* --- what the list asks --- */

void
mh_audit_bar_put (MhAuditBar *bar, GStrvBuilder *args)
{
  g_return_if_fail (MH_IS_AUDIT_BAR (bar));
  guint verb = gtk_drop_down_get_selected (bar->verbs);
  gboolean one_day = *gtk_editable_get_text (bar->to) == 0;
  gint64 from = instant_of (bar, bar->from, 0);
  gint64 to = instant_of (bar, one_day ? bar->from : bar->to, 1);
  if (bar->user_id != NULL)
    g_strv_builder_add_many (args, "user_id", bar->user_id, NULL);
  if (bar->patient_id != NULL)
    g_strv_builder_add_many (args, "object_id", bar->patient_id, NULL);
  if (verb > 0 && verb != GTK_INVALID_LIST_POSITION)
    g_strv_builder_add_many (args, "verb", mh_audit_verb_codes[verb - 1].code, NULL);
  put_instant (args, "from", from);
  put_instant (args, "to", to);
}

gboolean
mh_audit_bar_is_empty (MhAuditBar *bar)
{
  g_return_val_if_fail (MH_IS_AUDIT_BAR (bar), TRUE);
  return bar->user_id == NULL && bar->patient_id == NULL
         && gtk_drop_down_get_selected (bar->verbs) == 0 && *gtk_editable_get_text (bar->from) == 0
         && *gtk_editable_get_text (bar->to) == 0;
}

void
mh_audit_bar_focus (MhAuditBar *bar)
{
  g_return_if_fail (MH_IS_AUDIT_BAR (bar));
  gtk_widget_grab_focus (bar->user_id != NULL ? bar->person_chosen : GTK_WIDGET (bar->person));
}

/* --- making it --- */

static void
mh_audit_bar_class_init (MhAuditBarClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_audit_bar_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[EXPORT] = g_signal_new ("export", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (MH_TYPE_SEARCH_ENTRY);
  g_type_ensure (MH_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("admin/mh-audit-bar"));
  gtk_widget_class_bind_template_child (widget, MhAuditBar, person);
  gtk_widget_class_bind_template_child (widget, MhAuditBar, patient);
  gtk_widget_class_bind_template_child (widget, MhAuditBar, person_chosen);
  gtk_widget_class_bind_template_child (widget, MhAuditBar, patient_chosen);
  gtk_widget_class_bind_template_child (widget, MhAuditBar, from);
  gtk_widget_class_bind_template_child (widget, MhAuditBar, to);
  gtk_widget_class_bind_template_child (widget, MhAuditBar, verbs);
  gtk_widget_class_bind_template_callback (widget, person_cb);
  gtk_widget_class_bind_template_callback (widget, patient_cb);
  gtk_widget_class_bind_template_callback (widget, no_person_cb);
  gtk_widget_class_bind_template_callback (widget, no_patient_cb);
  gtk_widget_class_bind_template_callback (widget, changed_cb);
  gtk_widget_class_bind_template_callback (widget, export_cb);
}

static void
mh_audit_bar_init (MhAuditBar *bar)
{
  gtk_widget_init_template (GTK_WIDGET (bar));
}

static void
fill_verbs (MhAuditBar *bar)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  gtk_string_list_append (words, _ ("Every act"));
  for (const MhCode *code = mh_audit_verb_codes; code->code != NULL; code++)
    gtk_string_list_append (words, g_dgettext (GETTEXT_PACKAGE, code->label));
  gtk_drop_down_set_model (bar->verbs, G_LIST_MODEL (words));
}

GtkWidget *
mh_audit_bar_new (MhContext *context)
{
  MhAuditBar *bar = g_object_new (MH_TYPE_AUDIT_BAR, "context", context, NULL);
  gboolean reviews = mh_context_may (context, MH_MAY_REVIEW_ACCESS);
  mh_pane_keep (MH_PANE (bar), &bar->people, mh_record_list_new (context, "user.list"));
  mh_pane_keep (MH_PANE (bar), &bar->patients,
                mh_record_list_new (context, reviews ? "access.people" : "patient.list"));
  mh_search_entry_add (bar->person, "avatar-default-symbolic", bar->people, person_words);
  mh_search_entry_add (bar->patient, "avatar-default-symbolic", bar->patients, patient_words);
  gtk_widget_set_visible (GTK_WIDGET (bar->person), mh_context_may (context, MH_MAY_READ_USER));
  gtk_widget_set_visible (GTK_WIDGET (bar->patient),
                          reviews || mh_context_may (context, MH_MAY_READ_PATIENT));
  fill_verbs (bar);
  return GTK_WIDGET (bar);
}
