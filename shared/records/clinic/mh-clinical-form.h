/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Assessments as data: a definition (what is asked, shared/rules/clinic/mh-form-rules.h) that an
 * administrator adds without a build, and answers that stay tied to the version they were given
 * to. A definition is never changed: a new version of the same code takes its place.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_FORM_FOR_NURSE "nurse"
#define MH_FORM_FOR_PHYSICIAN "physician"
#define MH_FORM_FOR_BOTH "both"
extern const MhCode mh_form_for_codes[];

enum
{
  MH_FORM_DEFINITION_HOSPITAL_ID = MH_N_COMMON,
  MH_FORM_DEFINITION_CODE,
  MH_FORM_DEFINITION_NAME,
  MH_FORM_DEFINITION_FOR_WHOM,
  MH_FORM_DEFINITION_VERSION_NO,
  MH_FORM_DEFINITION_ACTIVE,
  MH_FORM_DEFINITION_CONTENT,
  MH_FORM_DEFINITION_NOTE,
  MH_FORM_DEFINITION_MADE_NAME,
  MH_FORM_DEFINITION_N_FIELDS,
};

enum
{
  MH_FORM_ANSWER_HOSPITAL_ID = MH_N_COMMON,
  MH_FORM_ANSWER_PATIENT_ID,
  MH_FORM_ANSWER_VISIT_ID,
  MH_FORM_ANSWER_FORM_ID,
  MH_FORM_ANSWER_FORM_CODE,
  MH_FORM_ANSWER_FORM_NAME,
  MH_FORM_ANSWER_VERSION_NO,
  MH_FORM_ANSWER_ANSWERS,
  MH_FORM_ANSWER_SCORES,
  MH_FORM_ANSWER_REPLACES,
  MH_FORM_ANSWER_ANSWERED_AT,
  MH_FORM_ANSWER_ANSWERED_BY,
  MH_FORM_ANSWER_ANSWERED_NAME,
  MH_FORM_ANSWER_REPLACED_AT,
  MH_FORM_ANSWER_N_FIELDS,
};

G_END_DECLS
