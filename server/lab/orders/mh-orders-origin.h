/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Where an order comes from: the prescription whose tests it holds, the doctor, the department that
 * waits for its report and is called about critical values. */
#include "server/platform/actor/mh-request.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Fills what @order (new, its patient known, priority as it was sent) leaves open: from its
 * prescription the doctor, STAT, diagnosis and notes; a doctor of the house by name; the department
 * where the patient is being seen, else the doctor's. The prescription is taken off the desk's
 * list: MH_ERROR_CONFLICT when its tests are ordered already. */
gboolean mh_orders_origin_fill (const MhRequest *req, MhRecord *order, GError **error);
/* After doctor or department of a placed order were changed: the name follows the account, and an
 * account that does not belong to a named doctor any more goes. */
gboolean mh_orders_origin_change (MhDb *db, MhRecord *patch, MhRecord *after, GError **error);

G_END_DECLS
