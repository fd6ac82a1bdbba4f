/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of results and verifications. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* All results of an order, in report order. */
void mh_results_store_of_order_prefetch (MhDb *db, const char *order_id);
GPtrArray *mh_results_store_of_order (MhDb *db, const char *order_id, GError **error);
/* The newest verified results of each analyte of a patient, newest first within an analyte, some
 * eight at most, measured before @before and not of @order_id: id, analyte, value, value_text,
 * critical and measured_at alone. */
GPtrArray *mh_results_store_previous (MhDb *db,
                                      const char *patient_id,
                                      const char *order_id,
                                      gint64 before,
                                      GError **error);

/* Transfusions and dialyses of a patient, those of records merged into it included. */
GPtrArray *mh_results_store_events (MhDb *db, const char *patient_id, GError **error);
/* mh_worklist_type records by name. @hospital_id NULL: of all. */
GPtrArray *mh_results_store_worklists (MhDb *db, const char *hospital_id, GError **error);
/* Ids (char *) of the orders that wait for @test, the most pressing first. */
GPtrArray *mh_results_store_worklist (MhDb *db,
                                      const char *hospital_id,
                                      const char *test,
                                      guint limit,
                                      GError **error);
/* The parts of a culture's result; what replaces them is inserted after. */
gboolean mh_results_store_forget_isolates (MhDb *db, const char *result_id, GError **error);
/* Open questions to supervisors, the oldest first. */
GPtrArray *mh_results_store_questions (MhDb *db, const char *hospital_id, GError **error);

/* What was released last of the patient's @analyte in other orders, whenever it was collected: its
 * value, value in words, time and order. NULL without @error: nothing. */
MhRecord *mh_results_store_released (MhDb *db,
                                     const char *patient_id,
                                     const char *order_id,
                                     const char *analyte,
                                     GError **error);

G_END_DECLS
