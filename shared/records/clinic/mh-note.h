/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Clinical notes. A note is a draft of its author, whom alone it is shown to, until it is signed;
 * from then on no column of its content changes (the database refuses it on both), its hash says
 * so, and what has to be added is a dated addendum. States follow FHIR R4 Composition: draft is
 * "preliminary", signed "final". The patient's MRN and name are those of the day of signing and
 * part of the hash; patient_id is not, since merging two charts moves it.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_NOTE_DRAFT "draft"
#define MH_NOTE_SIGNED "signed"
#define MH_NOTE_RETRACTED "retracted"
extern const MhCode mh_note_status_codes[];
extern const MhCode mh_note_kind_codes[];
extern const MhCode mh_note_cosign_codes[];

/* One heading of a note with what was written below it. */
enum
{
  MH_NOTE_SECTION_TITLE,
  MH_NOTE_SECTION_TEXT,
  MH_NOTE_SECTION_N_FIELDS,
};

enum
{
  MH_NOTE_HOSPITAL_ID = MH_N_COMMON,
  MH_NOTE_PATIENT_ID,
  MH_NOTE_VISIT_ID,
  MH_NOTE_KIND,
  MH_NOTE_TITLE,
  MH_NOTE_TEMPLATE,
  MH_NOTE_SECTIONS, /* JSON: [{"title":…,"text":…}] */
  MH_NOTE_WRITTEN_AT,
  MH_NOTE_STATUS,
  MH_NOTE_AUTHOR_ID,
  MH_NOTE_AUTHOR_NAME,
  MH_NOTE_PATIENT_MRN,
  MH_NOTE_PATIENT_NAME,
  MH_NOTE_SIGN,
  MH_NOTE_SIGNED_AT,
  MH_NOTE_SIGNED_NAME,
  MH_NOTE_HASH,
  MH_NOTE_NEEDS_COSIGN,
  MH_NOTE_COSIGNED_BY,
  MH_NOTE_COSIGNED_NAME,
  MH_NOTE_COSIGNED_AT,
  MH_NOTE_RETRACTED_AT,
  MH_NOTE_RETRACTED_NAME,
  MH_NOTE_RETRACT_REASON,
  MH_NOTE_BROKEN, /* what is stored does not fit its hash */
  MH_NOTE_N_ADDENDA,
  MH_NOTE_ADDENDA,
  MH_NOTE_N_FIELDS,
};

/* What was added to a signed note; never changed. */
enum
{
  MH_NOTE_ADDENDUM_NOTE_ID = MH_N_COMMON,
  MH_NOTE_ADDENDUM_TEXT,
  MH_NOTE_ADDENDUM_AT,
  MH_NOTE_ADDENDUM_BY_ID,
  MH_NOTE_ADDENDUM_BY_NAME,
  MH_NOTE_ADDENDUM_HASH,
  MH_NOTE_ADDENDUM_N_FIELDS,
};

/* Why a signed note does not hold; part of the call. */
enum
{
  MH_NOTE_RETRACTION_REASON,
  MH_NOTE_RETRACTION_N_FIELDS,
};

/* The headings a kind of note begins with, by specialty. */
enum
{
  MH_NOTE_TEMPLATE_HOSPITAL_ID = MH_N_COMMON,
  MH_NOTE_TEMPLATE_CODE,
  MH_NOTE_TEMPLATE_NAME,
  MH_NOTE_TEMPLATE_SPECIALTY,
  MH_NOTE_TEMPLATE_KIND,
  MH_NOTE_TEMPLATE_SECTIONS, /* "Heading" or "Heading: text that stands there already" */
  MH_NOTE_TEMPLATE_COSIGN,
  MH_NOTE_TEMPLATE_ACTIVE,
  MH_NOTE_TEMPLATE_N_FIELDS,
};

/* Sections as records, from the JSON of a note. Caller owns the array; empty for nothing. */
GPtrArray *mh_note_sections (MhRecord *note);
/* The other way, into the note. */
void mh_note_set_sections (MhRecord *note, GPtrArray *sections);
/* Empty sections of a template, with the text that it brings. Caller owns. */
GPtrArray *mh_note_sections_of_template (MhRecord *note_template);
/* Nothing was written below any heading. */
gboolean mh_note_is_empty (MhRecord *note);

G_END_DECLS
