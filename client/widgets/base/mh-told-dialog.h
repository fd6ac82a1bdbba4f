/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What is told only once (a key, recovery codes): why, the text itself, and a button that copies
 * it. */
#include "client/widgets/base/mh-dialog.h"

G_BEGIN_DECLS

typedef struct
{
  const char *title, *reason, *text; /* translated; @text as it is to be copied */
} MhTold;

void mh_told_dialog_show (GtkWidget *parent, MhContext *context, const MhTold *told);

G_END_DECLS
