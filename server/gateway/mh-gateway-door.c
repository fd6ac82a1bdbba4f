/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/gateway/mh-gateway-door.h"

#include "server/payments/mh-payments-service.h"
#include "shared/records/mh-records.h"

gboolean
mh_gateway_door_credit (MhTx *tx,
                        MhServer *server,
                        MhRecord *payment,
                        char **out_credited,
                        GError **error)
{
  return TRUE;
}

gboolean
mh_gateway_door_nothing_open (MhTx *tx,
                              MhServer *server,
                              const char *order_id,
                              const char *then,
                              const char *why,
                              GError **error)
{
  return TRUE;
}

gboolean
mh_gateway_door_refunded (MhTx *tx, MhServer *server, MhRecord *refund, GError **error)
{
  return TRUE;
}
