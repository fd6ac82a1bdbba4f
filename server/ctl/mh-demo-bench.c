/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the bench adds to values: antibiograms, a picture of a plate, a test that was started again,
 * a question to the supervisor, phrases; breakpoints that are made up. */
#include "server/ctl/mh-demo-private.h"

#include "shared/base/mh-sha256.h"
#include "shared/records/lab/mh-analyte.h"
#include "shared/records/lab/mh-attachment.h"
#include "shared/records/lab/mh-escalation.h"
#include "shared/records/lab/mh-isolate.h"
#include "shared/records/lab/mh-microbe.h"
#include "shared/records/lab/mh-phrase.h"
#include "shared/records/lab/mh-result-version.h"
#include "shared/records/lab/mh-result.h"
#include "shared/records/platform/mh-audit.h"
#include "shared/rules/lab/mh-breakpoint.h"

#define MOST 200

/* An agar plate with colonies, 160 pixels square, drawn for this. */
static const char plate[]
    = "iVBORw0KGgoAAAANSUhEUgAAAKAAAACgAgMAAAD2oY++AAAADFBMVEXs7vCWnKDeqpb69Na2ydXtAAADUElEQVR4"
      "2tWZy5HbMAyGrYNKUD8uQQfJB5fg1OMS9iBqZtVB1I9K0IGMSNMiCIAgkvEkEx13vyFeJAj+vlz+0++qosbwVdlm"
      "jF+v5Grki3lWrXfH/x/Gf56UDZv4PSXjXeICKSz4SKApL9mNd8CZqbRkAw2/jPeaBctL4gX9klwuW7ygX3JgLRtD"
      "l+RCuVNwYsJpfQ5ni0jGdnc7/r44BH6NvOXVVW0Hywe41WwHy8YRkNh+xUxXnFDOm9e+IT4etnvkYvjrYmnOB8ZF"
      "7kNOcmXhnGyyrQ0/lzvZjqYIZk62tzL4BcHuXgYnGE3RxZDJK4hF4MyzF8G0NQHIxZK2JoiGiyXtDxBN95BAM4pB"
      "Q/AqBQ3AM5qGq8uSdvtXLxVwdm7HYbdsAZcTnAax0gAchexA8MzPWAVjfvgtMYP8XMW94/D+aW6m8sVEtnVwENKY"
      "HdmhmEY7b9nZLqVxtuueHRsBtBTk8m2dpQeRTWO+4lMAdwKiwqyx0hs52qgwbi+V5g/BuQy2GnCgpWbBiQHXTQmW"
      "t48EbhAst+XUI8M+68ptOV1knwLTHVoBU0P7HGi1ProPg4sWTPmpgQsEpQvzLLY/htKKRlmZEjhbJbi4fwaqfTT7"
      "p9PzMdCf65+VTjG+O8WRmHy83QstxaF+hzKVg1YD+rJUwRsDIh9Dx409nO/JTLNXg++bSADHemFeQ4UGZC/N2ZXA"
      "Bz71Gz844+2zMuCFB+mDip1SVodTGqcUX+xlz0DLzj2+2HGECAPCQsA4SfnSxEYYiNkSsD+nvTfo2Kv4PTYTEF/F"
      "z+s5kUYfnRMfKkciY9QlkEzNqy0e1nyAXHZhfKyPpOdk39y+NSOuT+QiXDU7eEuNP7byDWvBM657CKADLyRhUDlA"
      "8OaSwnYOvOKkE+us+IBcwVAHQDo4p1OzbvAljqMBjWjOXsM4mgCu5EVKX+wBjOazFzvWADz4fiHlQgVWFQ4ogkj6"
      "wDrFekaOdIrg5MrlEikfwUnHbQ0s+HgnuS6O1RnvJNvuid7jFSTHnEGiIHlNigEZPeywzchCVOXytjn9aOCUOKof"
      "cUqc1/asRtvTq4Vq/VGvaKo1UrXqqtdx1cqwXmtWq9d6PVyvsKs1e/2vAL/xu8Jf+34BQftjw+UOPgkAAAAASUVO"
      "RK5CYII=";

typedef struct
{
  const char *code, *bench, *words;
} Phrase;
static const Phrase phrases[] = {
  { "HEM", NULL, "Sample haemolysed; potassium, LDH and AST may be falsely high." },
  { "LIP", NULL, "Lipaemic sample." },
  { "RPT", NULL, "Repeated and confirmed." },
  { "QNS", NULL, "Quantity not sufficient." },
  { "CLOT", "H", "Small clot in the tube; counts may be falsely low." },
  { "PLTC", "H", "Platelets clump; counted in citrate." },
  { "FAST", "B", "Not fasting when collected." },
  { "CONT", "M", "Mixed growth, likely contamination; please send another sample." },
  { "CFU", "M", "Colony count below 10^4 CFU/mL is of doubtful meaning." },
};

typedef struct
{
  const char *antibiotic, *method, *s, *r;
} Point;
static const Point points[] = {
  { "AMP", "disk", "14", "14" }, { "AMC", "disk", "19", "19" }, { "CRO", "disk", "25", "22" },
  { "CIP", "disk", "25", "22" }, { "GEN", "mic", "2", "2" },    { "NIT", "disk", "11", "11" },
  { "MEM", "mic", "2", "8" },    { "AMK", "mic", "8", "8" },
};
static const char *const measured[] = { "8", "16", "27", "23", "<=0.5", "20", "<=0.25", "4" };
G_STATIC_ASSERT (G_N_ELEMENTS (points) == G_N_ELEMENTS (measured));

void
mh_demo_bench_note (MhDemo *demo, MhRecord *result)
{
  if (demo->bench == NULL)
    demo->bench = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean grown = mh_record_has (result, MH_RESULT_PARTS_HASH);
  gboolean open
      = g_strcmp0 (mh_record_text (result, MH_RESULT_STATUS), MH_RESULT_STATUS_ENTERED) == 0;
  if ((grown || open) && demo->bench->len < MOST)
    g_ptr_array_add (demo->bench, g_object_ref (result));
}

void
mh_demo_bench_culture (MhDemo *demo, MhRecord *result)
{
  static const char *const grown[][2]
      = { { "ECO", "Escherichia coli" }, { "KPN", "Klebsiella pneumoniae" } };
  /* Without the dice: the rest of the hospital stays as its seed has made it. */
  guint which = demo->next % 2;
  gboolean growth = demo->next % 5 < 2;
  mh_record_set_text (result, MH_RESULT_VALUE, growth ? grown[which][0] : "NG");
  mh_record_set_text (result, MH_RESULT_VALUE_TEXT, growth ? grown[which][1] : "No growth");
  mh_record_set_text (result, MH_RESULT_FLAG, growth ? MH_FLAG_A : MH_FLAG_N);
  if (growth)
    mh_record_take_text (result, MH_RESULT_PARTS_HASH, mh_sha256_of_text (grown[which][0]));
}

static gboolean
write_lists (MhTx *tx, MhDemo *demo, GPtrArray *breakpoints, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    {
      g_autoptr (MhRecord) phrase = mh_demo_record (demo, &mh_phrase_type, demo->now);
      mh_record_set_text (phrase, MH_PHRASE_CODE, phrases[i].code);
      mh_record_set_text (phrase, MH_PHRASE_BENCH, phrases[i].bench);
      mh_record_set_text (phrase, MH_PHRASE_PHRASE, phrases[i].words);
      mh_record_set_int (phrase, MH_PHRASE_SORT_ORDER, i);
      mh_record_set_bool (phrase, MH_PHRASE_ACTIVE, TRUE);
      if (!mh_tx_insert (tx, phrase, MH_AUDIT_CREATE, NULL, error))
        return FALSE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      MhRecord *point = mh_demo_record (demo, &mh_breakpoint_type, demo->now);
      g_ptr_array_add (breakpoints, point);
      mh_record_set_text (point, MH_BREAKPOINT_STANDARD, MH_STANDARD_EUCAST);
      mh_record_set_text (point, MH_BREAKPOINT_EDITION, "demo");
      mh_record_set_text (point, MH_BREAKPOINT_ORGANISM_GROUP, "Enterobacterales");
      mh_record_set_text (point, MH_BREAKPOINT_ANTIBIOTIC, points[i].antibiotic);
      mh_record_set_text (point, MH_BREAKPOINT_METHOD, points[i].method);
      mh_record_set_text (point, MH_BREAKPOINT_SUSCEPTIBLE, points[i].s);
      mh_record_set_text (point, MH_BREAKPOINT_RESISTANT, points[i].r);
      mh_record_set_text (point, MH_BREAKPOINT_NOTE,
                          "Made up for the demonstration; enter the tables you are licensed for.");
      mh_record_set_bool (point, MH_BREAKPOINT_ACTIVE, TRUE);
      if (!mh_tx_insert (tx, point, MH_AUDIT_CREATE, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/* --- what grew --- */

static MhRecord *
make_isolate (MhDemo *demo, MhRecord *result)
{
  MhRecord *isolate
      = mh_demo_record (demo, &mh_result_isolate_type, mh_record_int (result, MH_CREATED_AT));
  mh_record_set_text (isolate, MH_RESULT_ISOLATE_RESULT_ID, mh_record_id (result));
  mh_record_set_text (isolate, MH_RESULT_ISOLATE_ORDER_ID,
                      mh_record_text (result, MH_RESULT_ORDER_ID));
  mh_record_set_text (isolate, MH_RESULT_ISOLATE_PATIENT_ID,
                      mh_record_text (result, MH_RESULT_PATIENT_ID));
  mh_record_set_int (isolate, MH_RESULT_ISOLATE_NUMBER, 1);
  mh_record_set_text (isolate, MH_RESULT_ISOLATE_ORGANISM,
                      mh_record_text (result, MH_RESULT_VALUE));
  mh_record_set_text (isolate, MH_RESULT_ISOLATE_NAME,
                      mh_record_text (result, MH_RESULT_VALUE_TEXT));
  mh_record_set_text (isolate, MH_RESULT_ISOLATE_QUANTITY, "10^5 CFU/mL");
  return isolate;
}

static MhRecord *
make_tested (MhDemo *demo, MhRecord *isolate, GPtrArray *breakpoints, guint at)
{
  MhRecord *point = g_ptr_array_index (breakpoints, at);
  MhRecord *antibiotic = mh_catalogue_find (demo->view, &mh_antibiotic_type, points[at].antibiotic);
  const char *name = antibiotic != NULL ? mh_record_text (antibiotic, MH_ANTIBIOTIC_NAME)
                                        : points[at].antibiotic;
  MhRecord *tested = mh_demo_record (demo, &mh_result_susceptibility_type,
                                     mh_record_int (isolate, MH_CREATED_AT));

  mh_record_set_text (tested, MH_RESULT_SUSCEPTIBILITY_ISOLATE_ID, mh_record_id (isolate));
  mh_record_set_text (tested, MH_RESULT_SUSCEPTIBILITY_ORDER_ID,
                      mh_record_text (isolate, MH_RESULT_ISOLATE_ORDER_ID));
  mh_record_set_text (tested, MH_RESULT_SUSCEPTIBILITY_ANTIBIOTIC, points[at].antibiotic);
  mh_record_set_text (tested, MH_RESULT_SUSCEPTIBILITY_NAME, name);
  mh_record_set_text (tested, MH_RESULT_SUSCEPTIBILITY_METHOD, points[at].method);
  mh_record_set_text (tested, MH_RESULT_SUSCEPTIBILITY_MEASURED, measured[at]);
  mh_record_set_text (tested, MH_RESULT_SUSCEPTIBILITY_INTERPRETATION,
                      mh_breakpoint_interpret (point, measured[at]));
  mh_record_take_text (tested, MH_RESULT_SUSCEPTIBILITY_BREAKPOINT, mh_breakpoint_text (point));
  mh_record_set_bool (tested, MH_RESULT_SUSCEPTIBILITY_BY_RULE, TRUE);
  mh_record_set_int (tested, MH_RESULT_SUSCEPTIBILITY_SORT_ORDER, at);

  return tested;
}

static gboolean
write_picture (MhTx *tx, MhDemo *demo, MhRecord *result, GError **error)
{
  gsize size;
  g_autofree guint8 *bytes = g_base64_decode (plate, &size);
  g_autofree char *hash = mh_sha256_of (bytes, size);
  g_autoptr (MhRecord) picture = mh_demo_record (demo, &mh_attachment_type, demo->now);
  g_autoptr (MhRecord) data = mh_record_new (&mh_attachment_data_type);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  mh_record_set_text (picture, MH_ATTACHMENT_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_set_text (picture, MH_ATTACHMENT_ORDER_ID, mh_record_text (result, MH_RESULT_ORDER_ID));
  mh_record_set_text (picture, MH_ATTACHMENT_PATIENT_ID,
                      mh_record_text (result, MH_RESULT_PATIENT_ID));
  mh_record_set_text (picture, MH_ATTACHMENT_TEST, mh_record_text (result, MH_RESULT_TEST));
  mh_record_set_text (picture, MH_ATTACHMENT_ANALYTE, mh_record_text (result, MH_RESULT_ANALYTE));
  mh_record_set_text (picture, MH_ATTACHMENT_TITLE, "Plate after 24 h");
  mh_record_set_text (picture, MH_ATTACHMENT_CONTENT_TYPE, MH_CONTENT_PNG);
  mh_record_set_int (picture, MH_ATTACHMENT_BYTES, (gint64)size);
  mh_record_set_text (picture, MH_ATTACHMENT_SHA256, hash);
  mh_record_set_bool (picture, MH_ATTACHMENT_ON_REPORT, TRUE);
  mh_record_set_text (picture, MH_ATTACHMENT_BY_ID, mh_demo_staff_id (demo, MH_DEMO_TECHNICIAN));
  mh_record_set_text (picture, MH_ATTACHMENT_BY_NAME,
                      mh_demo_staff_name (demo, MH_DEMO_TECHNICIAN));
  mh_record_set_text (data, MH_ID, mh_record_id (picture));
  mh_record_set_text (data, MH_ATTACHMENT_DATA_CONTENT, plate);
  g_ptr_array_add (parts, data);

  return mh_tx_insert (tx, picture, MH_AUDIT_CREATE, NULL, error)
         && mh_tx_insert_parts (tx, parts, error);
}

static gboolean
write_cultures (MhTx *tx, MhDemo *demo, GPtrArray *breakpoints, GError **error)
{
  g_autoptr (GPtrArray) isolates = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) tested = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; demo->bench != NULL && i < demo->bench->len; i++)
    {
      MhRecord *result = g_ptr_array_index (demo->bench, i);
      if (!mh_record_has (result, MH_RESULT_PARTS_HASH))
        continue;
      MhRecord *isolate = make_isolate (demo, result);
      g_ptr_array_add (isolates, isolate);
      for (guint k = 0; k < G_N_ELEMENTS (points); k++)
        g_ptr_array_add (tested, make_tested (demo, isolate, breakpoints, k));
      if (isolates->len <= 3 && !write_picture (tx, demo, result, error))
        return FALSE;
    }

  return (isolates->len == 0 || mh_tx_insert_parts (tx, isolates, error))
         && (tested->len == 0 || mh_tx_insert_parts (tx, tested, error));
}

/* --- measured again, and asked about --- */

static gboolean
write_again (MhTx *tx, MhDemo *demo, MhRecord *result, GError **error)
{
  static const guint same[][2] = { { MH_RESULT_HOSPITAL_ID, MH_RESULT_VERSION_HOSPITAL_ID },
                                   { MH_RESULT_ORDER_ID, MH_RESULT_VERSION_ORDER_ID },
                                   { MH_RESULT_PATIENT_ID, MH_RESULT_VERSION_PATIENT_ID },
                                   { MH_RESULT_SAMPLE_ID, MH_RESULT_VERSION_SAMPLE_ID },
                                   { MH_RESULT_TEST, MH_RESULT_VERSION_TEST },
                                   { MH_RESULT_ANALYTE, MH_RESULT_VERSION_ANALYTE },
                                   { MH_RESULT_NAME, MH_RESULT_VERSION_NAME },
                                   { MH_RESULT_VALUE, MH_RESULT_VERSION_VALUE },
                                   { MH_RESULT_UNIT, MH_RESULT_VERSION_UNIT },
                                   { MH_RESULT_FLAG, MH_RESULT_VERSION_FLAG },
                                   { MH_RESULT_ENTERED_NAME, MH_RESULT_VERSION_ENTERED_NAME } };
  g_autoptr (MhRecord) past = mh_demo_record (demo, &mh_result_version_type, demo->now);

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    mh_record_set_text (past, same[i][1], mh_record_text (result, same[i][0]));
  mh_record_set_text (past, MH_RESULT_VERSION_RESULT_ID, mh_record_id (result));
  mh_record_set_int (past, MH_RESULT_VERSION_RUN, 1);
  mh_record_set_text (past, MH_RESULT_VERSION_ENDED_BY, MH_RESULT_PAST_RESTARTED);
  mh_record_set_text (past, MH_RESULT_VERSION_REASON, MH_RESULT_REASON_CLOT);
  mh_record_set_text (past, MH_RESULT_VERSION_NOTE, "Fibrin in the cup");
  mh_record_set_text (past, MH_RESULT_VERSION_BY_ID, mh_demo_staff_id (demo, MH_DEMO_TECHNICIAN2));
  mh_record_set_text (past, MH_RESULT_VERSION_BY_NAME,
                      mh_demo_staff_name (demo, MH_DEMO_TECHNICIAN2));
  mh_record_set_int (past, MH_RESULT_VERSION_AT, mh_record_int (result, MH_RESULT_ENTERED_AT));

  return mh_tx_insert (tx, past, MH_AUDIT_CREATE, NULL, error);
}

static gboolean
write_question (MhTx *tx, MhDemo *demo, MhRecord *result, GError **error)
{
  g_autoptr (MhRecord) asked = mh_demo_record (demo, &mh_escalation_type, demo->now);
  mh_record_set_text (asked, MH_ESCALATION_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_set_text (asked, MH_ESCALATION_ORDER_ID, mh_record_text (result, MH_RESULT_ORDER_ID));
  mh_record_set_text (asked, MH_ESCALATION_PATIENT_ID,
                      mh_record_text (result, MH_RESULT_PATIENT_ID));
  mh_record_set_text (asked, MH_ESCALATION_TEST, mh_record_text (result, MH_RESULT_TEST));
  mh_record_set_text (asked, MH_ESCALATION_ANALYTE, mh_record_text (result, MH_RESULT_ANALYTE));
  mh_record_set_text (asked, MH_ESCALATION_REASON, MH_ESCALATION_UNEXPECTED);
  mh_record_set_text (asked, MH_ESCALATION_NOTE, "Repeated, same value");
  mh_record_set_text (asked, MH_ESCALATION_STATUS, MH_ESCALATION_ANSWERED);
  mh_record_set_text (asked, MH_ESCALATION_BY_ID, mh_demo_staff_id (demo, MH_DEMO_TECHNICIAN));
  mh_record_set_text (asked, MH_ESCALATION_BY_NAME, mh_demo_staff_name (demo, MH_DEMO_TECHNICIAN));
  mh_record_set_int (asked, MH_ESCALATION_NOTIFIED_AT, demo->now - MH_HOUR);
  mh_record_set_text (asked, MH_ESCALATION_ANSWER, MH_ESCALATION_ACCEPT);
  mh_record_set_text (asked, MH_ESCALATION_ANSWERED_BY,
                      mh_demo_staff_id (demo, MH_DEMO_PATHOLOGIST));
  mh_record_set_text (asked, MH_ESCALATION_ANSWERED_NAME,
                      mh_demo_staff_name (demo, MH_DEMO_PATHOLOGIST));
  mh_record_set_int (asked, MH_ESCALATION_ANSWERED_AT, demo->now - MH_HOUR / 2);

  return mh_tx_insert (tx, asked, MH_AUDIT_CREATE, NULL, error);
}

gboolean
mh_demo_bench_write (MhTx *tx, MhDemo *demo, GError **error)
{
  g_autoptr (GPtrArray) breakpoints = g_ptr_array_new_with_free_func (g_object_unref);
  guint numbers = 0;
  if (!write_lists (tx, demo, breakpoints, error) || !write_cultures (tx, demo, breakpoints, error))
    return FALSE;

  for (guint i = 0; demo->bench != NULL && i < demo->bench->len && numbers < 4; i++)
    {
      MhRecord *result = g_ptr_array_index (demo->bench, i);
      if (g_strcmp0 (mh_record_text (result, MH_RESULT_KIND), MH_ANALYTE_KIND_NUMERIC) != 0
          || g_strcmp0 (mh_record_text (result, MH_RESULT_STATUS), MH_RESULT_STATUS_ENTERED) != 0)
        continue;
      if (numbers % 2 == 0 ? !write_again (tx, demo, result, error)
                           : !write_question (tx, demo, result, error))
        return FALSE;
      numbers++;
    }

  g_clear_pointer (&demo->bench, g_ptr_array_unref);
  return TRUE;
}
