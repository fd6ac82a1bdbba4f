/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What is measured next because of a result. The verification asks after it has verified, before it
 * looks whether the order is complete; the orders' room adds what is wanted.
 */
#include "server/lab/catalogue/mh-catalogue.h"

G_BEGIN_DECLS

typedef struct
{
  const char *test;     /* code of the test to add */
  const char *priority; /* MH_PRIORITY_…; NULL: as the order's */
  gboolean charged;     /* FALSE: the added test costs nothing */
  gboolean tell_requester, tell_laboratory;
  MhRecord *rule;    /* MhReflexRule of the view; NULL: a person adds it */
  const char *panel; /* in which it was asked for, or NULL */
  gint64 price;      /* its share of the panel's price; 0: as the catalogue has it */
  MhRecord *result;  /* the result that set it off */
} MhReflexWish;

/* The tests that @results (MhResult, just verified) ask for. @items: all ordered tests
 * (MhOrderItem) of the order, cancelled ones too. Each test once, none that the order has already
 * in whatever state, none that is not offered, and never more than MH_REFLEX_MOST in one order. The
 * wishes borrow from @view and @results. Empty, never NULL. */
GPtrArray *mh_reflex_wanted (MhCatalogueView *view, GPtrArray *results, GPtrArray *items);

G_END_DECLS
