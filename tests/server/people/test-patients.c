/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registering somebody who is there already (rules.md 13), on both databases. */
#include <string.h>

#include "server/people/patients/mh-family-service.h"
#include "server/people/patients/mh-patients-reindex.h"
#include "server/people/patients/mh-patients-service.h"
#include "server/platform/actor/mh-request.h"
#include "shared/base/mh-id.h"
#include "shared/record/mh-record-check.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/mh-records.h"
#include "shared/records/people/mh-family-link.h"
#include "shared/records/people/mh-patient.h"
#include "tests/server/access-fixture.h"

#define MEERA                                                                                      \
  "\"given_name\":\"Meera\",\"family_name\":\"Joshi\",\"sex\":\"female\","                         \
  "\"birth_date\":\"1984-02-29\",\"phone\":\"+91 98123 45678\""

typedef struct
{
  MhActor *actor;
  const char *json;
  gboolean late;
  MhRecord *patient;
} Registering;

static gboolean
register_one (MhTx *tx, gpointer data, GError **error)
{
  Registering *step = data;
  g_autoptr (MhRecord) draft
      = mh_record_from_text (&mh_patient_type, step->json, -1, MH_JSON_CREATE, error);
  if (draft == NULL || !mh_record_validate (draft, MH_CHECK_CREATE, error))
    return FALSE;
  g_clear_object (&step->patient);
  step->patient = mh_patients_service_register (MH_REQUEST_TX (tx, NULL, step->actor), draft,
                                                step->late, error);
  return step->patient != NULL;
}

static MhRecord *
take (House *house, const char *user, const char *json, gboolean late, GError **error)
{
  g_autoptr (MhActor) actor = house_actor (house, user);
  Registering step = { actor, json, late, NULL };
  if (house_write (house, register_one, &step, error))
    return step.patient;
  g_clear_object (&step.patient);
  return NULL;
}

static const struct
{
  const char *json; /* one after the other, Meera stands in the books */
  gboolean late;
  int taken; /* 1: taken; 0: refused; 2: taken and marked for review */
} rows[] = {
  { "{" MEERA "}", FALSE, 0 },
  /* a day younger: 20 + 10 + 25 + 15 is below 80 */
  { "{\"given_name\":\"Mira\",\"family_name\":\"Joshi\",\"sex\":\"female\","
    "\"birth_date\":\"1984-02-28\",\"phone\":\"9812345678\"}",
    FALSE, 1 },
  /* another given name at the same birth and phone: twins */
  { "{\"given_name\":\"Kavita\",\"family_name\":\"Joshi\",\"sex\":\"female\","
    "\"birth_date\":\"1984-02-29\",\"phone\":\"9812345678\"}",
    FALSE, 1 },
  /* without the phone nothing reaches 80 */
  { "{\"given_name\":\"Meera\",\"family_name\":\"Joshi\",\"sex\":\"female\","
    "\"birth_date\":\"1984-02-29\"}",
    FALSE, 1 },
  { "{" MEERA ",\"duplicate_reason\":\"other_person\"}", FALSE, 1 },
  { "{" MEERA ",\"duplicate_reason\":\"relative\"}", FALSE, 1 },
  { "{" MEERA ",\"duplicate_reason\":\"emergency\"}", FALSE, 2 },
  { "{" MEERA "}", TRUE, 2 },
  /* late, but nobody is alike: nothing to review */
  { "{\"given_name\":\"Zubin\",\"family_name\":\"Daruwala\",\"sex\":\"male\","
    "\"birth_date\":\"1950-01-01\",\"phone\":\"9700000001\"}",
    TRUE, 1 },
};

static void
test_rows (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) before = NULL;
  g_autoptr (MhRecord) first = take (house, "asha", "{" MEERA "}", FALSE, &before);
  g_assert_no_error (before);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (MhRecord) second = take (house, "asha", rows[i].json, rows[i].late, &error);
      g_test_message ("row %u", i);
      if (rows[i].taken == 0)
        {
          const MhIssues *issues = mh_error_get_issues (error);
          g_assert_error (error, MH_ERROR, MH_ERROR_CONFLICT);
          g_assert_cmpuint (mh_issues_count (issues), ==, 1);
          g_assert_cmpstr (mh_issues_nth (issues, 0)->code, ==, MH_ISSUE_LIKELY_DUPLICATE);
          g_assert_nonnull (
              strstr (mh_issues_nth (issues, 0)->message, mh_record_text (first, MH_PATIENT_MRN)));
          g_assert_null (strstr (mh_issues_nth (issues, 0)->message, "Meera"));
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint (mh_record_bool (second, MH_PATIENT_POSSIBLE_DUPLICATE), ==,
                       rows[i].taken == 2);
      g_assert_false (mh_record_has (second, MH_PATIENT_DUPLICATE_REASON));
    }
}

/* Another hospital's patients are nobody's business here. */
static void
test_scope (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) there = take (house, "bina", "{" MEERA "}", FALSE, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) here = take (house, "asha", "{" MEERA "}", FALSE, &error);
  g_assert_no_error (error);
  g_assert_false (mh_record_bool (here, MH_PATIENT_POSSIBLE_DUPLICATE));
}

/* One box finds anybody: each question, and who of the two alone is found (0: nobody). */
static const struct
{
  const char *q;
  guint who;
} questions[] = {
  { "meera", 1 },
  { "joshi meera", 1 },
  { "jo mee", 1 },
  { "mira joshi", 1 },
  { "joshy mira", 1 },
  { "wikram rathor", 2 },
  { "rathod wickram", 0 },
  { "मीरा", 1 },
  { "जोशी meera", 1 },
  { "98123", 1 },
  { "+91 98123 45678", 1 },
  { "45678", 1 },
  { "5678", 1 },
  { "joshi 98123", 1 },
  { "joshi 5678", 1 },
  { "joshi 5679", 0 },
  { "mira 5678", 1 },
  { "5678 joshi meera", 1 },
  { "a joshi meera", 0 },
  { "rathore 5678", 0 },
  { "29/2/84", 1 },
  { "1984-02-29", 1 },
  { "28/2/84", 0 },
  { "31-12-1950", 2 },
  { "91-1234-5678-9012", 2 },
  { "91123456789012", 2 },
  { "91123456789013", 0 },
  { "91 1234 5678 9012", 2 },
  { "91-1234", 2 },
  { "98123-45678", 1 },
  { "09812345678", 1 },
  { "zzz", 0 },
  /* a year of birth beside a name */
  { "meera 1984", 1 },
  { "meera 1950", 0 },
  { "joshi meera 1984", 1 },
  { "1950 rathore", 2 },
  /* nobody has it: one letter wrong, missing, additional, swapped */
  { "meera jsohi", 1 },
  { "vikarm rathore", 2 },
  { "rathre", 2 },
  { "mjeera", 1 },
  { "bikran", 0 },
};

static guint
who_is_found (House *house, const char *q, MhRecord *const people[2])
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) next = NULL;
  guint who = 0;
  g_autoptr (MhActor) actor = house_actor (house, "asha");
  MhDb *db = house_reader (house);
  g_autoptr (GPtrArray) found
      = mh_patients_service_find (MH_REQUEST_DB (db, NULL, actor), q, NULL, 50, &next, &error);
  mh_store_give_reader (house->store, db);
  g_assert_no_error (error);
  g_assert_null (next);
  for (guint i = 0; i < found->len; i++)
    for (guint k = 0; k < 2; k++)
      if (g_str_equal (mh_record_id (found->pdata[i]), mh_record_id (people[k])))
        who += k + 1;
  /* each once, and nobody else */
  g_assert_cmpuint (found->len, ==, who == 0 ? 0 : who == 3 ? 2 : 1);
  return who;
}

static void
test_find (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) meera
      = take (house, "asha", "{" MEERA ",\"native_name\":\"मीरा जोशी\"}", FALSE, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) vikram
      = take (house, "asha",
              "{\"given_name\":\"Vikram\",\"family_name\":\"Rathore\",\"sex\":\"male\","
              "\"birth_date\":\"1950-12-31\",\"phone\":\"9700000001\","
              "\"abha\":\"91123456789012\"}",
              FALSE, &error);
  g_assert_no_error (error);
  MhRecord *const people[] = { meera, vikram };
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      guint who = who_is_found (house, questions[i].q, people);
      if (who != questions[i].who)
        g_error ("“%s” finds %u, not %u", questions[i].q, who, questions[i].who);
    }
  for (guint k = 0; k < 2; k++)
    {
      const char *mrn = mh_record_text (people[k], MH_PATIENT_MRN);
      g_assert_cmpuint (who_is_found (house, mrn, people), ==, k + 1);
    }
}

static gboolean
forget_words (MhTx *tx, gpointer data, GError **error)
{
  return mh_db_exec (mh_tx_db (tx), "DELETE FROM patient_word WHERE word LIKE 'p:%'", MH_NO_ARGS,
                     error)
             >= 0
         && mh_db_exec (mh_tx_db (tx), "DELETE FROM patient_word WHERE word LIKE 'n:dsou%'",
                        MH_NO_ARGS, error)
                >= 0
         && mh_db_exec (mh_tx_db (tx), "DELETE FROM patient_pair", MH_NO_ARGS, error) >= 0
         && mh_db_exec (mh_tx_db (tx), "UPDATE patient_index SET version = 1", MH_NO_ARGS, error)
                >= 0;
}

/* As a server does that starts; how many jobs it took. */
static guint
index_again (House *house)
{
  g_autoptr (MhJobs) jobs = mh_jobs_new (house->store, "test");
  g_autoptr (GError) error = NULL;
  guint n = 0;
  mh_patients_reindex_register (jobs);
  mh_patients_reindex_start (house->store, &error);
  g_assert_no_error (error);
  g_assert_true (mh_jobs_run_due (jobs, &n, &error));
  g_assert_no_error (error);
  return n;
}

/* As people write the two, and as others type them; then again by an index of older rules. */
static void
test_written_otherwise (const MhTestDb *test)
{
  static const struct
  {
    const char *q;
    guint who;
  } asked[]
      = { { "dsouza", 1 },   { "d souza", 1 },      { "d'souza", 1 },       { "D’SOUZA", 1 },
          { "souza", 1 },    { "maria dsouza", 1 }, { "dsouza maria", 1 },  { "md sheikh", 2 },
          { "muhammad", 2 }, { "mohd shaikh", 2 },  { "mohamad shaik", 2 }, { "sheikh", 2 },
          { "shekhawat", 0 } };
  static const MhWho tester = { .user_name = "tester" };
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) maria
      = take (house, "asha",
              "{\"given_name\":\"Maria\",\"family_name\":\"D'Souza\",\"sex\":\"female\","
              "\"birth_date\":\"1960-01-01\"}",
              FALSE, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) sheikh
      = take (house, "asha",
              "{\"given_name\":\"Mohammed\",\"family_name\":\"Shaikh\",\"sex\":\"male\","
              "\"birth_date\":\"1970-01-01\"}",
              FALSE, &error);
  g_assert_no_error (error);
  MhRecord *const people[] = { maria, sheikh };
  for (guint round = 0; round < 2; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
        {
          guint who = who_is_found (house, asked[i].q, people);
          if (who != asked[i].who)
            g_error ("“%s” finds %u, not %u", asked[i].q, who, asked[i].who);
        }
      g_assert_true (mh_store_write (house->store, &tester, forget_words, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (who_is_found (house, "muhammad", people), ==, 0);
      g_assert_cmpuint (index_again (house), ==, 1);
      g_assert_cmpuint (index_again (house), ==, 0);
    }
}

static int
compare_texts (const void *a, const void *b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

typedef struct
{
  const char *place; /* the last patient of those done */
  gint64 words;
} Half;

static gboolean
forget_half (MhTx *tx, gpointer data, GError **error)
{
  Half *half = data;
  return mh_db_exec (mh_tx_db (tx), "DELETE FROM patient_word WHERE word LIKE 'p:%'", MH_NO_ARGS,
                     error)
             >= 0
         && mh_db_exec (mh_tx_db (tx), "UPDATE patient_index SET version = 1, place = $1",
                        MH_ARGS (MH_TEXT (half->place)), error)
                >= 0;
}

static gboolean
count_patients (MhTx *tx, gpointer data, GError **error)
{
  Half *half = data;
  g_autoptr (MhRows) found = mh_db_query (
      mh_tx_db (tx), "SELECT count(DISTINCT patient_id) FROM patient_word WHERE word LIKE 'p:%'",
      MH_NO_ARGS, error);
  if (found == NULL || !mh_rows_next (found, error))
    return FALSE;
  half->words = mh_rows_int (found, 0);
  return TRUE;
}

/* A server that was stopped goes on behind the last patient it had done; 100 at a time. */
static void
test_index_goes_on (const MhTestDb *test)
{
  static const struct
  {
    guint done, jobs;
  } halves[] = { { 0, 2 }, { 1, 2 }, { 49, 2 }, { 50, 2 }, { 51, 1 }, { 149, 1 }, { 150, 1 } };
  static const MhWho tester = { .user_name = "tester" };
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *json = g_strdup_printf (
          "{\"given_name\":\"Anand%c\",\"family_name\":\"Rao%c\",\"sex\":\"male\","
          "\"birth_date\":\"%u-0%u-11\"}",
          'a' + i % 26, 'a' + i / 26, 1900 + i / 2, 1 + i % 9);
      g_autoptr (MhRecord) patient = take (house, "asha", json, TRUE, &error);
      g_assert_no_error (error);
      g_ptr_array_add (ids, g_strdup (mh_record_id (patient)));
    }
  g_ptr_array_sort (ids, compare_texts);

  for (guint i = 0; i < G_N_ELEMENTS (halves); i++)
    {
      Half half = { halves[i].done > 0 ? g_ptr_array_index (ids, halves[i].done - 1) : "", 0 };
      g_assert_true (mh_store_write (house->store, &tester, forget_half, &half, &error));
      g_assert_cmpuint (index_again (house), ==, halves[i].jobs);
      g_assert_true (mh_store_write (house->store, &tester, count_patients, &half, &error));
      g_assert_no_error (error);
      g_assert_cmpint (half.words, ==, 150 - halves[i].done);
    }
}

/* --- several words --- */

/* Everybody found, in order, read in pages of @limit; blank-separated ids. */
static char *
found_in_pages (House *house, const char *q, guint limit)
{
  g_autoptr (MhActor) actor = house_actor (house, "asha");
  GString *all = g_string_new (NULL);
  g_auto (GStrv) after = NULL;
  MhDb *db = house_reader (house);
  for (guint page = 0; page == 0 || after != NULL; page++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) next = NULL;
      g_autoptr (GPtrArray) found = mh_patients_service_find (
          MH_REQUEST_DB (db, NULL, actor), q, (const char *const *)after, limit, &next, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (found->len, <=, limit);
      g_assert_cmpuint (page, <, 100);
      for (guint i = 0; i < found->len; i++)
        g_string_append_printf (all, "%s ", mh_record_id (found->pdata[i]));
      g_strfreev (after);
      after = g_steal_pointer (&next);
    }
  mh_store_give_reader (house->store, db);
  return g_string_free (all, FALSE);
}

static char *
sorted (const char *ids)
{
  g_auto (GStrv) parts = g_strsplit (ids, " ", -1);
  qsort (parts, g_strv_length (parts), sizeof *parts, compare_texts);
  return g_strjoinv (" ", parts);
}

static void
take_many_names (House *house)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) made
      = take (house, "asha",
              "{\"given_name\":\"Anna Bella Clara Dora Emma Flora Greta\",\"sex\":\"female\","
              "\"alias\":\"Hanna Irma Jutta Lotte Martha Nora\",\"phone\":\"9700008123\","
              "\"birth_date\":\"1990-01-01\"}",
              FALSE, &error);
  g_assert_no_error (error);
}

static void
take_named (House *house, const char *given, const char *family, const char *phone)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdup_printf (
      "{\"given_name\":\"%s\",\"family_name\":\"%s\",\"sex\":\"male\",\"phone\":\"%s\","
      "\"birth_date\":\"19%c0-01-01\"}",
      given, family, phone, phone[9]);
  g_autoptr (MhRecord) made = take (house, "asha", json, TRUE, &error);
  g_assert_no_error (error);
}

/* Enter opens the first one: whoever is written just as it was typed stands above a name that is
 * longer or only sounds like it. */
static void
test_exact_first (const MhTestDb *test)
{
  static const struct
  {
    const char *q, *first; /* the end of the name */
  } asked[] = { { "datta", " Datta" },
                { "dattah", "Rakesh Dattah" },
                { "dutta", "Ramesh Dutta" },
                { "ramesh datta", "Ramesh Datta" },
                { "datta ramesh", "Ramesh Datta" },
                { "rakesh dattah", "Rakesh Dattah" } };
  g_autoptr (House) house = house_new (test);
  take_named (house, "Rakesh", "Dattah", "9700000003");
  take_named (house, "Ramesh", "Dutta", "9700000004");
  take_named (house, "Rameshwar", "Datta", "9700000005");
  take_named (house, "Ramesh", "Datta", "9700000006");
  take_named (house, "Dattatreya", "Ramesh", "9700000007");
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) next = NULL;
      g_autoptr (MhActor) actor = house_actor (house, "asha");
      MhDb *db = house_reader (house);
      g_autoptr (GPtrArray) found = mh_patients_service_find (MH_REQUEST_DB (db, NULL, actor),
                                                              asked[i].q, NULL, 50, &next, &error);
      mh_store_give_reader (house->store, db);
      g_assert_no_error (error);
      g_test_message ("%s: %u", asked[i].q, found->len);
      for (guint k = 0; k < found->len; k++)
        g_test_message ("  %s %s", mh_record_text (found->pdata[k], MH_PATIENT_GIVEN_NAME),
                        mh_record_text (found->pdata[k], MH_PATIENT_FAMILY_NAME));
      g_assert_cmpuint (found->len, >, 0);
      g_autofree char *first
          = g_strdup_printf ("%s %s", mh_record_text (found->pdata[0], MH_PATIENT_GIVEN_NAME),
                             mh_record_text (found->pdata[0], MH_PATIENT_FAMILY_NAME));
      g_test_message ("first: %s", first);
      g_assert_true (g_str_has_suffix (first, asked[i].first));
    }
}

/* However many one sees at once, and in whichever order the words were typed, it is the same
 * people, each once; those of the name as it is written come first. */
static void
test_words (const MhTestDb *test)
{
  static const char *const given[] = { "Vikram", "Wikram", "Asha", "Meenakshi", "Prakash" };
  static const char *const family[] = { "Verma", "Werma", "Sharma", "Das", "Li" };
  static const struct
  {
    const char *q, *turned;
    guint n;
  } cases[] = {
    { "vikram verma", "verma vikram", 4 }, /* both spellings of both */
    { "vikr verm", "verm vikr", 4 },
    { "asha verma", "verma asha", 2 },
    { "asha das", "das asha", 1 },
    { "li vikram", "vikram li", 2 },
    { "prak sharma", "sharma prak", 1 },
    { "vikram 90000", "90000 vikram", 10 },
    { "vikram verma 0000", "0000 verma vikram", 1 },
    { "meenakshi zebra", "zebra meenakshi", 0 },
    /* one word begins with both */
    { "ash asha", "asha ash", 5 },
    /* so little of one of them, so little of both */
    { "vikram v", "v vikram", 10 },
    { "vikram ve", "ve vikram", 4 },
    { "as d", "d as", 1 },
    /* what is behind the letters that lead to the pair counts as well */
    { "vikram verx", "verx vikram", 0 },
    { "vikx verma", "verma vikx", 0 },
    { "verma sharma", "sharma verma", 0 },
    /* of a third word too */
    { "vikram verma a", "a vikram verma", 0 },
    { "clara anna nora", "nora clara anna", 1 },
    /* more names than pairs are made of, as they are written and by their sound */
    { "anna nora", "nora anna", 1 },
    { "martha gre", "gre martha", 1 },
    { "marta phlora", "phlora marta", 1 },
    { "anna 8123", "8123 anna", 1 },
    { "anna nora 8123", "8123 nora anna", 1 },
    { "anna norbert", "norbert anna", 0 },
    { "anna norma", "norma anna", 1 }, /* one letter more than Nora */
  };
  g_autoptr (House) house = house_new (test);
  for (guint i = 0; i < 25; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *body = g_strdup_printf (
          "{\"given_name\":\"%s\",\"family_name\":\"%s\",\"sex\":\"%s\",\"birth_date\":"
          "\"19%02u-03-04\",\"phone\":\"90000%02u000\",\"duplicate_reason\":\"other_person\"}",
          given[i / 5], family[i % 5], i % 2 == 0 ? "male" : "female", 30 + 2 * i, i);
      g_autoptr (MhRecord) made = take (house, "asha", body, FALSE, &error);
      g_assert_no_error (error);
    }
  take_many_names (house);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *whole = found_in_pages (house, cases[i].q, 50);
      g_autofree char *pages = found_in_pages (house, cases[i].q, 3);
      g_autofree char *turned = found_in_pages (house, cases[i].turned, 2);
      g_autofree char *one = sorted (whole);
      g_autofree char *other = sorted (turned);
      g_test_message ("%s", cases[i].q);
      g_assert_cmpstr (pages, ==, whole);
      g_assert_cmpstr (one, ==, other);
      if (strlen (whole) != cases[i].n * (MH_ID_LENGTH + 1))
        g_error ("“%s” finds %zu, not %u", cases[i].q, strlen (whole) / (MH_ID_LENGTH + 1),
                 cases[i].n);
    }
}

/* --- relatives --- */

typedef struct
{
  MhActor *actor;
  const char *patient, *relative, *relation;
  MhRecord *link; /* made, or to be taken away when relation is NULL */
} Linking;

static gboolean
link_two (MhTx *tx, gpointer data, GError **error)
{
  Linking *step = data;
  if (step->relation == NULL)
    return mh_family_service_remove (MH_REQUEST_TX (tx, NULL, step->actor),
                                     mh_record_id (step->link), error);
  g_autoptr (MhRecord) draft = mh_record_new (&mh_family_link_type);
  mh_record_set_text (draft, MH_FAMILY_LINK_PATIENT_ID, step->patient);
  mh_record_set_text (draft, MH_FAMILY_LINK_RELATIVE_ID, step->relative);
  mh_record_set_text (draft, MH_FAMILY_LINK_RELATION, step->relation);
  g_clear_object (&step->link);
  step->link = mh_family_service_add (MH_REQUEST_TX (tx, NULL, step->actor), draft, error);
  return step->link != NULL;
}

static void
refused (House *house,
         MhActor *actor,
         MhRecord *patient,
         MhRecord *relative,
         const char *relation,
         int kind)
{
  g_autoptr (GError) error = NULL;
  Linking step = { actor, mh_record_id (patient), mh_record_id (relative), relation, NULL };
  g_assert_false (house_write (house, link_two, &step, &error));
  g_assert_error (error, MH_ERROR, kind);
}

/* What the list says of the one relative, or "". */
static char *
told (House *house, MhActor *actor, MhRecord *patient, MhRecord *relative)
{
  g_autoptr (GError) error = NULL;
  MhDb *db = house_reader (house);
  g_autoptr (GPtrArray) links
      = mh_family_service_list (MH_REQUEST_DB (db, NULL, actor), mh_record_id (patient), &error);
  mh_store_give_reader (house->store, db);
  g_assert_no_error (error);
  if (links->len == 0)
    return g_strdup ("");
  MhRecord *link = links->pdata[0];
  g_assert_cmpuint (links->len, ==, 1);
  g_assert_cmpstr (mh_record_text (link, MH_FAMILY_LINK_PATIENT_ID), ==, mh_record_id (patient));
  g_assert_cmpstr (mh_record_text (link, MH_FAMILY_LINK_RELATIVE_ID), ==, mh_record_id (relative));
  g_assert_cmpstr (mh_record_id (mh_record_record (link, MH_FAMILY_LINK_RELATIVE)), ==,
                   mh_record_id (relative));
  return g_strdup (mh_record_text (link, MH_FAMILY_LINK_RELATION));
}

static void
test_family (const MhTestDb *test)
{
  g_autoptr (House) house = house_new (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (MhActor) asha = house_actor (house, "asha");
  g_autoptr (MhActor) bina = house_actor (house, "bina");
  g_autoptr (MhRecord) meera = take (house, "asha", "{" MEERA "}", FALSE, &error);
  g_autoptr (MhRecord) child
      = take (house, "asha",
              "{\"given_name\":\"Rohan\",\"family_name\":\"Joshi\",\"sex\":\"male\","
              "\"birth_date\":\"2015-06-01\"}",
              FALSE, &error);
  g_autoptr (MhRecord) stranger = take (house, "bina", "{" MEERA "}", FALSE, &error);
  g_assert_no_error (error);
  refused (house, asha, meera, meera, MH_FAMILY_SIBLING, MH_ERROR_INVALID);
  refused (house, asha, meera, child, MH_FAMILY_FATHER, MH_ERROR_INVALID);
  refused (house, asha, child, meera, MH_FAMILY_FATHER, MH_ERROR_INVALID);
  refused (house, asha, meera, stranger, MH_FAMILY_SIBLING, MH_ERROR_INVALID);
  Linking step = { asha, mh_record_id (meera), mh_record_id (child), MH_FAMILY_CHILD, NULL };
  house_write (house, link_two, &step, &error);
  g_assert_no_error (error);
  g_autoptr (MhRecord) link = step.link;
  g_autofree char *to_meera = told (house, asha, meera, child);
  g_autofree char *to_child = told (house, asha, child, meera);
  g_assert_cmpstr (to_meera, ==, MH_FAMILY_CHILD);
  g_assert_cmpstr (to_child, ==, MH_FAMILY_MOTHER);
  refused (house, asha, meera, child, MH_FAMILY_CHILD, MH_ERROR_CONFLICT);
  refused (house, asha, child, meera, MH_FAMILY_MOTHER, MH_ERROR_CONFLICT);
  Linking foreign = { bina, NULL, NULL, NULL, link };
  g_assert_false (house_write (house, link_two, &foreign, &error));
  g_assert_error (error, MH_ERROR, MH_ERROR_NOT_FOUND);
  g_clear_error (&error);
  Linking away = { asha, NULL, NULL, NULL, link };
  house_write (house, link_two, &away, &error);
  g_assert_no_error (error);
  g_autofree char *gone = told (house, asha, meera, child);
  g_assert_cmpstr (gone, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  mh_records_register ();
  mh_test_add_both ("/patients/duplicates", test_rows);
  mh_test_add_both ("/patients/scope", test_scope);
  mh_test_add_both ("/patients/find", test_find);
  mh_test_add_both ("/patients/written-otherwise", test_written_otherwise);
  mh_test_add_both ("/patients/index-goes-on", test_index_goes_on);
  mh_test_add_both ("/patients/exact-first", test_exact_first);
  mh_test_add_both ("/patients/words", test_words);
  mh_test_add_both ("/patients/family", test_family);
  return mh_test_run ();
}
