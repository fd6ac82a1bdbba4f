/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The guard of one patient's data (rules.md 13). A chart is protected when its person is of
 * public interest (vip) or one of the staff (user_id); it opens to nobody, not even its owner,
 * without a grant of their own that is still open. An ordinary patient costs no query: the flags
 * are on the record that was read anyhow.
 *
 * Every service that shows one patient's data asks mh_access_check() or _check_id(); every list
 * goes through mh_access_mask(), which leaves of a protected chart that there is one.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/store/mh-store.h"
#include "shared/records/people/mh-access.h"

G_BEGIN_DECLS

/* MH_PROTECTED_…, NULL: an ordinary chart. Needs vip and user_id of @patient alone. Pure. */
const char *mh_access_kind (const MhActor *actor, MhRecord *patient);

/* May the actor see the data of @patient now? MH_ERROR_NOT_FOUND for a protected chart of another
 * hospital, else MH_ERROR_FORBIDDEN with the issue
 * MH_ISSUE_PROTECTED_CHART, from which the client makes its question. */
gboolean mh_access_check (const MhRequest *req, MhRecord *patient, GError **error);
/* The same where only the id is at hand: one look at the patient's row. NULL passes. */
gboolean mh_access_check_id (const MhRequest *req, const char *patient_id, GError **error);
/* The same for a record by its patient_id. */
gboolean mh_access_check_record (const MhRequest *req, MhRecord *record, GError **error);
/* Of an order and what hangs on it: who collects, measures, verifies or takes the money works on an
 * order that is not over without opening the chart; never on their own. */
gboolean mh_access_check_order (const MhRequest *req, MhRecord *order, GError **error);
/* The same by the order's id; an unknown one passes, for the caller to tell. */
gboolean mh_access_check_order_id (const MhRequest *req, const char *order_id, GError **error);

/* As mh_access_check() at a given instant. */
gboolean mh_access_check_at (const MhRequest *req, MhRecord *patient, gint64 now, GError **error);

/* Which of the patients that @records are about are closed to @actor. Records are patients or have
 * a patient_id. Queries in groups, and only for what the records do not tell. */
typedef struct _MhAccessView MhAccessView;
MhAccessView *mh_access_view_new (const MhRequest *req, GPtrArray *records, GError **error);
/* The same as if nothing stood open: for what is kept longer than that. */
MhAccessView *mh_access_view_new_always (const MhRequest *req, GPtrArray *records, GError **error);
/* In two steps, for a list that is kept: the protected ones among those whom @records (no patients)
 * are about, as patients with id, vip and user_id; which of these @patients are closed to @actor.
 */
GPtrArray *mh_access_protected (MhDb *db, GPtrArray *records, GError **error);
MhAccessView *mh_access_view_of (const MhRequest *req, GPtrArray *patients, GError **error);
void mh_access_view_free (MhAccessView *view);
/* MH_PROTECTED_…, NULL: @record may be shown. */
const char *mh_access_view_kind (MhAccessView *view, MhRecord *record);
/* Is @record part of an order that is open, and the actor one of those who work on it? */
gboolean mh_access_is_work (const MhRequest *req, MhRecord *record, const char *kind);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhAccessView, mh_access_view_free)

/* Takes out of each record of a closed chart what is about the person, in place. Who may open
 * protected charts still sees the name, to choose the right one. */
gboolean mh_access_mask (const MhRequest *req, GPtrArray *records, GError **error);
/* The same for a list that was written straight from rows: @items is its JSON array, @heads what
 * mh_store_get_json() gives of each of its records. */
gboolean
mh_access_mask_json (const MhRequest *req, GPtrArray *heads, GString *items, GError **error);
typedef struct
{
  const char *text;
  gsize length;
} MhJsonSlice;

/* One record of a closed chart, its JSON, as the actor may see it. @kind: of mh_access_view_kind().
 */
gboolean mh_access_put_masked (const MhRequest *req,
                               const char *kind,
                               const MhRecordType *type,
                               MhJsonSlice json,
                               GString *out,
                               GError **error);
/* One record, without asking. */
void mh_access_mask_record (const MhActor *actor, MhRecord *record);

G_END_DECLS
