/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* May a value go without a person (mh-auto.h)? Without I/O: the caller has looked everything up. */
#include "shared/records/lab/mh-auto.h"

G_BEGIN_DECLS

typedef struct
{
  MhRecord *result; /* MhResult */
  const char *bench;
  gboolean has_previous;
  guint tube_deltas; /* values of the same tube whose change is unusual, this one too */
  gboolean kept;     /* its tube is held, or a question about it is open */
  gboolean qc_good;
  gboolean too_old;  /* measured later than the sample keeps, whatever a rule says */
  gboolean second;   /* a second determination is missing, or differs */
  const char *doubt; /* MH_HELD_BEYOND or _MISMATCH whatever a rule says; NULL: none */
  int haemolysis, icterus, lipaemia; /* 0–4; -1: nobody looked */
} MhAutoCase;

/* The rule that holds for @value among @rules (MhAutoRule); borrowed, NULL: none. Of two that are
 * as particular the one with an analyser goes first, then the older one. */
MhRecord *mh_auto_rule_for (GPtrArray *rules, const MhAutoCase *value);
/* Every reason (MH_HELD_…) why it waits, in the order of mh_held_codes; empty: it may go. @rule
 * NULL: there is none. Caller frees. */
char **mh_auto_held (MhRecord *rule, const MhAutoCase *value);

G_END_DECLS
