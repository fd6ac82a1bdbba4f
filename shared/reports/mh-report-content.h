/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What a laboratory report says, apart from how it looks. At release the content is frozen as
 * canonical JSON and hashed (SHA-256); every later print is drawn from that text again, so that a
 * change of name or catalogue never changes a report that went out. The QR on the paper carries id,
 * version and hash.
 */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* Borrowed by every function that takes it const. */
typedef struct
{
  MhRecord *hospital;     /* mh_hospital_type */
  MhRecord *patient;      /* mh_patient_type, as it was */
  MhRecord *order;        /* mh_order_type with its items and samples */
  GPtrArray *results;     /* of mh_result_type, in report order */
  MhRecord *report;       /* mh_report_type; NULL: a preview before release */
  MhRecord *verifier;     /* mh_user_type; NULL: not verified */
  GPtrArray *replaced;    /* results of the version that this one corrects; or NULL */
  MhRecord *template_;    /* mh_report_template_type without its logo; NULL: the house's look */
  MhRecord *change;       /* report_change with its values, which made this version; or NULL */
  char *comment;          /* on the report as a whole; or NULL */
  GPtrArray *attachments; /* of mh_attachment_type, those that go on the report; or NULL */
  /* What is known at the time of drawing alone, and not in the content: */
  char *critical_note; /* "Potassium 6.8 called to Dr Rao at 14:05, read back"; or NULL */
  GBytes *logo;        /* the PNG whose hash the template names; or NULL */
  GHashTable *files; /* of the attachments: SHA-256 → GBytes; or NULL, like a file not at hand */
} MhLabReport;

/* Frees what a report from mh_lab_report_from_content() owns. */
void mh_lab_report_free (MhLabReport *report);

/* Canonical JSON of all that is printed. Its field lists are the only place that says what a report
 * holds; names and kinds come from the record types. Caller frees. */
char *mh_report_content (const MhLabReport *report);
/* Sets content and hash of .report from everything else: the last act before it is stored. */
void mh_lab_report_freeze (const MhLabReport *report);
/* What a stored mh_report_type record says, ready to print: its frozen content, with @record itself
 * (its status and hash as they are now) as the report. Errors as below; refuses content that lost
 * its hash with MH_ERROR_CONFLICT. */
MhLabReport *mh_lab_report_from_record (MhRecord *record, GError **error);
/* The records back from frozen content. MH_ERROR_MALFORMED or INVALID when it is not such a text.
 */
MhLabReport *mh_lab_report_from_content (const char *content, GError **error);
/* SHA-256 of the canonical form of @content, 64 lower-case hexadecimal digits. Spaces and the order
 * of members do not matter. NULL with MH_ERROR_MALFORMED when it is not JSON. Caller frees. */
char *mh_report_content_hash (const char *content, GError **error);
/* Does the stored content of an mh_report_type record still have its hash? */
gboolean mh_report_content_is_intact (MhRecord *report);

/* What the QR of the paper holds: the report's link, which the server sets where the hospital has a
 * public address, else "MHREPORT:1:<ID>:<VERSION>:<HASH>", in capitals because a QR packs them
 * tighter. Caller frees; NULL while there is no hash. */
char *mh_report_code (MhRecord *report);
/* The part of the link behind ".../r/": id, version and the first half of the hash. Caller frees;
 * NULL while there is no hash. */
char *mh_report_link_code (MhRecord *report);
/* Reads either back, and what stands behind "/r/" alone, in any case of letters. *out_id and
 * *out_hash come in lower case; caller frees. Of a link the hash is its first half. */
gboolean
mh_report_code_parse (const char *code, char **out_id, gint64 *out_version, char **out_hash);
/* Is @hash the report's, or the half of it that stands in a link? */
gboolean mh_report_hash_fits (MhRecord *report, const char *hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhLabReport, mh_lab_report_free)

G_END_DECLS
