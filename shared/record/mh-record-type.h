/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * A record type: a table of fields and, if the plain table cannot say it, a pure check over several
 * fields. Types with .table are stored; types without are only carried (a login, a batch of
 * results) and get JSON, validation, forms and OpenAPI from the same description.
 */
#include "shared/base/mh-error.h"
#include "shared/record/mh-field.h"

G_BEGIN_DECLS

typedef enum
{
  MH_TYPE_SYNC = 1 << 0,      /* delivered by the change feed, kept in the client's cache */
  MH_TYPE_APPEND = 1 << 1,    /* rows are never updated or deleted (audit, custody) */
  MH_TYPE_PART = 1 << 2,      /* lives inside another record's JSON; not fed or audited by itself */
  MH_TYPE_PATIENT = 1 << 3,   /* holds a patient's data: reads are audited */
  MH_TYPE_CATALOGUE = 1 << 4, /* reference data: the server keeps it in memory */
  MH_TYPE_INTERNAL = 1 << 5,  /* server only: no JSON route (sessions, idempotency keys) */
} MhTypeFlags;

struct _MhRecordType
{
  const char *name;  /* "MhOrder": GType name and OpenAPI schema (without Mh) */
  const char *code;  /* "order": in the feed, the cache and the audit */
  const char *table; /* "lab_order"; NULL: not stored */
  const char *path;  /* "/orders"; NULL: no collection of its own */
  const char *label; /* N_("Order") */
  const MhField *fields;
  guint n_fields;
  guint flags;
  guint since; /* schema version; 0 means 1 */
  /* What every room asks of a record whose type it does not know. Fields of this type, 0: it has
   * none. */
  guint hospital; /* whose record it is */
  guint patient;  /* whom it is about */
  guint order;    /* what it belongs to; its patient is that of the order */
  guint key;      /* what people name it by: its code */
  guint active;   /* whether it is in use */
  void (*check) (MhRecord *record, MhIssues *issues); /* or NULL; pure */
  char *(*display) (MhRecord *record);                /* one line for people, or NULL */
  /* Which of its records are told to whom, beyond the rights of the type; NULL: all. Pure. */
  gboolean (*is_for) (MhRecord *record, const char *user_id, const char *const *rights);
};

/* Index of the field of that name, -1 if there is none. Constant time. Thread-safe. */
int mh_record_type_find (const MhRecordType *type, const char *name);
/* The GObject class; registered at first use. Thread-safe. */
GType mh_record_type_gtype (const MhRecordType *type);

/* Asked for each value that goes in or out: inline, by one bit for each kind. */
#define MH_KINDS_INT ((1u << MH_KIND_INT) | (1u << MH_KIND_MONEY) | (1u << MH_KIND_INSTANT))
#define MH_KINDS_NESTED ((1u << MH_KIND_RECORDS) | (1u << MH_KIND_RECORD))
#define MH_KINDS_NO_TEXT                                                                           \
  (MH_KINDS_INT | MH_KINDS_NESTED | (1u << MH_KIND_BOOL) | (1u << MH_KIND_LIST))

static inline gboolean
mh_field_is_column (const MhField *field)
{
  return (MH_KINDS_NESTED >> field->kind & 1) == 0 && (field->flags & (MH_VIRTUAL | MH_INPUT)) == 0;
}

/* In memory a gint64. */
/* A part of something in hundredths of a per cent, which people read and write in per cent. */
static inline gboolean
mh_field_is_rate (const MhField *field)
{
  return field->kind == MH_KIND_INT && g_strcmp0 (field->format, "rate") == 0;
}

static inline gboolean
mh_field_is_int (const MhField *field)
{
  return (MH_KINDS_INT >> field->kind & 1) != 0;
}

/* In memory a char *. */
static inline gboolean
mh_field_is_text (const MhField *field)
{
  return (MH_KINDS_NO_TEXT >> field->kind & 1) == 0;
}

/* The label of a code, the code itself when it has none. Untranslated N_() text. */
const char *mh_code_label (const MhCode *codes, const char *code);
const char *mh_field_code_label (const MhField *field, const char *code);

G_END_DECLS
