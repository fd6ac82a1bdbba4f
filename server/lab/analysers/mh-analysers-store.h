/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of analysers. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Links by code; @hospital_id NULL: of all. */
GPtrArray *mh_analysers_store_links (MhDb *db, const char *hospital_id, GError **error);
/* Is that code taken by another link of the hospital, also by one taken away? */
gboolean mh_analysers_store_code_taken (MhDb *db,
                                        const char *hospital_id,
                                        const char *code,
                                        gboolean *out_taken,
                                        GError **error);
/* Fills in how much of it is open and waiting. */
gboolean mh_analysers_store_count (MhDb *db, MhRecord *link, GError **error);
GPtrArray *mh_analysers_store_maps (MhDb *db, const char *link_id, GError **error);
gboolean mh_analysers_store_set_status (MhTx *tx,
                                        const char *link_id,
                                        const char *status,
                                        const char *problem,
                                        GError **error);
/* --- whose line it is: see mh-analysers-lease.h --- */

typedef struct
{
  char *link_id, *owner; /* owner "": nobody's */
  gint64 beat;
} MhAnalysersLease;
/* All of them. */
GPtrArray *mh_analysers_store_leases (MhDb *db, GError **error);
/* *out_mine: nobody was faster since @seen (NULL: there was no row). */
gboolean mh_analysers_store_lease_take (MhTx *tx,
                                        const char *link_id,
                                        const MhAnalysersLease *seen,
                                        const char *owner,
                                        gboolean *out_mine,
                                        GError **error);
/* Of all that @owner has. */
gboolean mh_analysers_store_lease_beat (MhTx *tx, const char *owner, GError **error);
/* @link_id NULL: all that @owner has. */
gboolean
mh_analysers_store_lease_give (MhTx *tx, const char *link_id, const char *owner, GError **error);

gboolean mh_analysers_store_heard (MhTx *tx, const char *link_id, gint64 at, GError **error);

/* What is known of a message that came. */
typedef struct
{
  char *id, *status, *answer, *error; /* of the same message, NULL: it is new */
  gboolean same_number;               /* another message of its number came since @since */
} MhAnalysersSeen;
void mh_analysers_seen_clear (MhAnalysersSeen *seen);
/* By which a message is told from another. */
typedef struct
{
  const char *link_id;
  const char *control_id; /* its number, or NULL */
  const char *hash;
} MhAnalysersSent;

gboolean mh_analysers_store_seen (MhDb *db,
                                  const MhAnalysersSent *sent,
                                  gint64 since,
                                  MhAnalysersSeen *out_seen,
                                  GError **error);
gboolean mh_analysers_store_repeated (MhTx *tx, const char *message_id, GError **error);

typedef struct
{
  const char *hospital_id, *link_id, *direction, *status;
  gint64 before_at;
  const char *before_id; /* NULL: from the newest */
  guint limit;
} MhAnalysersQuery;
/* Without the raw text. */
GPtrArray *mh_analysers_store_messages (MhDb *db, const MhAnalysersQuery *query, GError **error);
GPtrArray *mh_analysers_store_results (MhDb *db, const MhAnalysersQuery *query, GError **error);
GPtrArray *mh_analysers_store_results_of (MhDb *db, const char *message_id, GError **error);
/* *out_count results of a message that wait in the inbox. */
gboolean
mh_analysers_store_open_of (MhDb *db, const char *message_id, gint64 *out_count, GError **error);
/* Has a final value of that tube and analyte been taken? */
gboolean mh_analysers_store_has_final (MhDb *db,
                                       const char *sample_id,
                                       const char *analyte,
                                       gboolean *out_has,
                                       GError **error);
gboolean mh_analysers_store_forget_results (MhTx *tx, const char *message_id, GError **error);

/* The tube of that barcode; NULL without error: none. */
MhRecord *
mh_analysers_store_sample (MhDb *db, const char *hospital_id, const char *number, GError **error);
/* The only tube of the order of that number; NULL without error: none, or several. */
MhRecord *mh_analysers_store_sample_of_order (MhDb *db,
                                              const char *hospital_id,
                                              const char *number,
                                              GError **error);

/* The next message that waits to go out, whether it is due or not: order is kept. NULL without
 * error: none. */
MhRecord *mh_analysers_store_next_out (MhDb *db, const char *link_id, GError **error);
/* The last one that went out under this number. NULL without error: none. */
MhRecord *
mh_analysers_store_out_numbered (MhDb *db, const char *link_id, const char *number, GError **error);
/* Messages of one tube that went or will go to a link. */
GPtrArray *
mh_analysers_store_out_of (MhDb *db, const char *link_id, const char *sample_code, GError **error);

G_END_DECLS
