/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A hospital with a small catalogue and the people of a laboratory day, on a real store. */
#include "server/lab/catalogue/mh-catalogue.h"
#include "server/platform/actor/mh-actor.h"
#include "server/platform/runtime/mh-server.h"
#include "tests/server/mh-test-db.h"

G_BEGIN_DECLS

#define LAB_HOSPITAL "01900000-0000-7000-8000-000000000001"
#define LAB_PATIENT "01900000-0000-7000-8000-000000000002"
/* The girl in LAB_PATIENT is twelve on 2026-03-11, in Kolkata. */
#define LAB_BIRTH_DATE "2014-03-11"
#define LAB_LAST_OF_ELEVEN "2026-03-10T18:29:59.000Z"
#define LAB_FIRST_OF_TWELVE "2026-03-10T18:30:00.000Z"

typedef struct
{
  MhServer *server;
  MhActor *technician, *second, *pathologist, *doctor, *reception;
} Lab;

Lab *lab_new (const MhTestDb *test);
void lab_free (Lab *lab);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lab, lab_free)

typedef gboolean (*LabFunc) (MhTx *tx, Lab *lab, gpointer data, GError **error);
/* Runs @func in the write queue as @actor. */
gboolean lab_write (Lab *lab, MhActor *actor, LabFunc func, gpointer data, GError **error);
/* Give it back with mh_store_give_reader(). */
MhDb *lab_reader (Lab *lab);
void lab_done (Lab *lab, MhDb *db);

/* As a client would send it. */
MhRecord *lab_parse (const MhRecordType *type, const char *format, ...);

/* An order for the codes (separated by spaces); its id. Tubes wait to be collected. */
char *lab_order (Lab *lab, const char *codes);
/* All tubes of the order, or those with that container, collected at that time (NULL: now) and
 * received. */
void lab_receive (Lab *lab, const char *order_id, const char *container, const char *collected);
/* "HGB=13.2 K=4.1", "ABO/2=A" for a second determination; @final as in the request. The sheet, or
 * NULL with @error. */
MhRecord *lab_save (Lab *lab,
                    MhActor *actor,
                    const char *order_id,
                    const char *values,
                    gboolean final,
                    GError **error);
/* A results_put as it is. */
void lab_put (Lab *lab, MhActor *actor, const char *order_id, MhRecord *put);
MhRecord *lab_verify (Lab *lab,
                      MhActor *actor,
                      const char *order_id,
                      const char *decision,
                      const char *comment,
                      GError **error);
MhRecord *lab_sheet (Lab *lab, MhActor *actor, const char *order_id);
/* As many alerts of @kind wait for somebody of the role @told, and none for @not_told. */
void lab_told (Lab *lab, const char *kind, guint n, const char *told, const char *not_told);
/* The row of that analyte. */
MhRecord *lab_row (MhRecord *sheet, const char *code);
MhRecord *lab_get (Lab *lab, const MhRecordType *type, const char *id);

G_END_DECLS
