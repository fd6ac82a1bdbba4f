/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What is wrong with a prescription. Pure and driven by the formulary's tables: allergies by
 * ingredient, then by group; interactions in four tiers; the same ingredient or ATC class twice;
 * doses by weight, age and the absolute limit; kidneys, pregnancy, breast-feeding, age. What is not
 * known is said and never assumed.
 */
#include "shared/base/mh-date.h"
#include "shared/rules/clinic/mh-drug-book.h"

G_BEGIN_DECLS

typedef struct
{
  MhRecord *patient;    /* mh_patient_type */
  GPtrArray *allergies; /* active ones, mh_allergy_type */
  MhDate today;
  double kg, cm, creatinine; /* 0: not known; creatinine in mg/dL */
  MhDate kg_on, cm_on, creatinine_on;
} MhDrugPatient;

/* Weight, height and creatinine (mg/dL alone) out of drug_figure records, as a check has them. */
void mh_drug_patient_take_figures (MhDrugPatient *patient, GPtrArray *figures);

/* Prescription lines into drug_alert records, the gravest of each kind and pair first by line.
 * @draft: what is being prescribed; @active: what is taken already (its lines say until when). */
GPtrArray *
mh_drug_check (MhDrugBook *book, const MhDrugPatient *patient, GPtrArray *draft, GPtrArray *active);

/* mL/min by Cockcroft and Gault, or with no weight mL/min/1.73 m² by CKD-EPI 2021; *out_formula
 * says which. 0: not known (no creatinine, no sex, or a child). */
double mh_drug_clearance (const MhDrugPatient *patient, const char **out_formula);
/* @alerts as a drug_check record: how many interrupt, and whether two people have to sign. */
MhRecord *mh_drug_check_of (GPtrArray *alerts);
/* -1: no date of birth. */
int mh_drug_age_months (const MhDrugPatient *patient);

/* What the formulary knows of a line: its medicine by code, else by name; ingredients, ATC code,
 * schedule, high-alert. Sets the server's fields of @line. */
void mh_drug_complete_line (MhDrugBook *book, MhRecord *line);

G_END_DECLS
