/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/ctl/mh-demo-private.h"

#include <sodium.h>

#include "server/platform/auth/mh-password.h"
#include "shared/base/mh-id.h"
#include "shared/records/people/mh-user.h"

int
mh_demo_int (MhDemo *demo, int from, int below)
{
  return below > from ? g_rand_int_range (demo->rand, from, below) : from;
}

double
mh_demo_unit (MhDemo *demo)
{
  return g_rand_double (demo->rand);
}

gboolean
mh_demo_chance (MhDemo *demo, double probability)
{
  return mh_demo_unit (demo) < probability;
}

/* The sum of twelve even chances is as good as normal here, and the same on every machine. */
double
mh_demo_normal (MhDemo *demo)
{
  double sum = -6;
  for (int i = 0; i < 12; i++)
    sum += mh_demo_unit (demo);
  return sum;
}

char *
mh_demo_id (MhDemo *demo, gint64 at)
{
  guint8 bytes[12];
  for (guint i = 0; i < sizeof bytes; i += 4)
    {
      guint32 word = g_rand_int (demo->rand);
      memcpy (bytes + i, &word, sizeof word);
    }
  return mh_id_new_from (at / 1000, bytes);
}

MhRecord *
mh_demo_record (MhDemo *demo, const MhRecordType *type, gint64 at)
{
  MhRecord *record = mh_record_new (type);
  mh_record_take_text (record, MH_ID, mh_demo_id (demo, at));
  mh_record_set_int (record, MH_VERSION, 1);
  mh_record_set_int (record, MH_CREATED_AT, at);
  mh_record_set_int (record, MH_CHANGED_AT, at);
  return record;
}

const char *
mh_demo_staff_id (MhDemo *demo, MhDemoPerson person)
{
  return mh_record_id (demo->staff[person]);
}

const char *
mh_demo_staff_name (MhDemo *demo, MhDemoPerson person)
{
  return mh_record_text (demo->staff[person], MH_USER_NAME);
}

gint64
mh_demo_count (GHashTable *counters, const char *key)
{
  gint64 *last = g_hash_table_lookup (counters, key);
  if (last == NULL)
    {
      last = g_new0 (gint64, 1);
      g_hash_table_insert (counters, g_strdup (key), last);
    }
  return ++*last;
}

/* The PHC string as libsodium reads it; its own maker takes a random salt, which no seed could
 * repeat. */
char *
mh_demo_hash (MhDemo *demo, const char *text)
{
  guint8 salt[crypto_pwhash_SALTBYTES], hash[32];
  char salt64[32], hash64[64];
  for (guint i = 0; i < sizeof salt; i++)
    salt[i] = (guint8)mh_demo_int (demo, 0, 256);
  if (crypto_pwhash (hash, sizeof hash, text, strlen (text), salt, MH_PASSWORD_PASSES,
                     MH_PASSWORD_MEMORY_KIB * 1024ul, crypto_pwhash_ALG_ARGON2ID13)
      != 0)
    g_error ("no memory for a password hash");

  sodium_bin2base64 (salt64, sizeof salt64, salt, sizeof salt,
                     sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
  sodium_bin2base64 (hash64, sizeof hash64, hash, sizeof hash,
                     sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
  return g_strdup_printf ("$argon2id$v=19$m=%d,t=%d,p=1$%s$%s", MH_PASSWORD_MEMORY_KIB,
                          MH_PASSWORD_PASSES, salt64, hash64);
}
