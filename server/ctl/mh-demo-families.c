/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Some of the patients belong together: couples and their children, linked on their cards. The
 * newest patients come first, for they are what a desk sees first. */
#include "server/ctl/mh-demo-private.h"

#include <string.h>

#include "shared/base/mh-date.h"
#include "shared/records/people/mh-family-link.h"

#define MOST_FAMILIES 40
#define ONE_IN 20 /* a family for so many patients */
#define NEAR 2000 /* so far one looks for a relative */

typedef struct
{
  MhDemo *demo;
  gboolean *taken; /* of each patient */
  GPtrArray *links;
} Families;

static const MhDemoPatient *
patient_at (Families *families, guint i)
{
  return &g_array_index (families->demo->patients, MhDemoPatient, i);
}

static int
age_of (Families *families, guint i)
{
  MhDate birth = { 0 };
  MhDate today = mh_date_of_instant (families->demo->now, NULL);
  return mh_date_parse (patient_at (families, i)->birth_date, &birth) ? mh_age_years (birth, today)
                                                                      : -1;
}

static const char *
family_name (const MhDemoPatient *patient)
{
  const char *blank = strrchr (patient->name, ' ');
  return blank != NULL ? blank + 1 : patient->name;
}

typedef struct
{
  char sex; /* 0: either */
  int youngest, oldest;
  const char *family; /* NULL: of any */
} Wanted;

/* Who was registered before @from and fits; G_MAXUINT: nobody. */
static guint
find_relative (Families *families, guint from, const Wanted *wanted)
{
  for (guint i = from; i-- > 0 && from - i < NEAR;)
    {
      const MhDemoPatient *patient = patient_at (families, i);
      int age = age_of (families, i);
      if (!families->taken[i] && (wanted->sex == 0 || patient->sex == wanted->sex)
          && age >= wanted->youngest && age <= wanted->oldest
          && (wanted->family == NULL || strcmp (wanted->family, family_name (patient)) == 0))
        return i;
    }
  return G_MAXUINT;
}

static void
link_two (Families *families, guint patient, guint relative, const char *relation)
{
  MhDemo *demo = families->demo;
  MhRecord *link = mh_demo_record (demo, &mh_family_link_type, demo->now - MH_DAY);
  mh_record_set_text (link, MH_FAMILY_LINK_HOSPITAL_ID, mh_record_id (demo->hospital));
  mh_record_set_text (link, MH_FAMILY_LINK_PATIENT_ID, patient_at (families, patient)->id);
  mh_record_set_text (link, MH_FAMILY_LINK_RELATIVE_ID, patient_at (families, relative)->id);
  mh_record_set_text (link, MH_FAMILY_LINK_RELATION, relation);
  g_ptr_array_add (families->links, link);
  families->taken[patient] = families->taken[relative] = TRUE;
}

/* A couple of about the same age, and a child of their name when one is there. FALSE: this one
 * stays alone. */
static gboolean
found_family (Families *families, guint i)
{
  const MhDemoPatient *patient = patient_at (families, i);
  int age = age_of (families, i);
  if (families->taken[i] || age < 26 || age > 70 || patient->sex == 'o')
    return FALSE;

  Wanted spouse
      = { patient->sex == 'f' ? 'm' : 'f', MAX (24, age - 6), age + 6, family_name (patient) };
  guint other = find_relative (families, i, &spouse);
  if (other == G_MAXUINT)
    return FALSE;

  link_two (families, i, other, MH_FAMILY_SPOUSE);
  int younger = MIN (age, age_of (families, other));
  Wanted child = { 0, MAX (0, younger - 40), younger - 20, family_name (patient) };
  guint born = find_relative (families, i, &child);

  if (born != G_MAXUINT)
    {
      link_two (families, i, born, MH_FAMILY_CHILD);
      link_two (families, other, born, MH_FAMILY_CHILD);
    }

  return TRUE;
}

gboolean
mh_demo_families_write (MhTx *tx, MhDemo *demo, GError **error)
{
  guint n = demo->patients->len;
  guint wanted = MIN (MOST_FAMILIES, n / ONE_IN);
  g_autofree gboolean *taken = g_new0 (gboolean, n + 1);
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func (g_object_unref);
  Families families = { demo, taken, links };

  for (guint i = n; i-- > 0 && wanted > 0;)
    if (found_family (&families, i))
      wanted--;

  if (links->len > 0 && !mh_tx_insert_parts (tx, links, error))
    return FALSE;

  for (guint i = 0; i < links->len; i++)
    if (!mh_tx_announce (tx, g_ptr_array_index (links, i), error))
      return FALSE;

  return TRUE;
}
