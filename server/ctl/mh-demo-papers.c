/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports after their release: one in eighty was corrected, and those of the last day wait to be
 * printed. */
#include "server/ctl/mh-demo-private.h"

#include <string.h>

#include "shared/base/mh-decimal.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-order.h"
#include "shared/records/lab/mh-report-change.h"
#include "shared/records/lab/mh-report-delivery.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/people/mh-hospital.h"
#include "shared/reports/mh-report-content.h"

#define ONE_IN 80
#define DAYS 30
#define MOST_WAITING 40

static MhRecord *
first_number (GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++)
    {
      MhDecimal value;
      MhRecord *result = g_ptr_array_index (results, i);
      const char *text = mh_record_text (result, MH_RESULT_VALUE);
      if (g_strcmp0 (mh_record_text (result, MH_RESULT_KIND), MH_ANALYTE_KIND_NUMERIC) == 0
          && !mh_record_bool (result, MH_RESULT_CRITICAL) && text != NULL
          && mh_decimal_parse (text, &value) && strlen (text) >= 2)
        return result;
    }
  return NULL;
}

/* Two digits changed places, as it happens. NULL: nobody would see it. */
static char *
mistyped (const char *value)
{
  char *wrong = g_strdup (value);
  for (gsize i = 0; wrong[i + 1] != '\0'; i++)
    if (g_ascii_isdigit (wrong[i]) && g_ascii_isdigit (wrong[i + 1]) && wrong[i] != wrong[i + 1]
        && !(i == 0 && wrong[i + 1] == '0'))
      {
        char digit = wrong[i];
        wrong[i] = wrong[i + 1];
        wrong[i + 1] = digit;
        return wrong;
      }

  g_free (wrong);
  return NULL;
}

static MhRecord *
make_change (MhDemo *demo, const MhDemoOrder *made, MhRecord *result, const char *wrong)
{
  MhRecord *change = mh_demo_record (demo, &mh_report_change_type, made->verified_at);
  MhRecord *line = mh_demo_record (demo, &mh_report_change_value_type, made->verified_at);
  const char *hospital = mh_record_text (made->order, MH_ORDER_HOSPITAL_ID);

  mh_record_set_text (change, MH_REPORT_CHANGE_HOSPITAL_ID, hospital);
  mh_record_set_text (change, MH_REPORT_CHANGE_ORDER_ID, mh_record_id (made->order));
  mh_record_set_text (change, MH_REPORT_CHANGE_ORDER_NUMBER,
                      mh_record_text (made->order, MH_ORDER_NUMBER));
  mh_record_set_text (change, MH_REPORT_CHANGE_PATIENT_ID, made->patient->id);
  mh_record_set_int (change, MH_REPORT_CHANGE_VERSION_NO, 1);
  mh_record_set_text (change, MH_REPORT_CHANGE_KIND, MH_REPORT_CHANGE_CORRECT);
  mh_record_set_text (change, MH_REPORT_CHANGE_REASON, MH_REPORT_REASON_TYPING);
  mh_record_set_text (change, MH_REPORT_CHANGE_NOTE, "Two digits had changed places.");
  mh_record_set_text (change, MH_REPORT_CHANGE_STATUS, MH_REPORT_CHANGE_VERIFIED);
  mh_record_set_text (change, MH_REPORT_CHANGE_BY_ID, mh_demo_staff_id (demo, MH_DEMO_TECHNICIAN));
  mh_record_set_text (change, MH_REPORT_CHANGE_BY_NAME,
                      mh_demo_staff_name (demo, MH_DEMO_TECHNICIAN));
  mh_record_set_int (change, MH_REPORT_CHANGE_AT, made->verified_at + 20 * MH_MINUTE);
  mh_record_set_text (change, MH_REPORT_CHANGE_DECIDED_BY,
                      mh_demo_staff_id (demo, MH_DEMO_PATHOLOGIST));
  mh_record_set_text (change, MH_REPORT_CHANGE_DECIDED_NAME,
                      mh_demo_staff_name (demo, MH_DEMO_PATHOLOGIST));
  mh_record_set_int (change, MH_REPORT_CHANGE_DECIDED_AT, made->verified_at + 25 * MH_MINUTE);
  mh_record_set_text (line, MH_REPORT_CHANGE_VALUE_CHANGE_ID, mh_record_id (change));
  mh_record_set_text (line, MH_REPORT_CHANGE_VALUE_ANALYTE,
                      mh_record_text (result, MH_RESULT_ANALYTE));
  mh_record_set_text (line, MH_REPORT_CHANGE_VALUE_NAME, mh_record_text (result, MH_RESULT_NAME));
  mh_record_set_text (line, MH_REPORT_CHANGE_VALUE_UNIT, mh_record_text (result, MH_RESULT_UNIT));
  mh_record_set_text (line, MH_REPORT_CHANGE_VALUE_OLD, wrong);
  mh_record_set_text (line, MH_REPORT_CHANGE_VALUE_NEW, mh_record_text (result, MH_RESULT_VALUE));
  mh_record_set_int (line, MH_REPORT_CHANGE_VALUE_SORT_ORDER, 0);
  mh_record_append (change, MH_REPORT_CHANGE_VALUES, line);
  g_object_unref (line);

  return change;
}

/* Chance of their own: what is printed does not change who comes after. */
static void
swap_chance (MhDemo *demo)
{
  GRand *other = demo->papers_rand != NULL ? demo->papers_rand
                                           : g_rand_new_with_seed (demo->plan->seed ^ 0x9a9e5);
  demo->papers_rand = demo->rand;
  demo->rand = other;
}

static void
demo_papers_keep (MhDemo *demo, MhRecord *record)
{
  if (demo->papers == NULL)
    demo->papers = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (demo->papers, record);
}

MhRecord *
mh_demo_papers_correct (MhDemo *demo, MhDemoOrder *made, GPtrArray *results, MhRecord *first)
{
  MhRecord *result = first_number (results);
  g_autofree char *right
      = result != NULL ? g_strdup (mh_record_text (result, MH_RESULT_VALUE)) : NULL;
  g_autofree char *wrong = right != NULL ? mistyped (right) : NULL;

  if (wrong == NULL || made->verified_at < demo->now - DAYS * MH_DAY
      || made->verified_at > demo->now - MH_HOUR || demo->reported++ % ONE_IN != 0)
    return NULL;

  swap_chance (demo);

  /* What went out first held the slip. */
  mh_record_set_text (result, MH_RESULT_VALUE, wrong);
  mh_demo_report_freeze (demo, made, results, first, NULL);
  mh_record_set_text (result, MH_RESULT_VALUE, right);
  mh_record_set_text (result, MH_RESULT_STATUS, MH_RESULT_STATUS_CORRECTED);

  gint64 at = made->verified_at + 25 * MH_MINUTE;
  g_autoptr (MhRecord) change = make_change (demo, made, result, wrong);
  MhRecord *second = mh_demo_record (demo, &mh_report_type, at);
  g_autofree char *id = g_strdup (mh_record_id (second));

  mh_record_apply (second, first);
  mh_record_set_text (second, MH_ID, id);
  mh_record_take_text (second, MH_REPORT_NUMBER,
                       g_strconcat (mh_record_text (first, MH_REPORT_NUMBER), "-2", NULL));
  mh_record_set_int (second, MH_REPORT_VERSION_NO, 2);
  mh_record_set_text (second, MH_REPORT_STATUS, MH_REPORT_STATUS_CORRECTED);
  mh_record_set_text (second, MH_REPORT_SUPERSEDES, mh_record_id (first));
  mh_record_set_text (second, MH_REPORT_REASON, "Typing error: Two digits had changed places.");
  mh_record_set_int (second, MH_REPORT_ISSUED_AT, at);
  mh_demo_report_freeze (demo, made, results, second, change);
  mh_record_set_text (change, MH_REPORT_CHANGE_REPORT_ID, mh_record_id (first));
  mh_record_set_text (change, MH_REPORT_CHANGE_NEW_REPORT_ID, mh_record_id (second));
  demo_papers_keep (demo, g_object_ref (change));
  swap_chance (demo);

  return second;
}

void
mh_demo_papers_queue (MhDemo *demo, const MhDemoOrder *made, MhRecord *report)
{
  if (made->verified_at < demo->now - MH_DAY || demo->waiting >= MOST_WAITING)
    return;

  swap_chance (demo);
  MhRecord *delivery = mh_demo_record (demo, &mh_report_delivery_type, made->verified_at);
  swap_chance (demo);
  mh_record_set_text (delivery, MH_REPORT_DELIVERY_HOSPITAL_ID,
                      mh_record_text (report, MH_REPORT_HOSPITAL_ID));
  mh_record_set_text (delivery, MH_REPORT_DELIVERY_ORDER_ID, mh_record_id (made->order));
  mh_record_set_text (delivery, MH_REPORT_DELIVERY_ORDER_NUMBER,
                      mh_record_text (made->order, MH_ORDER_NUMBER));
  mh_record_set_text (delivery, MH_REPORT_DELIVERY_PATIENT_ID, made->patient->id);
  mh_record_set_text (delivery, MH_REPORT_DELIVERY_PATIENT_NAME,
                      mh_record_text (made->order, MH_ORDER_PATIENT_NAME));
  mh_record_set_text (delivery, MH_REPORT_DELIVERY_REPORT_ID, mh_record_id (report));
  mh_record_set_int (delivery, MH_REPORT_DELIVERY_VERSION_NO,
                     mh_record_int (report, MH_REPORT_VERSION_NO));
  mh_record_set_text (delivery, MH_REPORT_DELIVERY_REPORT_STATUS,
                      mh_record_text (report, MH_REPORT_STATUS));
  mh_record_set_text (delivery, MH_REPORT_DELIVERY_PRIORITY,
                      mh_record_text (made->order, MH_ORDER_PRIORITY));
  mh_record_set_text (delivery, MH_REPORT_DELIVERY_STATUS, MH_REPORT_DELIVERY_WAITING);
  mh_record_set_int (delivery, MH_REPORT_DELIVERY_QUEUED_AT,
                     mh_record_int (report, MH_REPORT_ISSUED_AT));
  demo_papers_keep (demo, delivery);
  demo->waiting++;
}

static char *
demo_papers_ward_of (MhTx *tx, MhRecord *delivery)
{
  g_autoptr (MhRecord) order = mh_store_get (
      mh_tx_db (tx), &mh_order_type, mh_record_text (delivery, MH_REPORT_DELIVERY_ORDER_ID), NULL);
  const char *id = order != NULL ? mh_record_text (order, MH_ORDER_DEPARTMENT_ID) : NULL;
  g_autoptr (MhRecord) department
      = id != NULL ? mh_store_get (mh_tx_db (tx), &mh_department_type, id, NULL) : NULL;
  return department != NULL ? g_strdup (mh_record_text (department, MH_DEPARTMENT_NAME)) : NULL;
}

/* As parts, which keep their times: the same seed gives the same hospital. */
static gboolean
demo_papers_write_all (MhTx *tx, GPtrArray *records, gboolean announced, GError **error)
{
  if (records->len > 0 && !mh_tx_insert_parts (tx, records, error))
    return FALSE;
  for (guint i = 0; announced && i < records->len; i++)
    if (!mh_tx_announce (tx, g_ptr_array_index (records, i), error))
      return FALSE;
  return TRUE;
}

gboolean
mh_demo_papers_write (MhTx *tx, MhDemo *demo, GError **error)
{
  g_autoptr (GPtrArray) queue = g_ptr_array_new ();
  g_autoptr (GPtrArray) changes = g_ptr_array_new ();
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  for (guint i = 0; demo->papers != NULL && i < demo->papers->len; i++)
    {
      MhRecord *record = g_ptr_array_index (demo->papers, i);
      gboolean is_change = mh_record_type (record) == &mh_report_change_type;
      g_ptr_array_add (is_change ? changes : queue, record);
      if (is_change)
        g_ptr_array_add (
            lines, g_ptr_array_index (mh_record_records (record, MH_REPORT_CHANGE_VALUES), 0));
      else
        mh_record_take_text (record, MH_REPORT_DELIVERY_WARD, demo_papers_ward_of (tx, record));
    }

  return demo_papers_write_all (tx, queue, TRUE, error)
         && demo_papers_write_all (tx, changes, TRUE, error)
         && demo_papers_write_all (tx, lines, FALSE, error);
}
