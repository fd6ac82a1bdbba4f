/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files that work on an attempt: what is made, what is found again, what is seen. */
#include "server/money/gateway/mh-gateway-apply.h"
#include "server/money/gateway/mh-gateway-work.h"

G_BEGIN_DECLS

gboolean mh_gateway_work_has (MhRecord *record, guint field, const char *text);
gboolean mh_gateway_work_is_kind (MhGatewayWork *work, const char *kind);
gboolean mh_gateway_work_is_status (MhGatewayWork *work, const char *status);
/* When it is asked about again; 0: never. */
gint64 mh_gateway_work_next (MhGatewayWork *work, MhRecord *attempt, MhRecord *task, gint64 now);
/* The provider answered: the count of failures begins anew. */
void mh_gateway_work_set_heard (MhRecord *task);

/* --- making: mh-gateway-work-make.c --- */

/* How soon something in doubt is looked for again. */
#define MH_GATEWAY_DOUBT_EVERY (10 * MH_SECOND)

gboolean mh_gateway_work_make (MhGatewayWork *work, GError **error);
/* Looks for what may have been made. *out_settled: it was found and taken over, or nothing can be
 * said now. */
gboolean mh_gateway_work_adopt (MhGatewayWork *work, gboolean *out_settled, GError **error);
/* There is nothing at the provider: the attempt ends. */
gboolean mh_gateway_work_nothing (MhGatewayWork *work, GError **error);

/* --- finding again: mh-gateway-work-find.c --- */

/* What the provider has that bears our mark. */
typedef struct
{
  GPtrArray *bodies;
  JsonObject *first; /* the latest; @keep where that is among them */
  GPtrArray *others; /* ids */
} MhGatewayFound;

void mh_gateway_found_clear (MhGatewayFound *found);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhGatewayFound, mh_gateway_found_clear)

/* Codes have no key to ask for, so the latest are gone through. NULL: done; else the answer that
 * was none. */
MhRzAnswer *mh_gateway_work_look_up (MhGatewayWork *work, const char *keep, MhGatewayFound *found);
void mh_gateway_work_close_strays (MhGatewayWork *work, const MhGatewayFound *found);

/* --- seeing: mh-gateway-work-see.c --- */

#define MH_GATEWAY_MOST_PAYMENTS 20

typedef struct
{
  GPtrArray *bodies; /* of JsonObject: what the payments below borrow from */
  MhRzPayment payments[MH_GATEWAY_MOST_PAYMENTS];
  guint n;
  MhPayLinkState state;
  gboolean closed_for_good; /* the provider confirms that nobody can pay any more */
} MhGatewaySeen;

/* Asks for the code, link or order and its payments; takes what a bank holds. @closing: closes it
 * first. NULL: done; else the answer that was none. */
MhRzAnswer *mh_gateway_work_see (MhGatewayWork *work, MhGatewaySeen *seen, gboolean closing);
/* Would it be taken at the next look? */
gboolean mh_gateway_work_takeable (MhGatewayWork *work, const MhRzPayment *payment);

G_END_DECLS
