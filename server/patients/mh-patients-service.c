/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/patients/mh-patients-service.h"

#include "server/access/mh-access.h"
#include "server/common/mh-edit.h"
#include "server/patients/mh-patients-duplicates.h"
#include "server/patients/mh-patients-store.h"
#include "server/patients/mh-photo-service.h"
#include "shared/base/mh-check-digit.h"
#include "shared/base/mh-date.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/base/mh-text.h"
#include "shared/record/mh-record-json.h"
#include "shared/records/mh-records.h"

#include <string.h>

/* --- what is derived --- */

static void
append_folded (GString *out, MhRecord *patient, guint field)
{
  const char *text = mh_record_text (patient, field);
  if (text == NULL)
    return;
  g_autofree char *folded = mh_text_fold (text);
  g_string_append_c (out, ' ');
  g_string_append (out, folded);
}

static void
derive_search (MhRecord *patient)
{
  static const guint folded[]
      = { MH_PATIENT_GIVEN_NAME, MH_PATIENT_MIDDLE_NAME, MH_PATIENT_FAMILY_NAME,
          MH_PATIENT_NATIVE_NAME, MH_PATIENT_ALIAS };
  GString *text = g_string_new (NULL), *keys = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (folded); i++)
    append_folded (text, patient, folded[i]);
  g_auto (GStrv) words = g_strsplit (text->str, " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != 0)
      {
        g_autofree char *key = mh_text_phonetic (words[i]);
        g_string_append_printf (keys, " %s", key);
      }
  const char *phone = mh_record_text (patient, MH_PATIENT_PHONE);
  g_autofree char *digits = phone != NULL ? mh_text_phone_digits (phone) : NULL;
  if (digits != NULL)
    g_string_append_printf (text, " %s", digits);
  mh_record_take_text (patient, MH_PATIENT_PHONE_DIGITS, g_steal_pointer (&digits));
  mh_record_take_text (patient, MH_PATIENT_SEARCH_TEXT, g_string_free (text, FALSE));
  mh_record_take_text (patient, MH_PATIENT_SEARCH_PHONETIC, g_string_free (keys, FALSE));
}

/* An age is kept as the birthday a person of that age has today: the only day known to fit. */
static void
derive_birth_date (MhRecord *patient, gint64 now)
{
  char text[MH_DATE_LENGTH + 1];
  if (!mh_record_is_set (patient, MH_PATIENT_AGE_YEARS)
      || mh_record_has (patient, MH_PATIENT_BIRTH_DATE))
    return;
  MhDate today = mh_date_of_instant (now, NULL);
  int years = (int)mh_record_int (patient, MH_PATIENT_AGE_YEARS);
  mh_date_format (mh_date_add_months (today, -12 * years), text);
  mh_record_set_text (patient, MH_PATIENT_BIRTH_DATE, text);
  mh_record_set_bool (patient, MH_PATIENT_BIRTH_ESTIMATED, TRUE);
}

void
mh_patients_service_derive (MhRecord *patient, gint64 now)
{
  derive_birth_date (patient, now);
  mh_record_unset (patient, MH_PATIENT_AGE_YEARS);
  derive_search (patient);
}

static gboolean
check_birth_date (MhRecord *patient, gint64 now, GError **error)
{
  MhDate birth;
  const char *text = mh_record_text (patient, MH_PATIENT_BIRTH_DATE);
  /* One day of grace: the desk may lie east of UTC. */
  MhDate latest = mh_date_of_instant (now + MH_DAY, NULL);
  if (text == NULL || !mh_date_parse (text, &birth) || mh_date_compare (birth, latest) <= 0)
    return TRUE;
  mh_error_set_field (error, "birth_date", "out_of_range",
                      "A date of birth cannot be in the future.");
  return FALSE;
}

/* --- registering and changing --- */

static gboolean
set_mrn (MhTx *tx, MhRecord *patient, const char *hospital_id, GError **error)
{
  g_autoptr (MhRecord) hospital
      = mh_store_get (mh_tx_db (tx), &mh_hospital_type, hospital_id, error);
  if (hospital == NULL)
    return FALSE;
  const char *code = mh_record_text (hospital, MH_HOSPITAL_CODE);
  g_autofree char *series = g_strconcat ("mrn:", code, NULL);
  gint64 number = mh_tx_next_number (tx, series, error);
  if (number < 0)
    return FALSE;
  char *mrn = mh_mrn_make (code, number);
  if (mrn == NULL)
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "The hospital's code cannot begin an MRN; it needs one to six letters.");
      return FALSE;
    }
  mh_record_take_text (patient, MH_PATIENT_MRN, mrn);
  return TRUE;
}

MhRecord *
mh_patients_service_register (MhTx *tx,
                              const MhActor *actor,
                              MhRecord *draft,
                              gboolean late,
                              GError **error)
{
  gboolean doubtful = FALSE;
  g_autofree char *note = NULL;
  g_autoptr (MhRecord) patient = mh_record_copy (draft);
  const char *hospital = mh_edit_hospital (actor, error);
  if (hospital == NULL || !check_birth_date (patient, mh_tx_now (tx), error))
    return NULL;
  mh_record_set_text (patient, MH_PATIENT_HOSPITAL_ID, hospital);
  if (!mh_record_has (patient, MH_PATIENT_ALLERGY_STATUS))
    mh_record_set_text (patient, MH_PATIENT_ALLERGY_STATUS, MH_ALLERGY_NOT_ASKED);
  mh_patients_service_derive (patient, mh_tx_now (tx));
  if (!mh_patients_settle_duplicates (mh_tx_db (tx), actor, patient, late, &note, &doubtful, error))
    return NULL;
  mh_record_unset (patient, MH_PATIENT_DUPLICATE_REASON);
  mh_record_set_bool (patient, MH_PATIENT_POSSIBLE_DUPLICATE, doubtful);
  if (!mh_photo_service_settle (tx, actor, NULL, patient, error)
      || !set_mrn (tx, patient, hospital, error)
      || !mh_tx_insert (tx, patient, MH_AUDIT_CREATE, note, error)
      || !mh_patients_store_index (tx, NULL, patient, error))
    return NULL;
  return g_steal_pointer (&patient);
}

MhRecord *
mh_patients_service_change (MhTx *tx,
                            const MhActor *actor,
                            const char *id,
                            gint64 if_match,
                            MhRecord *patch,
                            GError **error)
{
  g_autoptr (MhRecord) before = NULL;
  g_autoptr (MhRecord) after = NULL;
  if (!mh_edit_begin (mh_tx_db (tx), actor, patch, id, if_match, &before, &after, error)
      || !mh_access_check (mh_tx_db (tx), actor, before, error))
    return NULL;
  if (mh_record_has (before, MH_PATIENT_MERGED_INTO))
    {
      mh_error_set (error, MH_ERROR_CONFLICT,
                    "This record was merged into another; change that one.");
      return NULL;
    }
  if (mh_record_is_set (patch, MH_PATIENT_AGE_YEARS)
      && !mh_record_is_set (patch, MH_PATIENT_BIRTH_DATE))
    mh_record_unset (after, MH_PATIENT_BIRTH_DATE);
  if (!check_birth_date (after, mh_tx_now (tx), error))
    return NULL;
  mh_patients_service_derive (after, mh_tx_now (tx));
  if (!mh_photo_service_settle (tx, actor, before, after, error)
      || !mh_tx_update (tx, before, after, MH_AUDIT_UPDATE, NULL, error)
      || !mh_patients_store_index (tx, before, after, error))
    return NULL;
  return g_steal_pointer (&after);
}

static const char merged_member[] = "\"merged_into\":\"";

MhRecord *
mh_patients_service_read (MhDb *db,
                          const MhActor *actor,
                          const char *id,
                          GString *out,
                          GError **error)
{
  g_autoptr (MhRecord) head = mh_edit_get_json (db, actor, &mh_patient_type, id, out, error);
  /* Inside a text a quotation mark has a backslash before it: this is the member. */
  const char *merged = head != NULL ? strstr (out->str, merged_member) : NULL;
  if (merged != NULL)
    {
      g_autofree char *survivor = g_strndup (merged + strlen (merged_member), MH_ID_LENGTH);
      g_string_truncate (out, 0);
      g_clear_object (&head);
      head = mh_edit_get_json (db, actor, &mh_patient_type, survivor, out, error);
    }
  if (head == NULL || !mh_access_check (db, actor, head, error))
    return NULL;
  return g_steal_pointer (&head);
}

MhRecord *
mh_patients_service_named (MhDb *db, const MhActor *actor, const char *id, GError **error)
{
  g_autoptr (GError) inner = NULL;
  g_autoptr (MhRecord) patient = mh_edit_get (db, actor, &mh_patient_type, id, &inner);
  if (patient == NULL && g_error_matches (inner, MH_ERROR, MH_ERROR_NOT_FOUND))
    mh_error_set_field (error, "patient_id", "unknown", "There is no such patient.");
  else if (patient == NULL)
    g_propagate_error (error, g_steal_pointer (&inner));
  else if (mh_record_has (patient, MH_PATIENT_MERGED_INTO))
    return mh_store_get (db, &mh_patient_type, mh_record_text (patient, MH_PATIENT_MERGED_INTO),
                         error);
  return g_steal_pointer (&patient);
}

/* --- finding --- */

/* What was typed, as ranges of the word index to look through in turn and patterns for the rest. */
typedef struct
{
  GPtrArray *prefixes;
  char *also[2];   /* the other tokens */
  gboolean listed; /* few enough have the first of them */
} Plan;

static void
plan_clear (Plan *plan)
{
  g_clear_pointer (&plan->prefixes, g_ptr_array_unref);
  g_free (plan->also[0]);
  g_free (plan->also[1]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

static gboolean
all_digits (const char *token)
{
  return strspn (token, "0123456789") == strlen (token);
}

/* @phone: the digits without the country's. */
static void
plan_digits (Plan *plan, const char *digits, const char *phone)
{
  char *reversed = g_strreverse (g_strdup (phone));
  g_ptr_array_add (plan->prefixes, g_strconcat ("d:", phone, NULL));
  g_ptr_array_add (plan->prefixes, g_strconcat ("r:", reversed, NULL));
  g_ptr_array_add (plan->prefixes, g_strconcat ("m:", digits, NULL));
  g_ptr_array_add (plan->prefixes, g_strconcat ("i:", digits, NULL));
  g_free (reversed);
}

static void
plan_letters (Plan *plan, const char *word)
{
  g_autofree char *key = mh_text_phonetic (word);
  g_autofree char *upper = g_ascii_strup (word, -1);
  g_ptr_array_add (plan->prefixes, g_strconcat ("n:", word, NULL));
  /* A phonetic key of one letter would find half the town. */
  if (strlen (key) >= 3)
    g_ptr_array_add (plan->prefixes, g_strconcat ("p:", key, NULL));
  if (strlen (upper) >= 4 && strpbrk (upper, "0123456789") != NULL)
    g_ptr_array_add (plan->prefixes, g_strconcat ("i:", upper, NULL));
}

/* "91-1234-5678-9012" is an ABHA number, "98123-45678" a phone. */
static void
plan_hyphens (Plan *plan, const char *digits)
{
  g_autofree char *phone = mh_text_phone_digits (digits);
  if (strlen (phone) >= 7)
    g_ptr_array_add (plan->prefixes, g_strconcat ("d:", phone, NULL));
  g_ptr_array_add (plan->prefixes, g_strconcat ("i:", digits, NULL));
}

/* "MH-0001-2345-7", also without the letters, without the hyphens (a scanner's way), or not written
 * to its end. */
static gboolean
plan_number (Plan *plan, const char *text)
{
  GString *digits = g_string_new (NULL);
  guint letters = 0, hyphens = 0;
  gboolean number = strchr (text, ' ') == NULL;
  for (const char *c = text; *c != 0 && number; c++)
    {
      hyphens += *c == '-' ? 1 : 0;
      letters += g_ascii_isalpha (*c) ? 1 : 0;
      if (g_ascii_isdigit (*c))
        g_string_append_c (digits, *c);
      else
        number = *c == '-' || (g_ascii_isalpha (*c) && digits->len == 0);
    }
  /* Digits alone are a phone as well, letters and digits perhaps a passport. */
  number = number && digits->len >= 3 && (hyphens > 0 || letters > 0);
  if (number)
    g_ptr_array_add (plan->prefixes, g_strconcat ("m:", digits->str, NULL));
  if (number && hyphens == 0)
    g_ptr_array_add (plan->prefixes, g_strconcat ("i:", text, NULL));
  if (number && letters == 0)
    plan_hyphens (plan, digits->str);
  g_string_free (digits, TRUE);
  return number;
}

/* "+91 98123 45678" and "098123-45678" are looked for as they are stored. */
static gboolean
plan_phone (Plan *plan, const char *text)
{
  g_autofree char *phone = mh_text_is_phone (text) ? mh_text_phone_digits (text) : NULL;
  if (phone == NULL || strlen (phone) < 7)
    return FALSE;
  g_autoptr (GString) digits = g_string_new (NULL);
  for (const char *c = text; *c != 0; c++)
    if (g_ascii_isdigit (*c))
      g_string_append_c (digits, *c);
  plan_digits (plan, digits->str, phone);
  return TRUE;
}

/* "29/2/84", "3-2-1984": a whole date, or it is a part of a number. */
static gboolean
plan_birth (Plan *plan, const char *text)
{
  char iso[MH_DATE_LENGTH + 1];
  MhDate birth;
  MhDate today = mh_date_of_instant (g_get_real_time (), NULL);
  if (!mh_date_is_whole (text) || !mh_date_parse_free (text, today, &birth, NULL, NULL))
    return FALSE;
  mh_date_format (birth, iso);
  g_ptr_array_add (plan->prefixes, g_strconcat ("b:", iso, NULL));
  return TRUE;
}

#define TOKENS 3
/* From so many on it pays to list who has the next rarest token. */
#define LIST_FROM 200

typedef struct
{
  char *tokens[TOKENS]; /* borrowed; the longest ones, in the order of what was typed */
  guint n;
} Tokens;

static Tokens
longest_tokens (char **all)
{
  Tokens kept = { { NULL }, 0 };
  for (guint i = 0; all[i] != NULL; i++)
    if (all[i][0] != 0 && kept.n < TOKENS)
      kept.tokens[kept.n++] = all[i];
    else if (all[i][0] != 0)
      {
        guint shortest = 0;
        for (guint k = 1; k < kept.n; k++)
          if (strlen (kept.tokens[k]) < strlen (kept.tokens[shortest]))
            shortest = k;
        if (strlen (all[i]) > strlen (kept.tokens[shortest]))
          kept.tokens[shortest] = all[i];
      }
  return kept;
}

/* The range by which a token would be entered at its widest. */
static char *
widest_range (const char *token)
{
  if (all_digits (token))
    return g_strconcat ("d:", token, NULL);
  g_autofree char *key = mh_text_phonetic (token);
  return strlen (key) >= 3 ? g_strconcat ("p:", key, NULL) : g_strconcat ("n:", token, NULL);
}

static void
swap_tokens (Tokens *tokens, gint64 *counts, guint i, guint k)
{
  char *token = tokens->tokens[i];
  gint64 count = counts[i];
  tokens->tokens[i] = tokens->tokens[k];
  tokens->tokens[k] = token;
  counts[i] = counts[k];
  counts[k] = count;
}

/* The rarest token leads, for it has the fewest rows behind it. The end of a phone is not counted
 * but is as rare as its beginning. */
static void
order_tokens (Plan *plan, MhDb *db, Tokens *tokens)
{
  gint64 counts[TOKENS] = { 0 };
  char *ranges[TOKENS] = { NULL };
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < tokens->n; i++)
    ranges[i] = widest_range (tokens->tokens[i]);
  /* Should it fail, so does the search itself, which tells it. */
  gboolean counted = mh_patients_store_count (db, ranges, counts, &error);
  for (guint i = 0; i < TOKENS; i++)
    g_free (ranges[i]);
  for (guint i = 0; i + 1 < tokens->n && counted; i++)
    for (guint k = i + 1; k < tokens->n; k++)
      if (counts[k] < counts[i])
        swap_tokens (tokens, counts, i, k);
  plan->listed = counted && counts[0] >= LIST_FROM && counts[1] < MH_PATIENTS_COUNT_MOST;
}

static gboolean
plan_make (Plan *plan, MhDb *db, const char *q)
{
  g_autofree char *ascii = mh_text_ascii_digits (q);
  g_autofree char *folded = mh_text_fold (ascii);
  g_auto (GStrv) all = g_strsplit (folded, " ", -1);
  Tokens tokens = longest_tokens (all);
  plan->prefixes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *upper = g_ascii_strup (g_strstrip (ascii), -1);
  if (plan_birth (plan, ascii) || plan_number (plan, upper) || plan_phone (plan, ascii))
    return TRUE;
  if (tokens.n == 0)
    return FALSE;
  if (tokens.n > 1)
    order_tokens (plan, db, &tokens);
  for (guint i = 1; i < tokens.n; i++)
    plan->also[i - 1] = g_strdup (tokens.tokens[i]);
  if (all_digits (tokens.tokens[0]))
    plan_digits (plan, tokens.tokens[0], tokens.tokens[0]);
  else
    plan_letters (plan, tokens.tokens[0]);
  return TRUE;
}

/* How the other tokens are looked for beside a range: as they are written beside a name, by their
 * sound beside a sound, either way beside a number; digits as the beginning or the end of a phone.
 */
typedef struct
{
  char *way[2][2];
} Also;

static void
also_init (Also *also, const Plan *plan, guint range)
{
  const char *prefix = g_ptr_array_index (plan->prefixes, range);
  for (guint i = 0; i < 2; i++)
    {
      const char *token = plan->also[i];
      if (token == NULL)
        continue;
      if (all_digits (token))
        {
          g_autofree char *reverse = g_strreverse (g_strdup (token));
          also->way[i][0] = g_strconcat ("d:", token, NULL);
          also->way[i][1] = g_strconcat ("r:", reverse, NULL);
          continue;
        }
      g_autofree char *key = mh_text_phonetic (token);
      also->way[i][0]
          = prefix[0] == 'p' ? g_strconcat ("p:", key, NULL) : g_strconcat ("n:", token, NULL);
      if (prefix[0] != 'p' && prefix[0] != 'n' && strlen (key) >= 3)
        also->way[i][1] = g_strconcat ("p:", key, NULL);
    }
}

static void
also_clear (Also *also)
{
  for (guint i = 0; i < 4; i++)
    g_free (also->way[i / 2][i % 2]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Also, also_clear)

static gboolean
has_prefix (GPtrArray *words, const char *prefix)
{
  for (guint i = 0; i < words->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (words, i), prefix))
      return TRUE;
  return FALSE;
}

/* Is the patient found in @range, with the other tokens? */
static gboolean
is_in_range (const Plan *plan, guint range, GPtrArray *words)
{
  g_auto (Also) also = { { { NULL } } };
  also_init (&also, plan, range);
  gboolean found = has_prefix (words, g_ptr_array_index (plan->prefixes, range));
  for (guint i = 0; i < 2 && found; i++)
    found = also.way[i][0] == NULL || has_prefix (words, also.way[i][0])
            || (also.way[i][1] != NULL && has_prefix (words, also.way[i][1]));
  return found;
}

/* A patient may match by several words and in several ranges; it is shown where it matches first.
 */
static gboolean
shown_by_words (const Plan *plan, guint range, MhPatientsRows *rows)
{
  g_autoptr (MhRecord) patient = mh_patients_rows_record (rows);
  g_autoptr (GPtrArray) words = mh_patients_store_words (patient);
  const char *word = mh_patients_rows_word (rows);
  for (guint earlier = 0; earlier < range; earlier++)
    if (is_in_range (plan, earlier, words))
      return FALSE;
  for (guint i = 0; i < words->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (words, i), g_ptr_array_index (plan->prefixes, range)))
      return strcmp (g_ptr_array_index (words, i), word) == 0;
  return FALSE;
}

/* The first in order of the blank-separated words of @text that begin with @prefix; its length in
 * *out_length. NULL: none. */
static const char *
first_with_prefix (const char *text, const char *prefix, gsize *out_length)
{
  const char *best = NULL;
  gsize best_length = 0, n = strlen (prefix);
  while (text != NULL && *text != 0)
    {
      gsize length = strcspn (text, " ");
      int order = best != NULL ? memcmp (text, best, MIN (length, best_length)) : -1;
      if (length >= n && memcmp (text, prefix, n) == 0
          && (order < 0 || (order == 0 && length < best_length)))
        {
          best = text;
          best_length = length;
        }
      text += length + strspn (text + length, " ");
    }
  *out_length = best_length;
  return best;
}

/* Names are what nearly everybody types, and their words stand ready in the row's own columns;
 * making them anew for each row found cost more than finding it. */
static gboolean
shown_here (const Plan *plan, guint range, MhPatientsRows *rows)
{
  const char *word = mh_patients_rows_word (rows);
  for (guint i = 0; i <= range; i++)
    {
      const char *prefix = g_ptr_array_index (plan->prefixes, i);
      guint column = prefix[0] == 'n' ? MH_PATIENT_SEARCH_TEXT : MH_PATIENT_SEARCH_PHONETIC;
      gsize length = 0;
      if ((prefix[0] != 'n' && prefix[0] != 'p') || (range > 0 && plan->also[0] != NULL))
        return shown_by_words (plan, range, rows);
      const char *own
          = first_with_prefix (mh_patients_rows_text (rows, column), prefix + 2, &length);
      if (i < range && own != NULL)
        return FALSE;
      if (i == range)
        return own != NULL && strlen (word) == length + 2 && memcmp (word + 2, own, length) == 0;
    }
  return FALSE;
}

static char **
cursor_new (guint range, const char *word, const char *id)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_autofree char *number = g_strdup_printf ("%u", range);
  g_strv_builder_add_many (parts, number, word, id, NULL);
  return g_strv_builder_end (parts);
}

typedef struct
{
  MhDb *db;
  const MhActor *actor;
  const Plan *plan;
  guint limit;
  guint n;          /* found */
  GPtrArray *heads; /* of each; with @items, else whole records */
  GString *items;   /* JSON, an open array; NULL: records are wanted */
  char **next;
} Search;

/* After the cursor's range all others are read from their beginning. */
static MhPatientsQuery
range_query (const Search *search, guint range, const Also *also, const char *word, const char *id)
{
  MhPatientsQuery query = { .hospital_id = mh_actor_hospital_id (search->actor),
                            .prefix = g_ptr_array_index (search->plan->prefixes, range),
                            .after_word = word,
                            .after_id = id,
                            .limit = search->limit,
                            .listed = search->plan->listed };
  for (guint i = 0; i < 4; i++)
    query.also[i / 2][i % 2] = also->way[i / 2][i % 2];
  return query;
}

/* Digits seldom fill a page, so that all their ranges are looked through; a name nearly always does
 * with its first. */
static void
announce (const Search *search, guint from)
{
  const Plan *plan = search->plan;
  const char *first = g_ptr_array_index (plan->prefixes, from);
  for (guint range = from; first[0] != 'n' && range < plan->prefixes->len; range++)
    {
      g_auto (Also) also = { { { NULL } } };
      also_init (&also, plan, range);
      MhPatientsQuery query = range_query (search, range, &also, "", "");
      mh_patients_store_search_ahead (search->db, &query);
    }
}

static void
take (Search *search, guint range, MhPatientsRows *rows)
{
  g_ptr_array_add (search->heads, search->items != NULL ? mh_patients_rows_put (rows, search->items)
                                                        : mh_patients_rows_record (rows));
  if (++search->n == search->limit)
    search->next = cursor_new (range, mh_patients_rows_word (rows), mh_patients_rows_id (rows));
}

/* One page of rows, from which some may be left out; how many there were in *out_n, the last one's
 * place in *word and *id. */
static gboolean
search_page (Search *search,
             guint range,
             const Also *also,
             char **word,
             char **id,
             guint *out_n,
             GError **error)
{
  g_autoptr (GError) inner = NULL;
  MhPatientsQuery query = range_query (search, range, also, *word, *id);
  g_autoptr (MhPatientsRows) rows = mh_patients_store_search (search->db, &query, error);
  if (rows == NULL)
    return FALSE;
  *out_n = 0;
  while (search->next == NULL && mh_patients_rows_next (rows, &inner))
    {
      if (shown_here (search->plan, range, rows))
        take (search, range, rows);
      if (++*out_n < search->limit)
        continue;
      g_free (*word);
      g_free (*id);
      *word = g_strdup (mh_patients_rows_word (rows));
      *id = g_strdup (mh_patients_rows_id (rows));
    }
  if (inner == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&inner));
  return FALSE;
}

/* Reads one range until the page is full or the range has no more rows. */
static gboolean
search_range (Search *search, guint range, const char *word, const char *id, GError **error)
{
  g_autofree char *last_word = g_strdup (word);
  g_autofree char *last_id = g_strdup (id);
  guint n = search->limit;
  g_auto (Also) also = { { { NULL } } };
  also_init (&also, search->plan, range);
  while (search->next == NULL && n == search->limit)
    if (!search_page (search, range, &also, &last_word, &last_id, &n, error))
      return FALSE;
  return TRUE;
}

/* Without words: the newest. */
static gboolean
find_newest (Search *search, const char *const *after, GError **error)
{
  g_autoptr (GPtrArray) rows
      = mh_patients_store_newest (search->db, mh_actor_hospital_id (search->actor),
                                  after != NULL ? after[0] : NULL, search->limit, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      MhRecord *patient = g_ptr_array_index (rows, i);
      g_ptr_array_add (search->heads, g_object_ref (patient));
      if (search->items != NULL)
        mh_record_put_json (patient, 0, search->items);
      if (++search->n == search->limit)
        {
          const char *parts[] = { mh_record_id (patient), NULL };
          search->next = g_strdupv ((char **)parts);
        }
    }
  return rows != NULL;
}

static gboolean
find_words (Search *search, const char *q, const char *const *after, GError **error)
{
  g_auto (Plan) plan = { NULL };
  gboolean has_cursor = after != NULL && g_strv_length ((char **)after) == 3;
  guint from = has_cursor ? (guint)g_ascii_strtoull (after[0], NULL, 10) : 0;
  search->plan = &plan;
  if (!plan_make (&plan, search->db, q) || from >= plan.prefixes->len)
    return TRUE;
  if (!has_cursor)
    announce (search, from);
  for (guint range = from; range < plan.prefixes->len && search->next == NULL; range++)
    if (!search_range (search, range, has_cursor && range == from ? after[1] : "",
                       has_cursor && range == from ? after[2] : "", error))
      return FALSE;
  return TRUE;
}

static gboolean
find (Search *search, const char *q, const char *const *after, GError **error)
{
  return q == NULL || q[0] == 0 ? find_newest (search, after, error)
                                : find_words (search, q, after, error);
}

GPtrArray *
mh_patients_service_find (MhDb *db,
                          const MhActor *actor,
                          const char *q,
                          const char *const *after,
                          guint limit,
                          char ***out_next,
                          GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  Search search = { .db = db, .actor = actor, .limit = limit, .heads = found };
  if (!find (&search, q, after, error) || !mh_access_mask (db, actor, found, error))
    {
      g_strfreev (search.next);
      return NULL;
    }
  *out_next = search.next;
  return g_steal_pointer (&found);
}

GString *
mh_patients_service_find_json (MhDb *db,
                               const MhActor *actor,
                               const char *q,
                               const char *const *after,
                               guint limit,
                               char ***out_next,
                               GError **error)
{
  g_autoptr (GPtrArray) heads = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) items = g_string_sized_new (16384);
  Search search = { .db = db, .actor = actor, .limit = limit, .heads = heads, .items = items };
  mh_json_open (items, '[');
  gboolean found = find (&search, q, after, error);
  mh_json_close (items, ']');
  if (!found || !mh_access_mask_json (db, actor, heads, items, error))
    {
      g_strfreev (search.next);
      return NULL;
    }
  *out_next = search.next;
  return g_steal_pointer (&items);
}
