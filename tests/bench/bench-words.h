/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a desk types into the box that finds patients, by kind, made from the patients there are. */
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *id, *given, *family, *phone, *mrn, *birth; /* phone may be NULL */
} BenchPatient;
BenchPatient *bench_patient_new (const char *id,
                                 const char *given,
                                 const char *family,
                                 const char *phone,
                                 const char *mrn,
                                 const char *birth);
void bench_patient_free (gpointer patient);

#define BENCH_N_KINDS 14
/* NULL behind the last kind. */
const char *bench_kind_name (guint kind);
/* At most @most searches of one kind; @patients: of BenchPatient. */
GPtrArray *bench_kind_words (guint kind, GPtrArray *patients, guint most);
/* A crowded desk: parts of names, two given names, another spelling, a phone's end. */
GPtrArray *bench_crowd_words (GPtrArray *patients, guint most);

G_END_DECLS
