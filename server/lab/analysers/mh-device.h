/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What an analyser said, whichever language it speaks. No I/O, no database. */
#include "shared/base/mh-error.h"
#include "shared/hl7/mh-hl7.h"

G_BEGIN_DECLS

typedef struct
{
  char *code, *name, *value, *unit, *flags;
  char *finality;     /* HL7 table 0085: F, P, C, X, …; NULL: not said */
  gint64 measured_at; /* 0: not said */
  gboolean is_file;   /* OBX-2 ED: a picture or paper instead of a value */
  GBytes *file;       /* NULL: it cannot be read, and .problem says why */
  char *problem;
} MhDeviceValue;

typedef struct
{
  GPtrArray *numbers; /* char *: what may be the barcode, the likeliest first */
  gboolean is_control;
  char *patient_id, *family, *given, *birth_date, *sex; /* as sent; NULL: not said */
  GPtrArray *values;                                    /* of MhDeviceValue */
} MhDeviceSample;

typedef enum
{
  MH_DEVICE_RESULTS,
  MH_DEVICE_QUERY,  /* which tests for these tubes? */
  MH_DEVICE_ANSWER, /* to a message of ours */
  MH_DEVICE_OTHER,  /* of no concern to a laboratory */
} MhDeviceKind;

typedef struct
{
  MhHl7 *text;
  gboolean is_astm;
  MhDeviceKind kind;
  char *type; /* "ORU^R01", "QBP^Q11"; of ASTM "RESULTS", "QUERY" */
  char *control_id, *sender, *version, *processing;
  gint64 sent_at;             /* by the analyser's clock; 0: not said */
  char *accept, *application; /* MSH-15 and 16 as sent: AL, NE, ER, SU; NULL: not said */
  GPtrArray *samples;         /* of MhDeviceSample */
  GPtrArray *asked;           /* char *: barcodes of a query */
  char *query_tag;
  char *answer, *answers, *answer_text; /* AA, control id of ours, words */
} MhDeviceMessage;

/* Reads the bytes of a frame. @zone: of the analyser's clock. MH_ERROR_MALFORMED, _TOO_LARGE. */
MhDeviceMessage *mh_device_read_hl7 (GBytes *bytes, GTimeZone *zone, GError **error);
MhDeviceMessage *mh_device_read_astm (GBytes *bytes, GTimeZone *zone, GError **error);
void mh_device_message_free (MhDeviceMessage *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhDeviceMessage, mh_device_message_free)

/* TRUE: that it is kept is told by itself (CA), before what became of it. AL with NE means no more
 * than one answer, as those send it who know the original mode alone. */
gboolean mh_device_is_enhanced (const MhDeviceMessage *message);
/* Does the sender want to be told so, as HL7 table 0155 has it? */
gboolean mh_device_wants (const char *condition, gboolean success);
/* By how many whole minutes the clock it was sent by is wrong, either way; up to five are none,
 * since a message takes its time too. 0 as well when it does not say. */
gint64 mh_device_minutes_off (const MhDeviceMessage *message, gint64 now);
guint mh_device_n_values (const MhDeviceMessage *message);
/* The barcode, or what is likest to one; NULL: none. */
const char *mh_device_sample_number (const MhDeviceSample *sample);
/* "KUMAR ASHA · MRN000123 · 1985-04-12 · F"; NULL when nothing was said. Caller frees. */
char *mh_device_sample_patient (const MhDeviceSample *sample);

/* Do two spellings mean one unit? Only what cannot be mistaken counts as one: blanks, µ and u, ^
 * and
 * *, raised digits, the sign before 10*3, the letter of the litre. */
gboolean mh_device_same_unit (const char *a, const char *b);
/* A value of the analyser as we write it: comma to point, "< 10" to "<10", its words in ours, times
 * @factor (NULL: as it is) with @decimals. Anything that is no number stays as it was sent. Caller
 * frees; NULL: the product cannot be held. */
char *
mh_device_value (const char *value, const char *const *words, const char *factor, int decimals);

G_END_DECLS
