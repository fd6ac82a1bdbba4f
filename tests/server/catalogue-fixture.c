/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/server/catalogue-fixture.h"

#include "server/lab/catalogue/mh-catalogue-service.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/platform/actor/mh-request.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/people/mh-permissions.h"

typedef struct
{
  MhActor *actor;
  const char *id;
  MhRecord *body, *reply;
} Step;

MhActor *
catalogue_director (void)
{
  static const char *const rights[] = { MH_MAY_READ_CATALOGUE, MH_MAY_WRITE_CATALOGUE,
                                        MH_MAY_SIGN_CATALOGUE, MH_MAY_WRITE_PRICE, NULL };
  return mh_actor_new ("01900000-0000-7000-8000-000000000190", "Dr Mira Director", "pathologist",
                       LAB_HOSPITAL, NULL, rights);
}

MhActor *
catalogue_editor (void)
{
  static const char *const rights[]
      = { MH_MAY_READ_CATALOGUE, MH_MAY_WRITE_CATALOGUE, MH_MAY_WRITE_REAGENT, NULL };
  return mh_actor_new ("01900000-0000-7000-8000-000000000191", "Ed Editor", "admin", LAB_HOSPITAL,
                       NULL, rights);
}

MhCatalogueView *
catalogue_view_in (MhTx *tx, Lab *lab, GError **error)
{
  mh_catalogue_invalidate (mh_server_catalogue (lab->server));
  return mh_catalogue_view (mh_server_catalogue (lab->server), mh_tx_db (tx), error);
}

MhCatalogueView *
catalogue_view_now (Lab *lab)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  mh_catalogue_invalidate (mh_server_catalogue (lab->server));
  MhCatalogueView *view = mh_catalogue_view (mh_server_catalogue (lab->server), db, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return view;
}

MhRecord *
catalogue_body (const MhRecordType *type, const char *json)
{
  g_autoptr (GError) error = NULL;
  MhRecord *record = mh_record_from_text (type, json, -1, MH_JSON_TRUSTED, &error);
  g_assert_no_error (error);
  return record;
}

/* The row of that code. */
MhRecord *
catalogue_row (Lab *lab, const MhRecordType *type, const char *code)
{
  g_autoptr (MhCatalogueView) view = catalogue_view_now (lab);
  MhRecord *found = mh_catalogue_find (view, type, code);
  g_assert_nonnull (found);
  return mh_record_copy (found);
}

static gboolean
add_row (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_autoptr (MhCatalogueView) view = catalogue_view_in (tx, lab, error);
  g_clear_object (&step->reply);
  step->reply
      = mh_catalogue_service_add (MH_REQUEST_TX (tx, NULL, step->actor), view, step->body, error);
  return step->reply != NULL;
}

MhRecord *
catalogue_add (Lab *lab, MhActor *actor, const MhRecordType *type, const char *json, GError **error)
{
  g_autoptr (MhRecord) body = catalogue_body (type, json);
  Step step = { .actor = actor, .body = body };
  return lab_write (lab, actor, add_row, &step, error) ? step.reply : NULL;
}

static gboolean
change_row (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_autoptr (MhCatalogueView) view = catalogue_view_in (tx, lab, error);
  g_clear_object (&step->reply);
  step->reply = mh_catalogue_service_change (
      MH_REQUEST_TX (tx, NULL, step->actor), view,
      (MhPatch){ .id = step->id, .if_match = -1, .body = step->body }, error);
  return step->reply != NULL;
}

MhRecord *
catalogue_change (Lab *lab,
                  MhActor *actor,
                  const MhRecordType *type,
                  const char *id,
                  const char *json,
                  GError **error)
{
  g_autoptr (MhRecord) body = catalogue_body (type, json);
  Step step = { .actor = actor, .body = body, .id = id };
  return lab_write (lab, actor, change_row, &step, error) ? step.reply : NULL;
}

void
catalogue_assert_issue (GError *error, const char *field, const char *code)
{
  const MhIssues *issues = mh_error_get_issues (error);
  for (guint i = 0; i < mh_issues_count (issues); i++)
    if (g_strcmp0 (mh_issues_nth (issues, i)->field, field) == 0
        && g_strcmp0 (mh_issues_nth (issues, i)->code, code) == 0)
      return;
  g_error ("no %s on %s: %s", code, field, error != NULL ? error->message : "no error");
}
