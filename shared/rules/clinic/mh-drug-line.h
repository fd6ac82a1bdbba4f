/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A medicine of the formulary as the line of a prescription that a doctor begins with. Pure. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* Name, code, strength, form and route; "1 tablet" where it is taken by the piece. A route that
 * prescriptions have no word for stays empty. New reference, without an id. */
MhRecord *mh_drug_line_of (MhRecord *medicine);

G_END_DECLS
