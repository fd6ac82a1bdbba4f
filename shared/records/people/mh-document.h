/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Papers and pictures of a patient, and what a patient agreed to. A file comes in parts of at most
 * MH_DOCUMENT_PART_BYTES, in order, each under a key of its own, so that a line that breaks costs
 * one part. What a file is, is told by its first bytes, not by its name; it is there once all its
 * bytes have the SHA-256 that was announced.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_DOCUMENT_PART_BYTES (512 * 1024)
#define MH_DOCUMENT_MOST_BYTES (64 * 1024 * 1024)
#define MH_DOCUMENT_THUMBNAIL_BYTES (48 * 1024)

#define MH_DOCUMENT_UPLOADING "uploading"
#define MH_DOCUMENT_STORED "stored"
#define MH_DOCUMENT_DAMAGED "damaged"
extern const MhCode mh_document_status_codes[];

/* Of the virus scanner. */
#define MH_VIRUS_SCAN_NONE "none" /* no scanner is set up */
#define MH_VIRUS_SCAN_WAITING "waiting"
#define MH_VIRUS_SCAN_CLEAN "clean"
#define MH_VIRUS_SCAN_INFECTED "infected"
extern const MhCode mh_document_scan_codes[];

#define MH_DOCUMENT_CONSENT "consent"
#define MH_DOCUMENT_PORTRAIT "portrait" /* photo_id of the patient */
extern const MhCode mh_document_kind_codes[];

enum
{
  MH_DOCUMENT_HOSPITAL_ID = MH_N_COMMON,
  MH_DOCUMENT_PATIENT_ID,
  MH_DOCUMENT_VISIT_ID,
  MH_DOCUMENT_KIND,
  MH_DOCUMENT_TITLE,
  MH_DOCUMENT_DATED_ON,
  MH_DOCUMENT_SOURCE,
  MH_DOCUMENT_NOTE,
  MH_DOCUMENT_BYTES,
  MH_DOCUMENT_SHA256,
  MH_DOCUMENT_CONTENT_TYPE,
  MH_DOCUMENT_STATUS,
  MH_DOCUMENT_PARTS,
  MH_DOCUMENT_PARTS_STORED,
  MH_DOCUMENT_SCAN,
  MH_DOCUMENT_THREAT,
  MH_DOCUMENT_HAS_THUMBNAIL,
  MH_DOCUMENT_BY_ID,
  MH_DOCUMENT_BY_NAME,
  MH_DOCUMENT_STORED_AT,
  MH_DOCUMENT_THUMBNAIL,
  MH_DOCUMENT_N_FIELDS,
};

/* How many parts a file of @bytes has. Pure. */
guint mh_document_parts (gint64 bytes);
/* Bytes of part @number (from 0) of a file of @bytes. Pure. */
gsize mh_document_part_size (gint64 bytes, guint number);
/* May its content be looked at: stored, and not held back by the scanner. Pure. */
gboolean mh_document_is_open (MhRecord *document);

/* Bytes of one part, in base 64; of its own table. */
enum
{
  MH_DOCUMENT_PART_DOCUMENT_ID = MH_N_COMMON,
  MH_DOCUMENT_PART_NUMBER,
  MH_DOCUMENT_PART_CONTENT,
  MH_DOCUMENT_PART_N_FIELDS,
};

/* PUT /documents/{id}/parts */
enum
{
  MH_DOCUMENT_PUT_NUMBER,
  MH_DOCUMENT_PUT_CONTENT,
  MH_DOCUMENT_PUT_N_FIELDS,
};

/* POST /documents/{id}/removal, /consents/{id}/withdrawal */
enum
{
  MH_DOCUMENT_REASON_REASON,
  MH_DOCUMENT_REASON_N_FIELDS,
};

#define MH_CONSENT_GIVEN "given"
#define MH_CONSENT_REFUSED "refused"
#define MH_CONSENT_BY_PATIENT "patient"
extern const MhCode mh_consent_purpose_codes[];
extern const MhCode mh_consent_decision_codes[];
extern const MhCode mh_consent_by_codes[];

enum
{
  MH_CONSENT_HOSPITAL_ID = MH_N_COMMON,
  MH_CONSENT_PATIENT_ID,
  MH_CONSENT_VISIT_ID,
  MH_CONSENT_PURPOSE,
  MH_CONSENT_DECISION,
  MH_CONSENT_ABOUT,
  MH_CONSENT_GIVEN_BY,
  MH_CONSENT_GIVEN_NAME,
  MH_CONSENT_WITNESS,
  MH_CONSENT_DECIDED_ON,
  MH_CONSENT_VALID_UNTIL,
  MH_CONSENT_DOCUMENT_ID,
  MH_CONSENT_RECORDED_NAME,
  MH_CONSENT_WITHDRAWN_AT,
  MH_CONSENT_WITHDRAWN_NAME,
  MH_CONSENT_WITHDRAWN_REASON,
  MH_CONSENT_N_FIELDS,
};

G_END_DECLS
