/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* How large a record can be as JSON, worked out from its description: what is larger need not be
 * read to be refused. */
#include "shared/record/mh-record-type.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 bytes;  /* with every character escaped */
  guint64 values; /* members and elements at any depth */
} MhRecordSize;

/* The largest that a client may send of @type; G_MAXUINT32 stands for any more. */
MhRecordSize mh_record_size_most (const MhRecordType *type);

G_END_DECLS
