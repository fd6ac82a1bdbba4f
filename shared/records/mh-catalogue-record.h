/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What is kept and said about the catalogue's rows: their earlier versions, the director's
 * signature, what the linter finds, a formula tried out, and what a file of rows came to.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

#define MH_REVISION_CREATED "created"
#define MH_REVISION_CHANGED "changed"
#define MH_REVISION_SIGNED "signed"
#define MH_REVISION_UNSIGNED "unsigned"
#define MH_REVISION_DELETED "deleted"
extern const MhCode mh_revision_action_codes[];

/* One version of one row, as it stood from .at on. Only ever added. */
enum
{
  MH_CATALOGUE_REVISION_RECORD_TYPE = MH_N_COMMON,
  MH_CATALOGUE_REVISION_RECORD_ID,
  MH_CATALOGUE_REVISION_CODE,
  MH_CATALOGUE_REVISION_RECORD_VERSION,
  MH_CATALOGUE_REVISION_ACTION,
  MH_CATALOGUE_REVISION_CONTENT,
  MH_CATALOGUE_REVISION_CHANGES,
  MH_CATALOGUE_REVISION_BY_ID,
  MH_CATALOGUE_REVISION_BY_NAME,
  MH_CATALOGUE_REVISION_AT,
  MH_CATALOGUE_REVISION_REASON,
  MH_CATALOGUE_REVISION_N_FIELDS,
};
extern const MhRecordType mh_catalogue_revision_type;

/* Asking for signatures, or taking them back. */
enum
{
  MH_CATALOGUE_SIGNING_RECORD_TYPE,
  MH_CATALOGUE_SIGNING_RECORD_IDS,
  MH_CATALOGUE_SIGNING_WITHDRAW,
  MH_CATALOGUE_SIGNING_REASON,
  MH_CATALOGUE_SIGNING_COUNT,
  MH_CATALOGUE_SIGNING_N_FIELDS,
};
extern const MhRecordType mh_catalogue_signing_type;

/* A row that waits to be signed. */
enum
{
  MH_CATALOGUE_WAITING_RECORD_TYPE,
  MH_CATALOGUE_WAITING_RECORD_ID,
  MH_CATALOGUE_WAITING_CODE,
  MH_CATALOGUE_WAITING_NAME,
  MH_CATALOGUE_WAITING_CHANGED_AT,
  MH_CATALOGUE_WAITING_N_FIELDS,
};
extern const MhRecordType mh_catalogue_waiting_type;

#define MH_FINDING_ERROR "error"     /* the test cannot be reported, or would be reported wrongly */
#define MH_FINDING_WARNING "warning" /* somebody should look */
extern const MhCode mh_finding_severity_codes[];

enum
{
  MH_CATALOGUE_FINDING_SEVERITY,
  MH_CATALOGUE_FINDING_RULE,
  MH_CATALOGUE_FINDING_RECORD_TYPE,
  MH_CATALOGUE_FINDING_RECORD_ID,
  MH_CATALOGUE_FINDING_CODE,
  MH_CATALOGUE_FINDING_NAME,
  MH_CATALOGUE_FINDING_FIELD,
  MH_CATALOGUE_FINDING_MESSAGE,
  MH_CATALOGUE_FINDING_TESTS,
  MH_CATALOGUE_FINDING_N_FIELDS,
};
extern const MhRecordType mh_catalogue_finding_type;

/* "Try it": a formula with sample values, before it is saved. */
enum
{
  MH_FORMULA_TRIAL_CODE,
  MH_FORMULA_TRIAL_FORMULA,
  MH_FORMULA_TRIAL_CONDITION,
  MH_FORMULA_TRIAL_DECIMALS,
  MH_FORMULA_TRIAL_UCUM,
  MH_FORMULA_TRIAL_UNITS,
  MH_FORMULA_TRIAL_INPUTS,
  MH_FORMULA_TRIAL_OUTCOME,
  MH_FORMULA_TRIAL_VALUE,
  MH_FORMULA_TRIAL_NAMES,
  MH_FORMULA_TRIAL_MESSAGE,
  MH_FORMULA_TRIAL_N_FIELDS,
};
extern const MhRecordType mh_formula_trial_type;

#define MH_CATALOGUE_CSV "csv"
#define MH_CATALOGUE_JSON "json"
extern const MhCode mh_catalogue_format_codes[];

/* A file of rows, handed in. */
enum
{
  MH_CATALOGUE_UPLOAD_RECORD_TYPE,
  MH_CATALOGUE_UPLOAD_FORMAT,
  MH_CATALOGUE_UPLOAD_DRY_RUN,
  MH_CATALOGUE_UPLOAD_TEXT,
  MH_CATALOGUE_UPLOAD_N_FIELDS,
};
extern const MhRecordType mh_catalogue_upload_type;

/* What taking a file came to; nothing is taken when one line is bad. */
enum
{
  MH_CATALOGUE_REMARK_LINE,
  MH_CATALOGUE_REMARK_RECORD_TYPE,
  MH_CATALOGUE_REMARK_CODE,
  MH_CATALOGUE_REMARK_FIELD,
  MH_CATALOGUE_REMARK_REASON,
  MH_CATALOGUE_REMARK_N_FIELDS,
};
extern const MhRecordType mh_catalogue_remark_type;

enum
{
  MH_CATALOGUE_TAKEN_DRY_RUN,
  MH_CATALOGUE_TAKEN_ROWS,
  MH_CATALOGUE_TAKEN_ADDED,
  MH_CATALOGUE_TAKEN_CHANGED,
  MH_CATALOGUE_TAKEN_SAME,
  MH_CATALOGUE_TAKEN_REMOVED,
  MH_CATALOGUE_TAKEN_BAD,
  MH_CATALOGUE_TAKEN_REMARKS,
  MH_CATALOGUE_TAKEN_N_FIELDS,
};
extern const MhRecordType mh_catalogue_taken_type;

G_END_DECLS
