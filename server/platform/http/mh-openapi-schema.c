/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/http/mh-openapi-schema.h"

#include <string.h>

#include "shared/base/mh-json.h"

#define DEFAULT_TEXT 200
#define DEFAULT_LONG 4000
#define DEFAULT_LIST 100

char *
mh_schema_name (const MhRecordType *type, MhSchemaForm form)
{
  static const char *const ends[] = { "", "Create", "Patch" };
  const char *name = g_str_has_prefix (type->name, "Mh") ? type->name + 2 : type->name;
  return g_strconcat (name, ends[form], NULL);
}

void
mh_schema_put_ref (GString *out, const MhRecordType *type, MhSchemaForm form)
{
  g_autofree char *name = mh_schema_name (type, form);
  g_autofree char *ref = g_strconcat ("#/components/schemas/", name, NULL);
  mh_json_open (out, '{');
  mh_json_member_text (out, "$ref", ref);
  mh_json_close (out, '}');
}

static gboolean
in_form (const MhField *field, MhSchemaForm form)
{
  if ((field->flags & MH_SECRET) != 0)
    return FALSE;
  if (form == MH_SCHEMA_REPLY)
    return (field->flags & MH_INPUT) == 0;
  if ((field->flags & MH_SERVER_SET) != 0)
    return FALSE;
  return form == MH_SCHEMA_CREATE || (field->flags & MH_IMMUTABLE) == 0;
}

/* Parts of a patched record are sent whole. */
static MhSchemaForm
part_form (MhSchemaForm form)
{
  return form == MH_SCHEMA_REPLY ? MH_SCHEMA_REPLY : MH_SCHEMA_CREATE;
}

static void
put_kind (GString *out, const char *name, gboolean nullable)
{
  if (!nullable)
    {
      mh_json_member_text (out, "type", name);
      return;
    }
  mh_json_key (out, "type");
  mh_json_open (out, '[');
  mh_json_put_text (out, name);
  mh_json_put_text (out, "null");
  mh_json_close (out, ']');
}

static void
put_example (GString *out, const char *example)
{
  mh_json_key (out, "examples");
  mh_json_open (out, '[');
  mh_json_put_text (out, example);
  mh_json_close (out, ']');
}

static void
openapi_schema_put_codes (GString *out, const MhCode *codes, gboolean nullable)
{
  mh_json_key (out, "enum");
  mh_json_open (out, '[');
  for (guint i = 0; codes != NULL && codes[i].code != NULL; i++)
    mh_json_put_text (out, codes[i].code);
  if (nullable)
    mh_json_put_null (out);
  mh_json_close (out, ']');
}

static void
openapi_schema_put_text (GString *out, const MhField *field, gboolean nullable)
{
  guint most = field->kind == MH_KIND_LONG_TEXT ? DEFAULT_LONG : DEFAULT_TEXT;
  put_kind (out, "string", nullable);
  if (g_strcmp0 (field->format, "uuid") == 0 || g_strcmp0 (field->format, "email") == 0)
    mh_json_member_text (out, "format", field->format);
  mh_json_member_int (out, "maxLength", field->max > 0 ? field->max : most);
}

static void
put_formatted (GString *out, const char *format, const char *example, gboolean nullable)
{
  put_kind (out, "string", nullable);
  mh_json_member_text (out, "format", format);
  put_example (out, example);
}

static void
put_pattern (GString *out, const char *pattern, const char *example, gboolean nullable)
{
  put_kind (out, "string", nullable);
  mh_json_member_text (out, "pattern", pattern);
  put_example (out, example);
}

static void
put_integer (GString *out, const MhField *field, gboolean nullable)
{
  put_kind (out, "integer", nullable);
  mh_json_member_text (out, "format", "int64");
  if (field->at_most > field->at_least)
    {
      mh_json_member_int (out, "minimum", field->at_least);
      mh_json_member_int (out, "maximum", field->at_most);
    }
}

static void
openapi_schema_put_list (GString *out, const MhField *field, gboolean nullable)
{
  put_kind (out, "array", nullable);
  mh_json_member_int (out, "maxItems", field->max > 0 ? field->max : DEFAULT_LIST);
  mh_json_key (out, "items");
  mh_json_open (out, '{');
  mh_json_member_text (out, "type", "string");
  if (field->codes != NULL)
    openapi_schema_put_codes (out, field->codes, FALSE);
  mh_json_close (out, '}');
}

static void
openapi_schema_put_records (GString *out,
                            const MhField *field,
                            MhSchemaForm form,
                            gboolean nullable)
{
  put_kind (out, "array", nullable);
  mh_json_key (out, "items");
  mh_schema_put_ref (out, field->target, part_form (form));
}

static void
openapi_schema_put_record (GString *out, const MhField *field, MhSchemaForm form)
{
  mh_json_key (out, "oneOf");
  mh_json_open (out, '[');
  mh_schema_put_ref (out, field->target, part_form (form));
  mh_json_put_raw (out, "{\"type\":\"null\"}");
  mh_json_close (out, ']');
}

static void
openapi_schema_put_value (GString *out, const MhField *field, MhSchemaForm form, gboolean nullable)
{
  switch (field->kind)
    {
    case MH_KIND_TEXT:
    case MH_KIND_LONG_TEXT:
      openapi_schema_put_text (out, field, nullable);
      return;
    case MH_KIND_INT:
    case MH_KIND_MONEY:
      put_integer (out, field, nullable);
      return;
    case MH_KIND_DECIMAL:
      put_pattern (out, "^-?[0-9]{1,18}(\\.[0-9]{1,12})?$", "13.20", nullable);
      return;
    case MH_KIND_BOOL:
      put_kind (out, "boolean", nullable);
      return;

    case MH_KIND_DATE:
      put_formatted (out, "date", "2026-11-21", nullable);
      return;
    case MH_KIND_TIME:
      put_pattern (out, "^[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$", "08:15", nullable);
      return;
    case MH_KIND_INSTANT:
      put_formatted (out, "date-time", "2026-11-21T08:15:30.123Z", nullable);
      return;

    case MH_KIND_ENUM:
      put_kind (out, "string", nullable);
      openapi_schema_put_codes (out, field->codes, nullable);
      return;
    case MH_KIND_REF:
      put_formatted (out, "uuid", "01939b5c-8a00-7000-8000-000000000001", nullable);
      return;

    case MH_KIND_LIST:
      openapi_schema_put_list (out, field, nullable);
      return;
    case MH_KIND_RECORDS:
      openapi_schema_put_records (out, field, form, nullable);
      return;
    case MH_KIND_RECORD:
      openapi_schema_put_record (out, field, form);
      return;

    case MH_KIND_JSON:
    case MH_N_KINDS:
    default:
      return;
    }
}

static void
put_field (GString *out, const MhField *field, MhSchemaForm form)
{
  gboolean required = (field->flags & MH_REQUIRED) != 0;
  gboolean is_id = g_str_equal (field->name, "id") || g_str_equal (field->name, "version");
  const char *unit = mh_field_is_rate (field) ? "hundredths of a per cent" : field->unit;
  g_autofree char *about
      = g_strdup_printf ("%s%s%s%s%s", field->label != NULL ? field->label : field->name,
                         unit != NULL ? ", in " : "", unit != NULL ? unit : "",
                         field->help != NULL ? ". " : "", field->help != NULL ? field->help : "");

  mh_json_key (out, field->name);
  mh_json_open (out, '{');
  mh_json_member_text (out, "description", about);
  openapi_schema_put_value (out, field, form, !required && !is_id);
  mh_json_close (out, '}');
}

static void
put_required (GString *out, const MhRecordType *type, MhSchemaForm form)
{
  guint n = 0;
  for (guint i = 0; form == MH_SCHEMA_CREATE && i < type->n_fields; i++)
    if ((type->fields[i].flags & MH_REQUIRED) != 0 && in_form (&type->fields[i], form))
      {
        if (n++ == 0)
          {
            mh_json_key (out, "required");
            mh_json_open (out, '[');
          }
        mh_json_put_text (out, type->fields[i].name);
      }

  if (n > 0)
    mh_json_close (out, ']');
}

void
mh_schema_put_type (GString *out, const MhRecordType *type, MhSchemaForm form)
{
  mh_json_open (out, '{');
  mh_json_member_text (out, "type", "object");
  mh_json_member_text (out, "description", type->label != NULL ? type->label : type->name);
  if (form != MH_SCHEMA_REPLY)
    mh_json_member_bool (out, "additionalProperties", FALSE);
  put_required (out, type, form);
  mh_json_key (out, "properties");
  mh_json_open (out, '{');
  for (guint i = 0; i < type->n_fields; i++)
    if (in_form (&type->fields[i], form))
      put_field (out, &type->fields[i], form);

  mh_json_close (out, '}');
  mh_json_close (out, '}');
}

void
mh_schema_put_param (GString *out, const MhParam *param)
{
  MhField field = { .name = param->name, .kind = param->kind, .codes = param->codes };
  mh_json_open (out, '{');
  openapi_schema_put_value (out, &field, MH_SCHEMA_CREATE, FALSE);
  mh_json_close (out, '}');
}

void
mh_schema_collect (GHashTable *uses, const MhRecordType *type, MhSchemaForm form)
{
  char *name = mh_schema_name (type, form);
  if (g_hash_table_contains (uses, name))
    {
      g_free (name);
      return;
    }

  MhSchemaUse *use = g_new0 (MhSchemaUse, 1);
  use->type = type;
  use->form = form;
  g_hash_table_insert (uses, name, use);

  for (guint i = 0; i < type->n_fields; i++)
    {
      const MhField *field = &type->fields[i];
      gboolean nested = field->kind == MH_KIND_RECORDS || field->kind == MH_KIND_RECORD;
      if (nested && field->target != NULL && in_form (field, form))
        mh_schema_collect (uses, field->target, part_form (form));
    }
}
