/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A row of any stored type, with something in every column: for tests that go over all types. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

typedef struct
{
  /* What a reference to @target is to hold; NULL: leave it empty. */
  const char *(*reference) (const MhRecordType *target, gpointer data);
  gpointer data;
  const char *secret;  /* a word that no answer may hold; NULL: none */
  gboolean everywhere; /* the secret stands in every text, not only where the chart begins */
} RowFixture;

/* Caller owns it. It breaks no check of the database, but may break one of the description. */
MhRecord *row_fixture_make (const RowFixture *fixture, const MhRecordType *type);

G_END_DECLS
