/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* libpq (mh-late.h) with the libraries behind it, which a server on the embedded database does
 * without: its functions by their own names and types. */
#include <gmodule.h>
#include <libpq-fe.h>

G_BEGIN_DECLS

/* clang-format off */
#define MH_LATE_PQ(X) \
  X (PQclear) X (PQcmdStatus) X (PQcmdTuples) X (PQconnectdbParams) X (PQconsumeInput) X (PQcopyResult) \
  X (PQenterPipelineMode) X (PQexitPipelineMode) X (PQfinish) X (PQflush) X (PQfreemem) X (PQftype) \
  X (PQgetisnull) X (PQgetlength) X (PQgetResult) X (PQgetvalue) X (PQisBusy) X (PQnfields) X (PQnotifies) \
  X (PQntuples) X (PQpipelineSync) X (PQresultErrorField) X (PQresultStatus) X (PQsendPrepare) X (PQsendQuery) \
  X (PQsendQueryPrepared) X (PQsetnonblocking) X (PQsetNoticeReceiver) X (PQsocket) X (PQstatus) X (PQunescapeBytea)
/* clang-format on */

#define MH_LATE_PQ_MEMBER(name) typeof (&name) name;

typedef struct
{
  MH_LATE_PQ (MH_LATE_PQ_MEMBER)
} MhLatePq;

G_MODULE_EXPORT extern const MhLatePq mh_late_pq;

G_END_DECLS
