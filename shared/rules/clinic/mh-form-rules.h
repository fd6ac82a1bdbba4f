/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Declarative forms: what a definition's JSON says, and whether answers fit it. The same functions
 * check while typing and on the server.
 *
 *   {"sections": [{"title": "Breathing", "fields": [
 *      {"code": "COUGH", "label": "Cough", "kind": "choice", "required": true,
 *       "choices": [{"code": "no", "label": "No", "points": 0}, …]},
 *      {"code": "SINCE", "label": "Since", "kind": "number", "unit": "days", "low": "0",
 *       "high": "365", "show": {"field": "COUGH", "is": "yes"}}]}],
 *    "scores": [{"code": "RISK", "label": "Risk", "formula": "COUGH + SMOKES",
 *                "bands": [{"from": 0, "label": "low"}, {"from": 3, "label": "high"}]}]}
 *
 * Kinds: text, long_text, number, yes_no, choice, choices, date, time. Codes are capital letters,
 * digits and _, unique in the form. In a formula (shared/rules/lab/mh-formula.h) a choice counts
 * its points, choices their sum, yes 1 and no 0, a number its value; what is hidden by "show"
 * counts 0. At most 40 sections, 200 fields, 60 choices each, 10 scores.
 */
#include <json-glib/json-glib.h>

#include "shared/base/mh-error.h"

G_BEGIN_DECLS

typedef enum
{
  MH_FORM_TEXT,
  MH_FORM_LONG_TEXT,
  MH_FORM_NUMBER,
  MH_FORM_YES_NO,
  MH_FORM_CHOICE,
  MH_FORM_CHOICES,
  MH_FORM_DATE,
  MH_FORM_TIME,
} MhFormKind;

typedef struct
{
  char *code, *label;
  double points;
} MhFormChoice;

typedef struct
{
  char *code, *label, *help, *unit;
  MhFormKind kind;
  gboolean required;
  char *low, *high;           /* decimals, or NULL */
  GPtrArray *choices;         /* MhFormChoice */
  char *show_field, *show_is; /* shown only when that field has that answer; or NULL */
} MhFormField;

typedef struct
{
  char *title, *help;
  GPtrArray *fields; /* MhFormField */
} MhFormSection;

typedef struct
{
  double from;
  char *label;
} MhFormBand;

typedef struct
{
  char *code, *label, *formula;
  GPtrArray *bands; /* MhFormBand, rising */
} MhFormScore;

typedef struct
{
  GPtrArray *sections; /* MhFormSection */
  GPtrArray *scores;   /* MhFormScore */
} MhFormSpec;

/* MH_ERROR_INVALID on field "content", each issue with its place ("sections[0].fields[2].kind"). */
MhFormSpec *mh_form_spec_parse (const char *json, GError **error);
void mh_form_spec_free (MhFormSpec *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhFormSpec, mh_form_spec_free)

MhFormField *mh_form_spec_find (MhFormSpec *form, const char *code);
/* @answers: code → text (choice's code, "yes", "no", decimal, ISO date, "HH:MM") or array of codes.
 */
gboolean mh_form_spec_is_shown (MhFormSpec *form, const MhFormField *field, JsonObject *answers);
/* Adds an issue for each answer that does not fit, on "answers.CODE". */
void mh_form_spec_check (MhFormSpec *form, JsonObject *answers, MhIssues *issues);
void mh_form_spec_check_field (const MhFormField *field, JsonObject *answers, MhIssues *issues);
/* FALSE: not calculated yet. *out_band NULL: in no band; borrowed. */
gboolean mh_form_spec_score (MhFormSpec *form,
                             const MhFormScore *score,
                             JsonObject *answers,
                             double *out_value,
                             const char **out_band);
/* "Risk 4 (high); …"; NULL without scores. Caller frees. */
char *mh_form_spec_scores_text (MhFormSpec *form, JsonObject *answers);
/* An answer in words; NULL: not answered. Caller frees. */
char *mh_form_spec_answer_text (const MhFormField *field, JsonObject *answers);

G_END_DECLS
