/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* SQL of visits and vital signs. */
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* NULL or 0: any. */
typedef struct
{
  const char *hospital_id;
  const char *patient_id, *doctor_id, *department_id, *kind, *status;
  gboolean open; /* only what is not over */
  gint64 from, to;
  gint64 before_at; /* cursor: arrived_at and id of the last row */
  const char *before_id;
  guint limit;
} MhVisitsQuery;

/* Newest arrival first. */
GPtrArray *mh_visits_store_list (MhDb *db, const MhVisitsQuery *query, GError **error);
/* The visit of an appointment that is not cancelled; *out_visit NULL: none. */
gboolean mh_visits_store_of_appointment (MhDb *db,
                                         const char *appointment_id,
                                         MhRecord **out_visit,
                                         GError **error);

/* Newest first, struck ones too; of the patient, or of one visit (@patient_id may then be NULL). */
GPtrArray *mh_vitals_store_list (MhDb *db,
                                 const char *hospital_id,
                                 const char *patient_id,
                                 const char *visit_id,
                                 MhListPage page,
                                 GError **error);
/* The newest set of the patient, not struck out, that has that value; NULL without error: none. */
MhRecord *
mh_vitals_store_latest (MhDb *db, const char *patient_id, const char *column, GError **error);

/* Newest first, struck ones too. */
GPtrArray *mh_fluids_store_list (MhDb *db,
                                 const char *hospital_id,
                                 const char *visit_id,
                                 MhListPage page,
                                 GError **error);

G_END_DECLS
