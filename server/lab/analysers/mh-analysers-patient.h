/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "server/lab/analysers/mh-device.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* What the analyser says about the patient and we know better, in words. NULL: nothing. */
const char *mh_analysers_patient_differs (const MhDeviceSample *said, MhRecord *patient);

G_END_DECLS
