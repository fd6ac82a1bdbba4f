/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/server/route-bodies.h"

#include <string.h>

#include "shared/record/mh-record-check.h"
#include "shared/record/mh-record-json.h"

static void put_minimal (GString *out, const MhRecordType *type, const char *id);

static const char *
sample_text (const MhField *field)
{
  static const struct
  {
    const char *format, *text;
  } samples[]
      = { { "uuid", ROUTE_BODY_ID }, { "email", "a@example.org" }, { "phone", "5812345678" },
          { "pin", "411001" },       { "digits4", "1234" },        { "code", "ABC" },
          { "currency", "INR" },     { "abha", "91234567890123" }, { "mrn", "MH000000017" } };
  for (guint i = 0; field->format != NULL && i < G_N_ELEMENTS (samples); i++)
    if (g_str_equal (field->format, samples[i].format))
      return samples[i].text;
  return "x";
}

static void
put_value (GString *out, const MhField *field, const char *id)
{
  switch (field->kind)
    {
    case MH_KIND_INT:
    case MH_KIND_MONEY:
      g_string_append_printf (out, "%d", (int)MAX (field->at_least, 1));
      break;
    case MH_KIND_BOOL:
      g_string_append (out, "true");
      break;
    case MH_KIND_DECIMAL:
      g_string_append (out, "\"1\"");
      break;
    case MH_KIND_DATE:
      g_string_append (out, "\"2026-11-21\"");
      break;
    case MH_KIND_TIME:
      g_string_append (out, "\"10:00\"");
      break;
    case MH_KIND_INSTANT:
      g_string_append (out, "\"2026-11-21T08:15:30.123Z\"");
      break;
    case MH_KIND_ENUM:
      g_string_append_printf (out, "\"%s\"", field->codes[0].code);
      break;
    case MH_KIND_REF:
      g_string_append_printf (out, "\"%s\"", id);
      break;
    case MH_KIND_LIST:
      g_string_append_printf (out, "[\"%s\"]", field->codes != NULL ? field->codes[0].code : "x");
      break;
    case MH_KIND_RECORDS:
      g_string_append_c (out, '[');
      put_minimal (out, field->target, id);
      g_string_append_c (out, ']');
      break;
    case MH_KIND_RECORD:
      put_minimal (out, field->target, id);
      break;
    case MH_KIND_JSON:
      g_string_append (out, "{}");
      break;
    case MH_KIND_TEXT:
    case MH_KIND_LONG_TEXT:
    case MH_N_KINDS:
    default:
      g_string_append_printf (out, "\"%s\"", sample_text (field));
      break;
    }
}

static void
put_minimal (GString *out, const MhRecordType *type, const char *id)
{
  gboolean first = TRUE;
  g_string_append_c (out, '{');
  for (guint i = 0; i < type->n_fields; i++)
    {
      const MhField *field = &type->fields[i];
      if ((field->flags & MH_REQUIRED) == 0 || (field->flags & MH_SERVER_SET) != 0)
        continue;
      g_string_append_printf (out, "%s\"%s\":", first ? "" : ",", field->name);
      put_value (out, field, id);
      first = FALSE;
    }
  g_string_append_c (out, '}');
}

/* Where what is required alone is not right: the type's own check asks for more. */
static const struct
{
  const char *type, *json;
} bodies[] = {
  { "analyser_link",
    "{\"code\":\"XN\",\"name\":\"Counter\",\"protocol\":\"hl7\",\"transport\":\"listen\"}" },
  { "analyser_map", "{\"code\":\"HGB\",\"analyte\":\"HGB\"}" },
  { "custody_event", "{\"event\":\"received\"}" },
  { "critical_call", "{\"role\":\"orderer\",\"method\":\"phone\",\"outcome\":\"no_answer\"}" },
  { "critical_closing", "{\"reason\":\"error\",\"note\":\"haemolysed\"}" },
  { "auto_rule", "{\"name\":\"Chemistry\",\"bench\":\"C\"}" },
  { "auto_trial", "{\"from\":\"2026-01-01\",\"to\":\"2026-01-31\"}" },
  { "history_item", "{\"patient_id\":\"" ROUTE_BODY_ID
                    "\",\"kind\":\"occupation\",\"text\":\"Teacher\",\"status\":\"current\"}" },
  { "discount_request", "{\"discount\":1,\"discount_code\":\"staff\"}" },
  { "access_opening", "{\"patient_id\":\"" ROUTE_BODY_ID "\",\"reason\":\"treatment\","
                      "\"text\":\"Asked to consult\",\"password\":\"x\"}" },
  { "access_review", "{\"verdict\":\"justified\"}" },
  { "consent",
    "{\"patient_id\":\"" ROUTE_BODY_ID "\",\"purpose\":\"treatment\",\"decision\":\"given\","
    "\"given_by\":\"patient\",\"decided_on\":\"2026-11-21\"}" },
  { "document", "{\"patient_id\":\"" ROUTE_BODY_ID
                "\",\"kind\":\"lab\",\"title\":\"Report\",\"bytes\":1,\"sha256\":"
                "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}" },
  { "document_reason", "{\"reason\":\"wrong chart\"}" },
  { "equipment_event", "{\"kind\":\"note\",\"words\":\"New filter\"}" },
  { "equipment_plan", "{\"kind\":\"calibration\",\"name\":\"Two points\",\"every_days\":30}" },
  { "qc_remark", "{\"kind\":\"comment\",\"note\":\"Shaken once more\"}" },
  { "qc_target", "{\"lot_id\":\"01900000-0000-7000-8000-000000000001\",\"equipment\":\"CHEM1\","
                 "\"analyte\":\"GLU\",\"maker_mean\":\"95\",\"maker_sd\":\"2\"}" },
  { "report_change", "{\"kind\":\"correct\",\"reason\":\"typing\"}" },
  { "tax_rule", "{\"code\":\"GST\",\"name\":\"GST\",\"kind\":\"percent\",\"rate\":500}" },
};

char *
route_body (const MhRoute *route, const char *id)
{
  gboolean patch = (route->flags & MH_ROUTE_PATCH) != 0;
  g_autoptr (GString) out = g_string_new (patch ? "{}" : NULL);
  if (!patch)
    put_minimal (out, route->request, id);
  for (guint i = 0; i < G_N_ELEMENTS (bodies) && !patch; i++)
    if (g_str_equal (bodies[i].type, route->request->code))
      {
        g_string_assign (out, bodies[i].json);
        g_string_replace (out, ROUTE_BODY_ID, id, 0);
      }
  g_autoptr (MhRecord) record = mh_record_from_text (route->request, out->str, -1,
                                                     patch ? MH_JSON_PATCH : MH_JSON_CREATE, NULL);
  gboolean fine = record != NULL
                  && mh_record_validate (record, patch ? MH_CHECK_PATCH : MH_CHECK_CREATE, NULL);
  return fine ? g_strdup (out->str) : NULL;
}

char *
route_path (const MhRoute *route, const char *id, const char *query)
{
  g_autoptr (GString) path = g_string_new (route->path);
  const char *open;
  while ((open = strchr (path->str, '{')) != NULL)
    {
      gssize at = open - path->str;
      g_string_erase (path, at, strchr (open, '}') + 1 - open);
      g_string_insert (path, at, id);
    }
  return g_strconcat (path->str, query, NULL);
}
