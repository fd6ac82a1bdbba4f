/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What every model has: its context, one GCancellable for what is under way, whether it loads and
 * what went wrong. */
#include "client/mh-context.h"

G_BEGIN_DECLS

#define MH_TYPE_MODEL (mh_model_get_type ())
/* Properties "context" (MhContext, at construction), "loading" (boolean) and "problem" (string for
 * people, or NULL); both are told of together. */
G_DECLARE_DERIVABLE_TYPE (MhModel, mh_model, MH, MODEL, GObject)

struct _MhModelClass
{
  GObjectClass parent_class;
  /* The server is reached again, or for the first time: what was read from the local copy since, or
   * could not be read, is to be asked for again. */
  void (*reached) (MhModel *model);
};

/* NULL once the model is given up: what an answer that comes late asks first. Borrowed. */
MhContext *mh_model_context (MhModel *model);
/* Cancelled by mh_model_renew() and when the model is given up. Borrowed. */
GCancellable *mh_model_cancellable (MhModel *model);
/* Something else is wanted: cancels what is under way, and gives a fresh one for it. Borrowed. */
GCancellable *mh_model_renew (MhModel *model);
/* Is @error that of an answer for nobody: overtaken, or its model is given up? */
gboolean mh_model_is_late (MhModel *model, const GError *error);
gboolean mh_model_is_loading (MhModel *model);
const char *mh_model_problem (MhModel *model);
void mh_model_set_status (MhModel *model, gboolean loading, const char *problem);

G_END_DECLS
