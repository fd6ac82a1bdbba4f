/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reagents on the shelf, some of them running out, and two reflex rules: one signed off, one not.
 */
#include "server/ctl/mh-demo-private.h"
#include "shared/records/lab/mh-reagent.h"
#include "shared/records/lab/mh-reflex-rule.h"
#include "shared/records/platform/mh-audit.h"

static const struct
{
  const char *code, *name, *maker, *unit, *uses, *storage;
  gint64 low;
  struct
  {
    const char *lot;
    int days; /* until it expires */
    gint64 quantity;
  } lots[2];
} reagents[] = {
  { "HDIL",
    "Haematology diluent",
    "Sanjivani Diagnostics",
    "ml",
    "CBC=20; HB=10",
    "15–30 °C",
    5000,
    { { "HD2607A", 210, 18000 }, { "HD2511C", 24, 2600 } } },
  { "CRPR",
    "CRP reagent",
    "Sanjivani Diagnostics",
    "tests",
    "CRPT=1",
    "2–8 °C",
    100,
    { { "CR1184", 96, 62 } } },
  { "TSHK",
    "TSH kit",
    "Arogya Immuno",
    "tests",
    "TSHT=1",
    "2–8 °C",
    50,
    { { "T26-031", 150, 288 } } },
  { "HIVK",
    "HIV rapid test",
    "Arogya Immuno",
    "tests",
    "HIVT=1",
    "2–30 °C",
    20,
    { { "RV905", 340, 45 }, { "RV871", -6, 4 } } },
};

static const struct
{
  const char *code, *name, *test, *analyte, *flags, *comparison, *value, *value_to, *add, *priority,
      *tell, *note;
  gboolean is_signed;
} rules[] = {
  { "PSA-FREE", "PSA in the grey zone", "PSAT", "PSA", NULL, MH_REFLEX_BETWEEN, "4.0", "10.0",
    "FPSAT", MH_REFLEX_SAME_PRIORITY, MH_REFLEX_TELL_BOTH,
    "Free PSA tells more where the total is between 4 and 10 ng/mL.", TRUE },
  { "TSH-FT4", "TSH out of range", "TSHT", "TSH", "L;H;LL;HH", NULL, NULL, NULL, "FT4T",
    MH_REFLEX_SAME_PRIORITY, MH_REFLEX_TELL_LABORATORY, "Default, needs sign-off.", FALSE },
};

static void
demo_shelf_set_list (MhRecord *record, guint field, const char *text)
{
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, ";", -1) : NULL;
  for (guint i = 0; parts != NULL && parts[i] != NULL; i++)
    mh_record_add_to_list (record, field, g_strstrip (parts[i]));
}

static gboolean
make_lots (MhTx *tx, MhDemo *demo, guint i, GError **error)
{
  MhDate today = mh_date_from_days ((demo->now + MH_DEMO_ZONE_OFFSET) / MH_DAY);
  for (guint k = 0; k < G_N_ELEMENTS (reagents[i].lots) && reagents[i].lots[k].lot != NULL; k++)
    {
      char day[MH_DATE_LENGTH + 1];
      g_autoptr (GPtrArray) moves = g_ptr_array_new_with_free_func (g_object_unref);
      g_autoptr (MhRecord) lot = mh_demo_record (demo, &mh_reagent_lot_type, demo->now);
      MhRecord *move = mh_demo_record (demo, &mh_reagent_move_type, demo->now);
      g_ptr_array_add (moves, move);
      mh_date_format (mh_date_from_days (mh_date_to_days (today) + reagents[i].lots[k].days), day);
      mh_record_set_text (lot, MH_REAGENT_LOT_HOSPITAL_ID, mh_record_id (demo->hospital));
      mh_record_set_text (lot, MH_REAGENT_LOT_REAGENT, reagents[i].code);
      mh_record_set_text (lot, MH_REAGENT_LOT_LOT, reagents[i].lots[k].lot);
      mh_record_set_text (lot, MH_REAGENT_LOT_EXPIRY, day);
      mh_record_set_int (lot, MH_REAGENT_LOT_QUANTITY, reagents[i].lots[k].quantity);
      mh_record_set_text (move, MH_REAGENT_MOVE_HOSPITAL_ID, mh_record_id (demo->hospital));
      mh_record_set_text (move, MH_REAGENT_MOVE_LOT_ID, mh_record_id (lot));
      mh_record_set_text (move, MH_REAGENT_MOVE_REAGENT, reagents[i].code);
      mh_record_set_text (move, MH_REAGENT_MOVE_KIND, MH_REAGENT_LOT_RECEIVED);
      mh_record_set_int (move, MH_REAGENT_MOVE_QUANTITY, reagents[i].lots[k].quantity);
      mh_record_set_int (move, MH_REAGENT_MOVE_AT, demo->now);
      mh_record_set_text (move, MH_REAGENT_MOVE_BY_NAME,
                          mh_demo_staff_name (demo, MH_DEMO_TECHNICIAN));
      if (!mh_tx_insert (tx, lot, MH_AUDIT_CREATE, "demonstration", error)
          || !mh_tx_insert_parts (tx, moves, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
make_reagent (MhTx *tx, MhDemo *demo, guint i, GError **error)
{
  g_autoptr (MhRecord) reagent = mh_demo_record (demo, &mh_reagent_type, demo->now);
  mh_record_set_text (reagent, MH_REAGENT_CODE, reagents[i].code);
  mh_record_set_text (reagent, MH_REAGENT_NAME, reagents[i].name);
  mh_record_set_text (reagent, MH_REAGENT_MAKER, reagents[i].maker);
  mh_record_set_text (reagent, MH_REAGENT_UNIT, reagents[i].unit);
  demo_shelf_set_list (reagent, MH_REAGENT_USES, reagents[i].uses);
  mh_record_set_int (reagent, MH_REAGENT_LOW_LEVEL, reagents[i].low);
  mh_record_set_int (reagent, MH_REAGENT_EXPIRY_DAYS, 30);
  mh_record_set_text (reagent, MH_REAGENT_STORAGE, reagents[i].storage);
  mh_record_set_bool (reagent, MH_REAGENT_ACTIVE, TRUE);
  return mh_tx_insert (tx, reagent, MH_AUDIT_CREATE, "demonstration", error)
         && make_lots (tx, demo, i, error);
}

static gboolean
make_rule (MhTx *tx, MhDemo *demo, guint i, GError **error)
{
  g_autoptr (MhRecord) rule = mh_demo_record (demo, &mh_reflex_rule_type, demo->now);
  mh_record_set_text (rule, MH_REFLEX_RULE_CODE, rules[i].code);
  mh_record_set_text (rule, MH_REFLEX_RULE_NAME, rules[i].name);
  mh_record_set_text (rule, MH_REFLEX_RULE_TEST, rules[i].test);
  mh_record_set_text (rule, MH_REFLEX_RULE_ANALYTE, rules[i].analyte);
  demo_shelf_set_list (rule, MH_REFLEX_RULE_FLAGS, rules[i].flags);
  mh_record_set_text (rule, MH_REFLEX_RULE_OPERATOR, rules[i].comparison);
  mh_record_set_text (rule, MH_REFLEX_RULE_VALUE, rules[i].value);
  mh_record_set_text (rule, MH_REFLEX_RULE_VALUE_TO, rules[i].value_to);
  mh_record_set_text (rule, MH_REFLEX_RULE_ADD_TEST, rules[i].add);
  mh_record_set_text (rule, MH_REFLEX_RULE_PRIORITY, rules[i].priority);
  mh_record_set_text (rule, MH_REFLEX_RULE_TELL, rules[i].tell);
  mh_record_set_bool (rule, MH_REFLEX_RULE_CHARGED, FALSE);
  mh_record_set_text (rule, MH_REFLEX_RULE_NOTE, rules[i].note);
  mh_record_set_bool (rule, MH_REFLEX_RULE_ACTIVE, TRUE);
  mh_record_set_bool (rule, MH_REFLEX_RULE_VERIFIED, rules[i].is_signed);

  if (rules[i].is_signed)
    {
      mh_record_set_text (rule, MH_REFLEX_RULE_SIGNED_BY,
                          mh_demo_staff_name (demo, MH_DEMO_PATHOLOGIST));
      mh_record_set_int (rule, MH_REFLEX_RULE_SIGNED_AT, demo->now);
    }

  return mh_tx_insert (tx, rule, MH_AUDIT_CREATE, "demonstration", error);
}

gboolean
mh_demo_shelf (MhTx *tx, MhDemo *demo, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (reagents); i++)
    if (!make_reagent (tx, demo, i, error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (!make_rule (tx, demo, i, error))
      return FALSE;
  return TRUE;
}
