/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* One set of vital signs in one row of keys, with NEWS2 while typing. Signal "saved". */
#include "client/widgets/base/mh-pane.h"

G_BEGIN_DECLS

#define MH_TYPE_VITALS_ENTRY (mh_vitals_entry_get_type ())
G_DECLARE_FINAL_TYPE (MhVitalsEntry, mh_vitals_entry, MH, VITALS_ENTRY, MhPane)

/* NULL: nothing is entered. @patient: for whom NEWS2 is; may be NULL while it is on its way. */
void mh_vitals_entry_show (MhVitalsEntry *entry, MhRecord *visit, MhRecord *patient);
void mh_vitals_entry_grab (MhVitalsEntry *entry);

G_END_DECLS
