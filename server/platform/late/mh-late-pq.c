/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/platform/late/mh-late-pq.h"

#define OWN(name) .name = name,

const MhLatePq mh_late_pq = { MH_LATE_PQ (OWN) };
