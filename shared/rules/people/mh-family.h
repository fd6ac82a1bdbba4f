/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* How relatives are related, seen from the other side, and what cannot be. Pure. */
#include "shared/records/people/mh-family-link.h"

G_BEGIN_DECLS

/* The relative is @relation to the patient: what is the patient to the relative? @sex: the
 * patient's (MH_SEX_*), or NULL. */
const char *mh_family_inverse (const char *relation, const char *sex);
/* FALSE when one who must be older was born after the other; dates "YYYY-MM-DD", NULL: not known,
 * then it can be. */
gboolean
mh_family_can_be (const char *relation, const char *patient_birth, const char *relative_birth);
/* FALSE: a mother is not a man, a father not a woman. */
gboolean mh_family_fits_sex (const char *relation, const char *relative_sex);

G_END_DECLS
