/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Shared by the parts of the check. */
#include "shared/rules/clinic/mh-drug-check.h"

G_BEGIN_DECLS

typedef struct
{
  MhRecord *line, *medicine; /* the second NULL: not in the formulary */
  const char *const *ingredients;
  const char *name, *atc;
  gboolean systemic;
  int index; /* of the draft; -1: taken already */
} MhDrugItem;

typedef struct
{
  MhDrugBook *book;
  const MhDrugPatient *patient;
  GPtrArray *alerts;
  GString *without_weight, *without_creatinine; /* names of medicines that would need it */
} MhDrugChecking;

/* What there is to say about an item. */
typedef struct
{
  const MhDrugItem *item; /* NULL: about the whole prescription */
  const char *code, *severity;
  const char *other; /* what it does not go with, or NULL */
  const char *rule;  /* by which it was found, or NULL */
  const char *text, *advice;
} MhDrugWarning;

/* Adds an alert and returns it (borrowed). NULL texts are left out. */
MhRecord *mh_drug_alert_add (MhDrugChecking *checking, const MhDrugWarning *warning);
void mh_drug_alert_figure (MhRecord *alert, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Dose, kidneys, pregnancy, breast-feeding and age of one new item that has a medicine. */
void mh_drug_check_item (MhDrugChecking *checking, const MhDrugItem *item);
/* "12.5": no more digits than are needed. Caller frees. */
char *mh_drug_number (double value);
/* Days from @a to @b. */
int mh_drug_days (MhDate a, MhDate b);

G_END_DECLS
