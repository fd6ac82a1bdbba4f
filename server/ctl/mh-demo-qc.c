/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The laboratory's equipment, and a month of its controls: one warning, one rejection that was seen
 * to. */
#include "server/ctl/mh-demo-private.h"

#include "shared/base/mh-decimal.h"
#include "shared/base/mh-id.h"
#include "shared/records/lab/mh-equipment.h"
#include "shared/records/lab/mh-qc.h"
#include "shared/rules/lab/mh-westgard.h"

#define DAYS 30
#define LEVELS 2
#define WARNING_DAY 21
#define REJECT_DAY 26

static const struct
{
  const char *code, *name, *kind, *maker, *model, *serial, *bench, *place;
  int calibrated, every; /* days ago, and how often; 0: no plan */
  int maintained, care;
} things[] = {
  { "CHEM1", "Chemistry analyser 1", MH_EQUIPMENT_ANALYSER, "Sahyadri Diagnostics", "C 480",
    "SD-480-11827", "B", "Room 12", 6, 30, 3, 7 },
  { "HEMA1", "Cell counter 1", MH_EQUIPMENT_ANALYSER, "Konkan Instruments", "Cyto 5D", "KI5D-0942",
    "H", "Room 11", 20, 180, 12, 30 },
  { "COAG1", "Coagulometer", MH_EQUIPMENT_ANALYSER, "Konkan Instruments", "Clot 2", "KC2-311", "C",
    "Room 11", 80, 90, 25, 30 },
  { "IMMU1", "Immunoassay analyser", MH_EQUIPMENT_ANALYSER, "Sahyadri Diagnostics", "I 200",
    "SD-200-0415", "I", "Room 12", 25, 28, 5, 14 },
  { "GAS1", "Blood gas analyser", MH_EQUIPMENT_ANALYSER, "Deccan Medical", "Gas 3", "DM3-77120",
    "G", "Intensive care", 1, 30, 3, 30 },
  { "CENT1", "Centrifuge 1", MH_EQUIPMENT_CENTRIFUGE, "Malwa Scientific", "16R", "MS16-2231", "B",
    "Room 10", 200, 365, 40, 90 },
  { "FRIDGE1", "Reagent refrigerator", MH_EQUIPMENT_REFRIGERATOR, "Himgiri", "HR 300", "HG-90812",
    "B", "Room 12", 300, 365, 60, 90 },
  { "FRZ1", "Freezer −20 °C", MH_EQUIPMENT_FREEZER, "Himgiri", "HF 200", "HG-77120", "I", "Store",
    100, 365, 75, 90 },
  { "MIC1", "Microscope, clinical pathology", MH_EQUIPMENT_MICROSCOPE, "Malwa Scientific", "Lab 4",
    "ML4-118", "U", "Room 9", 0, 0, 30, 180 },
};

static const struct
{
  const char *equipment, *analyte, *unit;
  int decimals;
  double means[LEVELS];
  double sds[LEVELS];
} subjects[] = {
  { "CHEM1", "GLUF", "mg/dL", 0, { 95, 285 }, { 2.5, 7 } },
  { "CHEM1", "CREA", "mg/dL", 2, { 1.05, 5.40 }, { 0.04, 0.16 } },
  { "CHEM1", "UREA", "mg/dL", 0, { 32, 118 }, { 1.2, 3.5 } },
  { "CHEM1", "NA", "mmol/L", 0, { 141, 158 }, { 1.4, 1.6 } },
  { "CHEM1", "K", "mmol/L", 2, { 4.10, 6.45 }, { 0.07, 0.10 } },
  { "HEMA1", "HGB", "g/dL", 1, { 8.2, 13.4 }, { 0.15, 0.2 } },
  { "HEMA1", "WBC", "×10³/µL", 2, { 3.10, 7.60 }, { 0.12, 0.20 } },
  { "HEMA1", "PLT", "×10³/µL", 0, { 78, 235 }, { 5, 9 } },
};

typedef struct
{
  MhTx *tx;
  MhDemo *demo;
  GRand *rand;
  MhRecord *lots[2][LEVELS]; /* of chemistry, of haematology */
  gint64 morning;            /* of today, at five */
} Bench;

static gboolean
demo_qc_put (Bench *bench, MhRecord *taken, GError **error)
{
  g_autoptr (GPtrArray) row = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (row, taken);
  return mh_tx_insert_parts (bench->tx, row, error);
}

static MhRecord *
demo_qc_make (Bench *bench, const MhRecordType *type, guint hospital_field, gint64 at)
{
  guint8 chance[10];
  MhRecord *record = mh_demo_record (bench->demo, type, at);
  for (guint i = 0; i < sizeof chance; i++)
    chance[i] = (guint8)g_rand_int_range (bench->rand, 0, 256);
  mh_record_take_text (record, MH_ID, mh_id_new_from (at / 1000, chance));
  mh_record_set_text (record, hospital_field, mh_record_id (bench->demo->hospital));
  return record;
}

static void
demo_qc_set_day (MhRecord *record, guint field, gint64 at)
{
  char text[MH_DATE_LENGTH + 1];
  mh_date_format (mh_date_from_days ((at + MH_DEMO_ZONE_OFFSET) / MH_DAY), text);
  mh_record_set_text (record, field, text);
}

/* --- the register --- */

/* What is done to a machine every so many days, and was done last. */
typedef struct
{
  const char *kind, *name;
  int days_ago, every; /* every 0: never */
} Plan;

static gboolean
put_plan (Bench *bench, MhRecord *equipment, const Plan *what, GError **error)
{
  const char *kind = what->kind, *name = what->name;
  int every = what->every;
  if (every == 0)
    return TRUE;

  gint64 done = bench->morning - what->days_ago * MH_DAY;
  guint due = g_str_equal (kind, MH_PLAN_CALIBRATION) ? MH_EQUIPMENT_CALIBRATION_DUE
                                                      : MH_EQUIPMENT_MAINTENANCE_DUE;
  MhRecord *plan
      = demo_qc_make (bench, &mh_equipment_plan_type, MH_EQUIPMENT_PLAN_HOSPITAL_ID, done - MH_DAY);
  g_autofree char *plan_id = g_strdup (mh_record_id (plan));

  mh_record_set_text (plan, MH_EQUIPMENT_PLAN_EQUIPMENT_ID, mh_record_id (equipment));
  mh_record_set_text (plan, MH_EQUIPMENT_PLAN_KIND, kind);
  mh_record_set_text (plan, MH_EQUIPMENT_PLAN_NAME, name);
  mh_record_set_int (plan, MH_EQUIPMENT_PLAN_EVERY_DAYS, every);
  mh_record_set_int (plan, MH_EQUIPMENT_PLAN_WARN_DAYS, 3);
  mh_record_set_int (plan, MH_EQUIPMENT_PLAN_LAST_AT, done);
  mh_record_set_bool (plan, MH_EQUIPMENT_PLAN_ACTIVE, TRUE);
  demo_qc_set_day (plan, MH_EQUIPMENT_PLAN_DUE_ON, done + every * MH_DAY);
  demo_qc_set_day (equipment, due, done + every * MH_DAY);

  MhRecord *event
      = demo_qc_make (bench, &mh_equipment_event_type, MH_EQUIPMENT_EVENT_HOSPITAL_ID, done);
  mh_record_set_text (event, MH_EQUIPMENT_EVENT_EQUIPMENT_ID, mh_record_id (equipment));
  mh_record_set_text (event, MH_EQUIPMENT_EVENT_CODE,
                      mh_record_text (equipment, MH_EQUIPMENT_CODE));
  mh_record_set_text (event, MH_EQUIPMENT_EVENT_KIND, kind);
  mh_record_set_text (event, MH_EQUIPMENT_EVENT_PLAN_ID, plan_id);
  mh_record_set_text (event, MH_EQUIPMENT_EVENT_PLAN_NAME, name);
  mh_record_set_text (event, MH_EQUIPMENT_EVENT_WORDS, "Done as planned, within limits");
  mh_record_set_int (event, MH_EQUIPMENT_EVENT_AT, done);
  mh_record_set_text (event, MH_EQUIPMENT_EVENT_BY_ID,
                      mh_demo_staff_id (bench->demo, MH_DEMO_TECHNICIAN));
  mh_record_set_text (event, MH_EQUIPMENT_EVENT_BY_NAME,
                      mh_demo_staff_name (bench->demo, MH_DEMO_TECHNICIAN));

  return demo_qc_put (bench, plan, error) && demo_qc_put (bench, event, error);
}

static gboolean
put_equipment (Bench *bench, guint i, GError **error)
{
  gint64 at = bench->morning - 400 * MH_DAY;
  g_autoptr (MhRecord) equipment
      = demo_qc_make (bench, &mh_equipment_type, MH_EQUIPMENT_HOSPITAL_ID, at);
  const struct
  {
    guint field;
    const char *text;
  } texts[] = {
    { MH_EQUIPMENT_CODE, things[i].code },           { MH_EQUIPMENT_NAME, things[i].name },
    { MH_EQUIPMENT_KIND, things[i].kind },           { MH_EQUIPMENT_MAKER, things[i].maker },
    { MH_EQUIPMENT_MODEL, things[i].model },         { MH_EQUIPMENT_SERIAL, things[i].serial },
    { MH_EQUIPMENT_BENCH, things[i].bench },         { MH_EQUIPMENT_PLACE, things[i].place },
    { MH_EQUIPMENT_STATE, MH_EQUIPMENT_IN_SERVICE },
  };

  for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
    mh_record_set_text (equipment, texts[k].field, texts[k].text);
  mh_record_set_int (equipment, MH_EQUIPMENT_STATE_SINCE, at);
  demo_qc_set_day (equipment, MH_EQUIPMENT_IN_USE_FROM, at);

  return put_plan (
             bench, equipment,
             &(Plan){ MH_PLAN_CALIBRATION, "Calibration", things[i].calibrated, things[i].every },
             error)
         && put_plan (bench, equipment,
                      &(Plan){ MH_PLAN_MAINTENANCE, "Cleaning and care", things[i].maintained,
                               things[i].care },
                      error)
         && demo_qc_put (bench, g_steal_pointer (&equipment), error);
}

/* --- controls --- */

static gboolean
put_material (Bench *bench, guint which, GError **error)
{
  static const char *const codes[] = { "CHEMCON", "CELLCON" };
  static const char *const names[] = { "Multi-analyte serum control", "Whole blood control" };
  static const char *const matrices[] = { "Serum", "Whole blood" };
  gint64 at = bench->morning - 60 * MH_DAY;
  MhRecord *material = demo_qc_make (bench, &mh_qc_material_type, MH_QC_MATERIAL_HOSPITAL_ID, at);
  g_autofree char *id = g_strdup (mh_record_id (material));

  mh_record_set_text (material, MH_QC_MATERIAL_CODE, codes[which]);
  mh_record_set_text (material, MH_QC_MATERIAL_NAME, names[which]);
  mh_record_set_text (material, MH_QC_MATERIAL_MAKER, "Narmada Controls");
  mh_record_set_text (material, MH_QC_MATERIAL_MATRIX, matrices[which]);
  mh_record_set_text (material, MH_QC_MATERIAL_BENCH, which == 0 ? "B" : "H");
  mh_record_set_bool (material, MH_QC_MATERIAL_ACTIVE, TRUE);
  if (!demo_qc_put (bench, material, error))
    return FALSE;

  for (int level = 0; level < LEVELS; level++)
    {
      MhRecord *lot = demo_qc_make (bench, &mh_qc_lot_type, MH_QC_LOT_HOSPITAL_ID, at);
      g_autofree char *number = g_strdup_printf ("%d", 4711 + (int)which * 100 + level);
      g_autofree char *control = g_strdup_printf ("QC-%s-%d", codes[which], level + 1);
      mh_record_set_text (lot, MH_QC_LOT_MATERIAL_ID, id);
      mh_record_set_text (lot, MH_QC_LOT_MATERIAL_NAME, names[which]);
      mh_record_set_text (lot, MH_QC_LOT_LOT, number);
      mh_record_set_int (lot, MH_QC_LOT_LEVEL, level + 1);
      mh_record_set_text (lot, MH_QC_LOT_CONTROL_ID, control);
      demo_qc_set_day (lot, MH_QC_LOT_EXPIRES_ON, bench->morning + 300 * MH_DAY);
      mh_record_set_bool (lot, MH_QC_LOT_ACTIVE, TRUE);
      bench->lots[which][level] = g_object_ref (lot);
      if (!demo_qc_put (bench, lot, error))
        return FALSE;
    }

  return TRUE;
}

static MhRecord *
make_target (Bench *bench, guint i, int level)
{
  MhRecord *lot = bench->lots[g_str_equal (subjects[i].equipment, "CHEM1") ? 0 : 1][level];
  int decimals = subjects[i].decimals + 1;
  g_autofree char *mean = mh_decimal_from_double (subjects[i].means[level], decimals);
  g_autofree char *sd = mh_decimal_from_double (subjects[i].sds[level], decimals + 1);
  MhRecord *target = demo_qc_make (bench, &mh_qc_target_type, MH_QC_TARGET_HOSPITAL_ID,
                                   bench->morning - 60 * MH_DAY);

  mh_record_set_text (target, MH_QC_TARGET_LOT_ID, mh_record_id (lot));
  mh_record_set_text (target, MH_QC_TARGET_EQUIPMENT, subjects[i].equipment);
  mh_record_set_text (target, MH_QC_TARGET_ANALYTE, subjects[i].analyte);
  mh_record_set_text (target, MH_QC_TARGET_MATERIAL, mh_record_text (lot, MH_QC_LOT_MATERIAL_NAME));
  mh_record_set_text (target, MH_QC_TARGET_LOT, mh_record_text (lot, MH_QC_LOT_LOT));
  mh_record_set_int (target, MH_QC_TARGET_LEVEL, level + 1);
  mh_record_set_text (target, MH_QC_TARGET_UNIT, subjects[i].unit);
  mh_record_set_int (target, MH_QC_TARGET_DECIMALS, subjects[i].decimals);
  mh_record_set_text (target, MH_QC_TARGET_MAKER_MEAN, mean);
  mh_record_set_text (target, MH_QC_TARGET_MAKER_SD, sd);
  mh_record_set_text (target, MH_QC_TARGET_MEAN, mean);
  mh_record_set_text (target, MH_QC_TARGET_SD, sd);
  mh_record_set_text (target, MH_QC_TARGET_BASIS, MH_QC_PROVISIONAL);
  mh_record_set_int (target, MH_QC_TARGET_EVERY_HOURS, 24);
  mh_record_set_text (target, MH_QC_TARGET_GOAL_ERROR, "10");
  mh_record_set_bool (target, MH_QC_TARGET_ACTIVE, TRUE);

  return target;
}

/* What has been measured of one analyte on one analyser. */
typedef struct
{
  guint subject;
  MhRecord *targets[LEVELS];
  GArray *judged; /* of MhWestgardPoint, since the last correction */
  GPtrArray *points;
  guint run;
} Chart;

static MhZ
demo_qc_z_of (Chart *chart, int level, const char *text)
{
  MhDecimal value = { 0, 0 }, mean = { 0, 0 }, sd = { 1, 0 };
  MhZ z = { 0, 1 };
  mh_decimal_parse (text, &value);
  mh_decimal_parse (mh_record_text (chart->targets[level], MH_QC_TARGET_MEAN), &mean);
  mh_decimal_parse (mh_record_text (chart->targets[level], MH_QC_TARGET_SD), &sd);
  mh_z_of (value, mean, sd, &z);
  return z;
}

typedef struct
{
  int level;
  const char *run_id, *value;
  guint fired; /* rules */
  gint64 at;
} Measured;

static void
demo_qc_add_point (Bench *bench, Chart *chart, const Measured *measured)
{
  const int level = measured->level;
  const guint fired = measured->fired;
  MhRecord *target = chart->targets[level];
  MhRecord *point = demo_qc_make (bench, &mh_qc_point_type, MH_QC_POINT_HOSPITAL_ID, measured->at);
  g_auto (GStrv) rules = mh_westgard_names (fired);
  g_autofree char *z = mh_z_text (demo_qc_z_of (chart, level, measured->value), 2);
  const char *state = mh_westgard_rejects (fired) ? MH_QC_REJECTED
                      : fired != 0                ? MH_QC_WARNING
                                                  : MH_QC_ACCEPTED;

  mh_record_set_text (point, MH_QC_POINT_TARGET_ID, mh_record_id (target));
  mh_record_set_text (point, MH_QC_POINT_EQUIPMENT, subjects[chart->subject].equipment);
  mh_record_set_text (point, MH_QC_POINT_ANALYTE, subjects[chart->subject].analyte);
  mh_record_set_text (point, MH_QC_POINT_LOT, mh_record_text (target, MH_QC_TARGET_LOT));
  mh_record_set_int (point, MH_QC_POINT_LEVEL, level + 1);
  mh_record_set_text (point, MH_QC_POINT_RUN_ID, measured->run_id);
  mh_record_set_int (point, MH_QC_POINT_AT, measured->at);
  mh_record_set_text (point, MH_QC_POINT_VALUE, measured->value);
  mh_record_set_text (point, MH_QC_POINT_MEAN, mh_record_text (target, MH_QC_TARGET_MEAN));
  mh_record_set_text (point, MH_QC_POINT_SD, mh_record_text (target, MH_QC_TARGET_SD));
  mh_record_set_text (point, MH_QC_POINT_Z, z);
  mh_record_set_list (point, MH_QC_POINT_RULES, (const char *const *)rules);
  mh_record_set_text (point, MH_QC_POINT_STATE, state);
  mh_record_set_text (point, MH_QC_POINT_SOURCE, MH_QC_ANALYSER);
  mh_record_set_text (point, MH_QC_POINT_BY_ID, mh_demo_staff_id (bench->demo, MH_DEMO_TECHNICIAN));
  mh_record_set_text (point, MH_QC_POINT_BY_NAME,
                      mh_demo_staff_name (bench->demo, MH_DEMO_TECHNICIAN));
  mh_record_set_int (target, MH_QC_TARGET_LAST_AT, measured->at);
  mh_record_set_text (target, MH_QC_TARGET_LAST_VALUE, measured->value);
  mh_record_set_text (target, MH_QC_TARGET_LAST_Z, z);
  mh_record_set_text (target, MH_QC_TARGET_LAST_STATE, state);
  mh_record_set_list (target, MH_QC_TARGET_LAST_RULES, (const char *const *)rules);
  g_ptr_array_add (chart->points, point);
}

/* Around the mean, so that nothing but what @wanted asks for (0: any) breaks a rule. */
static void
add_run (Bench *bench, Chart *chart, const double *wanted, gint64 at)
{
  g_autofree char *run_id = mh_demo_id (bench->demo, at);
  for (guint attempt = 0; attempt < 200; attempt++)
    {
      g_autofree char *values[LEVELS] = { NULL };
      guint each[1000];
      guint before = chart->judged->len;

      for (int level = 0; level < LEVELS; level++)
        {
          double z = wanted != NULL && wanted[level] != 0
                         ? wanted[level]
                         : (g_rand_double (bench->rand) + g_rand_double (bench->rand)
                            + g_rand_double (bench->rand) - 1.5)
                               * 1.25;
          values[level] = mh_decimal_from_double (subjects[chart->subject].means[level]
                                                      + z * subjects[chart->subject].sds[level],
                                                  subjects[chart->subject].decimals + 1);
          const MhWestgardPoint point
              = { chart->run, (guint)level, demo_qc_z_of (chart, level, values[level]) };
          g_array_append_val (chart->judged, point);
        }

      guint fired = mh_westgard_judge ((const MhWestgardPoint *)(gpointer)chart->judged->data,
                                       chart->judged->len, MH_WESTGARD_TABLED, each);
      if (fired == 0 || wanted != NULL || attempt == 199)
        {
          for (int level = 0; level < LEVELS; level++)
            demo_qc_add_point (
                bench, chart,
                &(Measured){ level, run_id, values[level], each[before + level], at });
          chart->run++;
          g_clear_pointer (&values[0], g_free);
          g_clear_pointer (&values[1], g_free);
          return;
        }

      g_array_set_size (chart->judged, before);
      g_clear_pointer (&values[0], g_free);
      g_clear_pointer (&values[1], g_free);
    }
}

/* Rejected in the morning, calibrated again, good an hour later. */
static gboolean
demo_qc_put_lock (Bench *bench, Chart *chart, gint64 at, GError **error)
{
  static const char note[] = "Reagent replaced, two-point calibration repeated";
  const char *name = mh_demo_staff_name (bench->demo, MH_DEMO_TECHNICIAN);
  MhRecord *worst = g_ptr_array_index (chart->points, chart->points->len - LEVELS);
  MhRecord *lock = demo_qc_make (bench, &mh_qc_lock_type, MH_QC_LOCK_HOSPITAL_ID, at);
  MhRecord *action
      = demo_qc_make (bench, &mh_qc_action_type, MH_QC_ACTION_HOSPITAL_ID, at + 40 * MH_MINUTE);

  mh_record_set_text (lock, MH_QC_LOCK_EQUIPMENT, subjects[chart->subject].equipment);
  mh_record_set_text (lock, MH_QC_LOCK_ANALYTE, subjects[chart->subject].analyte);
  mh_record_set_text (lock, MH_QC_LOCK_MATERIAL,
                      mh_record_text (chart->targets[0], MH_QC_TARGET_MATERIAL));
  mh_record_set_text (lock, MH_QC_LOCK_LOT, mh_record_text (worst, MH_QC_POINT_LOT));
  mh_record_set_int (lock, MH_QC_LOCK_LEVEL, 1);
  mh_record_set_list (lock, MH_QC_LOCK_RULES, mh_record_list (worst, MH_QC_POINT_RULES));
  mh_record_set_text (lock, MH_QC_LOCK_VALUE, mh_record_text (worst, MH_QC_POINT_VALUE));
  mh_record_set_text (lock, MH_QC_LOCK_Z, mh_record_text (worst, MH_QC_POINT_Z));
  mh_record_set_text (lock, MH_QC_LOCK_STATE, MH_QC_LOCK_RELEASED);
  mh_record_set_int (lock, MH_QC_LOCK_SINCE_AT, at - MH_DAY);
  mh_record_set_int (lock, MH_QC_LOCK_OPENED_AT, at);
  mh_record_set_text (lock, MH_QC_LOCK_OPENED_NAME, name);
  mh_record_set_text (lock, MH_QC_LOCK_ACTION, "recalibrated");
  mh_record_set_text (lock, MH_QC_LOCK_ACTION_NOTE, note);
  mh_record_set_int (lock, MH_QC_LOCK_ACTION_AT, at + 40 * MH_MINUTE);
  mh_record_set_text (lock, MH_QC_LOCK_ACTION_NAME, name);
  mh_record_set_int (lock, MH_QC_LOCK_RELEASED_AT, at + MH_HOUR);
  mh_record_set_text (lock, MH_QC_LOCK_RELEASED_NAME, name);
  mh_record_set_text (action, MH_QC_ACTION_LOCK_ID, mh_record_id (lock));
  mh_record_set_text (action, MH_QC_ACTION_ACTION, "recalibrated");
  mh_record_set_text (action, MH_QC_ACTION_NOTE, note);
  mh_record_set_int (action, MH_QC_ACTION_AT, at + 40 * MH_MINUTE);
  mh_record_set_text (action, MH_QC_ACTION_BY_ID,
                      mh_demo_staff_id (bench->demo, MH_DEMO_TECHNICIAN));
  mh_record_set_text (action, MH_QC_ACTION_BY_NAME, name);

  return demo_qc_put (bench, lock, error) && demo_qc_put (bench, action, error);
}

static gboolean
put_chart (Bench *bench, guint i, GError **error)
{
  static const double warning[LEVELS] = { 0.4, 2.3 };
  static const double rejected[LEVELS] = { 3.4, 1.2 };
  const char *analyte = subjects[i].analyte;
  g_autoptr (GArray) judged = g_array_new (FALSE, FALSE, sizeof (MhWestgardPoint));
  g_autoptr (GPtrArray) points = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func (g_object_unref);
  Chart chart = { .subject = i, .judged = judged, .points = points };

  for (int level = 0; level < LEVELS; level++)
    {
      chart.targets[level] = make_target (bench, i, level);
      g_ptr_array_add (targets, chart.targets[level]);
    }

  for (int day = 0; day < DAYS; day++)
    {
      gint64 at = bench->morning - (DAYS - 1 - day) * MH_DAY;
      gboolean bad = day == REJECT_DAY && g_str_equal (analyte, "CREA");
      gboolean odd = day == WARNING_DAY && g_str_equal (analyte, "K");
      add_run (bench, &chart, bad ? rejected : odd ? warning : NULL, at);
      if (!bad)
        continue;
      if (!demo_qc_put_lock (bench, &chart, at, error))
        return FALSE;
      g_array_set_size (judged, 0);
      add_run (bench, &chart, NULL, at + MH_HOUR);
    }

  return mh_tx_insert_parts (bench->tx, targets, error)
         && mh_tx_insert_parts (bench->tx, points, error);
}

gboolean
mh_demo_controls (MhTx *tx, MhDemo *demo, GError **error)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (demo->plan->seed + 5);
  gint64 midnight = (demo->now + MH_DEMO_ZONE_OFFSET) / MH_DAY * MH_DAY - MH_DEMO_ZONE_OFFSET;
  Bench bench = { .tx = tx, .demo = demo, .rand = chance };
  gboolean done = TRUE;

  bench.morning = midnight + 5 * MH_HOUR;
  if (bench.morning > demo->now)
    bench.morning -= MH_DAY;
  for (guint i = 0; i < G_N_ELEMENTS (things) && done; i++)
    done = put_equipment (&bench, i, error);
  for (guint i = 0; i < 2 && done; i++)
    done = put_material (&bench, i, error);
  for (guint i = 0; i < G_N_ELEMENTS (subjects) && done; i++)
    done = put_chart (&bench, i, error);
  for (guint i = 0; i < 2; i++)
    for (int level = 0; level < LEVELS; level++)
      g_clear_object (&bench.lots[i][level]);

  return done;
}
