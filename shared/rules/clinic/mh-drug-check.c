/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-drug-check.h"
#include "shared/records/clinic/mh-allergy.h"
#include "shared/records/clinic/mh-drug.h"
#include "shared/records/clinic/mh-medicine.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/people/mh-patient.h"

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-text.h"
#include "shared/rules/clinic/mh-drug-meaning.h"
#include "shared/rules/clinic/mh-drug-private.h"
#include "shared/rules/clinic/mh-drug-words.h"

#include <string.h>

/* A new course that begins while the old one has a few days left renews it. */
#define RENEWAL_DAYS 7

/* --- saying it --- */

static void
add_key (GString *key, const char *part)
{
  g_autofree char *folded = mh_text_fold (part != NULL ? part : "");
  g_string_append_printf (key, "%s%s", key->len > 0 ? "|" : "", folded);
}

MhRecord *
mh_drug_alert_add (MhDrugChecking *checking, const MhDrugWarning *warning)
{
  MhRecord *alert = mh_record_new (&mh_drug_alert_type);
  const MhDrugItem *item = warning->item;
  const char *name = item != NULL ? item->name : NULL;
  g_autoptr (GString) key = g_string_new (NULL);

  add_key (key, warning->code);
  add_key (key, name);
  add_key (key, warning->other);
  add_key (key, warning->rule);
  mh_record_set_text (alert, MH_DRUG_ALERT_KEY, key->str);
  mh_record_set_int (alert, MH_DRUG_ALERT_LINE, item != NULL ? item->index : -1);
  mh_record_set_text (alert, MH_DRUG_ALERT_CODE, warning->code);
  mh_record_set_text (alert, MH_DRUG_ALERT_SEVERITY, warning->severity);
  mh_record_set_text (alert, MH_DRUG_ALERT_SUBJECT, name);
  mh_record_set_text (alert, MH_DRUG_ALERT_OTHER, warning->other);
  mh_record_set_text (alert, MH_DRUG_ALERT_RULE, warning->rule);
  mh_record_set_text (alert, MH_DRUG_ALERT_TEXT, warning->text);
  mh_record_set_text (alert, MH_DRUG_ALERT_ADVICE, warning->advice);
  g_ptr_array_add (checking->alerts, alert);

  return alert;
}

void
mh_drug_alert_figure (MhRecord *alert, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  mh_record_add_to_list (alert, MH_DRUG_ALERT_FIGURES, text);
}

char *
mh_drug_number (double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  return g_strdup (g_ascii_formatd (digits, sizeof digits, "%.4g", value));
}

int
mh_drug_days (MhDate a, MhDate b)
{
  return (int)(mh_date_to_days (b) - mh_date_to_days (a));
}

/* --- items --- */

static gboolean
is_systemic (const char *route)
{
  static const char *const local[]
      = { "topical", "ophthalmic", "otic", "nasal", "oromucosal", "eye", "ear", "nose", NULL };
  return route == NULL || !g_strv_contains (local, route);
}

void
mh_drug_complete_line (MhDrugBook *book, MhRecord *line)
{
  const char *name = mh_record_text (line, MH_PRESCRIPTION_LINE_NAME);
  MhRecord *medicine
      = mh_drug_book_medicine (book, mh_record_text (line, MH_PRESCRIPTION_LINE_MEDICINE));

  if (medicine == NULL)
    mh_record_set_null (line, MH_PRESCRIPTION_LINE_MEDICINE);
  g_autofree const char **known = NULL;
  MhRecord *like = medicine != NULL ? medicine : mh_drug_medicine_like (book, name, &known);

  mh_record_set_list (line, MH_PRESCRIPTION_LINE_INGREDIENTS,
                      like != NULL ? mh_record_list (like, MH_MEDICINE_INGREDIENTS)
                                   : (const char *const *)known);
  mh_record_set_text (line, MH_PRESCRIPTION_LINE_ATC,
                      like != NULL ? mh_record_text (like, MH_MEDICINE_ATC) : NULL);
  mh_record_set_text (line, MH_PRESCRIPTION_LINE_SCHEDULE,
                      like != NULL ? mh_record_text (like, MH_MEDICINE_SCHEDULE) : NULL);
  mh_record_set_bool (line, MH_PRESCRIPTION_LINE_HIGH_ALERT,
                      like != NULL && mh_record_bool (like, MH_MEDICINE_HIGH_ALERT));
  mh_record_set_bool (line, MH_PRESCRIPTION_LINE_UNCHECKED, like == NULL && known == NULL);
}

static void
fill_item (MhDrugBook *book, MhDrugItem *item, MhRecord *line, int index)
{
  MhRecord *exact
      = mh_drug_book_medicine (book, mh_record_text (line, MH_PRESCRIPTION_LINE_MEDICINE));
  g_autofree const char **known = NULL;
  MhRecord *medicine = exact != NULL
                           ? exact
                           : mh_drug_medicine_like (
                               book, mh_record_text (line, MH_PRESCRIPTION_LINE_NAME), &known);
  const char *own = mh_record_text (line, MH_PRESCRIPTION_LINE_ROUTE);

  *item = (MhDrugItem){
    .line = line,
    .medicine = medicine,
    .ingredients = mh_record_list (line, MH_PRESCRIPTION_LINE_INGREDIENTS),
    .name = mh_record_text (line, MH_PRESCRIPTION_LINE_NAME),
    .atc = mh_record_text (line, MH_PRESCRIPTION_LINE_ATC),
    /* A name alone says nothing about the form: it may be swallowed. */
    .systemic = is_systemic (own != NULL     ? own
                             : exact != NULL ? mh_record_text (exact, MH_MEDICINE_ROUTE)
                                             : NULL),
    .index = index,
  };
}

static gboolean
has_ingredients (const MhDrugItem *item)
{
  return item->ingredients != NULL && item->ingredients[0] != NULL;
}

/* --- allergies --- */

/* What somebody is allergic to: the substance, and the class that was noted beside it. */
typedef struct
{
  MhDrugMeaning *substance, *class;
} Allergen;

static void
allergen_clear (Allergen *allergen)
{
  g_clear_pointer (&allergen->substance, mh_drug_meaning_free);
  g_clear_pointer (&allergen->class, mh_drug_meaning_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Allergen, allergen_clear)

static Allergen
read_allergen (MhDrugBook *book, MhRecord *allergy)
{
  return (Allergen){ mh_drug_meaning_of (book, mh_record_text (allergy, MH_ALLERGY_SUBSTANCE)),
                     mh_drug_meaning_of (book, mh_record_text (allergy, MH_ALLERGY_CLASS_CODE)) };
}

typedef struct
{
  const char *code, *severity;
  MhRecord *cross; /* the row that says so */
  const char *group;
} Finding;

static int
drug_check_rank (const char *severity)
{
  static const char *const ranks[]
      = { MH_DRUG_NOTE, MH_DRUG_MINOR, MH_DRUG_MODERATE, MH_DRUG_MAJOR, MH_DRUG_CONTRAINDICATED };
  for (guint i = 0; i < G_N_ELEMENTS (ranks); i++)
    if (g_strcmp0 (severity, ranks[i]) == 0)
      return (int)i;
  return -1;
}

/* The substance itself before whatever follows from its groups; of two as grave, what is said of
 * the group itself. */
static void
keep_graver (Finding *finding, Finding other)
{
  int was = drug_check_rank (finding->severity), is = drug_check_rank (other.severity);
  gboolean direct = g_strcmp0 (other.code, MH_DRUG_ALERT_ALLERGY) == 0;
  if (other.severity == NULL || g_strcmp0 (finding->code, MH_DRUG_ALERT_ALLERGY) == 0)
    return;
  if (direct || is > was
      || (is == was && g_strcmp0 (finding->code, MH_DRUG_ALERT_ALLERGY_CROSS) == 0))
    *finding = other;
}

static gboolean
is_grave (MhRecord *allergy)
{
  const char *severity = mh_record_text (allergy, MH_ALLERGY_SEVERITY);
  return g_strcmp0 (severity, MH_ALLERGY_SEVERE) == 0
         || g_strcmp0 (severity, MH_ALLERGY_ANAPHYLAXIS) == 0;
}

static const char *
direct_severity (MhRecord *allergy)
{
  return g_strcmp0 (mh_record_text (allergy, MH_ALLERGY_SEVERITY), MH_ALLERGY_ANAPHYLAXIS) == 0
             ? MH_DRUG_CONTRAINDICATED
             : MH_DRUG_MAJOR;
}

static const char *
cross_severity (MhRecord *row, MhRecord *allergy)
{
  const char *risk = mh_record_text (row, MH_ALLERGY_CROSS_RISK);
  if (g_strcmp0 (risk, MH_CROSS_NONE) == 0)
    return NULL;
  if (g_strcmp0 (risk, MH_CROSS_HIGH) == 0
      || (g_strcmp0 (risk, MH_CROSS_MODERATE) == 0 && is_grave (allergy)))
    return MH_DRUG_MAJOR;
  return MH_DRUG_MODERATE;
}

/* @from: a group of the allergen; @named: the allergy is to the whole group. */
static void
drug_check_compare_groups (MhDrugBook *book,
                           MhRecord *allergy,
                           const char *from,
                           gboolean named,
                           const char *const *groups,
                           Finding *finding)
{
  for (guint i = 0; groups != NULL && groups[i] != NULL; i++)
    {
      gboolean same = g_str_equal (groups[i], from);
      MhRecord *row = mh_drug_book_cross (book, from, groups[i]);
      if (same && named)
        keep_graver (finding, (Finding){ MH_DRUG_ALERT_ALLERGY_CLASS, direct_severity (allergy),
                                         NULL, from });
      else if (same && row == NULL)
        keep_graver (finding, (Finding){ MH_DRUG_ALERT_ALLERGY_CLASS, MH_DRUG_MAJOR, NULL, from });
      else if (row != NULL)
        keep_graver (finding,
                     (Finding){ same ? MH_DRUG_ALERT_ALLERGY_CLASS : MH_DRUG_ALERT_ALLERGY_CROSS,
                                cross_severity (row, allergy), row, groups[i] });
    }
}

/* @meaning: of an allergy to @allergy. */
static void
compare_meaning (MhDrugBook *book,
                 MhRecord *allergy,
                 const MhDrugMeaning *meaning,
                 const char *given,
                 Finding *finding)
{
  const char *const *groups = mh_drug_book_groups_of (book, given);
  for (guint i = 0; i < meaning->ingredients->len; i++)
    {
      const char *ingredient = g_ptr_array_index (meaning->ingredients, i);
      const char *const *own = mh_drug_book_groups_of (book, ingredient);
      if (mh_drug_book_matches (book, given, MH_DRUG_SIDE_INGREDIENT, ingredient))
        keep_graver (finding,
                     (Finding){ MH_DRUG_ALERT_ALLERGY, direct_severity (allergy), NULL, NULL });
      for (guint k = 0; own != NULL && own[k] != NULL; k++)
        drug_check_compare_groups (book, allergy, own[k], FALSE, groups, finding);
    }

  for (guint i = 0; i < meaning->groups->len; i++)
    drug_check_compare_groups (book, allergy, g_ptr_array_index (meaning->groups, i), TRUE, groups,
                               finding);
  for (guint i = 0; i < meaning->member_of->len; i++)
    drug_check_compare_groups (book, allergy, g_ptr_array_index (meaning->member_of, i), FALSE,
                               groups, finding);
}

static Finding
compare_allergy (MhDrugBook *book, MhRecord *allergy, const Allergen *allergen, const char *given)
{
  Finding finding = { 0 };
  compare_meaning (book, allergy, allergen->substance, given, &finding);
  compare_meaning (book, allergy, allergen->class, given, &finding);
  return finding;
}

/* Takes @sentence. */
static void
add_sentence (GString *text, char *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
  g_free (sentence);
}

static void
say_allergy (MhDrugChecking *checking,
             const MhDrugItem *item,
             MhRecord *allergy,
             const Allergen *allergen,
             Finding *finding)
{
  const char *reaction = mh_record_text (allergy, MH_ALLERGY_REACTION);
  const char *substance = mh_record_text (allergy, MH_ALLERGY_SUBSTANCE);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean intolerance
      = g_strcmp0 (mh_record_text (allergy, MH_ALLERGY_KIND), MH_ALLERGY_KIND_INTOLERANCE) == 0;

  add_sentence (text, mh_drug_say (intolerance ? MH_DRUG_SAY_INTOLERANCE : MH_DRUG_SAY_ALLERGY,
                                   substance, NULL));
  g_autofree char *meant = mh_drug_meaning_words (allergen->substance);

  if (allergen->substance->by_another_name && meant[0] != 0)
    add_sentence (text, mh_drug_say (MH_DRUG_SAY_MEANT, substance, meant, NULL));
  if (reaction != NULL)
    add_sentence (text, mh_drug_say (MH_DRUG_SAY_REACTION, reaction, NULL));
  if (finding->group != NULL)
    add_sentence (text, mh_drug_say (MH_DRUG_SAY_GROUP, item->name, finding->group, NULL));
  if (finding->cross != NULL && mh_record_has (finding->cross, MH_ALLERGY_CROSS_REASON))
    add_sentence (
        text, g_strconcat (mh_record_text (finding->cross, MH_ALLERGY_CROSS_REASON), ".", NULL));

  MhRecord *alert = mh_drug_alert_add (
      checking,
      &(MhDrugWarning){ .item = item,
                        .code = finding->code,
                        .severity = intolerance ? MH_DRUG_MODERATE : finding->severity,
                        .other = substance,
                        .rule = finding->cross != NULL
                                    ? mh_record_text (finding->cross, MH_ALLERGY_CROSS_CODE)
                                    : finding->group,
                        .text = text->str,
                        .advice = finding->cross != NULL
                                      ? mh_record_text (finding->cross, MH_ALLERGY_CROSS_ADVICE)
                                      : NULL });

  if (finding->cross != NULL)
    mh_record_set_bool (alert, MH_DRUG_ALERT_SIGNED,
                        mh_record_bool (finding->cross, MH_ALLERGY_CROSS_VERIFIED));
}

static void
check_allergies (MhDrugChecking *checking, const MhDrugItem *item)
{
  GPtrArray *allergies = checking->patient->allergies;
  for (guint i = 0; allergies != NULL && i < allergies->len; i++)
    {
      Finding finding = { 0 };
      MhRecord *allergy = g_ptr_array_index (allergies, i);
      g_auto (Allergen) allergen = read_allergen (checking->book, allergy);
      for (guint k = 0; has_ingredients (item) && item->ingredients[k] != NULL; k++)
        keep_graver (&finding,
                     compare_allergy (checking->book, allergy, &allergen, item->ingredients[k]));
      if (finding.severity != NULL)
        say_allergy (checking, item, allergy, &allergen, &finding);
    }
}

/* A class that is known makes up for a substance that is not. */
static void
check_unknown (MhDrugChecking *checking, MhRecord *allergy)
{
  g_auto (Allergen) allergen = read_allergen (checking->book, allergy);
  gboolean class = mh_record_has (allergy, MH_ALLERGY_CLASS_CODE);
  const MhDrugMeaning *meaning
      = class && (allergen.class->unknown->len > 0 || allergen.substance->unknown->len == 0)
            ? allergen.class
            : allergen.substance;

  if (meaning->unknown->len == 0 || (class && allergen.class->unknown->len == 0))
    return;

  g_autoptr (GString) text = g_string_new (NULL);
  const char *unknown = g_ptr_array_index (meaning->unknown, 0);
  g_autofree char *nearest = mh_drug_nearest_name (checking->book, unknown);

  add_sentence (text, mh_drug_say (MH_DRUG_SAY_UNKNOWN_ALLERGY, unknown, NULL));
  if (nearest != NULL)
    add_sentence (text, mh_drug_say (MH_DRUG_SAY_PERHAPS, nearest, NULL));
  mh_drug_alert_add (checking,
                     &(MhDrugWarning){ .code = MH_DRUG_ALERT_ALLERGY_UNCHECKED,
                                       .severity = MH_DRUG_MODERATE,
                                       .other = mh_record_text (allergy, MH_ALLERGY_SUBSTANCE),
                                       .rule = unknown,
                                       .text = text->str,
                                       .advice = mh_drug_template (MH_DRUG_SAY_CORRECT) });
}

/* Allergies that nothing can be checked against: said once for the whole prescription. */
static void
check_unknowns (MhDrugChecking *checking)
{
  GPtrArray *allergies = checking->patient->allergies;
  for (guint i = 0; allergies != NULL && i < allergies->len; i++)
    check_unknown (checking, g_ptr_array_index (allergies, i));
}

/* --- interactions --- */

static void
say_interaction (MhDrugChecking *checking,
                 const MhDrugItem *item,
                 const MhDrugItem *other,
                 MhRecord *row)
{
  g_autofree char *text
      = g_strdup_printf ("%s: %s.", mh_record_text (row, MH_DRUG_INTERACTION_EFFECT),
                         mh_record_has (row, MH_DRUG_INTERACTION_MECHANISM)
                             ? mh_record_text (row, MH_DRUG_INTERACTION_MECHANISM)
                             : "how is not noted");
  MhRecord *alert = mh_drug_alert_add (
      checking, &(MhDrugWarning){ .item = item,
                                  .code = MH_DRUG_ALERT_INTERACTION,
                                  .severity = mh_record_text (row, MH_DRUG_INTERACTION_SEVERITY),
                                  .other = other->name,
                                  .rule = mh_record_text (row, MH_DRUG_INTERACTION_CODE),
                                  .text = text,
                                  .advice = mh_record_text (row, MH_DRUG_INTERACTION_MANAGEMENT) });
  mh_record_set_bool (alert, MH_DRUG_ALERT_SIGNED,
                      mh_record_bool (row, MH_DRUG_INTERACTION_VERIFIED));
}

static void
check_interactions (MhDrugChecking *checking, const MhDrugItem *item, const MhDrugItem *other)
{
  g_autoptr (GHashTable) said = g_hash_table_new (NULL, NULL);
  if (!item->systemic || !other->systemic || !has_ingredients (item) || !has_ingredients (other))
    return;
  for (guint i = 0; item->ingredients[i] != NULL; i++)
    for (guint k = 0; other->ingredients[k] != NULL; k++)
      {
        MhRecord *row = mh_drug_book_interaction (checking->book, item->ingredients[i],
                                                  other->ingredients[k]);
        if (row != NULL && g_hash_table_add (said, row))
          say_interaction (checking, item, other, row);
      }
}

/* --- the same twice --- */

static const char *
common_ingredient (const MhDrugItem *item, const MhDrugItem *other)
{
  for (guint i = 0; has_ingredients (item) && item->ingredients[i] != NULL; i++)
    if (has_ingredients (other) && g_strv_contains (other->ingredients, item->ingredients[i]))
      return item->ingredients[i];
  return NULL;
}

static gboolean
is_renewal (const MhDrugPatient *patient, const MhDrugItem *other)
{
  MhDate ends;
  const char *text = mh_record_text (other->line, MH_PRESCRIPTION_LINE_ENDS_ON);
  return other->index < 0 && text != NULL && mh_date_parse (text, &ends)
         && mh_drug_days (patient->today, ends) <= RENEWAL_DAYS;
}

static void
check_duplicate (MhDrugChecking *checking, const MhDrugItem *item, const MhDrugItem *other)
{
  const char *common = common_ingredient (item, other);
  const char *until = mh_record_text (other->line, MH_PRESCRIPTION_LINE_ENDS_ON);
  gboolean class = item->atc != NULL && other->atc != NULL && strlen (item->atc) >= 5
                   && strncmp (item->atc, other->atc, 5) == 0;

  if (item->systemic != other->systemic || (common == NULL && !class))
    return;

  gboolean mild = common == NULL || !item->systemic || is_renewal (checking->patient, other);
  g_autofree char *text = NULL;
  g_autofree char *group = common == NULL ? g_strndup (item->atc, 5) : NULL;

  if (common != NULL)
    text = mh_drug_say (MH_DRUG_SAY_INGREDIENT, common, NULL);
  else
    text = mh_drug_say (MH_DRUG_SAY_CLASS, group, NULL);

  MhRecord *alert = mh_drug_alert_add (
      checking, &(MhDrugWarning){ .item = item,
                                  .code = common != NULL ? MH_DRUG_ALERT_DUPLICATE
                                                         : MH_DRUG_ALERT_DUPLICATE_CLASS,
                                  .severity = mild ? MH_DRUG_MODERATE : MH_DRUG_MAJOR,
                                  .other = other->name,
                                  .rule = common != NULL ? common : group,
                                  .text = text });
  g_autofree char *figure
      = mh_drug_say (MH_DRUG_SAY_UNTIL, other->name, until != NULL ? until : "…", NULL);

  if (other->index < 0)
    mh_record_add_to_list (alert, MH_DRUG_ALERT_FIGURES, figure);
}

/* --- the whole --- */

static void
check_asked (MhDrugChecking *checking)
{
  const char *status = mh_record_text (checking->patient->patient, MH_PATIENT_ALLERGY_STATUS);
  if (status != NULL && !g_str_equal (status, MH_ALLERGY_NOT_ASKED))
    return;
  mh_drug_alert_add (checking, &(MhDrugWarning){ .code = MH_DRUG_ALERT_NOT_ASKED,
                                                 .severity = MH_DRUG_MODERATE,
                                                 .text = mh_drug_template (MH_DRUG_SAY_NOT_ASKED),
                                                 .advice = mh_drug_template (MH_DRUG_SAY_ASK) });
}

static void
say_missing (MhDrugChecking *checking)
{
  if (checking->without_weight->len > 0)
    mh_drug_alert_add (checking,
                       &(MhDrugWarning){ .code = MH_DRUG_ALERT_NO_WEIGHT,
                                         .severity = MH_DRUG_NOTE,
                                         .other = checking->without_weight->str,
                                         .text = mh_drug_template (MH_DRUG_SAY_NO_WEIGHT) });
  if (checking->without_creatinine->len > 0)
    mh_drug_alert_add (checking,
                       &(MhDrugWarning){ .code = MH_DRUG_ALERT_NO_CREATININE,
                                         .severity = MH_DRUG_NOTE,
                                         .other = checking->without_creatinine->str,
                                         .text = mh_drug_template (MH_DRUG_SAY_NO_CREATININE) });
}

static void
check_one (MhDrugChecking *checking, GArray *items, guint at)
{
  MhDrugItem *item = &g_array_index (items, MhDrugItem, at);
  if (mh_record_bool (item->line, MH_PRESCRIPTION_LINE_UNCHECKED))
    mh_drug_alert_add (checking,
                       &(MhDrugWarning){ .item = item,
                                         .code = MH_DRUG_ALERT_UNCHECKED,
                                         .severity = MH_DRUG_MODERATE,
                                         .text = mh_drug_template (MH_DRUG_SAY_UNCHECKED) });

  check_allergies (checking, item);
  for (guint i = 0; i < items->len; i++)
    {
      MhDrugItem *other = &g_array_index (items, MhDrugItem, i);
      /* Two new lines are compared once, under the later one. */
      if (i == at || (other->index >= 0 && other->index > item->index))
        continue;
      check_interactions (checking, item, other);
      check_duplicate (checking, item, other);
    }

  if (item->medicine != NULL)
    mh_drug_check_item (checking, item);
}

static int
compare_alerts (gconstpointer a, gconstpointer b)
{
  MhRecord *x = *(MhRecord *const *)a, *y = *(MhRecord *const *)b;
  return drug_check_rank (mh_record_text (y, MH_DRUG_ALERT_SEVERITY))
         - drug_check_rank (mh_record_text (x, MH_DRUG_ALERT_SEVERITY));
}

GPtrArray *
mh_drug_check (MhDrugBook *book, const MhDrugPatient *patient, GPtrArray *draft, GPtrArray *active)
{
  g_autoptr (GArray) items = g_array_new (FALSE, TRUE, sizeof (MhDrugItem));
  g_autoptr (GString) weight = g_string_new (NULL);
  g_autoptr (GString) creatinine = g_string_new (NULL);
  MhDrugChecking checking
      = { book, patient, g_ptr_array_new_with_free_func (g_object_unref), weight, creatinine };

  for (guint i = 0; draft != NULL && i < draft->len; i++)
    {
      MhDrugItem item;
      fill_item (book, &item, g_ptr_array_index (draft, i), (int)i);
      if (item.name != NULL)
        g_array_append_val (items, item);
    }

  guint n = items->len;
  for (guint i = 0; active != NULL && i < active->len; i++)
    {
      MhDrugItem item;
      fill_item (book, &item, g_ptr_array_index (active, i), -1);
      g_array_append_val (items, item);
    }

  if (n > 0)
    {
      check_asked (&checking);
      check_unknowns (&checking);
    }

  for (guint i = 0; i < n; i++)
    check_one (&checking, items, i);
  say_missing (&checking);
  g_ptr_array_sort (checking.alerts, compare_alerts);

  return checking.alerts;
}

MhRecord *
mh_drug_check_of (GPtrArray *alerts)
{
  gint64 interrupting = 0;
  gboolean second = FALSE;
  MhRecord *check = mh_record_new (&mh_drug_check_type);

  for (guint i = 0; i < alerts->len; i++)
    {
      MhRecord *alert = g_ptr_array_index (alerts, i);
      const char *code = mh_record_text (alert, MH_DRUG_ALERT_CODE);
      interrupting += mh_drug_alert_interrupts (alert);
      second |= mh_drug_alert_stops (alert) || g_strcmp0 (code, MH_DRUG_ALERT_HIGH_ALERT) == 0;
    }

  mh_record_set_int (check, MH_DRUG_CHECK_INTERRUPTING, interrupting);
  mh_record_set_bool (check, MH_DRUG_CHECK_SECOND, second);
  mh_record_take_records (check, MH_DRUG_CHECK_ALERTS, g_ptr_array_ref (alerts));
  return check;
}

/* --- figures --- */

static MhRecord *
find_figure (GPtrArray *figures, const char *code)
{
  for (guint i = 0; figures != NULL && i < figures->len; i++)
    {
      MhRecord *figure = g_ptr_array_index (figures, i);
      if (g_strcmp0 (mh_record_text (figure, MH_DRUG_FIGURE_CODE), code) == 0)
        return figure;
    }
  return NULL;
}

static void
take_figure (GPtrArray *figures,
             const char *code,
             const char *unit,
             double *out_value,
             MhDate *out_on)
{
  MhDecimal value;
  MhRecord *figure = find_figure (figures, code);
  const char *text = figure != NULL ? mh_record_text (figure, MH_DRUG_FIGURE_VALUE) : NULL;
  const char *on = figure != NULL ? mh_record_text (figure, MH_DRUG_FIGURE_ON) : NULL;

  *out_value = 0;

  /* another unit than the rules' is not guessed at */
  if (text == NULL || g_strcmp0 (mh_record_text (figure, MH_DRUG_FIGURE_UNIT), unit) != 0
      || !mh_decimal_parse (text, &value))
    return;

  *out_value = mh_decimal_to_double (value);
  if (on != NULL)
    mh_date_parse (on, out_on);
}

void
mh_drug_patient_take_figures (MhDrugPatient *patient, GPtrArray *figures)
{
  take_figure (figures, "WEIGHT", "kg", &patient->kg, &patient->kg_on);
  take_figure (figures, "HEIGHT", "cm", &patient->cm, &patient->cm_on);
  take_figure (figures, "CREA", "mg/dL", &patient->creatinine, &patient->creatinine_on);
}
