/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/models/mh-typed-draft.h"

/* clang-format off */
static const MhField typed_draft_fields[] = {
  MH_COMMON_FIELDS,
  [MH_TYPED_DRAFT_VALUES] = { "values", MH_KIND_LIST, .flags = MH_NO_FORM | MH_SENSITIVE },
};

const MhRecordType mh_typed_draft_type = {
  .name = "MhTypedDraft", .code = "typed_draft",
  .fields = typed_draft_fields, .n_fields = G_N_ELEMENTS (typed_draft_fields),
};
/* clang-format on */
