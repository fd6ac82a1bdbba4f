/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A row of a narrow table about money: who or what, the amount at its right, a detail below. */
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Tables narrower than this show lines instead of columns. */
#define MH_MONEY_LEAST_WIDTH 520

GtkWidget *mh_money_line_make (void);
/* NULL stands empty. */
void mh_money_line_set (GtkWidget *line, const char *what, const char *amount, const char *detail);

G_END_DECLS
