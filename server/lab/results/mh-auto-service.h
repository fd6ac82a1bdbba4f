/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The rules of automatic verification, what they would have done, and what waits for a person. */
#include "server/lab/results/mh-auto-store.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

GPtrArray *mh_auto_service_rules (const MhRequest *req, GError **error);
MhRecord *mh_auto_service_add (const MhRequest *req, MhRecord *rule, GError **error);
MhRecord *mh_auto_service_change (const MhRequest *req,
                                  const char *id,
                                  MhRecord *patch,
                                  gint64 if_match,
                                  GError **error);
/* @trial (auto_trial): gives an auto_outcome; nothing is changed. Quality control of that time is
 * not asked for, nor are serum indices: what a rule asks of them counts as good. */
MhRecord *mh_auto_service_try (const MhRequest *req, MhRecord *trial, gint64 now, GError **error);
/* Orders with values that wait (verify_row), critical ones first, then STAT, then the oldest.
 * Hospital and user of @query are filled in from the actor. */
GPtrArray *mh_auto_service_queue (const MhRequest *req, MhVerifyQuery *query, GError **error);

G_END_DECLS
