/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Blood groups of one person do not change: one that differs from the earlier one is, until
 * somebody has looked, another person's blood in the tube. Codes are those of the shipped
 * catalogue. */
#include <glib.h>

G_BEGIN_DECLS

#define MH_GROUP_ABO "ABO"
#define MH_GROUP_RHD "RHD"

/* What the patient's record ("B+") says of @analyte, as that analyte's code; NULL: nothing. */
const char *mh_group_on_record (const char *analyte, const char *blood_group);
/* Are both groups, and not the same? What could not be determined differs from nothing. */
gboolean mh_group_differs (const char *earlier, const char *now);

G_END_DECLS
