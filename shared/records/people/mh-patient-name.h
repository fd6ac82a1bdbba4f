/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The one way in which the name of a patient is written on screens and in what other records keep
 * of it: "VERMA Asha Kumari", family name in capitals first. A letter, report or receipt, which the
 * patient reads, has mh_record_display(): "Asha Kumari Verma". */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* @patient: of mh_patient_type. "" when it has no name. Caller frees. */
char *mh_patient_name (MhRecord *patient);

G_END_DECLS
