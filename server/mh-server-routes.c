/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/mh-server-run.h"

#include "server/auth/mh-auth-api.h"
#include "server/feed/mh-feed-api.h"
#include "server/ops/mh-ops-api.h"
#include "server/patients/mh-patients-api.h"

void
mh_server_bind_routes (MhRouter *router)
{
  mh_ops_bind (router);
  mh_feed_bind (router);
  mh_auth_api_bind (router);
  mh_patients_bind (router);
}
