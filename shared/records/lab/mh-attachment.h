/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A picture or paper that belongs to a result: a smear, a gel, a culture plate. What it is, is told
 * by its first bytes, not by its name. The bytes lie in a table of their own, so that a list of
 * attachments stays small.
 */
#include "shared/record/mh-record.h"
#include "shared/records/mh-types.h"

G_BEGIN_DECLS

#define MH_ATTACHMENT_MOST_BYTES (2 * 1024 * 1024)

#define MH_CONTENT_PNG "image/png"
#define MH_CONTENT_JPEG "image/jpeg"
#define MH_CONTENT_WEBP "image/webp"
#define MH_CONTENT_TIFF "image/tiff"
#define MH_CONTENT_PDF "application/pdf"

/* By its first bytes: MH_CONTENT_…; NULL: nothing that may be attached. */
const char *mh_attachment_content_type (const guint8 *data, gsize size);

enum
{
  MH_ATTACHMENT_HOSPITAL_ID = MH_N_COMMON,
  MH_ATTACHMENT_ORDER_ID,
  MH_ATTACHMENT_PATIENT_ID,
  MH_ATTACHMENT_TEST,
  MH_ATTACHMENT_ANALYTE,
  MH_ATTACHMENT_TITLE,
  MH_ATTACHMENT_CONTENT_TYPE,
  MH_ATTACHMENT_BYTES,
  MH_ATTACHMENT_SHA256,
  MH_ATTACHMENT_ON_REPORT,
  MH_ATTACHMENT_BY_ID,
  MH_ATTACHMENT_BY_NAME,
  MH_ATTACHMENT_N_FIELDS,
};

/* The bytes, in base 64; its id is the attachment's. */
enum
{
  MH_ATTACHMENT_DATA_CONTENT = MH_N_COMMON,
  MH_ATTACHMENT_DATA_N_FIELDS,
};

/* POST /orders/{id}/attachments */
enum
{
  MH_ATTACHMENT_PUT_ID,
  MH_ATTACHMENT_PUT_ANALYTE,
  MH_ATTACHMENT_PUT_TITLE,
  MH_ATTACHMENT_PUT_CONTENT,
  MH_ATTACHMENT_PUT_SHA256,
  MH_ATTACHMENT_PUT_ON_REPORT,
  MH_ATTACHMENT_PUT_N_FIELDS,
};

G_END_DECLS
