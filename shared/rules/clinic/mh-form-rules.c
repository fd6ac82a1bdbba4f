/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-form-rules.h"

#include <math.h>
#include <string.h>

#include "shared/base/mh-date.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-json.h"
#include "shared/rules/lab/mh-formula.h"

#define MOST_SECTIONS 40
#define MOST_FIELDS 200
#define MOST_CHOICES 60
#define MOST_SCORES 10
#define MOST_TEXT 400

static const char *const kinds[]
    = { "text", "long_text", "number", "yes_no", "choice", "choices", "date", "time" };

/* --- freeing --- */

static void
form_rules_choice_free (gpointer data)
{
  MhFormChoice *choice = data;
  g_free (choice->code);
  g_free (choice->label);
  g_free (choice);
}

static void
field_free (gpointer data)
{
  MhFormField *field = data;
  g_free (field->code);
  g_free (field->label);
  g_free (field->help);
  g_free (field->unit);
  g_free (field->low);
  g_free (field->high);
  g_free (field->show_field);
  g_free (field->show_is);
  g_ptr_array_unref (field->choices);
  g_free (field);
}

static void
section_free (gpointer data)
{
  MhFormSection *section = data;
  g_free (section->title);
  g_free (section->help);
  g_ptr_array_unref (section->fields);
  g_free (section);
}

static void
band_free (gpointer data)
{
  MhFormBand *band = data;
  g_free (band->label);
  g_free (band);
}

static void
score_free (gpointer data)
{
  MhFormScore *score = data;
  g_free (score->code);
  g_free (score->label);
  g_free (score->formula);
  g_ptr_array_unref (score->bands);
  g_free (score);
}

void
mh_form_spec_free (MhFormSpec *form)
{
  if (form == NULL)
    return;
  g_ptr_array_unref (form->sections);
  g_ptr_array_unref (form->scores);
  g_free (form);
}

/* --- reading a definition --- */

typedef struct
{
  MhIssues *issues;
  GHashTable *codes; /* of fields and scores, owned keys */
  guint n_fields;
} Reading;

static void G_GNUC_PRINTF (3, 4)
    complain (Reading *reading, const char *place, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *words = g_strdup_vprintf (format, args);
  va_end (args);
  mh_issues_add (reading->issues, "content", "format", "%s: %s", place, words);
}

static gboolean
form_rules_is_code (const char *code, gboolean is_answer)
{
  gsize length = code != NULL ? strlen (code) : 0;
  return length >= 1 && length <= 24 && (is_answer || g_ascii_isupper (code[0]))
         && strspn (code, is_answer
                              ? "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
                              : "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")
                == length;
}

static char *
read_words (Reading *reading,
            JsonObject *object,
            const char *name,
            const char *place,
            gboolean needed)
{
  const char *text = mh_json_text (object, name);
  gboolean empty = text == NULL || *text == 0;
  if (empty && needed)
    complain (reading, place, "“%s” is missing.", name);
  if (!empty && g_utf8_strlen (text, -1) > MOST_TEXT)
    complain (reading, place, "“%s” is longer than %d characters.", name, MOST_TEXT);
  return empty ? NULL : g_strdup (text);
}

static char *
read_code (Reading *reading, JsonObject *object, const char *place)
{
  const char *code = mh_json_text (object, "code");
  if (!form_rules_is_code (code, FALSE))
    complain (reading, place,
              "“code” is one to 24 capital letters, digits and _, and begins with a letter.");
  else if (!g_hash_table_add (reading->codes, g_strdup (code)))
    complain (reading, place, "the code %s stands here twice.", code);
  return g_strdup (code);
}

static double
form_rules_read_number (JsonObject *object, const char *name, double fallback)
{
  JsonNode *node = json_object_get_member (object, name);
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return fallback;
  GType type = json_node_get_value_type (node);
  return type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : fallback;
}

/* The object at @index, or NULL with a complaint. */
static JsonObject *
object_at (Reading *reading, JsonArray *array, guint index, const char *place)
{
  JsonNode *node = json_array_get_element (array, index);
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  complain (reading, place, "here belongs an object { … }.");
  return NULL;
}

static void
form_rules_read_choices (Reading *reading,
                         JsonObject *object,
                         MhFormField *field,
                         const char *place)
{
  JsonArray *array = mh_json_array (object, "choices");
  guint n = array != NULL ? json_array_get_length (array) : 0;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (n < 2 || n > MOST_CHOICES)
    complain (reading, place, "two to %d “choices” are needed.", MOST_CHOICES);
  for (guint i = 0; i < MIN (n, MOST_CHOICES); i++)
    {
      g_autofree char *where = g_strdup_printf ("%s.choices[%u]", place, i);
      JsonObject *one = object_at (reading, array, i, where);
      if (one == NULL)
        continue;
      MhFormChoice *choice = g_new0 (MhFormChoice, 1);
      g_ptr_array_add (field->choices, choice);
      choice->code = g_strdup (mh_json_text (one, "code"));
      choice->label = read_words (reading, one, "label", where, TRUE);
      choice->points = form_rules_read_number (one, "points", 0);
      if (!form_rules_is_code (choice->code, TRUE))
        complain (reading, where, "“code” is one to 24 letters, digits, _ and -.");
      else if (!g_hash_table_add (seen, choice->code))
        complain (reading, where, "the choice %s stands here twice.", choice->code);
    }
}

static char *
read_limit (Reading *reading, JsonObject *object, const char *name, const char *place)
{
  MhDecimal value;
  const char *text = mh_json_text (object, name);
  if (text != NULL && !mh_decimal_parse (text, &value))
    complain (reading, place, "“%s” is a number in quotes, such as \"0.5\".", name);
  else if (text == NULL && json_object_has_member (object, name))
    complain (reading, place, "“%s” is a number in quotes, such as \"0.5\".", name);
  return g_strdup (text);
}

static void
read_kind (Reading *reading, JsonObject *object, MhFormField *field, const char *place)
{
  const char *kind = mh_json_text (object, "kind");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i], kind) == 0)
      {
        field->kind = (MhFormKind)i;
        return;
      }
  g_autofree char *all
      = g_strjoinv (", ", (char **)(const char *[]){ "text", "long_text", "number", "yes_no",
                                                     "choice", "choices", "date", "time", NULL });
  complain (reading, place, "“kind” is one of %s.", all);
}

static void
read_field (Reading *reading, JsonObject *object, GPtrArray *fields, const char *place)
{
  MhFormField *field = g_new0 (MhFormField, 1);
  JsonObject *show = mh_json_object (object, "show");
  field->choices = g_ptr_array_new_with_free_func (form_rules_choice_free);
  g_ptr_array_add (fields, field);
  if (++reading->n_fields == MOST_FIELDS + 1)
    complain (reading, place, "a form has at most %d fields.", MOST_FIELDS);

  /* "show" may name only what stands above */
  if (show != NULL)
    {
      field->show_field = g_strdup (mh_json_text (show, "field"));
      field->show_is = g_strdup (mh_json_text (show, "is"));
      if (field->show_field == NULL || field->show_is == NULL
          || !g_hash_table_contains (reading->codes, field->show_field))
        complain (reading, place, "“show” names a field that stands above, and its answer.");
    }

  field->code = read_code (reading, object, place);
  field->label = read_words (reading, object, "label", place, TRUE);
  field->help = read_words (reading, object, "help", place, FALSE);
  field->unit = read_words (reading, object, "unit", place, FALSE);
  field->required = mh_json_bool (object, "required", FALSE);
  read_kind (reading, object, field, place);
  if (field->kind == MH_FORM_CHOICE || field->kind == MH_FORM_CHOICES)
    form_rules_read_choices (reading, object, field, place);
  if (field->kind == MH_FORM_NUMBER)
    {
      field->low = read_limit (reading, object, "low", place);
      field->high = read_limit (reading, object, "high", place);
    }
}

static void
read_section (Reading *reading, JsonObject *object, MhFormSpec *form, const char *place)
{
  MhFormSection *section = g_new0 (MhFormSection, 1);
  JsonArray *fields = mh_json_array (object, "fields");
  guint n = fields != NULL ? json_array_get_length (fields) : 0;

  section->fields = g_ptr_array_new_with_free_func (field_free);
  g_ptr_array_add (form->sections, section);
  section->title = read_words (reading, object, "title", place, TRUE);
  section->help = read_words (reading, object, "help", place, FALSE);
  if (n == 0)
    complain (reading, place, "“fields” is empty.");
  for (guint i = 0; i < n && reading->n_fields <= MOST_FIELDS; i++)
    {
      g_autofree char *where = g_strdup_printf ("%s.fields[%u]", place, i);
      JsonObject *one = object_at (reading, fields, i, where);
      if (one != NULL)
        read_field (reading, one, section->fields, where);
    }
}

static void
read_bands (Reading *reading, JsonObject *object, MhFormScore *score, const char *place)
{
  JsonArray *array = mh_json_array (object, "bands");
  guint n = array != NULL ? json_array_get_length (array) : 0;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *where = g_strdup_printf ("%s.bands[%u]", place, i);
      JsonObject *one = object_at (reading, array, i, where);
      if (one == NULL)
        continue;
      MhFormBand *band = g_new0 (MhFormBand, 1);
      band->from = form_rules_read_number (one, "from", NAN);
      band->label = read_words (reading, one, "label", where, TRUE);
      const MhFormBand *former
          = score->bands->len > 0 ? g_ptr_array_index (score->bands, score->bands->len - 1) : NULL;
      if (isnan (band->from) || (former != NULL && band->from <= former->from))
        complain (reading, where, "“from” is a number above that of the band before.");
      g_ptr_array_add (score->bands, band);
    }
}

static void
form_rules_read_score (Reading *reading, JsonObject *object, MhFormSpec *form, const char *place)
{
  g_autoptr (GError) wrong = NULL;
  MhFormScore *score = g_new0 (MhFormScore, 1);
  score->bands = g_ptr_array_new_with_free_func (band_free);
  g_ptr_array_add (form->scores, score);
  score->label = read_words (reading, object, "label", place, TRUE);
  score->formula = read_words (reading, object, "formula", place, TRUE);
  read_bands (reading, object, score, place);
  if (score->formula != NULL && !mh_formula_check (score->formula, &wrong))
    complain (reading, place, "the formula cannot be read: %s", wrong->message);

  g_auto (GStrv) names
      = score->formula != NULL && wrong == NULL ? mh_formula_names (score->formula) : NULL;
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (mh_form_spec_find (form, names[i]) == NULL)
      complain (reading, place, "the formula names %s, which is no field.", names[i]);

  score->code = read_code (reading, object, place);
}

static void
read_parts (Reading *reading, JsonObject *object, MhFormSpec *form)
{
  JsonArray *sections = mh_json_array (object, "sections");
  JsonArray *scores = mh_json_array (object, "scores");
  guint n = sections != NULL ? json_array_get_length (sections) : 0;
  guint n_scores = scores != NULL ? json_array_get_length (scores) : 0;

  if (n == 0 || n > MOST_SECTIONS)
    complain (reading, "sections", "one to %d sections are needed.", MOST_SECTIONS);
  if (n_scores > MOST_SCORES)
    complain (reading, "scores", "a form has at most %d scores.", MOST_SCORES);
  for (guint i = 0; i < MIN (n, MOST_SECTIONS); i++)
    {
      g_autofree char *place = g_strdup_printf ("sections[%u]", i);
      JsonObject *one = object_at (reading, sections, i, place);
      if (one != NULL)
        read_section (reading, one, form, place);
    }

  for (guint i = 0; i < MIN (n_scores, MOST_SCORES); i++)
    {
      g_autofree char *place = g_strdup_printf ("scores[%u]", i);
      JsonObject *one = object_at (reading, scores, i, place);
      if (one != NULL)
        form_rules_read_score (reading, one, form, place);
    }
}

MhFormSpec *
mh_form_spec_parse (const char *json, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autoptr (JsonObject) object = mh_json_parse_object (json, -1, &wrong);
  if (object == NULL)
    {
      mh_error_set_field (error, "content", "format", "This is not a form: %s", wrong->message);
      return NULL;
    }

  g_autoptr (MhIssues) issues = mh_issues_new ();
  g_autoptr (GHashTable) codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Reading reading = { issues, codes, 0 };
  g_autoptr (MhFormSpec) form = g_new0 (MhFormSpec, 1);

  form->sections = g_ptr_array_new_with_free_func (section_free);
  form->scores = g_ptr_array_new_with_free_func (score_free);
  read_parts (&reading, object, form);
  return mh_issues_raise (issues, error) ? g_steal_pointer (&form) : NULL;
}

MhFormField *
mh_form_spec_find (MhFormSpec *form, const char *code)
{
  for (guint i = 0; i < form->sections->len; i++)
    {
      MhFormSection *section = g_ptr_array_index (form->sections, i);
      for (guint k = 0; k < section->fields->len; k++)
        {
          MhFormField *field = g_ptr_array_index (section->fields, k);
          if (g_strcmp0 (field->code, code) == 0)
            return field;
        }
    }
  return NULL;
}

/* --- answers --- */

static const MhFormChoice *
form_rules_find_choice (const MhFormField *field, const char *code)
{
  for (guint i = 0; i < field->choices->len; i++)
    {
      const MhFormChoice *choice = g_ptr_array_index (field->choices, i);
      if (g_strcmp0 (choice->code, code) == 0)
        return choice;
    }
  return NULL;
}

static gboolean
form_rules_is_answered (const MhFormField *field, JsonObject *answers)
{
  JsonArray *list = mh_json_array (answers, field->code);
  const char *text = mh_json_text (answers, field->code);
  return field->kind == MH_FORM_CHOICES ? list != NULL && json_array_get_length (list) > 0
                                        : text != NULL && *text != 0;
}

gboolean
mh_form_spec_is_shown (MhFormSpec *form, const MhFormField *field, JsonObject *answers)
{
  if (field->show_field == NULL)
    return TRUE;
  MhFormField *on = mh_form_spec_find (form, field->show_field);
  if (on == NULL || !mh_form_spec_is_shown (form, on, answers))
    return FALSE;
  JsonArray *list = mh_json_array (answers, on->code);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (g_strcmp0 (json_array_get_string_element (list, i), field->show_is) == 0)
      return TRUE;
  return g_strcmp0 (mh_json_text (answers, on->code), field->show_is) == 0;
}

static const char *
number_complaint (const MhFormField *field, const char *text)
{
  MhDecimal value, limit;
  if (!mh_decimal_parse (text, &value))
    return "Write a number such as 12.5.";
  if (field->low != NULL && mh_decimal_parse (field->low, &limit)
      && mh_decimal_compare (value, limit) < 0)
    return "This is less than is possible here.";
  if (field->high != NULL && mh_decimal_parse (field->high, &limit)
      && mh_decimal_compare (value, limit) > 0)
    return "This is more than is possible here.";
  return NULL;
}

static const char *
text_complaint (const MhFormField *field, const char *text)
{
  MhDate date;
  switch (field->kind)
    {
    case MH_FORM_NUMBER:
      return number_complaint (field, text);
    case MH_FORM_YES_NO:
      return g_str_equal (text, "yes") || g_str_equal (text, "no") ? NULL : "Answer yes or no.";
    case MH_FORM_CHOICE:
      return form_rules_find_choice (field, text) != NULL ? NULL
                                                          : "This is not one of the choices.";
    case MH_FORM_DATE:
      return mh_date_parse (text, &date) ? NULL : "Write a date as YYYY-MM-DD.";
    case MH_FORM_TIME:
      return mh_time_is_valid (text) ? NULL : "Write a time as HH:MM.";
    case MH_FORM_TEXT:
      return g_utf8_strlen (text, -1) <= MOST_TEXT ? NULL : "This is too long.";
    case MH_FORM_LONG_TEXT:
      return g_utf8_strlen (text, -1) <= 4000 ? NULL : "This is too long.";
    case MH_FORM_CHOICES:
    default:
      return "Several choices belong in a list.";
    }
}

static const char *
list_complaint (const MhFormField *field, JsonArray *list)
{
  if (field->kind != MH_FORM_CHOICES)
    return "One answer belongs here, not a list.";
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING
          || form_rules_find_choice (field, json_node_get_string (node)) == NULL)
        return "This is not one of the choices.";
    }
  return NULL;
}

void
mh_form_spec_check_field (const MhFormField *field, JsonObject *answers, MhIssues *issues)
{
  g_autofree char *path = g_strconcat ("answers.", field->code, NULL);
  JsonNode *node = json_object_get_member (answers, field->code);
  const char *text = mh_json_text (answers, field->code);
  JsonArray *list = mh_json_array (answers, field->code);
  const char *complaint = list != NULL                 ? list_complaint (field, list)
                          : text != NULL && *text != 0 ? text_complaint (field, text)
                          : node != NULL && text == NULL && !JSON_NODE_HOLDS_NULL (node)
                              ? "An answer is a text."
                              : NULL;

  if (complaint != NULL)
    mh_issues_add (issues, path, "format", "%s", complaint);
  else if (field->required && !form_rules_is_answered (field, answers))
    mh_issues_add (issues, path, "required", "This must be answered.");
}

void
mh_form_spec_check (MhFormSpec *form, JsonObject *answers, MhIssues *issues)
{
  g_autoptr (GList) names = json_object_get_members (answers);
  for (GList *name = names; name != NULL; name = name->next)
    if (mh_form_spec_find (form, name->data) == NULL)
      {
        g_autofree char *path = g_strconcat ("answers.", (char *)name->data, NULL);
        mh_issues_add (issues, path, "unknown", "The form does not ask this.");
      }

  for (guint i = 0; i < form->sections->len; i++)
    {
      MhFormSection *section = g_ptr_array_index (form->sections, i);
      for (guint k = 0; k < section->fields->len; k++)
        {
          MhFormField *field = g_ptr_array_index (section->fields, k);
          if (mh_form_spec_is_shown (form, field, answers))
            mh_form_spec_check_field (field, answers, issues);
        }
    }
}

typedef struct
{
  MhFormSpec *form;
  JsonObject *answers;
} Scoring;

static gboolean
form_rules_value_of (const char *name, double *out_value, gpointer data)
{
  Scoring *scoring = data;
  MhDecimal number;
  const MhFormField *field = mh_form_spec_find (scoring->form, name);
  const char *text = mh_json_text (scoring->answers, name);
  JsonArray *list = mh_json_array (scoring->answers, name);

  if (field == NULL)
    return FALSE;

  *out_value = 0;
  if (!mh_form_spec_is_shown (scoring->form, field, scoring->answers))
    return TRUE;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      const MhFormChoice *choice
          = form_rules_find_choice (field, json_array_get_string_element (list, i));
      *out_value += choice != NULL ? choice->points : 0;
    }

  if (field->kind == MH_FORM_CHOICES)
    return TRUE;

  const MhFormChoice *choice = text != NULL ? form_rules_find_choice (field, text) : NULL;
  if (choice != NULL)
    *out_value = choice->points;
  else if (field->kind == MH_FORM_YES_NO && text != NULL)
    *out_value = g_str_equal (text, "yes");
  else if (field->kind == MH_FORM_NUMBER && text != NULL && mh_decimal_parse (text, &number))
    *out_value = mh_decimal_to_double (number);
  else
    return FALSE;

  return TRUE;
}

gboolean
mh_form_spec_score (MhFormSpec *form,
                    const MhFormScore *score,
                    JsonObject *answers,
                    double *out_value,
                    const char **out_band)
{
  Scoring scoring = { form, answers };
  double value = 0;
  const char *band = NULL;
  if (mh_formula_evaluate (score->formula, form_rules_value_of, &scoring, &value) != MH_FORMULA_OK)
    return FALSE;

  for (guint i = 0; i < score->bands->len; i++)
    {
      const MhFormBand *one = g_ptr_array_index (score->bands, i);
      if (value >= one->from)
        band = one->label;
    }

  *out_value = value;
  *out_band = band;
  return TRUE;
}

char *
mh_form_spec_scores_text (MhFormSpec *form, JsonObject *answers)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < form->scores->len; i++)
    {
      const MhFormScore *score = g_ptr_array_index (form->scores, i);
      double value;
      const char *band;
      if (!mh_form_spec_score (form, score, answers, &value, &band))
        continue;
      g_autofree char *number = mh_decimal_from_double (value, value == floor (value) ? 0 : 1);
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? "; " : "", score->label, number);
      if (band != NULL)
        g_string_append_printf (text, " (%s)", band);
    }

  return text->len > 0 ? g_strdup (text->str) : NULL;
}

char *
mh_form_spec_answer_text (const MhFormField *field, JsonObject *answers)
{
  const char *text = mh_json_text (answers, field->code);
  JsonArray *list = mh_json_array (answers, field->code);
  g_autoptr (GString) words = g_string_new (NULL);
  if (!form_rules_is_answered (field, answers))
    return NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      const MhFormChoice *choice
          = form_rules_find_choice (field, json_array_get_string_element (list, i));
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "",
                              choice != NULL ? choice->label : "?");
    }

  const MhFormChoice *choice = text != NULL ? form_rules_find_choice (field, text) : NULL;
  if (text != NULL)
    g_string_append (words, choice != NULL ? choice->label : text);
  if (text != NULL && field->unit != NULL)
    g_string_append_printf (words, " %s", field->unit);

  return g_strdup (words->str);
}
