/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * One row of a record's description. Everything else derives from it: GObject property, JSON,
 * validation on both sides, SQL for both databases, cache, form, column, OpenAPI, audit difference.
 */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

/* What a value is. In memory: text-like kinds are UTF-8 strings, numbers gint64, lists GStrv,
 * records GPtrArray of MhRecord. In JSON: see each line. In SQL: TEXT, BIGINT or BOOLEAN. */
typedef enum
{
  MH_KIND_TEXT,      /* one line */
  MH_KIND_LONG_TEXT, /* several lines */
  MH_KIND_INT,       /* JSON integer; BIGINT */
  MH_KIND_MONEY,     /* JSON integer in minor units; BIGINT */
  MH_KIND_DECIMAL,   /* JSON string, digits kept; TEXT */
  MH_KIND_BOOL,
  MH_KIND_DATE,    /* "YYYY-MM-DD"; TEXT */
  MH_KIND_TIME,    /* "HH:MM"; TEXT */
  MH_KIND_INSTANT, /* JSON RFC 3339 UTC, memory and SQL µs as BIGINT */
  MH_KIND_ENUM,    /* one of .codes; TEXT */
  MH_KIND_REF,     /* id of a .target record; TEXT */
  MH_KIND_LIST,    /* JSON array of strings; SQL TEXT holding JSON; with .codes each must be one */
  MH_KIND_RECORDS, /* JSON array of .target objects; never a column (implies MH_VIRTUAL) */
  MH_KIND_RECORD,  /* one nested .target object or null; never a column */
  MH_KIND_JSON,    /* any JSON value, kept as its text; TEXT */
  MH_N_KINDS,
} MhKind;

typedef enum
{
  MH_REQUIRED = 1 << 0,   /* must be there and not empty */
  MH_SEARCH = 1 << 1,     /* part of the record's search text */
  MH_SORT = 1 << 2,       /* may be sorted by; gets an index in the cache */
  MH_UNIQUE = 1 << 3,     /* UNIQUE in SQL */
  MH_IMMUTABLE = 1 << 4,  /* set at creation, refused in a PATCH */
  MH_SERVER_SET = 1 << 5, /* refused from clients; the server fills it */
  MH_SENSITIVE = 1 << 6,  /* masked in audit differences, never logged */
  MH_VIRTUAL = 1 << 7,    /* in JSON and memory, no column (computed or composed) */
  MH_NO_FORM = 1 << 8,    /* not in default forms and tables */
  MH_SECRET = 1 << 9,     /* a column that never leaves the server (password hash) */
  MH_INPUT = 1 << 10,     /* clients may send it, it is not a column and not sent back (password) */
  MH_INDEX = 1 << 11,     /* plain SQL index */
  MH_BRIEF = 1 << 12,     /* in the short form shown in lists and default table columns */
} MhFieldFlags;

typedef struct
{
  const char *code;
  const char *label; /* N_() */
} MhCode;

struct _MhField
{
  const char *name; /* snake_case: JSON member, SQL column; GObject property with '-' for '_' */
  MhKind kind;
  const char *label; /* N_() sentence case */
  const char *help;  /* N_() or NULL; also OpenAPI's description */
  const char *unit;  /* shown behind the value, or NULL */
  guint flags;
  guint max; /* text: most code points (0: 200, long text 4000); list: most entries (0: 100) */
  gint64 at_least;     /* INT, MONEY: limits, used when at_most > at_least */
  gint64 at_most;      /*   */
  const MhCode *codes; /* ENUM, LIST: ends with { NULL } */
  const MhRecordType *target;
  const char *list;   /* REF: the call that lists what may be chosen; NULL: that of the target */
  const char *format; /* TEXT: "email", "phone", "pin", "mrn", "code" (A-Z 0-9 - _), or NULL; INT:
                       * "rate" (mh_field_is_rate()) */
  guint since;        /* schema version that brought the column; 0 means 1 */
};

/* The most that an amount may be: a thousand million in the major unit; more is a slip of typing.
 */
#define MH_MOST_MONEY G_GINT64_CONSTANT (100000000000)

/* Every stored record begins with these five. */
enum
{
  MH_ID,
  MH_VERSION,
  MH_CREATED_AT,
  MH_CHANGED_AT,
  MH_DELETED_AT,
  MH_N_COMMON
};

/* clang-format off */
#define MH_COMMON_FIELDS \
  [MH_ID]         = { "id", MH_KIND_TEXT, .label = N_("Id"), .flags = MH_IMMUTABLE | MH_NO_FORM, .max = 36, .format = "uuid" }, \
  [MH_VERSION]    = { "version", MH_KIND_INT, .label = N_("Version"), .flags = MH_SERVER_SET | MH_NO_FORM }, \
  [MH_CREATED_AT] = { "created_at", MH_KIND_INSTANT, .label = N_("Created"), .flags = MH_SERVER_SET | MH_NO_FORM }, \
  [MH_CHANGED_AT] = { "changed_at", MH_KIND_INSTANT, .label = N_("Changed"), .flags = MH_SERVER_SET | MH_NO_FORM }, \
  [MH_DELETED_AT] = { "deleted_at", MH_KIND_INSTANT, .label = N_("Deleted"), .flags = MH_SERVER_SET | MH_NO_FORM }
/* clang-format on */

#ifndef N_
#define N_(String) (String) /* spelled as gettext's own header spells it */
#endif

G_END_DECLS
