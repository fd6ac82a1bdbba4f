/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What the parts of the page of analysers share. */
#include "client/widgets/base/mh-pane.h"
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* Tables narrower than this show lines. */
#define MH_ANALYSER_LEAST_WIDTH 520

/* "Label: value" of each of @fields (ends with 0) that has one, a line each. Caller frees. */
char *mh_analyser_facts (MhRecord *record, const guint *fields);
/* Calls a route with @id, a body (may be NULL) and a version (-1: none); then @done with the
 * reply's record, NULL when it was refused, which the shell has said. Nothing happens when @pane
 * goes. */
typedef void (*MhAnalyserDone) (MhPane *pane, MhRecord *record);
void mh_analyser_submit (MhPane *pane,
                         const char *route_id,
                         const char *id,
                         MhRecord *body,
                         MhRecord *base,
                         MhAnalyserDone done);
/* Calls @func half a second after an analyser's record changed, while @pane is on show. @timer: the
 * caller's, to be cleared in its dispose. */
typedef struct
{
  MhPane *pane;
  void (*func) (MhPane *pane);
  guint timer;
} MhAnalyserWatch;
void mh_analyser_watch (MhAnalyserWatch *watch, MhPane *pane, void (*func) (MhPane *pane));
void mh_analyser_unwatch (MhAnalyserWatch *watch);

G_END_DECLS
