/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* An instrument, two controls and who measures them, over the laboratory of lab-fixture.c. Each
 * call is one transaction of the services of quality control or equipment. */
#include "server/lab/qc/mh-qc-service.h"
#include "tests/server/lab-fixture.h"

G_BEGIN_DECLS

typedef struct
{
  Lab *lab;
  char *targets[2];
  char *lots[2];
  char *equipment;
} QcHouse;

typedef enum
{
  ADD_EQUIPMENT,
  ADD_PLAN,
  LOG,
  ADD_QC,
  CHANGE_QC,
  RUN,
  ACT,
  REMARK,
  REVIEW,
  ADOPT,
  TAKE,
  SWEEP,
} QcWhat;

/* HGB on HEMA1: level 1 should read 8.0 ± 0.1, level 2 14.0 ± 0.2. Technician and pathologist have
 * the rights of their roles. */
QcHouse *qc_house_new (const MhTestDb *test);
void qc_house_free (QcHouse *house);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QcHouse, qc_house_free)
void qc_clock (QcHouse *house, const char *instant);
void qc_later (QcHouse *house, gint64 minutes);

/* All take @body, NULL: none. NULL with @error when it is refused. */
MhRecord *qc_try (QcHouse *house,
                  MhActor *actor,
                  QcWhat what,
                  const char *id,
                  MhRecord *body,
                  GError **error);
MhRecord *qc_must (QcHouse *house, MhActor *actor, QcWhat what, const char *id, MhRecord *body);
/* Of that kind, and with an issue of @field, where one is told. */
void qc_refused (QcHouse *house,
                 MhActor *actor,
                 QcWhat what,
                 const char *id,
                 MhRecord *body,
                 MhErrorKind kind,
                 const char *field);

/* A value that an analyser sent of the control with that number. NULL with @error. */
MhRecord *qc_take (QcHouse *house, const char *control, const char *value, GError **error);
/* What is due is told. */
void qc_sweep (QcHouse *house);

/* Values of level 1 and 2; NULL: not measured. @state: what the run must come out as. */
MhRecord *qc_run_body (QcHouse *house, const char *one, const char *two);
MhRecord *qc_run (QcHouse *house, const char *one, const char *two, const char *state);
/* And an hour goes by. */
void qc_measure (QcHouse *house, const char *one, const char *two, const char *state);

gboolean
qc_may_release (MhDb *db, const char *equipment, const char *analyte, gint64 now, GError **error);
/* HGB on HEMA1 must not be released, for the reason @code; NULL: it may. */
void qc_locked (QcHouse *house, const char *code);
/* The only one there is. */
MhRecord *qc_lock (QcHouse *house);
/* 1 when the alert of that key is raised. */
guint qc_alerts (QcHouse *house, const char *key);

G_END_DECLS
