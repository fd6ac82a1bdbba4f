/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* For the two drivers alone: the table behind mh-db.h. A driver embeds MhDb and MhRows as first
 * member. */
#include "shared/db/mh-db.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean is_postgres;
  MhRows *(*query) (MhDb *, const char *, const MhArg *, guint, GError **);
  /* or NULL, as the next two */
  MhRows *(*query_long) (MhDb *, const char *, const MhArg *, guint, GError **);
  void (*prefetch) (MhDb *, const char *, const MhArg *, guint);
  void (*drop_prefetch) (MhDb *);
  gint64 (*exec) (MhDb *, const char *, const MhArg *, guint, GError **);
  gboolean (*post) (MhDb *, const char *, const MhArg *, guint, GError **);
  gboolean (*flush) (MhDb *, GError **);
  void (*send) (MhDb *); /* or NULL */
  gboolean (*begin) (MhDb *, MhTxMode, GError **);
  gboolean (*commit) (MhDb *, GError **);
  void (*rollback) (MhDb *);
  gboolean (*savepoint) (MhDb *, GError **);
  gboolean (*release) (MhDb *, GError **);
  void (*rollback_to) (MhDb *);
  gboolean (*script) (MhDb *, const char *, GError **);
  void (*close) (MhDb *);
  gboolean (*rows_next) (MhRows *, GError **);
  guint (*rows_n_columns) (MhRows *);
  gboolean (*rows_is_null) (MhRows *, guint);
  const char *(*rows_text) (MhRows *, guint);
  gint64 (*rows_int) (MhRows *, guint);
  gboolean (*rows_bool) (MhRows *, guint);
  const guint8 *(*rows_bytes) (MhRows *, guint, gsize *);
  void (*rows_free) (MhRows *);
} MhDbDriver;

struct _MhDb
{
  const MhDbDriver *driver;
  char *constraint; /* of the last conflict */
  guint writes, statements;
  MhDbTrouble trouble; /* see mh_db_take_trouble() */
};

/* For the drivers: an MH_ERROR_STORAGE that is remembered. */
void mh_db_raise_trouble (MhDb *db, MhDbTrouble trouble, GError **error, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

struct _MhRows
{
  const MhDbDriver *driver;
};

G_END_DECLS
