/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Receipts and labels of orders, printed through the system's dialog or to the printers that the
 * preferences name. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

typedef enum
{
  MH_PAPER_RECEIPT = 1 << 0,
  MH_PAPER_LABELS = 1 << 1,
} MhPapers;

/* Reads each order anew and prints what is asked for, one paper after the other. A label that was
 * printed is noted in its tube's custody. @order_ids is borrowed; cancelling one paper ends all. */
void mh_order_papers_print (GtkWidget *from,
                            MhContext *context,
                            const char *const *order_ids,
                            guint papers);

G_END_DECLS
