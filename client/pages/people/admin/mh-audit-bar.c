/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/people/admin/mh-audit-bar.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-record-list.h"
#include "client/pages/mh-page-tools.h"
#include "client/widgets/base/mh-search-entry.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/base/mh-wrap.h"
#include "client/widgets/form/mh-typed-day.h"
#include "shared/base/mh-clock.h"
#include "shared/base/mh-date.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

#include <glib/gi18n-lib.h>

/* Somebody who is looked for by name. */
typedef struct
{
  MhSearchEntry *search;
  GtkWidget *chosen; /* stands in its place; pressing it takes it back */
  MhRecordList *found;
  char *id; /* of the one who was found, or NULL */
} Who;

struct _MhAuditBar
{
  MhPane parent_instance;
  Who person, patient;
  GtkEditable *from, *to;
  GtkDropDown *verbs;
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
  g_free (bar->person.id);
  g_free (bar->patient.id);
  G_OBJECT_CLASS (mh_audit_bar_parent_class)->finalize (object);
}

static void
audit_bar_changed_cb (MhAuditBar *bar)
{
  g_signal_emit (bar, signals[CHANGED], 0);
}

static void
audit_bar_export_cb (MhAuditBar *bar)
{
  g_signal_emit (bar, signals[EXPORT], 0);
}

/* --- whose --- */

/* @record NULL: nobody any more. */
static void
audit_bar_choose (MhAuditBar *bar, Who *who, MhRecord *record, const char *name)
{
  g_autofree char *text = g_strdup_printf ("%s ✕", name);
  g_autofree char *words = g_strdup_printf (_ ("Remove %s"), name);
  g_free (who->id);
  who->id = record != NULL ? g_strdup (mh_record_id (record)) : NULL;
  gtk_button_set_label (GTK_BUTTON (who->chosen), text);
  mh_accessible_name (who->chosen, words);
  gtk_widget_set_visible (who->chosen, record != NULL);
  gtk_widget_set_visible (GTK_WIDGET (who->search), record == NULL);
  gtk_widget_grab_focus (record != NULL ? who->chosen : GTK_WIDGET (who->search));
  audit_bar_changed_cb (bar);
}

static void
audit_bar_person_cb (MhAuditBar *bar, MhRecord *user)
{
  g_autofree char *name = mh_record_display (user);
  audit_bar_choose (bar, &bar->person, user, name);
}

static void
audit_bar_patient_cb (MhAuditBar *bar, MhRecord *patient)
{
  g_autofree char *name = mh_words_patient (patient);
  audit_bar_choose (bar, &bar->patient, patient, name);
}

static void
nobody_cb (MhAuditBar *bar, GtkWidget *chosen)
{
  audit_bar_choose (bar, chosen == bar->person.chosen ? &bar->person : &bar->patient, NULL, "");
}

static char *
person_words (MhRecord *user, char **out_detail)
{
  *out_detail
      = g_strdup (mh_record_text (user, mh_record_type_find (mh_record_type (user), "username")));
  return mh_record_display (user);
}

static char *
audit_bar_patient_words (MhRecord *patient, char **out_detail)
{
  *out_detail = mh_words_mrn (mh_record_text (patient, MH_PATIENT_MRN));
  return mh_words_patient (patient);
}

/* --- when --- */

/* The first instant of the day that stands there, or of the one after it; 0: none, or unreadable,
 * which is marked. */
static gint64
audit_bar_instant_of (MhAuditBar *bar, GtkEditable *entry, int days_on)
{
  MhContext *context = mh_pane_context (MH_PANE (bar));
  const char *text = gtk_editable_get_text (entry);
  MhDate day;
  gboolean good = mh_typed_day_parse (text, &day);

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
  gint64 from = audit_bar_instant_of (bar, bar->from, 0);
  gint64 to = audit_bar_instant_of (bar, one_day ? bar->from : bar->to, 1);

  if (bar->person.id != NULL)
    g_strv_builder_add_many (args, "user_id", bar->person.id, NULL);
  if (bar->patient.id != NULL)
    g_strv_builder_add_many (args, "object_id", bar->patient.id, NULL);
  if (verb > 0 && verb != GTK_INVALID_LIST_POSITION)
    g_strv_builder_add_many (args, "verb", mh_audit_verb_codes[verb - 1].code, NULL);
  put_instant (args, "from", from);
  put_instant (args, "to", to);
}

gboolean
mh_audit_bar_is_empty (MhAuditBar *bar)
{
  g_return_val_if_fail (MH_IS_AUDIT_BAR (bar), TRUE);
  return bar->person.id == NULL && bar->patient.id == NULL
         && gtk_drop_down_get_selected (bar->verbs) == 0 && *gtk_editable_get_text (bar->from) == 0
         && *gtk_editable_get_text (bar->to) == 0;
}

void
mh_audit_bar_focus (MhAuditBar *bar)
{
  g_return_if_fail (MH_IS_AUDIT_BAR (bar));
  gtk_widget_grab_focus (bar->person.id != NULL ? bar->person.chosen
                                                : GTK_WIDGET (bar->person.search));
}

/* --- making it --- */

static void
audit_bar_bind (GtkWidgetClass *widget, const char *name, gssize place)
{
  gtk_widget_class_bind_template_child_full (widget, name, FALSE, place);
}

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
  gtk_widget_class_set_template_from_resource (widget, MH_TEMPLATE ("people/admin/mh-audit-bar"));
  audit_bar_bind (widget, "person", G_STRUCT_OFFSET (MhAuditBar, person.search));
  audit_bar_bind (widget, "patient", G_STRUCT_OFFSET (MhAuditBar, patient.search));
  audit_bar_bind (widget, "person_chosen", G_STRUCT_OFFSET (MhAuditBar, person.chosen));
  audit_bar_bind (widget, "patient_chosen", G_STRUCT_OFFSET (MhAuditBar, patient.chosen));
  gtk_widget_class_bind_template_child (widget, MhAuditBar, from);
  gtk_widget_class_bind_template_child (widget, MhAuditBar, to);
  gtk_widget_class_bind_template_child (widget, MhAuditBar, verbs);
  gtk_widget_class_bind_template_callback (widget, audit_bar_person_cb);
  gtk_widget_class_bind_template_callback (widget, audit_bar_patient_cb);
  gtk_widget_class_bind_template_callback (widget, nobody_cb);
  gtk_widget_class_bind_template_callback (widget, audit_bar_changed_cb);
  gtk_widget_class_bind_template_callback (widget, audit_bar_export_cb);
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
  gtk_string_list_append (words, _ ("All actions"));
  for (const MhCode *code = mh_audit_verb_codes; code->code != NULL; code++)
    gtk_string_list_append (words, g_dgettext (GETTEXT_PACKAGE, code->label));
  gtk_drop_down_set_model (bar->verbs, G_LIST_MODEL (words));
}

GtkWidget *
mh_audit_bar_new (MhContext *context)
{
  MhAuditBar *bar = g_object_new (MH_TYPE_AUDIT_BAR, "context", context, NULL);
  gboolean reviews = mh_context_may (context, MH_MAY_REVIEW_ACCESS);
  mh_pane_keep (MH_PANE (bar), &bar->person.found, mh_record_list_new (context, "user.list"));
  mh_pane_keep (MH_PANE (bar), &bar->patient.found,
                mh_record_list_new (context, reviews ? "access.people" : "patient.list"));
  mh_search_entry_add (bar->person.search, "avatar-default-symbolic", bar->person.found,
                       person_words);
  mh_search_entry_add (bar->patient.search, "avatar-default-symbolic", bar->patient.found,
                       audit_bar_patient_words);
  gtk_widget_set_visible (GTK_WIDGET (bar->person.search),
                          mh_context_may (context, MH_MAY_READ_USER));
  gtk_widget_set_visible (GTK_WIDGET (bar->patient.search),
                          reviews || mh_context_may (context, MH_MAY_READ_PATIENT));
  fill_verbs (bar);
  return GTK_WIDGET (bar);
}
