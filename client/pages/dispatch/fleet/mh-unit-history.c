/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/fleet/mh-unit-history.h"

#include "client/models/mh-fetch.h"
#include "client/pages/dispatch/fleet/mh-unit-words.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/dispatch/mh-crew.h"

#include <glib/gi18n-lib.h>

#define MOST "50"

struct _MhUnitHistory
{
  MhModel parent_instance;
  char *unit_id;     /* NULL: none */
  gint64 version;    /* of its state when this was asked for; -1: it was not answered */
  GPtrArray *events; /* NULL: none yet */
  char *problem;
};

G_DEFINE_FINAL_TYPE (MhUnitHistory, mh_unit_history, MH_TYPE_MODEL)

static guint arrived;

/* --- asking --- */

static void
unit_history_arrived_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhUnitHistory) history = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = mh_fetch_finish_list (result, &error);
  if (mh_model_is_late (MH_MODEL (history), error))
    return;

  g_clear_pointer (&history->problem, g_free);
  if (events == NULL)
    {
      history->version = -1;
      history->problem = mh_error_is_away (error)
                             ? g_strdup (_ ("The history comes when the server is reached again."))
                             : mh_words_error (error);
    }
  else
    {
      g_clear_pointer (&history->events, g_ptr_array_unref);
      history->events = g_steal_pointer (&events);
    }
  g_signal_emit (history, arrived, 0);
}

static void
unit_history_ask (MhUnitHistory *history)
{
  const char *args[] = { "id", history->unit_id, "limit", MOST, NULL };
  mh_fetch_async (
      mh_model_context (MH_MODEL (history)), &(MhFetch){ .route = "unit_event.list", .args = args },
      mh_model_renew (MH_MODEL (history)), unit_history_arrived_cb, g_object_ref (history));
}

void
mh_unit_history_want (MhUnitHistory *history, MhRecord *state)
{
  const char *id = state != NULL ? mh_record_id (state) : NULL;
  const gint64 version = state != NULL ? mh_record_version (state) : -1;
  if (g_strcmp0 (id, history->unit_id) != 0)
    {
      g_free (history->unit_id);
      history->unit_id = g_strdup (id);
      history->version = -1;
      g_clear_pointer (&history->problem, g_free);
      g_clear_pointer (&history->events, g_ptr_array_unref);
      mh_model_renew (MH_MODEL (history));
      g_signal_emit (history, arrived, 0);
    }
  else if (version == history->version || history->problem != NULL)
    return;
  history->version = version;
  if (id != NULL)
    unit_history_ask (history);
}

static void
mh_unit_history_reached (MhModel *model)
{
  MhUnitHistory *history = MH_UNIT_HISTORY (model);
  if (history->unit_id != NULL && history->problem != NULL)
    unit_history_ask (history);
}

/* --- telling --- */

void
mh_unit_history_tell (MhUnitHistory *history, MhTimeline *timeline)
{
  mh_timeline_clear (timeline);
  for (guint i = 0; history->events != NULL && i < history->events->len; i++)
    {
      MhRecord *event = g_ptr_array_index (history->events, i);
      const char *became = mh_record_text (event, MH_UNIT_EVENT_BECAME);
      g_autofree char *what = mh_unit_state_words (became);
      mh_timeline_add (timeline, mh_record_int (event, MH_UNIT_EVENT_AT), what,
                       mh_record_text (event, MH_UNIT_EVENT_BY_NAME),
                       mh_record_text (event, MH_UNIT_EVENT_REASON), mh_unit_state_look (became));
    }
}

const char *
mh_unit_history_problem (MhUnitHistory *history)
{
  return history->problem;
}

/* --- as a model --- */

static void
mh_unit_history_finalize (GObject *object)
{
  MhUnitHistory *history = MH_UNIT_HISTORY (object);
  g_clear_pointer (&history->events, g_ptr_array_unref);
  g_free (history->unit_id);
  g_free (history->problem);
  G_OBJECT_CLASS (mh_unit_history_parent_class)->finalize (object);
}

static void
mh_unit_history_class_init (MhUnitHistoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mh_unit_history_finalize;
  MH_MODEL_CLASS (klass)->reached = mh_unit_history_reached;
  arrived = g_signal_new ("arrived", MH_TYPE_UNIT_HISTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                          G_TYPE_NONE, 0);
}

static void
mh_unit_history_init (MhUnitHistory *history)
{
  history->version = -1;
}

MhUnitHistory *
mh_unit_history_new (MhContext *context)
{
  return g_object_new (MH_TYPE_UNIT_HISTORY, "context", context, NULL);
}
