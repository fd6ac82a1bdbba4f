/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the technicians know and when they work, where tubes are kept, where else they are sent, and
 * the tubes of finished orders in their boxes. Nothing here takes part in the game of chance, so
 * that a seed gives the same people and orders as before. */
#include "server/ctl/mh-data-file.h"
#include "server/ctl/mh-demo-private.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-referral.h"
#include "shared/records/lab/mh-sample.h"
#include "shared/records/lab/mh-shift.h"
#include "shared/records/lab/mh-storage.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/lab/mh-storage-rules.h"

#define N_BOXES 100
#define SIDE 10
#define KEEP_DAYS 30

MhRecord *
mh_demo_fixed (MhDemo *demo, const MhRecordType *type, const char *key)
{
  MhRecord *record = mh_record_new (type);
  guint hospital = type->hospital;
  mh_record_take_text (record, MH_ID, mh_data_fixed_id (type->code, key));
  mh_record_set_int (record, MH_VERSION, 1);
  mh_record_set_int (record, MH_CREATED_AT, demo->now);
  mh_record_set_int (record, MH_CHANGED_AT, demo->now);
  if (hospital != 0)
    mh_record_set_text (record, hospital, mh_record_id (demo->hospital));
  return record;
}

static gboolean
demo_storage_put (MhTx *tx, MhRecord *record, GError **error)
{
  g_autoptr (MhRecord) taken = record;
  return mh_tx_insert (tx, taken, MH_AUDIT_CREATE, "demonstration", error);
}

/* --- who knows what, and works when --- */

static gboolean
add_skills (MhTx *tx, MhDemo *demo, MhDemoPerson person, GError **error)
{
  static const char *const benches[] = { "H", "C", "B", "I", "S", "M", "U", "T", "G" };
  for (guint i = 0; i < G_N_ELEMENTS (benches); i++)
    {
      g_autofree char *key = g_strdup_printf ("%d:%s", (int)person, benches[i]);
      MhRecord *skill = mh_demo_fixed (demo, &mh_skill_type, key);
      mh_record_set_text (skill, MH_SKILL_USER_ID, mh_demo_staff_id (demo, person));
      mh_record_set_text (skill, MH_SKILL_BENCH, benches[i]);
      mh_record_set_text (skill, MH_SKILL_LEVEL,
                          person == MH_DEMO_TECHNICIAN ? MH_SKILL_SENIOR : MH_SKILL_INDEPENDENT);
      if (!demo_storage_put (tx, skill, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_shift (MhTx *tx, MhDemo *demo, MhDemoPerson person, GError **error)
{
  static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };
  g_autofree char *key = g_strdup_printf ("%d", (int)person);
  MhRecord *shift = mh_demo_fixed (demo, &mh_shift_type, key);
  mh_record_set_text (shift, MH_SHIFT_USER_ID, mh_demo_staff_id (demo, person));
  mh_record_set_text (shift, MH_SHIFT_KIND, MH_SHIFT_WEEKLY);
  mh_record_set_list (shift, MH_SHIFT_WEEKDAYS, days);
  return demo_storage_put (tx, shift, error);
}

/* --- where tubes are kept --- */

static MhRecord *
demo_storage_place (MhDemo *demo,
                    const char *kind,
                    const char *code,
                    const char *name,
                    const char *path)
{
  MhRecord *made = mh_demo_fixed (demo, &mh_storage_place_type, code);
  mh_record_set_text (made, MH_STORAGE_PLACE_KIND, kind);
  mh_record_set_text (made, MH_STORAGE_PLACE_CODE, code);
  mh_record_set_text (made, MH_STORAGE_PLACE_NAME, name);
  mh_record_set_text (made, MH_STORAGE_PLACE_PATH, path);
  mh_record_set_bool (made, MH_STORAGE_PLACE_ACTIVE, TRUE);
  return made;
}

static char *
box_code (guint box)
{
  return g_strdup_printf ("B%03u", box + 1);
}

static gboolean
add_box (MhTx *tx, MhDemo *demo, guint i, GError **error)
{
  g_autofree char *code = box_code (i);
  g_autofree char *rack = g_strdup_printf ("R%u", i / 25 + 1);
  g_autofree char *name = g_strdup_printf ("Box %u", i + 1);
  g_autofree char *path = g_strdup_printf ("Freezer 1 / Rack %u / %s", i / 25 + 1, name);
  MhRecord *box = demo_storage_place (demo, MH_STORAGE_BOX, code, name, path);
  mh_record_take_text (box, MH_STORAGE_PLACE_PARENT_ID,
                       mh_data_fixed_id (mh_storage_place_type.code, rack));
  mh_record_set_int (box, MH_STORAGE_PLACE_N_ROWS, SIDE);
  mh_record_set_int (box, MH_STORAGE_PLACE_N_COLUMNS, SIDE);
  return demo_storage_put (tx, box, error);
}

static gboolean
add_places (MhTx *tx, MhDemo *demo, GError **error)
{
  MhRecord *freezer = demo_storage_place (demo, MH_STORAGE_FREEZER, "F1", "Freezer 1", "Freezer 1");
  mh_record_set_text (freezer, MH_STORAGE_PLACE_TEMPERATURE, "-20");
  mh_record_set_int (freezer, MH_STORAGE_PLACE_KEEP_DAYS, KEEP_DAYS);
  if (!demo_storage_put (tx, freezer, error)
      || !demo_storage_put (tx,
                            demo_storage_place (demo, MH_STORAGE_REFRIGERATOR, "K1",
                                                "Refrigerator 1", "Refrigerator 1"),
                            error))
    return FALSE;

  for (guint i = 0; i < N_BOXES / 25; i++)
    {
      g_autofree char *code = g_strdup_printf ("R%u", i + 1);
      g_autofree char *name = g_strdup_printf ("Rack %u", i + 1);
      g_autofree char *path = g_strdup_printf ("Freezer 1 / %s", name);
      MhRecord *rack = demo_storage_place (demo, MH_STORAGE_RACK, code, name, path);
      mh_record_take_text (rack, MH_STORAGE_PLACE_PARENT_ID,
                           mh_data_fixed_id (mh_storage_place_type.code, "F1"));
      if (!demo_storage_put (tx, rack, error))
        return FALSE;
    }

  for (guint i = 0; i < N_BOXES; i++)
    if (!add_box (tx, demo, i, error))
      return FALSE;

  return TRUE;
}

static gboolean
add_labs (MhTx *tx, MhDemo *demo, GError **error)
{
  static const struct
  {
    const char *code, *name, *city, *accreditation;
    gint64 days;
  } labs[] = { { "CITYREF", "City Reference Laboratory", "Pune", "NABL MC-0000 (made up)", 3 },
               { "GENE", "Genetics Centre", "Bengaluru", "NABL MC-0001 (made up)", 14 } };

  for (guint i = 0; i < G_N_ELEMENTS (labs); i++)
    {
      MhRecord *lab = mh_demo_fixed (demo, &mh_reference_lab_type, labs[i].code);
      mh_record_set_text (lab, MH_REFERENCE_LAB_CODE, labs[i].code);
      mh_record_set_text (lab, MH_REFERENCE_LAB_NAME, labs[i].name);
      mh_record_set_text (lab, MH_REFERENCE_LAB_CITY, labs[i].city);
      mh_record_set_text (lab, MH_REFERENCE_LAB_ACCREDITATION, labs[i].accreditation);
      mh_record_set_int (lab, MH_REFERENCE_LAB_TAT_DAYS, labs[i].days);
      mh_record_set_bool (lab, MH_REFERENCE_LAB_ACTIVE, TRUE);
      if (!demo_storage_put (tx, lab, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
mh_demo_storage (MhTx *tx, MhDemo *demo, GError **error)
{
  return add_skills (tx, demo, MH_DEMO_TECHNICIAN, error)
         && add_skills (tx, demo, MH_DEMO_TECHNICIAN2, error)
         && add_shift (tx, demo, MH_DEMO_TECHNICIAN, error)
         && add_shift (tx, demo, MH_DEMO_TECHNICIAN2, error) && add_places (tx, demo, error)
         && add_labs (tx, demo, error);
}

/* --- the orders' part --- */

/* Every fifth order is taken on a ward, every ninth at home. */
void
mh_demo_collection (MhDemoOrder *made, guint index)
{
  if (index % 5 == 1)
    {
      mh_record_set_text (made->order, MH_ORDER_COLLECTION, MH_COLLECT_WARD);
      mh_record_take_text (
          made->order, MH_ORDER_COLLECT_PLACE,
          g_strdup_printf ("Ward %u, bed %02u", index / 5 % 4 + 1, index % 24 + 1));
      mh_record_set_int (made->order, MH_ORDER_COLLECT_FROM, made->ordered_at + MH_HOUR);
    }
  else if (index % 9 == 2)
    {
      mh_record_set_text (made->order, MH_ORDER_COLLECTION, MH_COLLECT_HOME);
      mh_record_take_text (made->order, MH_ORDER_COLLECT_PLACE,
                           g_strdup_printf ("Sector %u, house %u", index % 12 + 1, index % 90 + 1));
      mh_record_set_int (made->order, MH_ORDER_COLLECT_FROM, made->ordered_at + 2 * MH_HOUR);
    }
}

static void
store_tube (MhDemo *demo, MhRecord *sample, gint64 at, GPtrArray *events)
{
  guint box = demo->stored / (SIDE * SIDE), position = demo->stored % (SIDE * SIDE);
  g_autofree char *code = box_code (box);
  g_autofree char *box_id = mh_data_fixed_id (mh_storage_place_type.code, code);
  g_autofree char *spot = mh_storage_rules_position_text (SIDE, position);
  g_autofree char *words
      = g_strdup_printf ("Freezer 1 / Rack %u / Box %u / %s", box / 25 + 1, box + 1, spot);
  MhRecord *event = mh_demo_fixed (demo, &mh_custody_event_type, mh_record_id (sample));

  mh_record_set_text (sample, MH_SAMPLE_STATUS, MH_SAMPLE_STATUS_STORED);
  mh_record_set_text (sample, MH_SAMPLE_BOX_ID, box_id);
  mh_record_set_int (sample, MH_SAMPLE_POSITION, position);
  mh_record_set_text (sample, MH_SAMPLE_PLACE, words);
  mh_record_set_int (sample, MH_SAMPLE_KEEP_UNTIL, at + KEEP_DAYS * MH_DAY);
  mh_record_set_int (event, MH_CREATED_AT, at);
  mh_record_set_int (event, MH_CHANGED_AT, at);
  mh_record_set_text (event, MH_CUSTODY_EVENT_SAMPLE_ID, mh_record_id (sample));
  mh_record_set_text (event, MH_CUSTODY_EVENT_EVENT, MH_CUSTODY_STORED);
  mh_record_set_int (event, MH_CUSTODY_EVENT_AT, at);
  mh_record_set_int (event, MH_CUSTODY_EVENT_RECORDED_AT, at);
  mh_record_set_text (event, MH_CUSTODY_EVENT_BY_ID, mh_demo_staff_id (demo, MH_DEMO_TECHNICIAN));
  mh_record_set_text (event, MH_CUSTODY_EVENT_BY_NAME,
                      mh_demo_staff_name (demo, MH_DEMO_TECHNICIAN));
  mh_record_set_text (event, MH_CUSTODY_EVENT_BOX_ID, box_id);
  mh_record_set_int (event, MH_CUSTODY_EVENT_POSITION, position);
  mh_record_set_text (event, MH_CUSTODY_EVENT_PLACE, words);
  g_ptr_array_add (events, event);
  demo->stored++;
}

void
mh_demo_store_tubes (MhDemo *demo, MhDemoOrder *made, guint index, GPtrArray *events)
{
  if (made->verified_at == 0 || index % 2 == 0
      || demo->stored + made->samples->len > N_BOXES * SIDE * SIDE)
    return;
  for (guint i = 0; i < made->samples->len; i++)
    store_tube (demo, made->samples->pdata[i], made->verified_at, events);
}
