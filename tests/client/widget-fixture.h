/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What every test of widgets needs. */
#include "client/mh-context.h"

G_BEGIN_DECLS

/* Of a desk whose server does not answer, with a folder of its own. */
MhContext *widget_context (void);
/* What is waiting to be done is done. */
void widget_turn (void);
/* A woman born on a 29 February, with an id. */
MhRecord *widget_patient (const char *given, const char *family);

G_END_DECLS
