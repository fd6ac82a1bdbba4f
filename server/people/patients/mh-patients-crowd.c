/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/people/patients/mh-patients-crowd.h"

#include "server/people/patients/mh-patients-store.h"
#include "shared/base/mh-text.h"

#include <string.h>

/* Shorter ones are of half the town. */
#define LEAST_KEY 2
#define LEAST_DIGITS 3
/* Four digits are of two hundred in a million, four letters of thousands. */
#define DIGIT_WEIGHT 3
#define WAYS 5
/* So few are looked at quicker than another word is listed. */
#define FEW 20

/* Patients by a number made of their ids. Two might share one: each found is looked at again. */
typedef struct
{
  guint64 *slots;   /* 0: free */
  const char **ids; /* of each slot */
  guint n, room;    /* a power of two */
  GStringChunk *texts;
} Crowd;

static Crowd *
crowd_new (guint room)
{
  Crowd *crowd = g_new0 (Crowd, 1);
  crowd->room = room;
  crowd->slots = g_new0 (guint64, room);
  crowd->ids = g_new (const char *, room);
  return crowd;
}

static void
crowd_free (Crowd *crowd)
{
  if (crowd == NULL)
    return;
  g_clear_pointer (&crowd->texts, g_string_chunk_free);
  g_free (crowd->slots);
  g_free (crowd->ids);
  g_free (crowd);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Crowd, crowd_free)

/* An id ends in sixteen hexadecimal digits that were made by chance. */
static guint64
patients_crowd_number_of (const char *id)
{
  guint64 a = 0, b = 0;
  gsize length = strlen (id);
  if (length < 16)
    return g_str_hash (id) | 1;
  memcpy (&a, id + length - 16, 8);
  memcpy (&b, id + length - 8, 8);
  a = (a ^ (b << 29 | b >> 35)) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  a ^= a >> 32;
  return a != 0 ? a : 1;
}

static guint
crowd_place (const Crowd *crowd, guint64 number)
{
  guint at = (guint)number & (crowd->room - 1);
  while (crowd->slots[at] != 0 && crowd->slots[at] != number)
    at = (at + 1) & (crowd->room - 1);
  return at;
}

static void
crowd_put (Crowd *crowd, guint64 number, const char *id)
{
  guint at = crowd_place (crowd, number);
  crowd->n += crowd->slots[at] == 0 ? 1 : 0;
  crowd->slots[at] = number;
  crowd->ids[at] = id;
}

static void
crowd_grow (Crowd *crowd)
{
  Crowd *larger = crowd_new (2 * crowd->room);
  for (guint i = 0; i < crowd->room; i++)
    if (crowd->slots[i] != 0)
      crowd_put (larger, crowd->slots[i], crowd->ids[i]);
  g_free (crowd->slots);
  g_free (crowd->ids);
  crowd->slots = larger->slots;
  crowd->ids = larger->ids;
  crowd->room = larger->room;
  g_free (larger);
}

static void
crowd_add (Crowd *crowd, guint64 number, const char *id)
{
  if (crowd->texts == NULL)
    crowd->texts = g_string_chunk_new (8192);
  if (2 * (crowd->n + 1) > crowd->room)
    crowd_grow (crowd);
  if (crowd->slots[crowd_place (crowd, number)] == 0)
    crowd_put (crowd, number, g_string_chunk_insert (crowd->texts, id));
}

/* Who has the words before goes on to those who have this one too. */
typedef struct
{
  const Crowd *before; /* NULL: of the first word */
  Crowd *next;
} Sieve;

static void
sift (const char *id, gpointer data)
{
  Sieve *sieve = data;
  guint64 number = patients_crowd_number_of (id);
  if (sieve->before == NULL || sieve->before->slots[crowd_place (sieve->before, number)] != 0)
    crowd_add (sieve->next, number, id);
}

typedef struct
{
  char *ways[WAYS]; /* the ranges by which it can be found, whether it leads or not */
  guint weight;     /* the heavier, the fewer it will be; 0: too short to list */
} Listed;

static void
listed_clear (Listed *listed)
{
  for (guint i = 0; i < WAYS; i++)
    g_free (listed->ways[i]);
}
static void
listed_init (Listed *listed, const char *token)
{
  gsize length = strlen (token);
  char **ways = listed->ways;
  if (strspn (token, "0123456789") == length)
    {
      g_autofree char *reversed = g_strreverse (g_strdup (token));
      if (length < LEAST_DIGITS)
        return;
      *ways++ = g_strconcat ("d:", token, NULL);
      *ways++ = g_strconcat ("r:", reversed, NULL);
      *ways++ = g_strconcat ("m:", token, NULL);
      *ways++ = g_strconcat ("i:", token, NULL);
      if (length == 4)
        *ways++ = g_strconcat ("b:", token, "-", NULL); /* a year of birth */
      listed->weight = DIGIT_WEIGHT * (guint)length;
      return;
    }

  g_autofree char *key = mh_text_phonetic (token);
  g_autofree char *upper = g_ascii_strup (token, -1);
  if (strlen (key) < LEAST_KEY)
    return;

  *ways++ = g_strconcat ("n:", token, NULL);
  *ways++ = g_strconcat ("p:", key, NULL);
  if (strpbrk (token, "0123456789") != NULL)
    *ways++ = g_strconcat ("i:", upper, NULL);
  listed->weight = (guint)strlen (key);
}

/* *out_count: of the way that has most. */
static gboolean
pass (MhDb *db, const Listed *listed, Sieve *sieve, gint64 *out_count, GError **error)
{
  *out_count = 0;
  for (guint i = 0; i < WAYS && listed->ways[i] != NULL && *out_count < MH_CROWD_MOST; i++)
    {
      gint64 n = mh_patients_store_scan (db, listed->ways[i], MH_CROWD_MOST, sift, sieve, error);
      if (n < 0)
        return FALSE;
      *out_count = MAX (*out_count, n);
    }
  return TRUE;
}

static GPtrArray *
ids_of (const Crowd *crowd)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < crowd->room; i++)
    if (crowd->slots[i] != 0)
      g_ptr_array_add (ids, g_strdup (crowd->ids[i]));
  return ids;
}

/* The heaviest that was not yet taken; @n: none. */
static guint
heaviest (const Listed *listed, guint n, guint taken)
{
  guint best = n;
  for (guint i = 0; i < n; i++)
    if ((taken & 1u << i) == 0 && listed[i].weight > 0
        && (best == n || listed[i].weight > listed[best].weight))
      best = i;
  return best;
}

gboolean
mh_patients_crowd (MhDb *db,
                   const char *const *tokens,
                   guint n_tokens,
                   gint64 out_counts[MH_CROWD_WORDS],
                   GPtrArray **out_ids,
                   GError **error)
{
  g_autoptr (Crowd) crowd = NULL;
  gboolean fine = TRUE;
  Listed listed[MH_CROWD_WORDS] = { { { NULL }, 0 } };
  guint taken = 0, i = n_tokens;

  for (guint k = 0; k < n_tokens; k++)
    {
      listed_init (&listed[k], tokens[k]);
      out_counts[k] = MH_CROWD_MOST;
    }
  while (fine && (crowd == NULL || crowd->n > FEW)
         && (i = heaviest (listed, n_tokens, taken)) < n_tokens)
    {
      g_autoptr (Crowd) next = crowd_new (1024);
      Sieve sieve = { crowd, next };
      taken |= 1u << i;
      fine = pass (db, &listed[i], &sieve, &out_counts[i], error);
      /* One that nearly everybody has tells nothing: the others do. */
      if (!fine || out_counts[i] >= MH_CROWD_MOST)
        continue;
      g_clear_pointer (&crowd, crowd_free);
      crowd = g_steal_pointer (&next);
    }

  for (guint k = 0; k < n_tokens; k++)
    listed_clear (&listed[k]);
  if (fine && crowd != NULL && crowd->n <= MH_CROWD_SHOWN)
    *out_ids = ids_of (crowd);

  return fine;
}
