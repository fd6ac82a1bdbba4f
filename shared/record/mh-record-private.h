/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of this room only. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

GType mh_record_register_gtype (const MhRecordType *type);

G_END_DECLS
