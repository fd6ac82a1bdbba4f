/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What stands unsent in the controls of a window or pane that is no form by description: each
 * control by its name. The id says when it was begun. It never leaves the desk. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

enum
{
  MH_TYPED_DRAFT_VALUES = MH_N_COMMON, /* "name=value" */
  MH_TYPED_DRAFT_N_FIELDS,
};
extern const MhRecordType mh_typed_draft_type;

G_END_DECLS
