/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/clinic/nursing/mh-strike.h"

#include "client/compat/mh-compat.h"
#include "client/models/mh-command.h"
#include "client/widgets/base/mh-ask-text.h"
#include "client/widgets/base/mh-shell.h"
#include "shared/records/clinic/mh-vitals.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  MhPane *pane;
  MhRecordList *list;
  const char *route;
  char *id;
} Striking;

static void
striking_free (Striking *striking)
{
  g_object_unref (striking->pane);
  g_object_unref (striking->list);
  g_free (striking->id);
  g_free (striking);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Striking, striking_free)

static void
struck_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Striking) striking = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  if (mh_pane_context (striking->pane) == NULL)
    return;
  mh_shell_fail (GTK_WIDGET (striking->pane), error);
  if (outcome != NULL)
    mh_record_list_reload (striking->list);
}

static void
strike_reason_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Striking) striking = data;
  g_autofree char *reason = mh_ask_text_finish (result);
  MhContext *context = mh_pane_context (striking->pane);
  const char *args[] = { "id", striking->id, NULL };
  if (reason == NULL || *reason == 0 || context == NULL)
    return;
  g_autoptr (MhRecord) strike = mh_record_new (&mh_strike_type);
  mh_record_set_text (strike, MH_STRIKE_REASON, reason);
  const char *route = striking->route;
  mh_ask_text_command_async (result, context,
                             &(MhCommand){ .route = route, .args = args, .body = strike },
                             struck_cb, g_steal_pointer (&striking));
}

void
mh_strike_ask (MhPane *pane,
               MhRecordList *list,
               const char *route,
               const char *id,
               const char *heading)
{
  Striking *striking = g_new (Striking, 1);
  *striking = (Striking){ g_object_ref (pane), g_object_ref (list), route, g_strdup (id) };
  mh_ask_text_async (GTK_WIDGET (pane), "strike", id, heading,
                     _ ("It stays visible, struck out with the reason, and counts no more."),
                     _ ("Reason"), _ ("Strike out"), strike_reason_cb, striking);
}
