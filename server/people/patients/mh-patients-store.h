/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * SQL of patients. Beside the patient's row stand its search words (table patient_word), each with
 * a letter that says what it is: n: a folded word of a name, p: its phonetic key, d: a phone's
 * digits, r: the same from the end, m: the MRN's digits (of former ones
 * too), i: an identifier, b: the date of birth, o: as n: and p:, of somebody with very many names.
 * A prefix search is one range of that index. Two words of a name have an index of their own,
 * mh-patients-pairs.h.
 */
#include "server/platform/store/mh-store.h"
#include "shared/base/mh-id.h"

G_BEGIN_DECLS

/* The words of a patient, sorted, no doubles. */
GPtrArray *mh_patients_store_words (MhRecord *patient);
/* Writes the words of a new patient, or those that changed. @before NULL: new. */
gboolean mh_patients_store_index (MhTx *tx, MhRecord *before, MhRecord *after, GError **error);

/* The same for a patient who is in the index by older rules. */
gboolean mh_patients_store_index_again (MhTx *tx, MhRecord *patient, GError **error);

/* By which rules the words of all were made, and who was done last by newer ones ("": nobody). */
typedef struct
{
  gint64 version;
  char place[MH_ID_LENGTH + 1];
} MhPatientsIndex;

gboolean mh_patients_store_index_state (MhDb *db, MhPatientsIndex *out_index, GError **error);
gboolean mh_patients_store_set_index_state (MhTx *tx, const MhPatientsIndex *index, GError **error);
/* Who stands behind @after_id ("": all), by id; neither deleted nor merged. */
GPtrArray *mh_patients_store_after (MhDb *db, const char *after_id, guint limit, GError **error);

/* The different words that begin with @prefix ("n:v"), at most @most. */
GPtrArray *mh_patients_store_vocabulary (MhDb *db, const char *prefix, guint most, GError **error);

typedef struct
{
  const char *hospital_id; /* NULL: all */
  const char *prefix;      /* "n:verm", or with pair_end "n:ver aman" */
  const char *pair_end; /* how the pair's end begins; NULL: words are looked through, not pairs */
  /* Two more words that the patient has as well, each one way or the other ("d:4321", "r:1234"; the
   * other way may be NULL); or NULL */
  const char *also[2][2]; /* of pairs the first alone */
  gboolean
      listed; /* few have the first of these words: they are listed once, not asked one by one */
  const char *after_word; /* cursor, or NULL */
  const char *after_id;
  guint limit;
} MhPatientsQuery;

/* Tells of each word that begins with @prefix whose it is; the rows told, at most @most. -1: error.
 */
typedef void (*MhPatientsSeen) (const char *patient_id, gpointer data);
gint64 mh_patients_store_scan (MhDb *db,
                               const char *prefix,
                               guint most,
                               MhPatientsSeen seen,
                               gpointer data,
                               GError **error);

/* Announces a search; see mh_db_prefetch(). */
void mh_patients_store_search_prefetch (MhDb *db, const MhPatientsQuery *query);
/* Rows in order of (word, id); a patient may come several times. They are read one by one, and only
 * those that are shown are written out: no other search on @db until they are freed. */
typedef struct _MhPatientsRows MhPatientsRows;
MhPatientsRows *mh_patients_store_search (MhDb *db, const MhPatientsQuery *query, GError **error);
/* The same of MH_PATIENTS_AT_ONCE of @ids from @from on; those have no word. */
#define MH_PATIENTS_AT_ONCE 20
MhPatientsRows *mh_patients_store_these (MhDb *db,
                                         const char *hospital_id,
                                         GPtrArray *ids,
                                         guint from,
                                         GError **error);
gboolean mh_patients_rows_next (MhPatientsRows *rows, GError **error); /* FALSE: end, or error */
void mh_patients_rows_free (MhPatientsRows *rows);
/* Of the row at hand; texts are valid until the next. */
const char *mh_patients_rows_word (MhPatientsRows *rows);
const char *mh_patients_rows_id (MhPatientsRows *rows);
const char *mh_patients_rows_text (MhPatientsRows *rows, guint field); /* MH_PATIENT_…, a text */
MhRecord *mh_patients_rows_record (MhPatientsRows *rows);
/* As JSON to @out; what is returned is as that of mh_store_get_json(). */
MhRecord *mh_patients_rows_put (MhPatientsRows *rows, GString *out);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhPatientsRows, mh_patients_rows_free)
/* Newest first; @after_id NULL: from the start. */
GPtrArray *mh_patients_store_newest (MhDb *db,
                                     const char *hospital_id,
                                     const char *after_id,
                                     guint limit,
                                     GError **error);

/* The newest visit of the patient that has not ended, in the hospital and of the kind (NULL: any).
 * *out_visit NULL: there is none. */
gboolean mh_patients_store_open_visit (MhDb *db,
                                       const char *patient_id,
                                       const char *hospital_id,
                                       const char *kind,
                                       MhRecord **out_visit,
                                       GError **error);

G_END_DECLS
