/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/clinic/chart/mh-chart-api.h"

#include "server/clinic/chart/mh-chart-service.h"
#include "server/clinic/chart/mh-icd.h"
#include "server/people/admin/mh-directory-api.h"
#include "server/platform/audit/mh-seen-api.h"
#include "server/platform/runtime/mh-server.h"
#include "shared/records/clinic/mh-chart.h"
#include "shared/records/clinic/mh-note.h"
#include "shared/records/platform/mh-audit.h"

/* --- put together --- */

static MhReply *
read_chart (MhCall *call, GError **error)
{
  const char *id = mh_call_param (call, "id");
  MhRecord *chart = mh_chart_service_read (mh_call_request (call), id, mh_call_now (call), error);
  if (chart != NULL)
    mh_seen (call, MH_AUDIT_READ, &mh_chart_type, id, id);
  return mh_reply_record (chart);
}

static MhReply *
timeline (MhCall *call, GError **error)
{
  MhTimelineQuery query = { .patient_id = mh_call_param (call, "id"),
                            .before_at = mh_call_after_at (call),
                            .before_id = mh_call_after_id (call),
                            .limit = mh_call_limit (call) };
  GPtrArray *events = mh_chart_service_timeline (mh_call_request (call), &query,
                                                 mh_call_query (call, "kind"), error);
  if (events != NULL)
    mh_seen (call, MH_AUDIT_READ, &mh_chart_type, query.patient_id, query.patient_id);
  return mh_reply_page_by (call, events, MH_CHART_EVENT_AT, MH_CHART_EVENT_ID);
}

static MhReply *
results (MhCall *call, GError **error)
{
  const char *id = mh_call_param (call, "id");
  GPtrArray *values = mh_chart_service_results (mh_call_request (call), id, error);
  if (values != NULL)
    mh_seen (call, MH_AUDIT_READ, &mh_chart_type, id, id);
  return mh_reply_list (values, NULL);
}

static MhReply *
chart_api_series (MhCall *call, GError **error)
{
  const char *id = mh_call_param (call, "id");
  MhRecord *value = mh_chart_service_series (mh_call_request (call), id,
                                             mh_call_query (call, "analyte"), error);
  if (value != NULL)
    mh_seen (call, MH_AUDIT_READ, &mh_chart_type, id, id);
  return mh_reply_record (value);
}

static MhReply *
chart_api_pdf (MhCall *call, GError **error)
{
  const char *id = mh_call_param (call, "id");
  g_autoptr (MhRecord) patient = NULL;
  GBytes *paper = mh_chart_service_pdf (mh_call_server (call), mh_call_actor (call), id,
                                        mh_call_query (call, "language"), &patient, error);
  if (paper == NULL)
    return NULL;
  mh_seen (call, MH_AUDIT_PRINT, &mh_chart_type, id, id);
  return mh_reply_bytes (paper, "application/pdf", "chart.pdf");
}

static MhReply *
icd (MhCall *call, GError **error)
{
  const char *q = mh_call_query (call, "q");
  const MhIcd10 *table = mh_icd (
      mh_server_config_text (mh_server_config (mh_call_server (call)), "server.data_dir"), error);
  if (table == NULL)
    return NULL;

  g_autoptr (GArray) rows = mh_icd10_search (table, q != NULL ? q : "", mh_call_limit (call));
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < rows->len; i++)
    {
      const MhIcd10Row *row = &g_array_index (rows, MhIcd10Row, i);
      MhRecord *code = mh_record_new (&mh_icd_code_type);
      mh_record_set_text (code, MH_ICD_CODE_CODE, row->code);
      mh_record_set_text (code, MH_ICD_CODE_TITLE, row->title);
      mh_record_set_bool (code, MH_ICD_CODE_BILLABLE, row->billable);
      g_ptr_array_add (found, code);
    }

  return mh_reply_list (found, NULL);
}

/* --- problems, doses, history --- */

static MhReply *
list_items (MhCall *call, GError **error)
{
  const MhRecordType *type = mh_call_route (call)->reply;
  const char *patient_id = mh_call_query (call, "patient_id");
  GPtrArray *items = mh_chart_items_list (mh_call_request (call), type, patient_id, error);
  if (items == NULL)
    return NULL;
  mh_seen (call, MH_AUDIT_READ, type, NULL, patient_id);
  return mh_reply_list (items, NULL);
}

static MhReply *
chart_api_read_item (MhCall *call, GError **error)
{
  const MhRecordType *type = mh_call_route (call)->reply;
  const char *id = mh_call_param (call, "id");
  MhRecord *item = mh_chart_items_read (mh_call_request (call), type, id, error);
  if (item != NULL)
    mh_seen (call, MH_AUDIT_READ, type, id, mh_record_text (item, type->patient));
  return mh_reply_record (item);
}

static MhReply *
create_item (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_chart_items_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
update_item (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_chart_items_update (mh_call_request (call), mh_call_patch (call), error));
}

static MhReply *
revisions (MhCall *call, GError **error)
{
  const char *id = mh_call_param (call, "id");
  GPtrArray *found = mh_chart_items_revisions (mh_call_request (call), id, error);
  if (found != NULL)
    mh_seen (call, MH_AUDIT_READ, &mh_chart_revision_type, id, NULL);
  return mh_reply_list (found, NULL);
}

/* --- notes --- */

static MhReply *
list_notes (MhCall *call, GError **error)
{
  MhNotesQuery query = { .patient_id = mh_call_query (call, "patient_id"),
                         .cosign = g_strcmp0 (mh_call_query (call, "cosign"), "true") == 0,
                         .drafts = g_strcmp0 (mh_call_query (call, "drafts"), "true") == 0,
                         .before_at = mh_call_after_at (call),
                         .before_id = mh_call_after_id (call),
                         .limit = mh_call_limit (call) };
  GPtrArray *notes = mh_chart_notes_list (mh_call_request (call), &query, error);
  mh_seen_list (call, &mh_note_type, notes);
  return mh_reply_page (call, notes, MH_NOTE_WRITTEN_AT);
}

static MhReply *
read_note (MhCall *call, GError **error)
{
  const char *id = mh_call_param (call, "id");
  MhRecord *note = mh_chart_notes_read (mh_call_request (call), id, error);
  if (note != NULL)
    mh_seen (call, MH_AUDIT_READ, &mh_note_type, id, mh_record_text (note, MH_NOTE_PATIENT_ID));
  return mh_reply_record (note);
}

static MhReply *
create_note (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_chart_notes_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
update_note (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_chart_notes_update (mh_call_request (call), mh_call_patch (call), error));
}

static MhReply *
drop_note (MhCall *call, GError **error)
{
  return mh_chart_notes_drop (mh_call_request (call), mh_call_param (call, "id"), error)
             ? mh_reply_empty ()
             : NULL;
}

static MhReply *
add_to_note (MhCall *call, GError **error)
{
  return mh_reply_record (mh_chart_notes_add (mh_call_request (call), mh_call_param (call, "id"),
                                              mh_call_body (call), error));
}

static MhReply *
cosign_note (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_chart_notes_cosign (mh_call_request (call), mh_call_param (call, "id"), error));
}

static MhReply *
retract_note (MhCall *call, GError **error)
{
  const char *reason = mh_record_text (mh_call_body (call), MH_NOTE_RETRACTION_REASON);
  return mh_reply_record (
      mh_chart_notes_retract (mh_call_request (call), mh_call_param (call, "id"), reason, error));
}

/* --- templates --- */

static MhReply *
list_templates (MhCall *call, GError **error)
{
  return mh_directory_reply_list (call, &mh_note_template_type, error);
}

static MhReply *
read_template (MhCall *call, GError **error)
{
  return mh_reply_record (mh_directory_read (mh_call_request (call), &mh_note_template_type,
                                             mh_call_param (call, "id"), error));
}

static MhReply *
create_template (MhCall *call, GError **error)
{
  return mh_reply_record (mh_directory_create (mh_call_request (call), mh_call_body (call), error));
}

static MhReply *
update_template (MhCall *call, GError **error)
{
  return mh_reply_record (
      mh_directory_update (mh_call_request (call), mh_call_patch (call), error));
}

void
mh_chart_bind (MhRouter *router)
{
  static const char *const items[] = { "problem_item", "immunisation", "history_item" };
  static const struct
  {
    const char *verb;
    MhHandler handler;
  } verbs[] = { { "list", list_items },
                { "read", chart_api_read_item },
                { "create", create_item },
                { "update", update_item } };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    for (guint k = 0; k < G_N_ELEMENTS (verbs); k++)
      {
        g_autofree char *route = g_strconcat (items[i], ".", verbs[k].verb, NULL);
        mh_router_bind (router, route, verbs[k].handler);
      }

  mh_router_bind (router, "chart.read", read_chart);
  mh_router_bind (router, "chart.timeline", timeline);
  mh_router_bind (router, "chart.results", results);
  mh_router_bind (router, "chart.series", chart_api_series);
  mh_router_bind (router, "chart.pdf", chart_api_pdf);
  mh_router_bind (router, "icd.list", icd);
  mh_router_bind (router, "chart_revision.list", revisions);
  mh_router_bind (router, "note.list", list_notes);
  mh_router_bind (router, "note.create", create_note);
  mh_router_bind (router, "note.read", read_note);
  mh_router_bind (router, "note.update", update_note);
  mh_router_bind (router, "note.drop", drop_note);
  mh_router_bind (router, "note.add", add_to_note);
  mh_router_bind (router, "note.cosign", cosign_note);
  mh_router_bind (router, "note.retract", retract_note);
  mh_router_bind (router, "note_template.list", list_templates);
  mh_router_bind (router, "note_template.read", read_template);
  mh_router_bind (router, "note_template.create", create_template);
  mh_router_bind (router, "note_template.update", update_template);
}
