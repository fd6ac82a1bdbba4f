/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Receipts and labels of an order, printed through the system's dialog. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

typedef enum
{
  MH_PAPER_RECEIPT = 1 << 0,
  MH_PAPER_LABELS = 1 << 1,
} MhPapers;

/* Reads the order anew, prints what is asked for, and notes each printed label in its tube's
 * custody. */
void
mh_order_papers_print (GtkWidget *from, MhContext *context, const char *order_id, guint papers);

G_END_DECLS
