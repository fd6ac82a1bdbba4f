/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A form while somebody writes it: its sections, questions and scores as one list of rows with
 * plain texts, and back into a definition's JSON. Nothing is judged here; mh_form_spec_parse() does
 * that with what comes out.
 */
#include "shared/rules/clinic/mh-form-rules.h"

G_BEGIN_DECLS

typedef enum
{
  MH_DRAFT_SECTION,
  MH_DRAFT_QUESTION,
  MH_DRAFT_SCORE,
} MhDraftKind;

typedef enum
{
  MH_DRAFT_LABEL, /* title, question, name of the score */
  MH_DRAFT_CODE,  /* empty: made from the label */
  MH_DRAFT_HELP,
  MH_DRAFT_UNIT,
  MH_DRAFT_LOW,
  MH_DRAFT_HIGH,
  MH_DRAFT_CHOICES, /* a line each: "Label", "Label = points", "code: Label = points" */
  MH_DRAFT_SHOW,    /* "CODE = answer"; empty: always */
  MH_DRAFT_FORMULA,
  MH_DRAFT_BANDS, /* a line each: "3 high" */
  MH_DRAFT_N_TEXTS,
} MhDraftText;

typedef struct
{
  MhDraftKind kind;
  MhFormKind answer;
  gboolean required;
  char *texts[MH_DRAFT_N_TEXTS]; /* never NULL */
} MhDraftRow;

MhDraftRow *mh_draft_row_new (MhDraftKind kind);
void mh_draft_row_free (MhDraftRow *row);
void mh_draft_row_set (MhDraftRow *row, MhDraftText which, const char *text);

/* Rows in the form's order, scores last; transfer full. */
GPtrArray *mh_form_draft_read (MhFormSpec *spec);
/* Questions before the first section stand in one without a title. Caller frees. */
char *mh_form_draft_json (GPtrArray *rows);
/* The code that a row without one gets. Caller frees. */
char *mh_form_draft_code (GPtrArray *rows, guint index);

G_END_DECLS
