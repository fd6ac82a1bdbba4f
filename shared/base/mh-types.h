/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Forward names that several rooms share. A struct's body stays in the .c file of its room. */
#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _MhField MhField;
typedef struct _MhRecordType MhRecordType;
typedef struct _MhRecord MhRecord;
typedef struct _MhClock MhClock;
typedef struct _MhDb MhDb;
typedef struct _MhRows MhRows;
typedef struct _MhRoute MhRoute;

G_END_DECLS
