/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-drug-file.h"
#include "shared/records/clinic/mh-medicine.h"

#include "shared/base/mh-json.h"
#include "shared/record/mh-record-check.h"

typedef struct
{
  GPtrArray *records;
  MhIssues *issues;
} Load;

static void
drug_file_put (MhRecord *record, guint field, const char *text)
{
  if (text != NULL && text[0] != 0)
    mh_record_set_text (record, field, text);
}

static void
put_lower (MhRecord *record, guint field, const char *text)
{
  if (text != NULL)
    mh_record_take_text (record, field, g_ascii_strdown (text, -1));
}

static void
drug_file_put_number (MhRecord *record, guint field, JsonObject *object, const char *member)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node))
    mh_record_set_text (
        record, field,
        g_ascii_formatd (digits, sizeof digits, "%.10g", json_node_get_double (node)));
}

/* The strings of an array, or one member of each of its objects. */
static void
drug_file_put_list (MhRecord *record, guint field, JsonArray *array, const char *member)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    mh_record_add_to_list (record, field,
                           member != NULL
                               ? mh_json_text (json_array_get_object_element (array, i), member)
                               : json_array_get_string_element (array, i));
}

static gboolean
drug_file_is_true (JsonObject *object, const char *member)
{
  return object != NULL && json_object_has_member (object, member)
         && json_object_get_boolean_member (object, member);
}

static void
drug_file_finish (Load *load, MhRecord *record)
{
  int verified = mh_record_type_find (mh_record_type (record), "verified");
  guint active = mh_record_type (record)->active;
  mh_record_set_bool (record, (guint)verified, FALSE);
  if (active != 0)
    mh_record_set_bool (record, active, TRUE);
  mh_record_check (record, MH_CHECK_CREATE, load->issues);
  g_ptr_array_add (load->records, record);
}

/* --- the formulary --- */

static void
put_dose (MhRecord *medicine, JsonObject *row)
{
  JsonObject *child = mh_json_object (row, "paediatric");
  JsonObject *most = mh_json_object (row, "adult_max_daily");
  drug_file_put_number (medicine, MH_MEDICINE_KG_DOSE_MIN, child, "mg_per_kg_dose_min");
  drug_file_put_number (medicine, MH_MEDICINE_KG_DOSE_MAX, child, "mg_per_kg_dose_max");
  drug_file_put_number (medicine, MH_MEDICINE_KG_DAY_MAX, child, "max_mg_per_kg_day");
  if (child != NULL)
    mh_record_set_int (medicine, MH_MEDICINE_DOSES_PER_DAY,
                       json_object_get_int_member (child, "doses_per_day"));

  drug_file_put_number (medicine, MH_MEDICINE_DAY_MAX, most, "value");
  drug_file_put (medicine, MH_MEDICINE_DAY_MAX_UNIT,
                 most != NULL ? mh_json_text (most, "unit") : NULL);
  if (json_object_has_member (row, "age_from_months"))
    mh_record_set_int (medicine, MH_MEDICINE_AGE_FROM,
                       json_object_get_int_member (row, "age_from_months"));
}

static void
read_medicine (Load *load, JsonObject *row)
{
  MhRecord *medicine = mh_record_new (&mh_medicine_type);
  JsonObject *pregnancy = mh_json_object (row, "pregnancy"), *renal = mh_json_object (row, "renal");
  JsonObject *checked = mh_json_object (row, "verified");

  drug_file_put (medicine, MH_MEDICINE_CODE, mh_json_text (row, "code"));
  drug_file_put (medicine, MH_MEDICINE_NAME, mh_json_text (row, "generic"));
  drug_file_put_list (medicine, MH_MEDICINE_INGREDIENTS, mh_json_array (row, "ingredients"),
                      "name");
  drug_file_put_list (medicine, MH_MEDICINE_STRENGTHS, mh_json_array (row, "ingredients"),
                      "strength");
  drug_file_put (medicine, MH_MEDICINE_ATC, mh_json_text (row, "atc"));
  drug_file_put (medicine, MH_MEDICINE_FORM, mh_json_text (row, "form"));
  drug_file_put (medicine, MH_MEDICINE_ROUTE, mh_json_text (row, "route"));
  drug_file_put (medicine, MH_MEDICINE_UNIT, mh_json_text (row, "unit"));
  put_lower (medicine, MH_MEDICINE_SCHEDULE, mh_json_text (row, "schedule"));

  if (pregnancy != NULL)
    {
      drug_file_put (medicine, MH_MEDICINE_PREGNANCY, mh_json_text (pregnancy, "level"));
      drug_file_put (medicine, MH_MEDICINE_PREGNANCY_NOTE, mh_json_text (pregnancy, "note"));
    }

  if (renal != NULL)
    {
      drug_file_put (medicine, MH_MEDICINE_RENAL, mh_json_text (renal, "level"));
      drug_file_put (medicine, MH_MEDICINE_RENAL_NOTE, mh_json_text (renal, "note"));
    }

  put_dose (medicine, row);
  mh_record_set_bool (medicine, MH_MEDICINE_HIGH_ALERT, drug_file_is_true (row, "high_alert"));
  mh_record_set_bool (medicine, MH_MEDICINE_NARCOTIC,
                      drug_file_is_true (row, "narcotic_or_psychotropic"));
  drug_file_put_list (medicine, MH_MEDICINE_LOOK_ALIKE,
                      mh_json_array (row, "look_alike_sound_alike"), NULL);
  drug_file_put_list (medicine, MH_MEDICINE_WARNINGS, mh_json_array (row, "warnings"), NULL);
  if (drug_file_is_true (checked, "atc"))
    mh_record_add_to_list (medicine, MH_MEDICINE_CHECKED, "atc");
  if (drug_file_is_true (checked, "schedule"))
    mh_record_add_to_list (medicine, MH_MEDICINE_CHECKED, "schedule");
  drug_file_put (medicine, MH_MEDICINE_NOTE, mh_json_text (row, "note"));
  drug_file_finish (load, medicine);
}

static void
read_ingredient (Load *load, JsonObject *row, gboolean outside)
{
  MhRecord *ingredient = mh_record_new (&mh_drug_ingredient_type);
  drug_file_put (ingredient, MH_DRUG_INGREDIENT_CODE, mh_json_text (row, "name"));
  drug_file_put_list (ingredient, MH_DRUG_INGREDIENT_CLASSES, mh_json_array (row, "classes"), NULL);
  drug_file_put_list (ingredient, MH_DRUG_INGREDIENT_ALLERGY_GROUPS,
                      mh_json_array (row, "allergy_groups"), NULL);
  mh_record_set_bool (ingredient, MH_DRUG_INGREDIENT_OUTSIDE, outside);
  drug_file_finish (load, ingredient);
}

static void
read_cross (Load *load, JsonObject *row, guint index)
{
  MhRecord *cross = mh_record_new (&mh_allergy_cross_type);
  mh_record_take_text (cross, MH_ALLERGY_CROSS_CODE, g_strdup_printf ("CR%03u", index + 1));
  drug_file_put (cross, MH_ALLERGY_CROSS_FROM_GROUP, mh_json_text (row, "from"));
  drug_file_put (cross, MH_ALLERGY_CROSS_TO_GROUP, mh_json_text (row, "to"));
  drug_file_put (cross, MH_ALLERGY_CROSS_RISK, mh_json_text (row, "risk"));
  drug_file_put (cross, MH_ALLERGY_CROSS_REASON, mh_json_text (row, "reason"));
  drug_file_put (cross, MH_ALLERGY_CROSS_ADVICE, mh_json_text (row, "advice"));
  drug_file_finish (load, cross);
}

/* --- interactions --- */

static void
drug_file_put_side (MhRecord *record, guint kind, guint name, JsonObject *side)
{
  const char *class = side != NULL ? mh_json_text (side, "class") : NULL;
  const char *ingredient = side != NULL ? mh_json_text (side, "ingredient") : NULL;
  drug_file_put (record, kind, class != NULL ? MH_DRUG_SIDE_CLASS : MH_DRUG_SIDE_INGREDIENT);
  drug_file_put (record, name, class != NULL ? class : ingredient);
}

static void
read_interaction (Load *load, JsonObject *row)
{
  MhRecord *record = mh_record_new (&mh_drug_interaction_type);
  JsonObject *evidence = mh_json_object (row, "evidence");
  JsonArray *sets = evidence != NULL ? mh_json_array (evidence, "sets") : NULL;
  g_autoptr (GString) listed = g_string_new (NULL);

  for (guint i = 0; sets != NULL && i < json_array_get_length (sets); i++)
    g_string_append_printf (listed, "%s%s", i > 0 ? ", " : "",
                            json_array_get_string_element (sets, i));

  drug_file_put (record, MH_DRUG_INTERACTION_CODE, mh_json_text (row, "id"));
  drug_file_put_side (record, MH_DRUG_INTERACTION_A_KIND, MH_DRUG_INTERACTION_A,
                      mh_json_object (row, "a"));
  drug_file_put_side (record, MH_DRUG_INTERACTION_B_KIND, MH_DRUG_INTERACTION_B,
                      mh_json_object (row, "b"));
  drug_file_put (record, MH_DRUG_INTERACTION_SEVERITY, mh_json_text (row, "severity"));
  drug_file_put (record, MH_DRUG_INTERACTION_MECHANISM, mh_json_text (row, "mechanism"));
  drug_file_put (record, MH_DRUG_INTERACTION_EFFECT, mh_json_text (row, "effect"));
  drug_file_put (record, MH_DRUG_INTERACTION_MANAGEMENT, mh_json_text (row, "management"));
  drug_file_put (record, MH_DRUG_INTERACTION_EVIDENCE, listed->str);
  drug_file_put (record, MH_DRUG_INTERACTION_NOTE, mh_json_text (row, "note"));
  drug_file_finish (load, record);
}

static guint
length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

GPtrArray *
mh_drug_file_read (JsonObject *formulary, JsonObject *interactions, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  Load load = { records, issues };

  if (g_strcmp0 (mh_json_text (formulary, "format"), "mahima-formulary") != 0
      || g_strcmp0 (mh_json_text (interactions, "format"), "mahima-interactions") != 0)
    {
      mh_error_set (error, MH_ERROR_INVALID, "This is not a formulary.");
      return NULL;
    }

  JsonArray *rows = mh_json_array (formulary, "ingredients");
  for (guint i = 0; i < length (rows); i++)
    read_ingredient (&load, json_array_get_object_element (rows, i), FALSE);
  rows = mh_json_array (interactions, "external_ingredients");
  for (guint i = 0; i < length (rows); i++)
    read_ingredient (&load, json_array_get_object_element (rows, i), TRUE);
  rows = mh_json_array (formulary, "medicines");
  for (guint i = 0; i < length (rows); i++)
    read_medicine (&load, json_array_get_object_element (rows, i));
  rows = mh_json_array (formulary, "cross_reactivity");
  for (guint i = 0; i < length (rows); i++)
    read_cross (&load, json_array_get_object_element (rows, i), i);
  rows = mh_json_array (interactions, "interactions");
  for (guint i = 0; i < length (rows); i++)
    read_interaction (&load, json_array_get_object_element (rows, i));

  return mh_issues_raise (issues, error) ? g_steal_pointer (&records) : NULL;
}
