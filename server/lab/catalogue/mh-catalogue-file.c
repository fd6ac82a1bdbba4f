/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/lab/catalogue/mh-catalogue-file.h"

#include "server/platform/common/mh-csv.h"
#include "shared/base/mh-decimal.h"
#include "shared/base/mh-json.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/clinic/mh-medicine.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-catalogue-record.h"
#include "shared/records/lab/mh-microbe.h"
#include "shared/records/lab/mh-reagent.h"
#include "shared/records/lab/mh-reflex-rule.h"
#include "shared/records/lab/mh-test.h"

#include <string.h>

#define FORMAT "mahima-catalogue"

static const MhRecordType *const kinds[] = {
  &mh_bench_type,           &mh_specimen_type_type,   &mh_container_type,
  &mh_value_set_type,       &mh_organism_type,        &mh_antibiotic_type,
  &mh_analyte_type,         &mh_reference_range_type, &mh_test_type,
  &mh_panel_type,           &mh_reflex_rule_type,     &mh_reagent_type,
  &mh_drug_ingredient_type, &mh_medicine_type,        &mh_drug_interaction_type,
  &mh_allergy_cross_type,   &mh_price_list_type,      NULL,
};

const MhRecordType *
mh_catalogue_file_kind (guint index)
{
  return kinds[index];
}

const MhRecordType *
mh_catalogue_file_find (const char *code)
{
  for (guint i = 0; kinds[i] != NULL; i++)
    if (g_strcmp0 (kinds[i]->code, code) == 0)
      return kinds[i];
  return NULL;
}

gboolean
mh_catalogue_file_has (const MhRecordType *type, guint field)
{
  static const char *const stay[] = { "verified", "from_days", "to_days", "hospital_id", NULL };
  const MhField *row = &type->fields[field];
  gboolean stored = mh_field_is_column (row) || row->kind == MH_KIND_RECORDS;
  return field >= MH_N_COMMON && stored && (row->flags & MH_SERVER_SET) == 0
         && !g_strv_contains (stay, row->name);
}

/* --- out --- */

static gboolean
is_empty_list (MhRecord *record, guint field)
{
  const MhField *row = &mh_record_type (record)->fields[field];
  GPtrArray *records = row->kind == MH_KIND_RECORDS ? mh_record_records (record, field) : NULL;
  const char *const *list = row->kind == MH_KIND_LIST ? mh_record_list (record, field) : NULL;
  return (row->kind == MH_KIND_RECORDS && (records == NULL || records->len == 0))
         || (row->kind == MH_KIND_LIST && (list == NULL || list[0] == NULL));
}

/* Only what files hold; the empty ones null. */
static MhRecord *
plain_copy (MhRecord *record)
{
  const MhRecordType *type = mh_record_type (record);
  MhRecord *copy = mh_record_copy (record);
  for (guint i = 0; i < type->n_fields; i++)
    {
      if (!mh_catalogue_file_has (type, i))
        mh_record_unset (copy, i);
      else if (!mh_record_has (record, i) || is_empty_list (record, i))
        mh_record_set_null (copy, i);
      else if (type->fields[i].kind == MH_KIND_RECORDS)
        {
          GPtrArray *parts = g_ptr_array_new_with_free_func (g_object_unref);
          GPtrArray *own = mh_record_records (record, i);
          for (guint k = 0; k < own->len; k++)
            g_ptr_array_add (parts, plain_copy (g_ptr_array_index (own, k)));
          mh_record_take_records (copy, i, parts);
        }
    }

  return copy;
}

/* The rows of a kind that @hospital_id may see. */
static GPtrArray *
rows_for (MhCatalogueView *view, const MhRecordType *type, const char *hospital_id)
{
  GPtrArray *all = mh_catalogue_all (view, type);
  GPtrArray *rows = g_ptr_array_sized_new (all->len);
  guint field = type->hospital;
  for (guint i = 0; i < all->len; i++)
    {
      MhRecord *row = g_ptr_array_index (all, i);
      const char *owner = field != 0 ? mh_record_text (row, field) : NULL;
      if (owner == NULL || hospital_id == NULL || g_str_equal (owner, hospital_id))
        g_ptr_array_add (rows, row);
    }
  return rows;
}

GString *
mh_catalogue_file_json (MhCatalogueView *view, const char *hospital_id)
{
  GString *out = g_string_new ("{\"format\":\"" FORMAT "\",\"version\":1");
  for (guint i = 0; kinds[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) all = rows_for (view, kinds[i], hospital_id);
      g_string_append_printf (out, ",\n\"%s\":[", kinds[i]->code);
      for (guint k = 0; k < all->len; k++)
        {
          g_autoptr (MhRecord) copy = plain_copy (g_ptr_array_index (all, k));
          g_autofree char *json = mh_record_to_json (copy, MH_JSON_AS_INPUT | MH_JSON_SKIP_UNSET);
          g_string_append_printf (out, "%s\n%s", k > 0 ? "," : "", json);
        }
      g_string_append (out, "]");
    }

  g_string_append (out, "}\n");
  return out;
}

static char *
list_text (const char *const *list)
{
  gboolean plain = list[0][0] != '[';
  for (guint i = 0; list[i] != NULL; i++)
    {
      gsize n = strlen (list[i]);
      plain = plain && n > 0 && strchr (list[i], ';') == NULL && !g_ascii_isspace (list[i][0])
              && !g_ascii_isspace (list[i][n - 1]);
    }

  if (plain)
    return g_strjoinv ("; ", (char **)list);

  g_autoptr (GString) json = g_string_new (NULL);
  mh_json_open (json, '[');
  for (guint i = 0; list[i] != NULL; i++)
    mh_json_put_text (json, list[i]);
  mh_json_close (json, ']');
  return g_strdup (json->str);
}

static char *
parts_text (GPtrArray *parts)
{
  g_autoptr (GString) json = g_string_new (NULL);
  mh_json_open (json, '[');
  for (guint i = 0; i < parts->len; i++)
    {
      g_autoptr (MhRecord) copy = plain_copy (g_ptr_array_index (parts, i));
      g_autofree char *one = mh_record_to_json (copy, MH_JSON_AS_INPUT | MH_JSON_SKIP_UNSET);
      mh_json_put_raw (json, one);
    }
  mh_json_close (json, ']');
  return g_strdup (json->str);
}

static char *
catalogue_file_cell_text (MhRecord *record, guint field)
{
  const MhField *row = &mh_record_type (record)->fields[field];
  if (!mh_record_has (record, field) || is_empty_list (record, field))
    return g_strdup ("");
  if (row->kind == MH_KIND_LIST)
    return list_text (mh_record_list (record, field));
  if (row->kind == MH_KIND_RECORDS)
    return parts_text (mh_record_records (record, field));
  return mh_record_value_text (record, field);
}

GString *
mh_catalogue_file_csv (MhCatalogueView *view, const MhRecordType *type, const char *hospital_id)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GPtrArray) all = rows_for (view, type, hospital_id);
  gboolean first = TRUE;

  for (guint i = 0; i < type->n_fields; i++)
    if (mh_catalogue_file_has (type, i))
      {
        mh_csv_put (out, type->fields[i].name, first);
        first = FALSE;
      }

  g_string_append (out, "\r\n");
  for (guint k = 0; k < all->len; k++)
    {
      first = TRUE;
      for (guint i = 0; i < type->n_fields; i++)
        if (mh_catalogue_file_has (type, i))
          {
            g_autofree char *text = catalogue_file_cell_text (g_ptr_array_index (all, k), i);
            mh_csv_put (out, text, first);
            first = FALSE;
          }
      g_string_append (out, "\r\n");
    }

  return out;
}

/* --- in --- */

void
mh_catalogue_row_free (MhCatalogueRow *row)
{
  g_clear_object (&row->record);
  g_free (row);
}

void
mh_catalogue_file_remark (GPtrArray *remarks,
                          guint line,
                          MhRecord *record,
                          const MhRecordType *type,
                          const MhIssues *issues)
{
  int code = type->key != 0 ? (int)type->key : mh_record_type_find (type, "analyte");
  for (guint i = 0; i < mh_issues_count (issues); i++)
    {
      const MhIssue *issue = mh_issues_nth (issues, i);
      MhRecord *remark = mh_record_new (&mh_catalogue_remark_type);
      mh_record_set_int (remark, MH_CATALOGUE_REMARK_LINE, line);
      mh_record_set_text (remark, MH_CATALOGUE_REMARK_RECORD_TYPE, type->code);
      if (record != NULL && code >= 0)
        mh_record_set_text (remark, MH_CATALOGUE_REMARK_CODE, mh_record_text (record, (guint)code));
      mh_record_set_text (remark, MH_CATALOGUE_REMARK_FIELD, issue->field);
      mh_record_set_text (remark, MH_CATALOGUE_REMARK_REASON, issue->message);
      g_ptr_array_add (remarks, remark);
    }
}

typedef struct
{
  const MhRecordType *type;
  GPtrArray *rows, *remarks;
  GArray *columns; /* field of each column, -1: none */
} Reading;

static void
take_object (Reading *reading, guint line, JsonObject *object)
{
  g_autoptr (GError) error = NULL;
  MhCatalogueRow *row = g_new0 (MhCatalogueRow, 1);
  row->line = line;
  row->record = mh_record_from_json (reading->type, object, MH_JSON_CREATE, &error);
  if (row->record == NULL)
    mh_catalogue_file_remark (reading->remarks, line, NULL, reading->type,
                              mh_error_get_issues (error));
  g_ptr_array_add (reading->rows, row);
}

/* --- tables --- */

static gboolean
read_head (Reading *reading, const char *const *cells, guint n_cells, GError **error)
{
  g_autoptr (MhIssues) issues = mh_issues_new ();
  for (guint i = 0; i < n_cells; i++)
    {
      g_autofree char *name = g_strstrip (g_strdup (cells[i]));
      int field = mh_record_type_find (reading->type, name);
      if (field >= 0 && !mh_catalogue_file_has (reading->type, (guint)field))
        field = -1;
      if (field < 0)
        mh_issues_add (
            issues, name, "unknown_field",
            "There is no column “%s” for rows of this kind. Remove it, or correct its name.", name);
      for (guint k = 0; field >= 0 && k < reading->columns->len; k++)
        if (g_array_index (reading->columns, int, k) == field)
          mh_issues_add (issues, name, "duplicate", "The column “%s” stands here twice.", name);
      g_array_append_val (reading->columns, field);
    }

  return mh_issues_raise (issues, error);
}

/* "yes", "no" and what other programs write. */
static gboolean
read_bool (const char *text, gboolean *out)
{
  static const char *const yes[] = { "yes", "true", "1", "y", NULL };
  static const char *const no[] = { "no", "false", "0", "n", NULL };
  g_autofree char *lower = g_ascii_strdown (text, -1);
  *out = g_strv_contains (yes, lower);
  return *out || g_strv_contains (no, lower);
}

static JsonNode *
list_node (const char *text)
{
  JsonNode *node = *text == '[' ? mh_json_parse (text, -1, NULL) : NULL;
  if (node != NULL)
    return node;
  JsonArray *array = json_array_new ();
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != 0)
      json_array_add_string_element (array, parts[i]);
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, array);
  return node;
}

/* A value that cannot be read stays text, and the description says what is wrong with it. */
static JsonNode *
cell_node (const MhField *field, const char *text)
{
  JsonNode *node = json_node_new (JSON_NODE_VALUE);
  gint64 number;
  gboolean flag;

  if (field->kind == MH_KIND_LIST || field->kind == MH_KIND_RECORDS)
    {
      json_node_unref (node);
      return list_node (text);
    }

  if (field->kind == MH_KIND_MONEY && mh_money_parse (text, &number))
    json_node_set_int (node, number);
  else if (field->kind == MH_KIND_INT
           && g_ascii_string_to_signed (text, 10, -G_MAXINT32, G_MAXINT32, &number, NULL))
    json_node_set_int (node, number);
  else if (field->kind == MH_KIND_BOOL && read_bool (text, &flag))
    json_node_set_boolean (node, flag);
  else
    json_node_set_string (node, text);

  return node;
}

static gboolean
catalogue_file_read_row (guint line,
                         const char *const *cells,
                         guint n_cells,
                         gpointer data,
                         GError **error)
{
  Reading *reading = data;
  if (reading->columns->len == 0)
    return read_head (reading, cells, n_cells, error);

  g_autoptr (JsonObject) object = json_object_new ();
  if (n_cells > reading->columns->len)
    {
      g_autoptr (MhIssues) issues = mh_issues_new ();
      mh_issues_add (issues, NULL, "too_many",
                     "This line has %u cells, the first has %u. Put text with commas in quotation "
                     "marks.",
                     n_cells, reading->columns->len);
      mh_catalogue_file_remark (reading->remarks, line, NULL, reading->type, issues);
      MhCatalogueRow *row = g_new0 (MhCatalogueRow, 1);
      row->line = line;
      g_ptr_array_add (reading->rows, row);
      return TRUE;
    }

  for (guint i = 0; i < n_cells; i++)
    {
      const MhField *field = &reading->type->fields[g_array_index (reading->columns, int, i)];
      if (*cells[i] == 0)
        json_object_set_null_member (object, field->name);
      else
        json_object_set_member (object, field->name, cell_node (field, cells[i]));
    }

  take_object (reading, line, object);
  return TRUE;
}

/* --- JSON --- */

static gboolean
read_json (Reading *reading, const char *text, gsize length, GError **error)
{
  g_autoptr (JsonObject) file = mh_json_parse_object (text, (gssize)length, error);
  if (file == NULL)
    return FALSE;

  if (g_strcmp0 (mh_json_text (file, "format"), FORMAT) != 0
      || mh_json_int (file, "version", 0) != 1)
    {
      mh_error_set_field (error, "text", "format",
                          "This is not a catalogue file: it must begin with \"format\": \"" FORMAT
                          "\" and version 1.");
      return FALSE;
    }

  for (guint i = 0; kinds[i] != NULL; i++)
    {
      JsonArray *array = mh_json_array (file, kinds[i]->code);
      reading->type = kinds[i];
      for (guint k = 0; array != NULL && k < json_array_get_length (array); k++)
        {
          JsonNode *node = json_array_get_element (array, k);
          if (JSON_NODE_HOLDS_OBJECT (node))
            take_object (reading, k + 1, json_node_get_object (node));
        }
    }

  return TRUE;
}

GPtrArray *
mh_catalogue_file_read (const char *text,
                        gsize length,
                        const MhRecordType *type,
                        GPtrArray *remarks,
                        GError **error)
{
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)mh_catalogue_row_free);
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (int));
  Reading reading = { type, rows, remarks, columns };
  gboolean read = type != NULL
                      ? mh_csv_read_text (text, length, catalogue_file_read_row, &reading, error)
                      : read_json (&reading, text, length, error);
  return read ? g_steal_pointer (&rows) : NULL;
}
