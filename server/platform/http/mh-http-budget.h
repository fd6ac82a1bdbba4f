/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* How many bytes of requests the server holds at once, over all its connections. Any thread. */
#include <glib.h>

G_BEGIN_DECLS

/* A body of this size comes along with its head in one reading of a connection. Small ones have a
 * quarter more than the rest, so that who sends large ones never keeps others from signing in. */
#define MH_HTTP_SMALL_BODY 4096

typedef struct
{
  gint64 most;
  gint64 used; /* atomic */
} MhHttpBudget;

/* FALSE: there is no room now, nothing is taken. */
gboolean mh_http_budget_take (MhHttpBudget *budget, gsize bytes);
void mh_http_budget_give (MhHttpBudget *budget, gsize bytes);

G_END_DECLS
