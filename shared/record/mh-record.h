/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A record: a GObject with one property per field of its type (and "notify" for each change), so
 * that a GtkExpression can look at it. Each field is unset (never mentioned), null, or has a value;
 * a PATCH is a record in which only the changed fields are set. Not thread-safe; hand over, do not
 * share.
 */
#include <json-glib/json-glib.h>

#include "shared/record/mh-record-type.h"

G_BEGIN_DECLS

#define MH_TYPE_RECORD (mh_record_get_type ())
G_DECLARE_DERIVABLE_TYPE (MhRecord, mh_record, MH, RECORD, GObject)

struct _MhRecordClass
{
  GObjectClass parent_class;
  const MhRecordType *type; /* class data */
  GParamSpec **specs;       /* by field */
};

MhRecord *mh_record_new (const MhRecordType *type);
MhRecord *mh_record_copy (MhRecord *record); /* deep */
const MhRecordType *mh_record_type (MhRecord *record);

/* Index arguments are the enum of the type (MH_ORDER_PRIORITY, …). Getters give NULL, 0 or FALSE
 * for unset and null. Strings and arrays stay the record's. Setters copy (…_take_… takes). */
gboolean mh_record_is_set (MhRecord *record, guint field); /* mentioned at all */
gboolean mh_record_has (MhRecord *record, guint field);    /* mentioned and not null/empty text */
const char *mh_record_text (MhRecord *record, guint field);
gint64 mh_record_int (MhRecord *record, guint field);
gboolean mh_record_bool (MhRecord *record, guint field);
const char *const *mh_record_list (MhRecord *record, guint field); /* NULL or NULL-terminated */
GPtrArray *mh_record_records (MhRecord *record, guint field);      /* NULL or array of MhRecord */
MhRecord *mh_record_record (MhRecord *record, guint field);

void mh_record_set_text (MhRecord *record, guint field, const char *value); /* NULL: null */
void mh_record_take_text (MhRecord *record, guint field, char *value);
void mh_record_set_int (MhRecord *record, guint field, gint64 value);
void mh_record_set_bool (MhRecord *record, guint field, gboolean value);
void mh_record_set_list (MhRecord *record, guint field, const char *const *value);
void mh_record_add_to_list (MhRecord *record, guint field, const char *entry);
void mh_record_take_records (MhRecord *record, guint field, GPtrArray *records);
void mh_record_append (MhRecord *record, guint field, MhRecord *child); /* refs child */
void mh_record_set_record (MhRecord *record, guint field, MhRecord *child);
void mh_record_set_null (MhRecord *record, guint field);
void mh_record_unset (MhRecord *record, guint field);

/* The five common fields, for stored types. */
const char *mh_record_id (MhRecord *record);
gint64 mh_record_version (MhRecord *record);

/* Copies every set field of @patch over @record. */
void mh_record_apply (MhRecord *record, MhRecord *patch);
/* Same type, same set fields, same values. */
gboolean mh_record_equal (MhRecord *a, MhRecord *b);
gboolean mh_record_field_equal (MhRecord *a, MhRecord *b, guint field);
/* Whose it is and what it is about, as its type tells (mh-record-type.h); a hospital, patient or
 * order is its own. NULL: nobody's, or its type does not say. Borrowed. */
const char *mh_record_hospital_id (MhRecord *record);
const char *mh_record_patient_id (MhRecord *record);
const char *mh_record_order_id (MhRecord *record);
/* One line for people: the type's display() or name/number/id. Caller frees. */
char *mh_record_display (MhRecord *record);
/* A value as text for tables and CSV ("2026-11-21", "511.00", code, "yes"). Caller frees; NULL:
 * empty. */
char *mh_record_value_text (MhRecord *record, guint field);

G_END_DECLS
