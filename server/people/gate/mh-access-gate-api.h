/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * One gate before every call: what a path or a query names is looked at before its handler runs,
 * and the lists that handlers give are gone over before they leave. So a new call is guarded by
 * being there; tests/server/people/test-gate.c asks each of them.
 */
#include "server/platform/http/mh-call.h"

G_BEGIN_DECLS

extern const MhGate mh_access_gate;

/* The stored type whose id the path has first ("/visits/{id}/steps": visits); NULL: none. */
const MhRecordType *mh_access_gate_type (const MhRoute *route);
/* Does a record of that type lead to a patient? */
gboolean mh_access_gate_guards (const MhRecordType *type);

G_END_DECLS
