/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/nursing/mh-vitals-entry.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/pages/mh-page-tools.h"
#include "client/pages/mh-reasons.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-shell.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-words.h"
#include "client/widgets/form/mh-typed.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-text.h"
#include "shared/record/mh-record-check.h"
#include "shared/records/clinic/mh-visit.h"
#include "shared/records/clinic/mh-vitals.h"
#include "shared/rules/clinic/mh-news2.h"
#include "shared/rules/clinic/mh-vital-units.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  guint field;
  const char *label; /* N_() */
  int width;
  guint unit;       /* the field of the unit, or of how it was measured; 0: none */
  const char *help; /* N_() */
} Column;

/* clang-format off */
static const Column columns[] = {
  { MH_VITALS_RESP, N_("Breaths"), 4, 0, N_("/min") },
  { MH_VITALS_SPO2, N_("SpO₂ %"), 4, 0, NULL },
  { MH_VITALS_O2, N_("O₂"), 5, 0, N_("a for room air, 4 for L/min, 28% for what is inspired, or both: 4 28%") },
  { MH_VITALS_SYSTOLIC, N_("Systolic"), 4, MH_VITALS_POSITION, N_("mmHg") },
  { MH_VITALS_DIASTOLIC, N_("Diastolic"), 4, MH_VITALS_BP_METHOD, N_("mmHg") },
  { MH_VITALS_PULSE, N_("Pulse"), 4, 0, N_("/min") },
  { MH_VITALS_CONSCIOUSNESS, N_("ACVPU"), 3, 0, N_("A alert, C newly confused, V answers to voice, P to pain, U unresponsive") },
  { MH_VITALS_TEMPERATURE, N_("Temperature"), 5, MH_VITALS_TEMPERATURE_SITE, N_("°C, or °F from 77 on") },
  { MH_VITALS_PAIN, N_("Pain"), 3, 0, N_("0 to 10") },
  { MH_VITALS_GCS, N_("GCS E V M"), 6, 0, N_("Like 4 5 6; N for what cannot be tested") },
  { MH_VITALS_GLUCOSE, N_("Glucose"), 5, MH_VITALS_GLUCOSE_UNIT, NULL },
  { MH_VITALS_WEIGHT, N_("Weight"), 6, MH_VITALS_WEIGHT_UNIT, NULL },
  { MH_VITALS_HEIGHT, N_("Height"), 6, MH_VITALS_HEIGHT_UNIT, NULL },
  { MH_VITALS_OBSERVE_IN, N_("Repeat in (min)"), 4, 0, N_("Earlier than the score requires") },
};
/* clang-format on */
#define N_COLUMNS G_N_ELEMENTS (columns)

struct _MhVitalsEntry
{
  MhPane parent_instance;
  MhRecord *visit, *patient;
  GtkFlowBox *fields;
  GtkLabel *score, *problem;
  GtkWidget *save;
  MhTyped *typed; /* each visit keeps what was typed about it */
  GtkEditable *entries[N_COLUMNS];
  GtkDropDown *units[N_COLUMNS];
  GtkLabel *notes[N_COLUMNS]; /* what is wrong, under each */
  gboolean saving;
  char *sent; /* the visit whose set was sent last */
};

G_DEFINE_FINAL_TYPE (MhVitalsEntry, mh_vitals_entry, MH_TYPE_PANE)

enum
{
  SAVED,
  N_SIGNALS,
};
static guint signals[N_SIGNALS];

/* --- reading what was typed --- */

static char *
vitals_entry_typed (MhVitalsEntry *entry, guint i)
{
  char *text = mh_text_ascii_digits (gtk_editable_get_text (entry->entries[i]));
  return g_strdelimit (g_strstrip (text), ",", '.');
}

/* By the nose up to 6 litres, more by a mask; what is told in per cent is of a Venturi mask up to
 * 60, more of one with a reservoir, and above 15 litres of high flow. -1: not told. */
static const char *
oxygen_device (double flow, gint64 percent)
{
  if (percent < 0)
    return flow <= 6 ? MH_O2_NASAL : MH_O2_MASK;
  if (flow > 15)
    return MH_O2_HIGH_FLOW;
  if (flow < 0 && percent <= 21)
    return MH_O2_AIR;
  return percent <= 60 ? MH_O2_VENTURI : MH_O2_RESERVOIR;
}

/* "a", "4" litres, "28%", or both: "4 28%". */
static gboolean
read_oxygen (MhRecord *vitals, const char *text)
{
  MhDecimal flow;
  gint64 percent = -1;
  g_autofree char *litres = g_strdup (text);

  if (g_ascii_strcasecmp (text, "a") == 0 || g_ascii_strcasecmp (text, "air") == 0
      || g_str_equal (text, "0"))
    {
      mh_record_set_text (vitals, MH_VITALS_O2, MH_O2_AIR);
      return TRUE;
    }

  if (g_str_has_suffix (litres, "%"))
    {
      litres[strlen (litres) - 1] = 0;
      char *last = strrchr (g_strchomp (litres), ' ');
      if (!g_ascii_string_to_signed (last != NULL ? last + 1 : litres, 10, 0, G_MAXINT, &percent,
                                     NULL))
        return FALSE;
      mh_record_set_int (vitals, MH_VITALS_O2_PERCENT, percent);
      *(last != NULL ? last : litres) = 0;
      g_strchomp (litres);
    }

  if (*litres != 0 && !mh_decimal_parse (litres, &flow))
    return FALSE;
  if (*litres != 0)
    mh_record_set_text (vitals, MH_VITALS_O2_FLOW, litres);
  mh_record_set_text (vitals, MH_VITALS_O2,
                      oxygen_device (*litres != 0 ? mh_decimal_to_double (flow) : -1, percent));

  return TRUE;
}

static gboolean
read_gcs (MhRecord *vitals, const char *text)
{
  static const guint fields[] = { MH_VITALS_GCS_EYE, MH_VITALS_GCS_VERBAL, MH_VITALS_GCS_MOTOR };
  guint n = 0;
  for (const char *at = text; *at != 0; at++)
    {
      const char digit[] = { *at, 0 };
      if (*at == ' ')
        continue;
      if (n == G_N_ELEMENTS (fields) || (!g_ascii_isdigit (*at) && g_ascii_toupper (*at) != 'N'))
        return FALSE;
      mh_record_set_text (vitals, fields[n++], g_ascii_isdigit (*at) ? digit : MH_GCS_NOT_TESTABLE);
    }

  return n == G_N_ELEMENTS (fields);
}

static gboolean
read_acvpu (MhRecord *vitals, const char *text)
{
  const char letter[] = { g_ascii_toupper (text[0]), 0 };
  if (text[1] != 0 || strchr ("ACVPU", letter[0]) == NULL)
    return FALSE;
  mh_record_set_text (vitals, MH_VITALS_CONSCIOUSNESS, letter);
  return TRUE;
}

static gboolean
vitals_entry_read_number (MhRecord *vitals, guint field, const char *text)
{
  gint64 value = 0;
  if (mh_vitals_type.fields[field].kind == MH_KIND_DECIMAL)
    {
      MhDecimal decimal;
      if (!mh_decimal_parse (text, &decimal))
        return FALSE;
      mh_record_set_text (vitals, field, text);
      /* no living body has 77 °C */
      if (field == MH_VITALS_TEMPERATURE)
        mh_record_set_text (vitals, MH_VITALS_TEMPERATURE_UNIT,
                            mh_decimal_to_double (decimal) >= 77 ? MH_UNIT_FAHRENHEIT
                                                                 : MH_UNIT_CELSIUS);
      return TRUE;
    }

  if (!g_ascii_string_to_signed (text, 10, 0, G_MAXINT, &value, NULL))
    return FALSE;

  mh_record_set_int (vitals, field, value);
  return TRUE;
}

/* Of these nothing need be said. */
static gboolean
is_how (guint field)
{
  return field == MH_VITALS_BP_METHOD || field == MH_VITALS_POSITION
         || field == MH_VITALS_TEMPERATURE_SITE;
}

static void
vitals_entry_read_choice (MhVitalsEntry *entry, guint i, MhRecord *vitals)
{
  guint field = columns[i].unit;
  if (field == 0)
    return;
  const char *code
      = is_how (field)
            ? mh_reasons_peek (entry->units[i])
            : mh_vitals_type.fields[field].codes[gtk_drop_down_get_selected (entry->units[i])].code;
  if (code != NULL)
    mh_record_set_text (vitals, field, code);
}

static gboolean
vitals_entry_read_one (MhVitalsEntry *entry, guint i, MhRecord *vitals)
{
  g_autofree char *text = vitals_entry_typed (entry, i);
  guint field = columns[i].field;
  /* how the patient lay or stood is said beside the one pressure, of whichever was measured */
  if (*text != 0 || field == MH_VITALS_SYSTOLIC
      || (field == MH_VITALS_DIASTOLIC && mh_record_has (vitals, MH_VITALS_SYSTOLIC)))
    vitals_entry_read_choice (entry, i, vitals);
  if (*text == 0)
    return TRUE;

  return field == MH_VITALS_O2              ? read_oxygen (vitals, text)
         : field == MH_VITALS_CONSCIOUSNESS ? read_acvpu (vitals, text)
         : field == MH_VITALS_GCS           ? read_gcs (vitals, text)
                                            : vitals_entry_read_number (vitals, field, text);
}

/* What is typed; @issues: what cannot be. */
static MhRecord *
vitals_entry_gather (MhVitalsEntry *entry, MhIssues *issues)
{
  MhRecord *vitals = mh_record_new (&mh_vitals_type);
  for (guint i = 0; i < N_COLUMNS; i++)
    if (!vitals_entry_read_one (entry, i, vitals))
      mh_issues_add (issues, mh_vitals_type.fields[columns[i].field].name, "format",
                     "This cannot be read.");
  return vitals;
}

static guint
vitals_entry_column_of (const char *field)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    if (g_strcmp0 (mh_vitals_type.fields[columns[i].field].name, field) == 0
        || (is_how (columns[i].unit)
            && g_strcmp0 (mh_vitals_type.fields[columns[i].unit].name, field) == 0))
      return i;
  return g_str_has_prefix (field, "gcs") ? 9 : g_str_has_prefix (field, "o2") ? 2 : N_COLUMNS;
}

/* "From 30 to 100" says more than that it is out of range. Caller frees. */
static char *
issue_words (const MhIssue *issue, const MhField *field)
{
  if (g_strcmp0 (issue->code, "out_of_range") == 0 && field->at_most > field->at_least)
    /* Translators: the least and the most that a vital sign may be */
    return g_strdup_printf (_ ("From %d to %d"), (int)field->at_least, (int)field->at_most);
  return mh_words_issue (issue, field);
}

/* Every entry says what is wrong with it. FALSE: nothing is. */
static gboolean
vitals_entry_mark (MhVitalsEntry *entry, const MhIssues *issues)
{
  gboolean any = FALSE;
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (entry->entries[i]), "error");
      gtk_label_set_text (entry->notes[i], "");
    }

  for (guint i = 0; i < mh_issues_count (issues); i++)
    {
      const MhIssue *issue = mh_issues_nth (issues, i);
      guint at = vitals_entry_column_of (issue->field);
      if (at >= N_COLUMNS)
        continue;
      int named = mh_record_type_find (&mh_vitals_type, issue->field);
      g_autofree char *words = issue_words (
          issue, &mh_vitals_type.fields[named >= 0 ? (guint)named : columns[at].field]);
      gtk_widget_add_css_class (GTK_WIDGET (entry->entries[at]), "error");
      gtk_label_set_text (entry->notes[at], words);
      any = TRUE;
    }

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      gboolean wrong = gtk_label_get_text (entry->notes[i])[0] != 0;
      gtk_widget_set_visible (GTK_WIDGET (entry->notes[i]), wrong);
      gtk_accessible_update_state (
          GTK_ACCESSIBLE (entry->entries[i]), GTK_ACCESSIBLE_STATE_INVALID,
          wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
    }

  return any;
}

/* What cannot be is not scored: 194 % is no good saturation. */
static void
leave_out (MhRecord *vitals, const MhIssues *issues)
{
  for (guint i = 0; i < mh_issues_count (issues); i++)
    {
      const char *name = mh_issues_nth (issues, i)->field;
      int field = mh_record_type_find (&mh_vitals_type, name);
      if (field >= 0)
        mh_record_unset (vitals, (guint)field);
      if (field == MH_VITALS_TEMPERATURE)
        mh_record_unset (vitals, MH_VITALS_TEMPERATURE_C);
    }
}

/* --- the score while typing --- */

static char *
missing_text (const MhNews2 *score)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < MH_NEWS2_N; i++)
    if (score->points[i] == MH_NEWS2_UNKNOWN)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              _ (mh_news2_part_label ((MhNews2Part)i)));
  return g_strdup (text->str);
}

static char *
vitals_entry_score_text (MhVitalsEntry *entry, MhRecord *vitals, const char **out_style)
{
  char today[11];
  MhDate date;
  MhNews2 score;
  const char *why = NULL;
  int scale = mh_record_int (entry->visit, MH_VISIT_SPO2_SCALE) == 2 ? 2 : 1;

  if (entry->patient != NULL && mh_date_parse (mh_when_today_text (today), &date))
    why = mh_news2_not_for (entry->patient, date);
  if (why != NULL)
    return g_strdup (g_str_equal (why, "age")        ? _ ("NEWS2 is not for children under 16")
                     : g_str_equal (why, "pregnant") ? _ ("NEWS2 is not for pregnant women")
                                                     : _ ("NEWS2 needs the date of birth"));

  mh_news2_of_vitals (vitals, scale, &score);
  const MhNews2Action *action = mh_news2_action (score.whole ? score.level : score.at_least);
  gboolean alarm = score.known >= 5;

  *out_style = alarm ? "mh-critical" : NULL;
  if (score.whole)
    return g_strdup_printf (_ ("NEWS2 %d · %s%s"), score.known, _ (action->action),
                            scale == 2 ? _ (" · SpO₂ scale 2") : "");

  g_autofree char *missing = missing_text (&score);
  return alarm ? g_strdup_printf (_ ("NEWS2 at least %d · %s · missing: %s"), score.known,
                                  _ (action->action), missing)
               : g_strdup_printf (_ ("NEWS2 incomplete, %d so far · missing: %s"), score.known,
                                  missing);
}

/* An empty row is not wrong before somebody wants to save it. */
static gboolean
is_begun (MhVitalsEntry *entry)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    if (*gtk_editable_get_text (entry->entries[i]) != 0)
      return TRUE;
  return FALSE;
}

static void
vitals_entry_changed_cb (MhVitalsEntry *entry)
{
  const char *style = NULL;
  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autoptr (MhRecord) vitals = vitals_entry_gather (entry, issues);
  if (entry->visit == NULL)
    return;

  if (mh_vitals_type.check != NULL && is_begun (entry))
    mh_vitals_type.check (vitals, issues);
  mh_vitals_derive (vitals);
  for (guint i = 0; i < mh_vitals_type.n_fields; i++)
    if (mh_record_has (vitals, i))
      mh_record_check_field (vitals, i, issues);

  vitals_entry_mark (entry, issues);
  leave_out (vitals, issues);
  g_autofree char *text = vitals_entry_score_text (entry, vitals, &style);

  gtk_widget_set_visible (GTK_WIDGET (entry->problem), FALSE);
  gtk_label_set_text (entry->score, text);
  gtk_widget_remove_css_class (GTK_WIDGET (entry->score), "mh-critical");
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (entry->score), style);
}

/* --- saving --- */

static void
vitals_entry_clear (MhVitalsEntry *entry)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      gtk_editable_set_text (entry->entries[i], "");
      if (is_how (columns[i].unit))
        mh_reasons_clear (entry->units[i]);
    }
  vitals_entry_changed_cb (entry);
}

static char *
vitals_entry_form (const char *visit_id)
{
  return g_strdup_printf ("vitals/%s/", visit_id);
}

static void
vitals_entry_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhVitalsEntry) entry = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);

  entry->saving = FALSE;
  if (mh_pane_context (MH_PANE (entry)) == NULL)
    return;

  gtk_widget_action_set_enabled (GTK_WIDGET (entry), "vitals.save", TRUE);
  if (outcome == NULL)
    {
      const MhIssues *issues = mh_error_get_issues (error);
      gboolean at_fields = issues != NULL && vitals_entry_mark (entry, issues);
      g_autofree char *words = mh_words_error (error);
      gtk_label_set_text (entry->problem, words);
      gtk_widget_set_visible (GTK_WIDGET (entry->problem), !at_fields);
      return;
    }

  mh_shell_toast (GTK_WIDGET (entry), outcome->waiting ? _ ("Kept here until the server is back")
                                                       : _ ("Vital signs saved"));
  if (entry->visit != NULL && g_strcmp0 (mh_record_id (entry->visit), entry->sent) == 0)
    {
      vitals_entry_clear (entry);
      mh_typed_done (entry->typed);
      mh_vitals_entry_grab (entry);
    }
  else /* another visit is on show, and keeps what is typed about it */
    {
      g_autofree char *form = vitals_entry_form (entry->sent);
      mh_typed_forget (mh_pane_context (MH_PANE (entry)), form);
    }
  g_signal_emit (entry, signals[SAVED], 0);
}

static void
vitals_entry_save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhVitalsEntry *entry = MH_VITALS_ENTRY (widget);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  MhContext *context = mh_pane_context (MH_PANE (entry));
  if (entry->visit == NULL || entry->saving || context == NULL)
    return;

  g_autoptr (MhRecord) vitals = vitals_entry_gather (entry, issues);
  mh_record_take_text (vitals, MH_ID, mh_id_new ());
  mh_record_set_text (vitals, MH_VITALS_VISIT_ID, mh_record_id (entry->visit));
  mh_record_set_int (vitals, MH_VITALS_TAKEN_AT, mh_when_now ());
  mh_record_check (vitals, MH_CHECK_CREATE, issues);

  if (mh_issues_count (issues) > 0)
    {
      gboolean at_fields = vitals_entry_mark (entry, issues);
      g_autofree char *words = g_strdup (_ (mh_issues_nth (issues, 0)->message));
      gtk_label_set_text (entry->problem, words);
      gtk_widget_set_visible (GTK_WIDGET (entry->problem), !at_fields);
      for (guint i = 0; i < N_COLUMNS; i++)
        if (gtk_widget_get_visible (GTK_WIDGET (entry->notes[i])))
          {
            gtk_widget_grab_focus (GTK_WIDGET (entry->entries[i]));
            break;
          }
      return;
    }

  g_autoptr (MhRecord) seen = mh_record_copy (vitals);
  mh_vitals_derive (seen);
  mh_record_set_text (seen, MH_VITALS_PATIENT_ID,
                      mh_record_text (entry->visit, MH_VISIT_PATIENT_ID));
  entry->saving = TRUE;
  g_free (entry->sent);
  entry->sent = g_strdup (mh_record_id (entry->visit));
  gtk_widget_action_set_enabled (widget, "vitals.save", FALSE);
  mh_command_async (context,
                    &(MhCommand){ .route = "vitals.record", .body = vitals, .optimistic = seen },
                    NULL, vitals_entry_saved_cb, g_object_ref (entry));
}

/* --- the row --- */

static void
vitals_entry_next_cb (GtkWidget *widget, MhVitalsEntry *entry)
{
  for (guint i = 0; i + 1 < N_COLUMNS; i++)
    if (GTK_WIDGET (entry->entries[i]) == widget)
      {
        gtk_widget_grab_focus (GTK_WIDGET (entry->entries[i + 1]));
        return;
      }
  gtk_widget_grab_focus (entry->save);
}

/* Their choices look alike until one is made: what each asks stands above it. */
static const char *
how_label (guint field)
{
  return field == MH_VITALS_BP_METHOD  ? _ ("Pressure measured by")
         : field == MH_VITALS_POSITION ? _ (mh_vitals_type.fields[field].label)
                                       : _ ("Temperature measured at");
}

static GtkWidget *
how_choice (guint field)
{
  GtkWidget *choice = gtk_drop_down_new (NULL, NULL);
  mh_reasons_fill (GTK_DROP_DOWN (choice), mh_vitals_type.fields[field].codes);
  mh_accessible_name (choice, how_label (field));
  return choice;
}

static GtkWidget *
unit_choice (MhVitalsEntry *entry, guint i)
{
  static const char *const shown[][4]
      = { { "mg/dL", "mmol/L", NULL }, { "kg", "g", "lb", NULL }, { "cm", "m", "in", NULL } };
  guint row = columns[i].unit == MH_VITALS_GLUCOSE_UNIT  ? 0
              : columns[i].unit == MH_VITALS_WEIGHT_UNIT ? 1
                                                         : 2;
  GtkWidget *choice = is_how (columns[i].unit) ? how_choice (columns[i].unit)
                                               : gtk_drop_down_new_from_strings (shown[row]);
  gtk_widget_set_name (choice, mh_vitals_type.fields[columns[i].unit].name);
  if (!is_how (columns[i].unit))
    mh_accessible_name (choice, _ (mh_vitals_type.fields[columns[i].unit].label));
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (vitals_entry_changed_cb), entry,
                           G_CONNECT_SWAPPED);
  entry->units[i] = GTK_DROP_DOWN (choice);
  return choice;
}

/* A label above what is typed or chosen, as one cell of the row; gives its box. */
static GtkWidget *
vitals_entry_add_cell (MhVitalsEntry *entry, const char *words, GtkWidget *what)
{
  GtkWidget *box = mh_vbox (0);
  GtkWidget *label = mh_label (words, "caption");
  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  mh_box_append (box, label);
  mh_box_append (box, what);
  gtk_flow_box_append (entry->fields, box);
  gtk_widget_set_focusable (gtk_widget_get_parent (box), FALSE);
  return box;
}

static void
vitals_entry_add_column (MhVitalsEntry *entry, guint i)
{
  GtkWidget *line = mh_hbox (3);
  GtkWidget *input = gtk_entry_new ();

  gtk_editable_set_width_chars (GTK_EDITABLE (input), columns[i].width);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (input), columns[i].width);
  mh_accessible_name (input, _ (columns[i].label));
  gtk_widget_set_name (input, mh_vitals_type.fields[columns[i].field].name);
  if (columns[i].help != NULL)
    mh_tooltip_set (input, _ (columns[i].help));
  entry->entries[i] = GTK_EDITABLE (input);
  g_signal_connect_object (input, "changed", G_CALLBACK (vitals_entry_changed_cb), entry,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (input, "activate", G_CALLBACK (vitals_entry_next_cb), entry, 0);
  mh_box_append (line, input);
  GtkWidget *box = vitals_entry_add_cell (entry, _ (columns[i].label), line);

  if (is_how (columns[i].unit))
    vitals_entry_add_cell (entry, how_label (columns[i].unit), unit_choice (entry, i));
  else if (columns[i].unit != 0)
    mh_box_append (line, unit_choice (entry, i));

  GtkWidget *note = mh_label ("", "error");
  gtk_widget_add_css_class (note, "caption");
  gtk_label_set_max_width_chars (GTK_LABEL (note), 14);
  gtk_widget_set_visible (note, FALSE);
  entry->notes[i] = GTK_LABEL (note);
  mh_box_append (box, note);
}

void
mh_vitals_entry_show (MhVitalsEntry *entry, MhRecord *visit, MhRecord *patient)
{
  gboolean other = g_strcmp0 (visit != NULL ? mh_record_id (visit) : NULL,
                              entry->visit != NULL ? mh_record_id (entry->visit) : NULL)
                   != 0;
  MhContext *context = mh_pane_context (MH_PANE (entry));
  if (other) /* what was typed is kept with the visit it is about */
    mh_typed_watch (entry->typed, context, GTK_WIDGET (entry), NULL);
  g_set_object (&entry->visit, visit);
  g_set_object (&entry->patient, patient);

  if (!other)
    {
      vitals_entry_changed_cb (entry);
      return;
    }

  vitals_entry_clear (entry);
  if (visit != NULL)
    {
      g_autofree char *form = vitals_entry_form (mh_record_id (visit));
      mh_typed_watch (entry->typed, context, GTK_WIDGET (entry), form);
    }
}

void
mh_vitals_entry_grab (MhVitalsEntry *entry)
{
  gtk_widget_grab_focus (GTK_WIDGET (entry->entries[0]));
}

static void
mh_vitals_entry_finalize (GObject *object)
{
  g_free (MH_VITALS_ENTRY (object)->sent);
  g_clear_object (&MH_VITALS_ENTRY (object)->visit);
  g_clear_object (&MH_VITALS_ENTRY (object)->patient);
  G_OBJECT_CLASS (mh_vitals_entry_parent_class)->finalize (object);
}

static void
mh_vitals_entry_class_init (MhVitalsEntryClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = mh_vitals_entry_finalize;
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_TYPED);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("clinic/nursing/mh-vitals-entry"));
  gtk_widget_class_bind_template_child (widget, MhVitalsEntry, fields);
  gtk_widget_class_bind_template_child (widget, MhVitalsEntry, score);
  gtk_widget_class_bind_template_child (widget, MhVitalsEntry, problem);
  gtk_widget_class_bind_template_child (widget, MhVitalsEntry, save);
  gtk_widget_class_bind_template_child (widget, MhVitalsEntry, typed);
  gtk_widget_class_install_action (widget, "vitals.save", NULL, vitals_entry_save_action);
  gtk_widget_class_add_binding_action (widget, GDK_KEY_F9, 0, "vitals.save", NULL);
}

static void
mh_vitals_entry_init (MhVitalsEntry *entry)
{
  gtk_widget_init_template (GTK_WIDGET (entry));
  for (guint i = 0; i < N_COLUMNS; i++)
    vitals_entry_add_column (entry, i);
}
