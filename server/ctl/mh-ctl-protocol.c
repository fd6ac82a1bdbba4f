/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The protocol by which a hospital judges emergency calls. */
#include "server/ctl/mh-ctl.h"

#include <stdio.h>

#include "server/ctl/mh-data-file.h"
#include "server/dispatch/calls/mh-calls-protocol-service.h"

typedef struct
{
  MhCtl *ctl;
  char *content, *edition;
} Protocol;

static gboolean
ctl_protocol_put (MhTx *tx, gpointer data, GError **error)
{
  Protocol *protocol = data;
  g_autofree char *hospital_id
      = mh_ctl_choose_hospital (mh_tx_db (tx), mh_ctl_option (protocol->ctl, "hospital"), error);
  g_clear_pointer (&protocol->edition, g_free);
  return hospital_id != NULL
         && mh_calls_protocol_service_put (tx, hospital_id, NULL, protocol->content,
                                           &protocol->edition, error);
}

int
mh_ctl_protocol_import (MhCtl *ctl, GError **error)
{
  Protocol protocol = { ctl, NULL, NULL };
  g_autoptr (GError) inner = NULL;
  const char *named = mh_ctl_word (ctl, 0);
  g_autofree char *path
      = named != NULL ? g_strdup (named) : mh_data_file_find ("dispatch-protocols.json", error);
  if (path == NULL)
    return MH_CTL_FAILED;
  if (!g_file_get_contents (path, &protocol.content, NULL, &inner))
    {
      mh_error_set (error, MH_ERROR_NOT_FOUND, "%s cannot be read: %s", path, inner->message);
      return MH_CTL_FAILED;
    }

  gboolean done = mh_ctl_write (ctl, ctl_protocol_put, &protocol, error);
  if (done)
    printf ("New calls are judged by version %s of the protocol. A medical director approves its "
            "questions, points and words before live use.\n",
            protocol.edition);
  g_free (protocol.content);
  g_free (protocol.edition);
  return done ? MH_CTL_DONE : MH_CTL_FAILED;
}
