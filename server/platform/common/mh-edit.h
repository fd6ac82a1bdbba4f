/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What every service does to change a record that somebody sent as a partial one: find it, see
 * whether the caller may know of it, compare versions, lay the patch over it, check the whole.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* The record, if it is there, not deleted, and of a hospital the actor sees; else
 * MH_ERROR_NOT_FOUND. */
MhRecord *
mh_edit_get (const MhRequest *req, const MhRecordType *type, const char *id, GError **error);
/* The same as JSON in @out, for reading only; see mh_store_get_json(). */
MhRecord *mh_edit_get_json (const MhRequest *req,
                            const MhRecordType *type,
                            const char *id,
                            GString *out,
                            GError **error);
/* The row that @field of an input names, for people of @hospital_id (NULL: of all): it must be
 * there, not deleted, and belong to that hospital or to none; people may work in several. Else
 * MH_ERROR_INVALID with "unknown" on the field. */
MhRecord *mh_edit_named (MhDb *db,
                         const char *hospital_id,
                         const MhRecordType *type,
                         const char *id,
                         const char *field,
                         GError **error);
/* The same for all that @input refers to. mh_edit_begin() does it for a patch. */
gboolean mh_edit_check_named (const MhRequest *req, MhRecord *input, GError **error);
/* Whatever @input refers to that belongs to a patient (a visit, a paper, a prescription) is one of
 * @patient_id, else MH_ERROR_INVALID with "other_patient" on the field, or "unknown" as above.
 * mh_edit_begin() does it for a patch; who creates a record of a patient asks it. */
gboolean mh_edit_check_patient (const MhRequest *req,
                                MhRecord *input,
                                const char *patient_id,
                                GError **error);

/* *out_before as stored, *out_after with @patch applied and validated. MH_ERROR_STALE when
 * @if_match
 * (-1: none) is not the stored version. */
gboolean mh_edit_begin (const MhRequest *req,
                        MhPatch patch,
                        MhRecord **out_before,
                        MhRecord **out_after,
                        GError **error);
/* When something that is told now was done: @said (µs, 0: nothing), but a desk's clock may be
 * wrong: what would be to come, or older than a desk is ever away, is of now. */
gint64 mh_edit_made_at (MhTx *tx, gint64 said);
/* The hospital new records of this actor belong to; MH_ERROR_INVALID when the actor has none. */
const char *mh_edit_hospital (const MhActor *actor, GError **error);

G_END_DECLS
