/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-catalogue-load.h"

#include "server/ctl/mh-data-file.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-json.h"
#include "shared/record/mh-record-check.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-test.h"
#include "shared/records/mh-types.h"
#include "shared/records/platform/mh-audit.h"

/* Members that are not called like their field. A nested object's members follow a dot. */
typedef struct
{
  const char *member;
  const char *field;
} Renamed;

static const Renamed renamed[] = {
  { "plausible.low", "plausible_low" },
  { "plausible.high", "plausible_high" },
  { "reportable.low", "reportable_low" },
  { "reportable.high", "reportable_high" },
  { "delta.mode", "delta_mode" },
  { "delta.limit", "delta_limit" },
  { "delta.window_days", "delta_window_days" },
  { "delta.min_interval_hours", "delta_min_interval_hours" },
  { "delta.verified", "delta_verified" },
  { "cv.cvi_percent", "cvi_percent" },
  { "cv.cva_goal_percent", "cva_goal_percent" },
  { "cv.verified", "cv_verified" },
  { "titer.prefix", "titer_prefix" },
  { "titer.steps", "titer_steps" },
  { "titer.significant", "titer_significant" },
  { "stability_hours.room", "stability_room" },
  { "stability_hours.fridge", "stability_fridge" },
  { "stability_hours.frozen", "stability_frozen" },
  { "tat_minutes.routine", "tat_routine" },
  { "tat_minutes.urgent", "tat_urgent" },
  { "tat_minutes.stat", "tat_stat" },
  { "price_paise", "price" },
  { "group", "organism_group" },
  { "from", "from_age" },
  { "to", "to_age" },
};

/* Kept in records of their own, not in a field of this one. */
static const char *const elsewhere[] = { "ranges", "critical", "bands", NULL };

typedef struct
{
  GPtrArray *records;
  MhIssues *issues;
} Load;

static const char *
field_name (const char *member)
{
  for (guint i = 0; i < G_N_ELEMENTS (renamed); i++)
    if (g_str_equal (renamed[i].member, member))
      return renamed[i].field;
  return member;
}

static char *
node_text (JsonNode *node)
{
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  return g_strdup (g_ascii_formatd (digits, sizeof digits, "%.12g", json_node_get_double (node)));
}

/* "A", "F", "M" and "T1" are how the file spells codes of ours. */
static void
catalogue_load_put_code (MhRecord *record, guint field, const char *text)
{
  const MhField *row = &mh_record_type (record)->fields[field];
  g_autofree char *lower = g_ascii_strdown (text, -1);
  for (const MhCode *code = row->codes; code->code != NULL; code++)
    if (g_str_equal (code->code, text) || g_str_equal (code->code, lower)
        || (g_str_equal (row->name, "sex") && (*code->code == *lower)))
      {
        mh_record_set_text (record, field, code->code);
        return;
      }
  mh_record_set_text (record, field, text);
}

static void
catalogue_load_put_list (MhRecord *record, guint field, JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      g_autofree char *entry = node_text (json_array_get_element (array, i));
      mh_record_add_to_list (record, field, entry);
    }
}

static void
catalogue_load_put_value (MhRecord *record, guint field, JsonNode *node)
{
  const MhField *row = &mh_record_type (record)->fields[field];
  if (JSON_NODE_HOLDS_NULL (node))
    return;

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      catalogue_load_put_list (record, field, json_node_get_array (node));
      return;
    }

  g_autofree char *text = node_text (node);
  if (row->kind == MH_KIND_BOOL)
    mh_record_set_bool (record, field, json_node_get_boolean (node));
  else if (mh_field_is_int (row))
    mh_record_set_int (record, field, json_node_get_int (node));
  else if (row->kind == MH_KIND_ENUM)
    catalogue_load_put_code (record, field, text);
  else
    mh_record_set_text (record, field, text);
}

static void
catalogue_load_put_member (Load *load, MhRecord *record, const char *member, JsonNode *node)
{
  int field = mh_record_type_find (mh_record_type (record), field_name (member));
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *nested = json_node_get_object (node);
      g_autoptr (GList) names = json_object_get_members (nested);
      for (GList *name = names; name != NULL; name = name->next)
        {
          g_autofree char *path = g_strconcat (member, ".", (const char *)name->data, NULL);
          catalogue_load_put_member (load, record, path,
                                     json_object_get_member (nested, name->data));
        }
    }
  else if (field >= 0)
    catalogue_load_put_value (record, (guint)field, node);
  else if (!g_strv_contains (elsewhere, member))
    mh_issues_add (load->issues, member, "unknown_field", "%s has no field “%s”.",
                   mh_record_type (record)->code, member);
}

static void
catalogue_load_fill (Load *load, MhRecord *record, JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);
  for (GList *name = names; name != NULL; name = name->next)
    catalogue_load_put_member (load, record, name->data,
                               json_object_get_member (object, name->data));
}

/* Takes @record. @key: what makes it itself. */
static void
catalogue_load_finish (Load *load, MhRecord *record, const char *key)
{
  const MhRecordType *type = mh_record_type (record);
  guint active = type->active;
  mh_record_take_text (record, MH_ID, mh_data_fixed_id (type->code, key));
  if (active != 0)
    mh_record_set_bool (record, active, TRUE);
  mh_record_check (record, MH_CHECK_CREATE, load->issues);
  g_ptr_array_add (load->records, record);
}

static void
load_array (Load *load, JsonObject *file, const char *name, const MhRecordType *type)
{
  JsonArray *array = mh_json_array (file, name);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = json_array_get_object_element (array, i);
      MhRecord *record = mh_record_new (type);
      catalogue_load_fill (load, record, object);
      catalogue_load_finish (load, record, mh_json_text (object, "code"));
    }
}

/* --- what needs a hand --- */

static void
append_choices (Load *load, MhRecord *set, const char *set_id, JsonArray *choices)
{
  for (guint i = 0; i < json_array_get_length (choices); i++)
    {
      g_autoptr (MhRecord) choice = mh_record_new (&mh_value_choice_type);
      catalogue_load_fill (load, choice, json_array_get_object_element (choices, i));
      mh_record_set_text (choice, MH_VALUE_CHOICE_VALUE_SET_ID, set_id);
      mh_record_set_int (choice, MH_VALUE_CHOICE_SORT_ORDER, i + 1);
      mh_record_append (set, MH_VALUE_SET_CHOICES, choice);
    }
}

/* The choices follow their set as rows of their own. */
static void
load_value_sets (Load *load, JsonObject *file)
{
  JsonObject *sets = mh_json_object (file, "value_sets");
  g_autoptr (GList) names = json_object_get_members (sets);
  for (GList *name = names; name != NULL; name = name->next)
    {
      MhRecord *set = mh_record_new (&mh_value_set_type);
      g_autofree char *set_id = mh_data_fixed_id (mh_value_set_type.code, name->data);
      mh_record_set_text (set, MH_VALUE_SET_CODE, name->data);
      mh_record_set_text (set, MH_VALUE_SET_NAME, name->data);
      append_choices (load, set, set_id, mh_json_array (sets, name->data));
      catalogue_load_finish (load, set, name->data);
      GPtrArray *choices = mh_record_records (set, MH_VALUE_SET_CHOICES);
      for (guint i = 0; i < choices->len; i++)
        {
          MhRecord *choice = g_ptr_array_index (choices, i);
          g_autofree char *key
              = g_strconcat (name->data, ":", mh_record_text (choice, MH_VALUE_CHOICE_CODE), NULL);
          catalogue_load_finish (load, g_object_ref (choice), key);
        }
    }
}

/* A file's numbers have lost their zeros: 11 stands for 11.0 where the analyte has one decimal. */
static void
keep_decimals (MhRecord *range, int decimals)
{
  static const guint limits[] = { MH_REFERENCE_RANGE_LOW, MH_REFERENCE_RANGE_HIGH };
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      MhDecimal limit;
      const char *text = mh_record_text (range, limits[i]);
      if (text != NULL && mh_decimal_parse (text, &limit) && limit.scale < decimals)
        mh_record_take_text (range, limits[i], mh_decimal_format (limit, decimals));
    }
}

static void
load_ranges (Load *load, JsonObject *analyte, const char *member, const char *kind)
{
  JsonArray *rows = mh_json_array (analyte, member);
  const char *code = mh_json_text (analyte, "code");
  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++)
    {
      MhRecord *range = mh_record_new (&mh_reference_range_type);
      g_autofree char *key = g_strdup_printf ("%s:%s:%u", code, kind, i);
      mh_record_set_text (range, MH_REFERENCE_RANGE_SEX, MH_RANGE_SEX_ANY);
      catalogue_load_fill (load, range, json_array_get_object_element (rows, i));
      keep_decimals (range, (int)mh_json_int (analyte, "decimals", 0));
      mh_record_set_text (range, MH_REFERENCE_RANGE_ANALYTE, code);
      mh_record_set_text (range, MH_REFERENCE_RANGE_KIND, kind);
      mh_record_set_int (range, MH_REFERENCE_RANGE_SORT_ORDER, i + 1);
      catalogue_load_finish (load, range, key);
    }
}

static void
load_all_ranges (Load *load, JsonObject *file)
{
  JsonArray *analytes = mh_json_array (file, "analytes");
  for (guint i = 0; analytes != NULL && i < json_array_get_length (analytes); i++)
    {
      JsonObject *analyte = json_array_get_object_element (analytes, i);
      load_ranges (load, analyte, "ranges", MH_RANGE_KIND_REFERENCE);
      load_ranges (load, analyte, "critical", MH_RANGE_KIND_CRITICAL);
      load_ranges (load, analyte, "bands", MH_RANGE_KIND_BAND);
    }
}

/* What cannot be drawn a second time. */
static gboolean
is_irreplaceable (const char *specimen)
{
  static const char *const words[]
      = { "CSF", "cerebrospinal", "biopsy", "tissue", "marrow", "fluid", "aspirate" };
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (specimen, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* The file has specimens only as words in its tests. */
static void
load_specimens (Load *load, JsonObject *file)
{
  JsonArray *tests = mh_json_array (file, "tests");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; tests != NULL && i < json_array_get_length (tests); i++)
    {
      const char *name = mh_json_text (json_array_get_object_element (tests, i), "specimen");
      if (name == NULL || !g_hash_table_add (seen, (gpointer)name))
        continue;
      g_autofree char *code = g_ascii_strup (name, MIN (40, (gssize)strlen (name)));
      MhRecord *specimen = mh_record_new (&mh_specimen_type_type);
      g_strcanon (code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", '-');
      mh_record_set_text (specimen, MH_SPECIMEN_TYPE_CODE, code);
      mh_record_set_text (specimen, MH_SPECIMEN_TYPE_NAME, name);
      mh_record_set_bool (specimen, MH_SPECIMEN_TYPE_IRREPLACEABLE, is_irreplaceable (name));
      catalogue_load_finish (load, specimen, name);
    }
}

GPtrArray *
mh_catalogue_load (JsonObject *file, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (MhIssues) issues = mh_issues_new ();
  Load load = { records, issues };

  if (g_strcmp0 (mh_json_text (file, "format"), "mahima-lab-catalogue") != 0
      || mh_json_object (file, "value_sets") == NULL)
    {
      mh_error_set (error, MH_ERROR_INVALID, "This is not a catalogue file.");
      return NULL;
    }

  load_array (&load, file, "benches", &mh_bench_type);
  load_specimens (&load, file);
  load_array (&load, file, "containers", &mh_container_type);
  load_value_sets (&load, file);
  load_array (&load, file, "analytes", &mh_analyte_type);
  load_all_ranges (&load, file);
  load_array (&load, file, "tests", &mh_test_type);
  load_array (&load, file, "panels", &mh_panel_type);
  load_array (&load, file, "organisms", &mh_organism_type);
  load_array (&load, file, "antibiotics", &mh_antibiotic_type);
  if (!mh_issues_raise (issues, error))
    return NULL;

  return g_steal_pointer (&records);
}

static gboolean
store_parts (MhTx *tx, MhRecord *record, GError **error)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_ptr_array_add (one, record);
  return mh_tx_insert_parts (tx, one, error);
}

gboolean
mh_catalogue_store (MhTx *tx, GPtrArray *records, GError **error)
{
  for (guint i = 0; i < records->len; i++)
    {
      MhRecord *record = g_ptr_array_index (records, i);
      gboolean part = (mh_record_type (record)->flags & MH_TYPE_PART) != 0;
      if (part ? !store_parts (tx, record, error)
               : !mh_tx_insert (tx, record, MH_AUDIT_CREATE, "shipped catalogue", error))
        return FALSE;
    }
  return TRUE;
}
