/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/widgets/base/mh-words.h"

#include "client/widgets/base/mh-when.h"

#include "shared/base/mh-day.h"
#include "shared/base/mh-decimal.h"
#include "shared/records/people/mh-access.h"
#include "shared/records/people/mh-patient-name.h"
#include "shared/records/people/mh-patient.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/rules/people/mh-duplicate.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

/* --- errors --- */

/* What a person may do about each kind, where the server's own sentence does not say it better. */
static const struct
{
  MhErrorKind kind;
  const char *words;
} kinds[] = {
  { MH_ERROR_OFFLINE, N_ ("The server cannot be reached. This needs a connection; try again when "
                          "the mark above says Online.") },
  { MH_ERROR_NOT_FOUND, N_ ("This is no longer there.") },
  { MH_ERROR_STALE, N_ ("Somebody changed this meanwhile. Look at it again and repeat.") },
  { MH_ERROR_TOO_LARGE, N_ ("This is too large to be sent.") },
  { MH_ERROR_RATE, N_ ("Too many attempts. Wait a moment and try again.") },
  { MH_ERROR_BUSY, N_ ("The server is busy. Try again in a moment.") },
  { MH_ERROR_STORAGE,
    N_ ("Nothing can be stored just now: a disk is full or fails. Tell whoever looks after the "
        "computers.") },
  { MH_ERROR_INTERNAL, N_ ("The server made a mistake. It has been noted; try again.") },
  { MH_ERROR_STORE, N_ ("It could not be stored. It has been noted; try again.") },
};

#define NO_GATEWAY                                                                                 \
  N_ ("No payment gateway is set up: take cash, card or UPI, or ask the administrator to enter "   \
      "the Razorpay key in the server's configuration.")

static const struct
{
  const char *code;
  const char *words;
} codes[] = {
  { "required", N_ ("Fill this in") },
  { "too_long", N_ ("This is too long") },
  { "too_many", N_ ("Too many") },
  { "out_of_range", N_ ("This is out of range") },
  { "unknown_code", N_ ("Choose one from the list") },
  { "duplicate", N_ ("This already exists") },
  { "other_patient", N_ ("This is another patient's") },
  { "unreadable", N_ ("This cannot be read") },
  { "too_many_points", N_ ("This picture is too large; save it smaller") },
  { "not_configured", NO_GATEWAY },
};

static char *
words_of_right (const char *permission)
{
  return g_strdup_printf (_ ("This needs the right “%s”, which your roles do not give. Ask a "
                             "colleague who has it, or an administrator, who gives it with a "
                             "role."),
                          _ (mh_permission_label (permission)));
}

const char *
mh_words_of_rate (void)
{
  return _ ("Write per cent from 0 to 100, such as 10 or 12.5.");
}

const char *
mh_words_no_gateway (void)
{
  return _ (NO_GATEWAY);
}

/* Of a day or an hour, and of a number whose bounds are another record's, the sentence says what
 * may be written. */
static gboolean
words_says_bounds (const MhIssue *issue, const MhField *field)
{
  if (field == NULL)
    return FALSE;
  if (field->kind == MH_KIND_INSTANT)
    return g_strcmp0 (issue->code, "required") != 0;
  return g_strcmp0 (issue->code, "out_of_range") == 0
         && (field->kind == MH_KIND_DATE
             || (field->kind == MH_KIND_INT && field->at_least == 0 && field->at_most == 0));
}

char *
mh_words_issue (const MhIssue *issue, const MhField *field)
{
  if (g_strcmp0 (issue->code, MH_ISSUE_MISSING_RIGHT) == 0)
    return words_of_right (issue->message);
  if (field != NULL && mh_field_is_rate (field) && g_strcmp0 (issue->code, "out_of_range") == 0)
    return g_strdup (mh_words_of_rate ());
  const gboolean own = words_says_bounds (issue, field);
  for (guint i = 0; !own && i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (issue->code, codes[i].code) == 0)
      return g_strdup (_ (codes[i].words));
  return g_strdup (_ (issue->message));
}

char *
mh_words_complaint (const MhIssue *issue)
{
  return g_str_equal (issue->code, MH_ISSUE_MISSING_RIGHT) ? words_of_right (issue->message)
                                                           : g_strdup (_ (issue->message));
}

char *
mh_words_error (const GError *error)
{
  const MhIssues *issues = mh_error_get_issues (error);
  if (mh_access_error_patient (error, NULL) != NULL)
    return g_strdup (_ ("This chart is protected."));
  if (issues != NULL && mh_issues_count (issues) > 0)
    return mh_words_complaint (mh_issues_nth (issues, 0));
  for (guint i = 0; error->domain == MH_ERROR && i < G_N_ELEMENTS (kinds); i++)
    if (error->code == (int)kinds[i].kind)
      return g_strdup (_ (kinds[i].words));
  return g_strdup (_ (error->message));
}

/* --- values --- */

const char *
mh_words_label (const MhField *field)
{
  return field->label != NULL && *field->label != '\0' ? _ (field->label) : field->name;
}

const char *
mh_words_of_code (const MhField *field, const char *code)
{
  const char *label = code != NULL ? mh_field_code_label (field, code) : NULL;
  return label != NULL && *label != '\0' ? _ (label) : "";
}

char *
mh_words_of_date (const char *iso)
{
  MhDate date;
  if (iso == NULL || !mh_date_parse (iso, &date))
    return g_strdup (iso != NULL ? iso : "");
  return mh_day_text (date, mh_day_language ());
}

char *
mh_words_time (gint64 instant)
{
  g_autoptr (GTimeZone) zone = mh_when_zone ();
  MhDate day = mh_date_of_instant (instant, zone), today = mh_when_today ();
  g_autofree char *clock = mh_when_clock (instant);
  if (*clock == '\0' || mh_date_compare (day, today) == 0)
    return g_steal_pointer (&clock);
  g_autofree char *text = mh_day_text_near (day, today, mh_day_language ());
  return g_strdup_printf ("%s, %s", text, clock);
}

char *
mh_words_way (int seconds)
{
  return g_strdup_printf (_ ("%d min %02d s by road"), seconds / 60, seconds % 60);
}

char *
mh_words_since (gint64 instant, gint64 now)
{
  gint64 minutes = MAX (0, now - instant) / (60 * G_USEC_PER_SEC);
  if (minutes < 60)
    /* Translators: %d is a number of minutes that somebody waited */
    return g_strdup_printf (_ ("%d min"), (int)minutes);
  if (minutes < 24 * 60)
    /* Translators: hours and minutes that somebody waited */
    return g_strdup_printf (_ ("%d h %02d min"), (int)minutes / 60, (int)minutes % 60);
  /* Translators: %d is a number of days */
  return g_strdup_printf (_ ("%d d"), (int)(minutes / (24 * 60)));
}

/* --- money --- */

/* The application is what all of a process's windows have in common. */
#define CURRENCY "mh-currency"

void
mh_words_set_currency (const char *code)
{
  GApplication *application = g_application_get_default ();
  if (application != NULL)
    g_object_set_data_full (G_OBJECT (application), CURRENCY, g_strdup (code), g_free);
}

const char *
mh_words_currency (void)
{
  GApplication *application = g_application_get_default ();
  const char *code
      = application != NULL ? g_object_get_data (G_OBJECT (application), CURRENCY) : NULL;
  return code != NULL ? code : MH_CURRENCY_DEFAULT;
}

char *
mh_words_money (gint64 minor, const char *currency)
{
  return mh_money_display (minor, currency != NULL ? currency : mh_words_currency ());
}

/* What the record itself names; NULL: nothing. */
static const char *
currency_of (MhRecord *record)
{
  const MhRecordType *type = mh_record_type (record);
  int field = mh_record_type_find (type, "currency");
  return field >= 0 && type->fields[field].kind == MH_KIND_TEXT
             ? mh_record_text (record, (guint)field)
             : NULL;
}

static char *
list_words (const MhField *field, const char *const *list)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  for (guint i = 0; list[i] != NULL; i++)
    g_strv_builder_add (words, field->codes != NULL ? mh_words_of_code (field, list[i]) : list[i]);
  g_auto (GStrv) all = g_strv_builder_end (words);
  return g_strjoinv (", ", all);
}

char *
mh_words_value (MhRecord *record, guint i)
{
  const MhField *field = &mh_record_type (record)->fields[i];
  if (!mh_record_has (record, i))
    return g_strdup ("");
  if (field->kind == MH_KIND_ENUM)
    return g_strdup (mh_words_of_code (field, mh_record_text (record, i)));
  if (field->kind == MH_KIND_DATE)
    return mh_words_of_date (mh_record_text (record, i));
  if (field->kind == MH_KIND_INSTANT)
    return mh_words_time (mh_record_int (record, i));
  if (field->kind == MH_KIND_MONEY)
    return mh_words_money (mh_record_int (record, i), currency_of (record));
  if (field->kind == MH_KIND_BOOL)
    return g_strdup (mh_record_bool (record, i) ? _ ("Yes") : _ ("No"));
  if (field->kind == MH_KIND_LIST)
    return list_words (field, mh_record_list (record, i));

  g_autofree char *text = mh_field_is_rate (field) ? mh_rate_entry (mh_record_int (record, i))
                                                   : mh_record_value_text (record, i);
  return field->unit != NULL ? g_strdup_printf ("%s %s", text, _ (field->unit))
                             : g_steal_pointer (&text);
}

static const char *
words_sex_letter (const char *sex)
{
  if (g_strcmp0 (sex, MH_SEX_FEMALE) == 0)
    return C_ ("sex, one letter", "F");
  if (g_strcmp0 (sex, MH_SEX_MALE) == 0)
    return C_ ("sex, one letter", "M");
  return g_strcmp0 (sex, MH_SEX_OTHER) == 0 ? C_ ("sex, one letter", "O") : "";
}

char *
mh_words_age_of (MhDate birth, MhDate on)
{
  int months = mh_age_months (birth, on);
  if (months < 0)
    return g_strdup ("");
  /* Translators: a person's age in days, months or years; as short as can be read */
  if (months < 1)
    return g_strdup_printf (C_ ("age", "%d d"), mh_age_days (birth, on));
  return months < 24 ? g_strdup_printf (C_ ("age", "%d mo"), months)
                     : g_strdup_printf (C_ ("age", "%d y"), months / 12);
}

char *
mh_words_age_sex (const char *birth_date, const char *sex, const char *today)
{
  MhDate birth, now;
  g_autofree char *age = birth_date != NULL && today != NULL && mh_date_parse (birth_date, &birth)
                                 && mh_date_parse (today, &now)
                             ? mh_words_age_of (birth, now)
                             : NULL;
  g_autofree char *text = g_strconcat (age != NULL ? age : "", " ", words_sex_letter (sex), NULL);
  return g_strdup (g_strstrip (text));
}

char *
mh_words_patient (MhRecord *patient)
{
  return mh_patient_name (patient);
}

char *
mh_words_figures (const char *text)
{
  if (text == NULL || *text == '\0' || gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL)
    return g_strdup (text);
  return g_strconcat ("\u2066", text, "\u2069", NULL);
}

char *
mh_words_order (const char *number)
{
  /* Translators: an order's number */
  return number != NULL ? g_strdup_printf (_ ("Order %s"), number) : g_strdup ("");
}

char *
mh_words_mrn (const char *mrn)
{
  /* Translators: a patient's number */
  return mrn != NULL ? g_strdup_printf (_ ("MRN %s"), mrn) : g_strdup ("");
}

char *
mh_words_mrn_and_order (const char *mrn, const char *number)
{
  g_autofree char *patient = mh_words_mrn (mrn), *order = mh_words_order (number);
  return g_strconcat (patient, mrn != NULL && number != NULL ? " · " : "", order, NULL);
}

/* As it stands within a sentence. Caller frees. */
static char *
in_sentence (const char *word)
{
  g_autofree char *first = g_utf8_substring (word, 0, 1);
  g_autofree char *small = g_utf8_strdown (first, -1);
  return g_strconcat (small, g_utf8_next_char (word), NULL);
}

char *
mh_words_alike (const char *const *reasons)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  for (guint i = 0; reasons != NULL && reasons[i] != NULL; i++)
    for (const MhCode *code = mh_duplicate_reason_codes; code->code != NULL; code++)
      if (g_str_equal (code->code, reasons[i]))
        {
          g_autofree char *word = in_sentence (g_dgettext (GETTEXT_PACKAGE, code->label));
          g_strv_builder_add (words, word);
        }
  g_auto (GStrv) list = g_strv_builder_end (words);
  return list[0] != NULL ? g_strjoinv (", ", list) : NULL;
}

static const char *
words_role_word (const char *label, gpointer data)
{
  return _ (label);
}

char *
mh_words_roles (const char *roles)
{
  return mh_role_words (roles, words_role_word, NULL);
}
