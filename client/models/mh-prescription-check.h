/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What is wrong with the prescription that is being written: worked out here at each change by the
 * server's own rules over the local copy, and asked of the server, which knows everything that is
 * taken, once the typing pauses. Away from the server the first stands alone.
 */
#include "client/models/mh-formulary.h"
#include "client/models/mh-record-slot.h"

G_BEGIN_DECLS

#define MH_TYPE_PRESCRIPTION_CHECK (mh_prescription_check_get_type ())
/* Signals: "changed": another answer; "profile": what is taken and the figures are others. */
G_DECLARE_FINAL_TYPE (MhPrescriptionCheck, mh_prescription_check, MH, PRESCRIPTION_CHECK, MhModel)

/* @slot: a prescription. */
MhPrescriptionCheck *mh_prescription_check_new (MhRecordSlot *slot, MhFormulary *formulary);
/* Whom it is for; asks anew for what is taken, the figures and the allergies. */
void mh_prescription_check_set_patient (MhPrescriptionCheck *check, const char *patient_id);
/* What is taken has changed elsewhere. */
void mh_prescription_check_reload (MhPrescriptionCheck *check);
/* The prescription was changed. */
void mh_prescription_check_touched (MhPrescriptionCheck *check);
/* A drug_check record; NULL: nothing is known yet. Borrowed. */
MhRecord *mh_prescription_check_answer (MhPrescriptionCheck *check);
/* Did the server say so? */
gboolean mh_prescription_check_is_servers (MhPrescriptionCheck *check);
/* A drug_check record with figures and active items; NULL: not here. Borrowed. */
MhRecord *mh_prescription_check_profile (MhPrescriptionCheck *check);

G_END_DECLS
