/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * One record on a page: loads it, holds an edited copy beside the one last known, and saves. Saving
 * sends only what was changed, goes through the outbox, and cannot lose what was typed: a refusal
 * leaves the copy as it is, with the fields' complaints.
 */
#include "client/models/mh-merge.h"
#include "client/models/mh-model.h"

G_BEGIN_DECLS

#define MH_TYPE_RECORD_SLOT (mh_record_slot_get_type ())
/* Properties: "record" (MhRecord, the edited copy), "saving", "modified" (booleans). Signal
 * "issues-changed". */
G_DECLARE_FINAL_TYPE (MhRecordSlot, mh_record_slot, MH, RECORD_SLOT, MhModel)

MhRecordSlot *mh_record_slot_new (MhContext *context, const MhRecordType *type);
/* An empty record with a fresh id; or the draft that @form left behind after a crash. A @form that
 * ends with a slash ("patient.new/") is one of several: the record begins empty, and the others are
 * offered (mh-form.h). NULL: no draft. */
void mh_record_slot_begin (MhRecordSlot *slot, const char *form);
const char *mh_record_slot_forms (MhRecordSlot *slot); /* NULL: not one of several */
/* One of them, as mh_draft_list_async() found it; what was typed until now is kept as another. */
void mh_record_slot_continue (MhRecordSlot *slot, MhRecord *draft);
/* Shows a record one already has. */
void mh_record_slot_show (MhRecordSlot *slot, MhRecord *record);
MhContext *mh_record_slot_context (MhRecordSlot *slot); /* borrowed */
MhRecord *mh_record_slot_record (MhRecordSlot *slot);
/* As last known from the server; NULL for a new one. */
MhRecord *mh_record_slot_stored (MhRecordSlot *slot);
gboolean mh_record_slot_is_modified (MhRecordSlot *slot);
const MhIssues *mh_record_slot_issues (MhRecordSlot *slot);
/* The page changed a field of the edited copy: keeps the draft (within a second) and checks the
 * field. */
void mh_record_slot_touched (MhRecordSlot *slot, guint field);
/* The draft now, for the last keys before a page or the window goes. Another record in the slot
 * does it by itself. */
void mh_record_slot_flush (MhRecordSlot *slot);
/* Creates by @route ("patient.create") or changes by a PATCH route ("patient.update"). */
void mh_record_slot_save_async (MhRecordSlot *slot,
                                const char *route_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data);
/* The saved record (new reference), provisional when *out_waiting. */
MhRecord *mh_record_slot_save_finish (MhRecordSlot *slot,
                                      GAsyncResult *result,
                                      gboolean *out_waiting,
                                      GError **error);
/* What the record was sent as was refused by a call that the slot did not make: the fields'
 * complaints. */
void mh_record_slot_refused (MhRecordSlot *slot, const GError *error);
void mh_record_slot_revert (MhRecordSlot *slot);
/* Saving failed as stale: the two versions; NULL when nothing is known of the server's. Caller
 * unrefs. */
MhMerge *mh_record_slot_merge (MhRecordSlot *slot, const GError *error);
/* A person has decided: the record is the server's with what they chose of their own. */
void mh_record_slot_rebase (MhRecordSlot *slot, MhMerge *merge);

G_END_DECLS
