/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Glasgow Coma Scale: eyes 1–4, speech 1–5, movement 1–6, together 3–15 (rules.md 8). A component
 * that cannot be tested ("NT": tube, swelling) is written as such; there is then no sum, since a
 * sum with a guess in it misleads.
 */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

/* 3–15; 0: a component is missing, not testable, or none of its values. */
int mh_gcs_total (const char *eye, const char *verbal, const char *motor);
/* "E4 V5 M6 = 15", "E4 VNT M6". NULL when nothing was tested. Caller frees. */
char *mh_gcs_text (const char *eye, const char *verbal, const char *motor);
/* Of 0–10: "none" 0, "mild" 1–3, "moderate" 4–6, "severe" 7–10; NULL outside. */
const char *mh_pain_band (int pain);

G_END_DECLS
