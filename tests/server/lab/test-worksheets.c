/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Worksheets: what they are made of, and where values entered on them go, on both databases. */
#include "server/lab/equipment/mh-equipment-service.h"
#include "server/lab/qc/mh-qc-service.h"
#include "server/lab/worksheets/mh-worksheets-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-date.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-worksheet.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"
#include "tests/server/lab-fixture.h"

typedef enum
{
  EQUIPMENT,
  QC,
  MAKE,
  SAVE,
  CHANGE,
} What;

typedef struct
{
  What what;
  const char *id;
  MhRecord *body;
  MhActor *actor;
  MhRecord *answer;
} Call;

static gboolean
call_func (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Call *call = data;
  g_clear_object (&call->answer);
  switch (call->what)
    {
    case EQUIPMENT:
      call->answer
          = mh_equipment_service_create (MH_REQUEST_TX (tx, NULL, call->actor), call->body, error);
      break;
    case QC:
      call->answer
          = mh_qc_service_create (MH_REQUEST_TX (tx, NULL, call->actor), call->body, error);
      break;
    case MAKE:
      call->answer = mh_worksheets_service_create (MH_REQUEST_TX (tx, lab->server, call->actor),
                                                   call->body, error);
      break;
    case SAVE:
      call->answer = mh_worksheets_service_save (MH_REQUEST_TX (tx, lab->server, call->actor),
                                                 call->id, call->body, error);
      break;
    case CHANGE:
      call->answer = mh_worksheets_service_update (
          MH_REQUEST_TX (tx, NULL, call->actor),
          (MhPatch){ .id = call->id, .if_match = -1, .body = call->body }, error);
      break;
    default:
      g_assert_not_reached ();
    }
  return call->answer != NULL;
}

/* Takes @body. */
static MhRecord *
do_call (Lab *lab, What what, const char *id, MhRecord *body, GError **error)
{
  g_autoptr (MhRecord) taken = body;
  MhActor *actor = what == EQUIPMENT || what == QC ? lab->pathologist : lab->technician;
  Call call = { what, id, taken, actor, NULL };
  return lab_write (lab, actor, call_func, &call, error) ? call.answer : NULL;
}

static MhRecord *
must (Lab *lab, What what, const char *id, MhRecord *body)
{
  GError *error = NULL;
  MhRecord *answer = do_call (lab, what, id, body, &error);
  g_assert_no_error (error);
  return answer;
}

static void
promote (MhActor **actor, const char *role)
{
  MhActor *made = mh_actor_new (mh_actor_user_id (*actor), mh_actor_name (*actor), role,
                                LAB_HOSPITAL, NULL, mh_role_default_find (role)->permissions);
  mh_actor_unref (*actor);
  *actor = made;
}

/* HGB on HEMA1, one level. */
static Lab *
house_new (const MhTestDb *test)
{
  gint64 now = 0;
  Lab *lab = lab_new (test);
  g_assert_true (mh_instant_parse ("2026-11-20T06:30:00Z", &now));
  mh_clock_set (mh_server_clock (lab->server), now);
  promote (&lab->technician, MH_ROLE_TECHNICIAN);
  promote (&lab->pathologist, MH_ROLE_PATHOLOGIST);
  g_autoptr (MhRecord) equipment
      = must (lab, EQUIPMENT, NULL,
              lab_parse (&mh_equipment_type,
                         "{\"code\":\"HEMA1\",\"name\":\"Counter\",\"kind\":\"analyser\"}"));
  g_autoptr (MhRecord) material
      = must (lab, QC, NULL,
              lab_parse (&mh_qc_material_type, "{\"code\":\"BLOOD\",\"name\":\"Blood control\"}"));
  g_autoptr (MhRecord) lot = must (lab, QC, NULL,
                                   lab_parse (&mh_qc_lot_type,
                                              "{\"material_id\":\"%s\",\"lot\":\"L1\",\"level\":1,"
                                              "\"expires_on\":\"2026-12-31\"}",
                                              mh_record_id (material)));
  g_autoptr (MhRecord) target
      = must (lab, QC, NULL,
              lab_parse (&mh_qc_target_type,
                         "{\"lot_id\":\"%s\",\"equipment\":\"HEMA1\",\"analyte\":\"HGB\","
                         "\"maker_mean\":\"8.0\",\"maker_sd\":\"0.1\"}",
                         mh_record_id (lot)));
  return lab;
}

static char *
received (Lab *lab, const char *codes)
{
  char *order = lab_order (lab, codes);
  lab_receive (lab, order, NULL, "2026-11-20T06:20:00.000Z");
  return order;
}

static MhRecord *
line (MhRecord *sheet, guint index)
{
  return g_ptr_array_index (mh_record_records (sheet, MH_WORKSHEET_LINES), index);
}

static void
add_entry (MhRecord *put, MhRecord *of, const char *value)
{
  g_autoptr (MhRecord) entry = lab_parse (
      &mh_worksheet_entry_type, "{\"line_id\":\"%s\",\"value\":\"%s\"}", mh_record_id (of), value);
  mh_record_append (put, MH_WORKSHEET_PUT_ENTRIES, entry);
}

static void
test_made (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house_new (test);
  g_autoptr (GError) error = NULL;
  static const char draft[]
      = "{\"bench\":\"H\",\"equipment\":\"HEMA1\",\"positions\":2,\"duplicates\":1}";
  g_assert_null (do_call (lab, MAKE, NULL, lab_parse (&mh_worksheet_type, draft), &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_autofree char *first = received (lab, "HB");
  g_autofree char *second = received (lab, "HB");
  g_autofree char *third = received (lab, "HB");
  g_autoptr (MhRecord) sheet = must (lab, MAKE, NULL, lab_parse (&mh_worksheet_type, draft));
  static const char *const kinds[]
      = { MH_LINE_CONTROL, MH_LINE_PATIENT, MH_LINE_PATIENT, MH_LINE_DUPLICATE };
  g_assert_cmpuint (mh_record_records (sheet, MH_WORKSHEET_LINES)->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpstr (mh_record_text (line (sheet, i), MH_WORKSHEET_LINE_KIND), ==, kinds[i]);
      g_assert_cmpint (mh_record_int (line (sheet, i), MH_WORKSHEET_LINE_POSITION), ==, i + 1);
    }
  g_assert_cmpstr (mh_record_text (line (sheet, 1), MH_WORKSHEET_LINE_ORDER_ID), ==, first);
  g_assert_cmpint (mh_record_int (line (sheet, 3), MH_WORKSHEET_LINE_DUPLICATE_OF), ==, 2);

  /* what stands on an open sheet is on no other; dropping it gives it back */
  g_autoptr (MhRecord) other = must (lab, MAKE, NULL, lab_parse (&mh_worksheet_type, draft));
  g_assert_cmpstr (mh_record_text (line (other, 1), MH_WORKSHEET_LINE_ORDER_ID), ==, third);
  g_clear_error (&error);
  g_assert_null (do_call (lab, MAKE, NULL, lab_parse (&mh_worksheet_type, draft), &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_autoptr (MhRecord) patch = mh_record_new (&mh_worksheet_type);
  mh_record_set_text (patch, MH_WORKSHEET_STATUS, MH_WORKSHEET_DROPPED);
  g_autoptr (MhRecord) dropped = must (lab, CHANGE, mh_record_id (other), g_object_ref (patch));
  g_autoptr (MhRecord) again = must (lab, MAKE, NULL, lab_parse (&mh_worksheet_type, draft));
  g_assert_cmpstr (mh_record_text (line (again, 1), MH_WORKSHEET_LINE_ORDER_ID), ==, third);
}

static void
test_saved (const MhTestDb *test)
{
  g_autoptr (Lab) lab = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *order = received (lab, "HB");
  g_autoptr (MhRecord) sheet = must (
      lab, MAKE, NULL,
      lab_parse (&mh_worksheet_type, "{\"bench\":\"H\",\"equipment\":\"HEMA1\",\"duplicates\":1}"));
  const char *id = mh_record_id (sheet);
  MhRecord *put = mh_record_new (&mh_worksheet_put_type);
  add_entry (put, line (sheet, 0), "8.35");
  add_entry (put, line (sheet, 1), "13.2");
  g_autoptr (MhRecord) half = must (lab, SAVE, id, put);
  g_assert_cmpstr (mh_record_text (line (half, 0), MH_WORKSHEET_LINE_REMARK), ==,
                   "z 3.50 1-2s 1-3s");
  g_assert_cmpint (mh_record_int (half, MH_WORKSHEET_N_ENTERED), ==, 2);
  g_assert_cmpstr (mh_record_text (half, MH_WORKSHEET_STATUS), ==, MH_WORKSHEET_OPEN);
  g_autoptr (MhRecord) grid = lab_sheet (lab, lab->technician, order);
  g_assert_cmpstr (mh_record_text (lab_row (grid, "HGB"), MH_RESULT_ROW_VALUE), ==, "13.2");
  const MhQcSubject subject = { LAB_HOSPITAL, "HEMA1", "HGB" };
  g_autoptr (MhQcKnown) known = mh_qc_known_new ();
  MhDb *db = lab_reader (lab);
  gboolean may
      = mh_qc_may_release (db, known, &subject, mh_clock_now (mh_server_clock (lab->server)), NULL);
  lab_done (lab, db);
  g_assert_false (may);

  /* a control's value stands; nonsense names its line and changes nothing */
  put = mh_record_new (&mh_worksheet_put_type);
  add_entry (put, line (sheet, 0), "8.0");
  g_assert_null (do_call (lab, SAVE, id, put, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), "entries[0].value"));
  g_clear_error (&error);
  put = mh_record_new (&mh_worksheet_put_type);
  add_entry (put, line (sheet, 2), "13.6");
  add_entry (put, line (sheet, 1), "cloudy");
  g_assert_null (do_call (lab, SAVE, id, put, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_INVALID);
  g_assert_nonnull (mh_issues_find (mh_error_get_issues (error), "entries[1].value"));
  g_clear_error (&error);

  put = mh_record_new (&mh_worksheet_put_type);
  add_entry (put, line (sheet, 2), "13.6");
  g_autoptr (MhRecord) whole = must (lab, SAVE, id, put);
  g_assert_cmpstr (mh_record_text (line (whole, 2), MH_WORKSHEET_LINE_REMARK), ==, "Δ 3.0 %");
  g_assert_cmpstr (mh_record_text (whole, MH_WORKSHEET_STATUS), ==, MH_WORKSHEET_DONE);
  put = mh_record_new (&mh_worksheet_put_type);
  add_entry (put, line (sheet, 2), "13.5");
  g_assert_null (do_call (lab, SAVE, id, put, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
  g_autoptr (GBytes) pdf = mh_worksheets_service_pdf (lab->server, lab->technician, id, NULL, NULL);
  g_assert_nonnull (pdf);
  g_assert_cmpmem (g_bytes_get_data (pdf, NULL), 5, "%PDF-", 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_test_add_both ("/worksheets/made", test_made);
  mh_test_add_both ("/worksheets/saved", test_saved);
  return mh_test_run ();
}
