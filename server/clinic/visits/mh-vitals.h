/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What is known of a patient's body, for rooms that calculate with it: doses by weight, renal
 * function, the chart's head.
 */
#include "server/platform/store/mh-store.h"
#include "shared/records/clinic/mh-vitals.h"

G_BEGIN_DECLS

/* The newest set of vital signs, not struck out, that has @field: MH_VITALS_WEIGHT_KG, _HEIGHT_CM,
 * _TEMPERATURE_C, _GLUCOSE_MG, _SYSTOLIC, _PULSE, _SPO2, _NEWS2; any other field: the newest set of
 * all. When it was measured is MH_VITALS_TAKEN_AT. NULL without @error: there is none. */
MhRecord *mh_vitals_latest (MhDb *db, const char *patient_id, guint field, GError **error);

G_END_DECLS
