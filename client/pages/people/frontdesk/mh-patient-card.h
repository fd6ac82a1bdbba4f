/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One patient at the front desk: who it is, what may be done, what was last, orders, visits and
 * appointments, what a doctor prescribed and nobody has ordered yet. */
#include "client/compat/mh-compat.h"
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_PATIENT_CARD (mh_patient_card_get_type ())
G_DECLARE_FINAL_TYPE (MhPatientCard, mh_patient_card, MH, PATIENT_CARD, MhPane)

/* Shows a way back to the list while @split is folded. */
void mh_patient_card_follow (MhPatientCard *card, MhSplit *split);
void mh_patient_card_show (MhPatientCard *card, MhRecord *patient); /* NULL: nobody */
MhRecord *mh_patient_card_patient (MhPatientCard *card);
/* The newest order of which something is due; new reference or NULL. */
MhRecord *mh_patient_card_due (MhPatientCard *card);

G_END_DECLS
