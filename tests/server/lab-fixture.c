/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/server/lab-fixture.h"

#include <string.h>

#include "server/app/mh-server-app.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/lab/orders/mh-orders-service.h"
#include "server/lab/results/mh-results-service.h"
#include "server/messages/alerts/mh-alerts-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-date.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/mh-types.h"
#include "shared/records/people/mh-permissions.h"
#include "shared/records/platform/mh-audit.h"

/* Types by code, then the record as the catalogue's own JSON; nothing here is a clinical claim. */
static const struct
{
  const MhRecordType *type;
  const char *json;
} begin[] = {
  { &mh_hospital_type,
    "{\"id\":\"" LAB_HOSPITAL "\",\"code\":\"TST\",\"name\":\"Test Hospital\",\"currency\":\"INR\","
    "\"time_zone\":\"Asia/Kolkata\",\"active\":true}" },
  { &mh_patient_type,
    "{\"id\":\"" LAB_PATIENT "\",\"hospital_id\":\"" LAB_HOSPITAL "\",\"mrn\":\"TST000000017\","
    "\"given_name\":\"Asha\",\"family_name\":\"Verma\",\"sex\":\"female\",\"birth_date\":"
    "\"" LAB_BIRTH_DATE "\"}" },
  { &mh_bench_type, "{\"code\":\"H\",\"name\":\"Haematology\"}" },
  { &mh_bench_type, "{\"code\":\"C\",\"name\":\"Chemistry\"}" },
  { &mh_container_type, "{\"code\":\"EDTA\",\"name\":\"EDTA tube\",\"draw_order\":5}" },
  { &mh_container_type, "{\"code\":\"SST\",\"name\":\"Serum tube\",\"draw_order\":3}" },
  { &mh_analyte_type,
    "{\"code\":\"HGB\",\"name\":\"Haemoglobin\",\"kind\":\"numeric\",\"unit\":\"g/dL\","
    "\"decimals\":1,\"plausible_low\":\"1\",\"plausible_high\":\"30\",\"active\":true}" },
  { &mh_analyte_type,
    "{\"code\":\"HCT\",\"name\":\"Haematocrit\",\"kind\":\"numeric\",\"unit\":\"%\","
    "\"decimals\":1,\"plausible_low\":\"5\",\"plausible_high\":\"80\",\"active\":true}" },
  { &mh_analyte_type,
    "{\"code\":\"MCHC\",\"name\":\"MCHC\",\"kind\":\"calculated\",\"unit\":\"g/dL\","
    "\"decimals\":1,\"formula\":\"HGB * 100 / HCT\",\"active\":true}" },
  { &mh_analyte_type,
    "{\"code\":\"TWICE\",\"name\":\"Twice the MCHC\",\"kind\":\"calculated\",\"decimals\":1,"
    "\"formula\":\"2 * MCHC\",\"active\":true}" },
  { &mh_analyte_type,
    "{\"code\":\"K\",\"name\":\"Potassium\",\"kind\":\"numeric\",\"unit\":\"mmol/L\","
    "\"decimals\":1,\"plausible_low\":\"1\",\"plausible_high\":\"12\",\"active\":true}" },
  { &mh_analyte_type,
    "{\"code\":\"CHOL\",\"name\":\"Cholesterol\",\"kind\":\"numeric\",\"unit\":\"mg/dL\","
    "\"decimals\":0,\"active\":true}" },
  { &mh_analyte_type,
    "{\"code\":\"HDL\",\"name\":\"HDL\",\"kind\":\"numeric\",\"unit\":\"mg/dL\",\"decimals\":0,"
    "\"active\":true}" },
  { &mh_analyte_type,
    "{\"code\":\"CHR\",\"name\":\"Cholesterol to HDL\",\"kind\":\"calculated\",\"decimals\":1,"
    "\"formula\":\"CHOL / HDL\",\"active\":true}" },
  { &mh_analyte_type,
    "{\"code\":\"HBS\",\"name\":\"HBsAg\",\"kind\":\"coded\",\"value_set\":\"NRR\","
    "\"active\":true}" },
  { &mh_analyte_type, "{\"code\":\"INR\",\"name\":\"INR\",\"kind\":\"calculated\",\"decimals\":2,"
                      "\"formula\":\"(PT / 12) ** ISI\",\"plausible_low\":\"0.3\","
                      "\"plausible_high\":\"20\",\"reportable_low\":\"0.5\","
                      "\"reportable_high\":\"15\",\"active\":true}" },
  { &mh_reference_range_type,
    "{\"analyte\":\"INR\",\"kind\":\"reference\",\"sex\":\"any\",\"from_age\":\"0d\","
    "\"low\":\"0.8\",\"high\":\"1.2\",\"verified\":true}" },
  { &mh_reference_range_type,
    "{\"analyte\":\"INR\",\"kind\":\"critical\",\"sex\":\"any\",\"from_age\":\"0d\","
    "\"high\":\"5\",\"verified\":true}" },
  { &mh_analyte_type,
    "{\"code\":\"RBC\",\"name\":\"Red cell count\",\"kind\":\"numeric\",\"decimals\":2,"
    "\"plausible_low\":\"0\",\"active\":true}" },
  { &mh_analyte_type,
    "{\"code\":\"MCV\",\"name\":\"Mean cell volume\",\"kind\":\"numeric\",\"unit\":\"fL\","
    "\"decimals\":1,\"formula\":\"HCT * 10 / RBC\",\"active\":true}" },
  { &mh_test_type,
    "{\"code\":\"RCI\",\"name\":\"Red cell indices\",\"short_name\":\"RCI\",\"bench\":\"H\","
    "\"container\":\"EDTA\",\"specimen\":\"whole blood\",\"analytes\":[\"HCT\",\"RBC\","
    "\"MCV\"],\"price\":9000,\"active\":true}" },
  { &mh_analyte_type,
    "{\"code\":\"PT\",\"name\":\"Prothrombin time\",\"kind\":\"numeric\",\"unit\":\"s\","
    "\"decimals\":1,\"plausible_low\":\"0\",\"active\":true}" },
  { &mh_test_type,
    "{\"code\":\"PTINR\",\"name\":\"Prothrombin time\",\"short_name\":\"PT\",\"bench\":\"H\","
    "\"container\":\"EDTA\",\"specimen\":\"plasma\",\"analytes\":[\"PT\",\"INR\"],"
    "\"price\":30000,\"active\":true}" },
  { &mh_bench_type, "{\"code\":\"T\",\"name\":\"Blood bank\"}" },
  { &mh_analyte_type,
    "{\"code\":\"ABO\",\"name\":\"ABO group\",\"kind\":\"coded\",\"value_set\":\"ABO\","
    "\"release_rule\":\"twice\",\"active\":true}" },
  { &mh_analyte_type,
    "{\"code\":\"RHD\",\"name\":\"Rh (D) type\",\"kind\":\"coded\",\"value_set\":\"RHD\","
    "\"release_rule\":\"twice\",\"active\":true}" },
  { &mh_test_type,
    "{\"code\":\"ABORH\",\"name\":\"Blood group\",\"short_name\":\"Group\",\"bench\":\"T\","
    "\"container\":\"EDTA\",\"specimen\":\"whole blood\",\"analytes\":[\"ABO\",\"RHD\"],"
    "\"price\":20000,\"active\":true}" },
  { &mh_value_set_type,
    "{\"id\":\"01900000-0000-7000-8000-00000000000a\",\"code\":\"ABO\",\"name\":\"ABO\"}" },
  { &mh_value_choice_type,
    "{\"value_set_id\":\"01900000-0000-7000-8000-00000000000a\",\"code\":\"O\","
    "\"text\":\"O\",\"flag\":\"N\",\"sort_order\":0}" },
  { &mh_value_choice_type,
    "{\"value_set_id\":\"01900000-0000-7000-8000-00000000000a\",\"code\":\"A\","
    "\"text\":\"A\",\"flag\":\"N\",\"sort_order\":1}" },
  { &mh_value_choice_type,
    "{\"value_set_id\":\"01900000-0000-7000-8000-00000000000a\",\"code\":\"B\","
    "\"text\":\"B\",\"flag\":\"N\",\"sort_order\":2}" },
  { &mh_value_choice_type,
    "{\"value_set_id\":\"01900000-0000-7000-8000-00000000000a\",\"code\":\"AB\","
    "\"text\":\"AB\",\"flag\":\"N\",\"sort_order\":3}" },
  { &mh_value_set_type,
    "{\"id\":\"01900000-0000-7000-8000-00000000000b\",\"code\":\"RHD\",\"name\":\"RHD\"}" },
  { &mh_value_choice_type,
    "{\"value_set_id\":\"01900000-0000-7000-8000-00000000000b\",\"code\":\"POS\","
    "\"text\":\"Positive\",\"flag\":\"N\",\"sort_order\":0}" },
  { &mh_value_choice_type,
    "{\"value_set_id\":\"01900000-0000-7000-8000-00000000000b\",\"code\":\"NEG\","
    "\"text\":\"Negative\",\"flag\":\"N\",\"sort_order\":1}" },
  { &mh_value_set_type,
    "{\"id\":\"01900000-0000-7000-8000-000000000009\",\"code\":\"NRR\",\"name\":\"Reactivity\"}" },
  { &mh_value_choice_type,
    "{\"value_set_id\":\"01900000-0000-7000-8000-000000000009\",\"code\":\"NR\","
    "\"text\":\"Non-reactive\",\"flag\":\"N\",\"sort_order\":0}" },
  { &mh_value_choice_type,
    "{\"value_set_id\":\"01900000-0000-7000-8000-000000000009\",\"code\":\"R\","
    "\"text\":\"Reactive\",\"flag\":\"A\",\"sort_order\":1}" },
  { &mh_reference_range_type,
    "{\"analyte\":\"HGB\",\"kind\":\"reference\",\"sex\":\"any\",\"from_age\":\"0d\",\"to_age\":"
    "\"12y\",\"low\":\"11.5\",\"high\":\"15.5\",\"verified\":true}" },
  { &mh_reference_range_type,
    "{\"analyte\":\"HGB\",\"kind\":\"reference\",\"sex\":\"any\",\"from_age\":\"12y\","
    "\"low\":\"12.0\",\"high\":\"16.0\",\"verified\":false}" },
  { &mh_reference_range_type,
    "{\"analyte\":\"HGB\",\"kind\":\"critical\",\"sex\":\"any\",\"from_age\":\"0d\","
    "\"low\":\"7.0\",\"high\":\"20\",\"verified\":true}" },
  { &mh_reference_range_type,
    "{\"analyte\":\"K\",\"kind\":\"reference\",\"sex\":\"any\",\"from_age\":\"0d\","
    "\"low\":\"3.5\",\"high\":\"5.0\",\"verified\":true}" },
  { &mh_reference_range_type,
    "{\"analyte\":\"K\",\"kind\":\"critical\",\"sex\":\"any\",\"from_age\":\"0d\","
    "\"low\":\"2.8\",\"high\":\"6.2\",\"verified\":true}" },
  { &mh_test_type,
    "{\"code\":\"CBC\",\"name\":\"Blood count\",\"short_name\":\"CBC\",\"bench\":\"H\","
    "\"container\":\"EDTA\",\"specimen\":\"whole blood\",\"analytes\":[\"HGB\",\"HCT\",\"TWICE\","
    "\"MCHC\"],\"price\":35000,\"label_count\":1,\"active\":true}" },
  { &mh_test_type,
    "{\"code\":\"HB\",\"name\":\"Haemoglobin\",\"short_name\":\"Hb\",\"bench\":\"H\","
    "\"container\":\"EDTA\",\"specimen\":\"whole blood\",\"analytes\":[\"HGB\"],\"price\":9000,"
    "\"active\":true}" },
  { &mh_test_type,
    "{\"code\":\"KT\",\"name\":\"Potassium\",\"short_name\":\"K\",\"bench\":\"C\","
    "\"container\":\"SST\",\"specimen\":\"serum\",\"analytes\":[\"K\"],\"price\":15000,"
    "\"stability_room\":\"4\",\"stability_fridge\":\"24\",\"stability_frozen\":\"720\","
    "\"active\":true}" },
  { &mh_test_type,
    "{\"code\":\"CHOLT\",\"name\":\"Cholesterol\",\"short_name\":\"Chol\",\"bench\":\"C\","
    "\"container\":\"SST\",\"specimen\":\"serum\",\"analytes\":[\"CHOL\"],\"price\":15000,"
    "\"active\":true}" },
  { &mh_test_type,
    "{\"code\":\"HDLT\",\"name\":\"HDL cholesterol\",\"short_name\":\"HDL\",\"bench\":\"C\","
    "\"container\":\"SST\",\"specimen\":\"serum\",\"analytes\":[\"HDL\"],\"price\":15000,"
    "\"active\":true}" },
  { &mh_test_type,
    "{\"code\":\"HBST\",\"name\":\"HBsAg\",\"short_name\":\"HBsAg\",\"bench\":\"C\","
    "\"container\":\"SST\",\"specimen\":\"serum\",\"analytes\":[\"HBS\"],\"price\":40000,"
    "\"active\":true}" },
  { &mh_panel_type,
    "{\"code\":\"LIPID\",\"name\":\"Lipid profile\",\"short_name\":\"Lipid\",\"tests\":[\"CHOLT\","
    "\"HDLT\"],\"calculated\":[\"CHR\"],\"price\":25000,\"active\":true}" },
};

static gboolean
fill (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (begin); i++)
    {
      g_autoptr (MhRecord) record
          = mh_record_from_text (begin[i].type, begin[i].json, -1, MH_JSON_TRUSTED, error);
      if (record == NULL || !mh_tx_insert (tx, record, MH_AUDIT_CREATE, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static MhActor *
person (guint number, const char *name, const char *role, const char *const *may)
{
  g_autofree char *id = g_strdup_printf ("01900000-0000-7000-8000-0000000001%02u", number);
  return mh_actor_new (id, name, role, LAB_HOSPITAL, NULL, may);
}

Lab *
lab_new (const MhTestDb *test)
{
  static const char *const enters[] = { MH_MAY_READ_RESULT,
                                        MH_MAY_ENTER_RESULT,
                                        MH_MAY_RECEIVE,
                                        MH_MAY_COLLECT,
                                        MH_MAY_READ_CRITICAL,
                                        MH_MAY_CALL_CRITICAL,
                                        NULL };
  static const char *const verifies[] = { MH_MAY_READ_RESULT,
                                          MH_MAY_ENTER_RESULT,
                                          MH_MAY_VERIFY_RESULT,
                                          MH_MAY_PRINT_REPORT,
                                          MH_MAY_READ_CRITICAL,
                                          MH_MAY_CALL_CRITICAL,
                                          NULL };
  static const char *const prescribes[]
      = { MH_MAY_READ_PRESCRIPTION, MH_MAY_WRITE_PRESCRIPTION, NULL };
  static const char *const desk[] = { MH_MAY_READ_PRESCRIPTION, MH_MAY_WRITE_ORDER, NULL };
  g_autoptr (GError) error = NULL;
  MhServerConfig *config = mh_server_config_load (NULL, &error);
  g_assert_no_error (error);
  mh_server_config_set (config, "database.url", test->url);
  Lab *lab = g_new0 (Lab, 1);
  lab->server = mh_server_new (config, &error);
  g_assert_no_error (error);
  lab->technician = person (1, "Tara Technician", "technician", enters);
  lab->second = person (2, "Sam Second", "technician", enters);
  lab->pathologist = person (3, "Dr Pia Pathologist", "pathologist", verifies);
  lab->doctor = person (4, "Dr Dev Doctor", "doctor", prescribes);
  lab->reception = person (5, "Rita Reception", "reception", desk);
  mh_assert_ok (lab_write (lab, lab->reception, fill, NULL, &error), error);
  mh_catalogue_invalidate (mh_server_catalogue (lab->server));
  return lab;
}

MhRecord *
lab_parse (const MhRecordType *type, const char *format, ...)
{
  GError *error = NULL;
  va_list args;
  va_start (args, format);
  g_autofree char *json = g_strdup_vprintf (format, args);
  va_end (args);
  MhRecord *record = mh_record_from_text (type, json, -1, MH_JSON_CREATE, &error);
  g_assert_no_error (error);
  return record;
}

void
lab_free (Lab *lab)
{
  mh_actor_unref (lab->technician);
  mh_actor_unref (lab->second);
  mh_actor_unref (lab->pathologist);
  mh_actor_unref (lab->doctor);
  mh_actor_unref (lab->reception);
  mh_server_free (lab->server);
  g_free (lab);
}

typedef struct
{
  Lab *lab;
  LabFunc func;
  gpointer data;
} Write;

static gboolean
run_write (MhTx *tx, gpointer data, GError **error)
{
  Write *write = data;
  return write->func (tx, write->lab, write->data, error);
}

gboolean
lab_write (Lab *lab, MhActor *actor, LabFunc func, gpointer data, GError **error)
{
  Write write = { lab, func, data };
  MhWho who = { .user_id = mh_actor_user_id (actor),
                .user_name = mh_actor_name (actor),
                .role = mh_actor_role (actor),
                .hospital_id = LAB_HOSPITAL,
                .station = "test" };
  return mh_store_write (mh_server_store (lab->server), &who, run_write, &write, error);
}

MhDb *
lab_reader (Lab *lab)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = mh_store_take_reader (mh_server_store (lab->server), &error);
  g_assert_no_error (error);
  return db;
}

void
lab_done (Lab *lab, MhDb *db)
{
  mh_store_give_reader (mh_server_store (lab->server), db);
}

/* --- orders and tubes --- */

typedef struct
{
  MhActor *actor;
  const char *id, *container;
  gint64 at;
  MhRecord *body, *reply;
} Step;

static gboolean
place (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  step->reply
      = mh_orders_service_place (MH_REQUEST_TX (tx, lab->server, step->actor), step->body, error);
  return step->reply != NULL;
}

char *
lab_order (Lab *lab, const char *codes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) draft = mh_record_new (&mh_order_type);
  g_auto (GStrv) list = g_strsplit (codes, " ", -1);
  mh_record_set_text (draft, MH_ORDER_PATIENT_ID, LAB_PATIENT);
  mh_record_set_text (draft, MH_ORDER_PAYMENT_METHOD, MH_METHOD_CASH);
  for (guint i = 0; list[i] != NULL; i++)
    {
      g_autoptr (MhRecord) item = mh_record_new (&mh_order_item_type);
      mh_record_set_text (item, MH_ORDER_ITEM_TEST, list[i]);
      mh_record_append (draft, MH_ORDER_ITEMS, item);
    }
  Step step = { .actor = lab->reception, .body = draft };
  mh_assert_ok (lab_write (lab, lab->reception, place, &step, &error), error);
  char *id = g_strdup (mh_record_id (step.reply));
  g_object_unref (step.reply);
  return id;
}

static gboolean
receive_tube (MhTx *tx, const Step *step, MhRecord *sample, GPtrArray *items, GError **error)
{
  g_autoptr (MhRecord) after = mh_record_copy (sample);
  mh_record_set_text (after, MH_SAMPLE_STATUS, MH_SAMPLE_STATUS_RECEIVED);
  mh_record_set_int (after, MH_SAMPLE_COLLECTED_AT, step->at);
  mh_record_set_int (after, MH_SAMPLE_RECEIVED_AT, step->at);
  if (!mh_tx_update (tx, sample, after, MH_AUDIT_UPDATE, NULL, error))
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      MhRecord *item = g_ptr_array_index (items, i);
      g_autoptr (MhRecord) before = mh_record_copy (item);
      if (g_strcmp0 (mh_record_text (item, MH_ORDER_ITEM_SAMPLE_ID), mh_record_id (sample)) != 0)
        continue;
      mh_record_set_text (item, MH_ORDER_ITEM_STATUS, MH_ITEM_STATUS_RECEIVED);
      if (!mh_tx_update_part (tx, before, item, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
receive (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  const Step *step = data;
  MhDb *db = mh_tx_db (tx);
  g_autoptr (MhRecord) before = mh_store_get (db, &mh_order_type, step->id, error);
  g_autoptr (MhRecord) after = before != NULL ? mh_record_copy (before) : NULL;
  g_autoptr (GPtrArray) items = mh_orders_store_items (db, step->id, error);
  g_autoptr (GPtrArray) samples = mh_orders_store_samples (db, step->id, error);
  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      MhRecord *sample = g_ptr_array_index (samples, i);
      if (g_strcmp0 (mh_record_text (sample, MH_SAMPLE_STATUS), MH_SAMPLE_STATUS_REJECTED) == 0)
        continue;
      if (step->container != NULL
          && g_strcmp0 (mh_record_text (sample, MH_SAMPLE_CONTAINER), step->container) != 0)
        continue;
      if (!receive_tube (tx, step, sample, items, error))
        return FALSE;
    }
  return mh_orders_service_settle (tx, &(MhOrderChange){ before, after, items }, MH_AUDIT_UPDATE,
                                   NULL, error);
}

void
lab_receive (Lab *lab, const char *order_id, const char *container, const char *collected)
{
  g_autoptr (GError) error = NULL;
  Step step = { .actor = lab->technician, .id = order_id, .container = container };
  if (collected != NULL)
    g_assert_true (mh_instant_parse (collected, &step.at));
  else
    step.at = mh_clock_now (mh_server_clock (lab->server));
  mh_assert_ok (lab_write (lab, lab->technician, receive, &step, &error), error);
}

/* --- results --- */

static gboolean
save (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_clear_object (&step->reply);
  step->reply = mh_results_service_save (MH_REQUEST_TX (tx, lab->server, step->actor), step->id,
                                         step->body, error);
  return step->reply != NULL;
}

MhRecord *
lab_save (Lab *lab,
          MhActor *actor,
          const char *order_id,
          const char *values,
          gboolean final,
          GError **error)
{
  g_autoptr (MhRecord) put = mh_record_new (&mh_results_put_type);
  g_auto (GStrv) list = g_strsplit (values, " ", -1);
  for (guint i = 0; list[i] != NULL && list[i][0] != 0; i++)
    {
      g_autoptr (MhRecord) entry = mh_record_new (&mh_result_entry_type);
      char *value = strchr (list[i], '=');
      *value++ = 0;
      if (g_str_has_suffix (list[i], "/2"))
        {
          mh_record_set_int (entry, MH_RESULT_ENTRY_DETERMINATION, 2);
          list[i][strlen (list[i]) - 2] = 0;
        }
      mh_record_set_text (entry, MH_RESULT_ENTRY_ANALYTE, list[i]);
      mh_record_set_text (entry, MH_RESULT_ENTRY_VALUE, value);
      mh_record_append (put, MH_RESULTS_PUT_RESULTS, entry);
    }
  mh_record_set_bool (put, MH_RESULTS_PUT_FINAL, final);
  Step step = { .actor = actor, .id = order_id, .body = put };
  return lab_write (lab, actor, save, &step, error) ? step.reply : NULL;
}

void
lab_put (Lab *lab, MhActor *actor, const char *order_id, MhRecord *put)
{
  g_autoptr (GError) error = NULL;
  Step step = { .actor = actor, .id = order_id, .body = put };
  mh_assert_ok (lab_write (lab, actor, save, &step, &error), error);
  g_clear_object (&step.reply);
}

static gboolean
decide (MhTx *tx, Lab *lab, gpointer data, GError **error)
{
  Step *step = data;
  g_clear_object (&step->reply);
  step->reply = mh_results_service_verify (MH_REQUEST_TX (tx, lab->server, step->actor), step->id,
                                           step->body, error);
  return step->reply != NULL;
}

MhRecord *
lab_verify (Lab *lab,
            MhActor *actor,
            const char *order_id,
            const char *decision,
            const char *comment,
            GError **error)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_verification_type);
  mh_record_set_text (body, MH_VERIFICATION_DECISION, decision);
  if (comment != NULL)
    mh_record_set_text (body, MH_VERIFICATION_COMMENT, comment);
  Step step = { .actor = actor, .id = order_id, .body = body };
  return lab_write (lab, actor, decide, &step, error) ? step.reply : NULL;
}

MhRecord *
lab_sheet (Lab *lab, MhActor *actor, const char *order_id)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  MhRecord *sheet = mh_results_service_sheet (MH_REQUEST_DB (db, lab->server, actor), order_id,
                                              mh_clock_now (mh_server_clock (lab->server)), &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return sheet;
}

static guint
alerts_for (Lab *lab, const char *kind, const char *role)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) actor
      = mh_actor_new ("01900000-0000-7000-8000-0000000000a9", "Somebody", role, LAB_HOSPITAL, NULL,
                      mh_role_default_find (role)->permissions);
  MhDb *db = lab_reader (lab);
  g_autoptr (GPtrArray) found = mh_alerts_service_list (
      MH_REQUEST_DB (db, NULL, actor), &(MhAlertsQuery){ .kind = kind, .limit = 50 }, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return found->len;
}

void
lab_told (Lab *lab, const char *kind, guint n, const char *told, const char *not_told)
{
  g_assert_cmpuint (alerts_for (lab, kind, told), ==, n);
  g_assert_cmpuint (alerts_for (lab, kind, not_told), ==, 0);
}

MhRecord *
lab_row (MhRecord *sheet, const char *code)
{
  GPtrArray *rows = mh_record_records (sheet, MH_RESULTS_SHEET_ANALYTES);
  for (guint i = 0; i < rows->len; i++)
    if (g_strcmp0 (mh_record_text (g_ptr_array_index (rows, i), MH_RESULT_ROW_CODE), code) == 0)
      return g_ptr_array_index (rows, i);
  g_error ("no row %s", code);
}

MhRecord *
lab_get (Lab *lab, const MhRecordType *type, const char *id)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = lab_reader (lab);
  MhRecord *record = mh_store_get (db, type, id, &error);
  lab_done (lab, db);
  g_assert_no_error (error);
  return record;
}
