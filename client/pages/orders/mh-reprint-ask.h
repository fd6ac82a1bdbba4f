/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Why a label is printed again: one press. */
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @code: one of mh_reprint_reason_codes; NULL: it is not printed. */
typedef void (*MhReprintWhy) (const char *code, gpointer data);
void mh_reprint_ask (GtkWidget *parent, MhReprintWhy then, gpointer data);

G_END_DECLS
