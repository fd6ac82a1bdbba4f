/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Words in braces of a text that the hospital writes: "Dear {name}". */
#include "shared/record/mh-record-check.h"

G_BEGIN_DECLS

/* Adds to @issues at @field when a word of it is none of @known, or a brace is not closed; and when
 * one of @needed, which may be NULL, does not stand in it. */
void mh_placeholders_check (MhRecord *record,
                            guint field,
                            const char *const *known,
                            const char *const *needed,
                            MhIssues *issues);

G_END_DECLS
