/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The local copy: nothing readable in the file, one password opens it, searching works without a
 * server. */
#include "client/cache/mh-cache.h"
#include "shared/records/people/mh-patient.h"

#include <glib/gstdio.h>

#define SERVER "http://127.0.0.1:1"

typedef struct
{
  char *folder;
  MhCache *cache;
} Desk;

static void
desk_up (Desk *desk, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  desk->folder = g_dir_make_tmp ("mahima-cache-XXXXXX", &error);
  g_assert_no_error (error);
  desk->cache = mh_cache_new (desk->folder);
  mh_cache_unlock (desk->cache, SERVER, "reception", "a good password", TRUE, &error);
  g_assert_no_error (error);
}

static void
desk_down (Desk *desk, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (desk->folder, 0, NULL);
  const char *name;
  mh_cache_lock (desk->cache);
  g_clear_object (&desk->cache);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (desk->folder, name, NULL);
      g_unlink (path);
    }
  g_rmdir (desk->folder);
  g_free (desk->folder);
}

static void
put_named (Desk *desk, const char *id, const char *given, const char *family, gint64 created_at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) patient = mh_record_new (&mh_patient_type);
  mh_record_set_text (patient, MH_ID, id);
  mh_record_set_int (patient, MH_VERSION, 1);
  mh_record_set_int (patient, MH_CREATED_AT, created_at);
  mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, given);
  mh_record_set_text (patient, MH_PATIENT_FAMILY_NAME, family);
  mh_cache_put (desk->cache, patient, FALSE, &error);
  g_assert_no_error (error);
}

/* Enter opens the first one, so that a name that only sounds like it never stands above. */
static void
test_exact_first (Desk *desk, gconstpointer data)
{
  static const struct
  {
    const char *typed, *first;
    guint limit;
  } cases[] = {
    { "datta", "Datta", 10 }, { "Datta", "Datta", 1 },         { "dattah", "Dattah", 10 },
    { "dutta", "Dutta", 10 }, { "ramesh datta", "Datta", 10 }, { "dattah ramesh", "Dattah", 10 },
    { "dat", "Dutt", 10 }
  };
  put_named (desk, "0198edf9-6000-7c82-8ba9-c062ca91e701", "Ramesh", "Datta", 1000);
  put_named (desk, "0198edf9-6000-7c82-8ba9-c062ca91e702", "Rameshwar", "Dattah", 2000);
  put_named (desk, "0198edf9-6000-7c82-8ba9-c062ca91e703", "Ramesh", "Dutta", 3000);
  put_named (desk, "0198edf9-6000-7c82-8ba9-c062ca91e704", "Dat", "Dutt", 500);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found
          = mh_cache_search (desk->cache, &mh_patient_type, cases[i].typed, cases[i].limit, &error);
      g_assert_no_error (error);
      g_test_message ("%s", cases[i].typed);
      g_assert_cmpuint (found->len, >, 0);
      g_assert_cmpuint (found->len, <=, cases[i].limit);
      g_assert_cmpstr (mh_record_text (g_ptr_array_index (found, 0), MH_PATIENT_FAMILY_NAME), ==,
                       cases[i].first);
    }
}

static void
put_patient (Desk *desk)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) patient = mh_record_new (&mh_patient_type);
  mh_record_set_text (patient, MH_ID, "0198edf9-6000-7c82-8ba9-c062ca91e70a");
  mh_record_set_int (patient, MH_VERSION, 1);
  mh_record_set_text (patient, MH_PATIENT_GIVEN_NAME, "Annapurna");
  mh_record_set_text (patient, MH_PATIENT_FAMILY_NAME, "Kshirsagar");
  mh_record_set_text (patient, MH_PATIENT_PHONE, "5898765432");
  mh_record_set_text (patient, MH_PATIENT_BIRTH_DATE, "1984-02-29");
  mh_record_set_text (patient, MH_PATIENT_MRN, "MH-0000-0041-6");
  mh_cache_put (desk->cache, patient, FALSE, &error);
  g_assert_no_error (error);
}

static void
test_search (Desk *desk, gconstpointer data)
{
  static const struct
  {
    const char *typed;
    guint found;
  } cases[] = { { "kshir", 1 },
                { "Anna Ksh", 1 },
                { "765432", 1 },
                { "5898765432", 1 },
                { "MH-0000-0041-6", 1 },
                { "shir", 0 },
                { "999999", 0 },
                { "Annapurna Rao", 0 },
                /* one letter wrong, missing, additional, swapped; a year of birth; words in one */
                { "kshirsagor", 1 },
                { "annapurn kshirsgar", 1 },
                { "anapunra", 1 },
                { "annapurna 1984", 1 },
                { "kshirsagar 1985", 0 },
                { "anna purna", 1 },
                { "kshirsagr 1984", 1 },
                { "pshirpagar", 0 } };
  put_patient (desk);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found
          = mh_cache_search (desk->cache, &mh_patient_type, cases[i].typed, 10, &error);
      g_assert_no_error (error);
      g_test_message ("%s", cases[i].typed);
      g_assert_cmpuint (found->len, ==, cases[i].found);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/cache/search", Desk, NULL, desk_up, test_search, desk_down);
  g_test_add ("/cache/exact-first", Desk, NULL, desk_up, test_exact_first, desk_down);
  return g_test_run ();
}
