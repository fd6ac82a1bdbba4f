/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A question that is answered by one press: a button for each code of a table, and where it is
 * wanted a line for what else is to be said. */
#include <adwaita.h>

#include "shared/record/mh-field.h"

G_BEGIN_DECLS

/* @code NULL: it was cancelled. @note: what was typed, NULL when nothing. */
typedef void (*MhCodeAnswered) (const char *code, const char *note, gpointer data);

/* @codes ends with an all-NULL row; none is proposed. @note_label: name of the line; NULL: no
 * line. With a line the code "other" can be pressed only when something is written. Texts are
 * translated, labels of @codes are not yet. */
void mh_code_ask (GtkWidget *parent,
                  const char *heading,
                  const char *body,
                  const MhCode *codes,
                  const char *note_label,
                  MhCodeAnswered then,
                  gpointer data);

G_END_DECLS
