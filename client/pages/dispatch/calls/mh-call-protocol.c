/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/calls/mh-call-protocol.h"

#include "client/models/mh-read.h"
#include "client/models/mh-record-list.h"
#include "client/widgets/base/mh-words.h"
#include "shared/records/dispatch/mh-dispatch-protocol.h"

struct _MhCallProtocol
{
  GObject parent_instance;
  MhContext *context;
  GCancellable *reading;
  MhRecordList *editions; /* NULL: nothing was wanted yet */
  char *edition;          /* wanted; NULL: the one in use */
  MhProtocol *protocol;
  char *problem;
};

G_DEFINE_FINAL_TYPE (MhCallProtocol, mh_call_protocol, G_TYPE_OBJECT)

static guint arrived;

static void
call_protocol_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCallProtocol) protocol = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) record = mh_read_finish (result, &error);
  if (g_error_matches (error, MH_ERROR, MH_ERROR_CANCELLED) || protocol->protocol != NULL)
    return;

  g_clear_object (&protocol->reading);
  if (record != NULL)
    protocol->protocol
        = mh_protocol_parse (mh_record_text (record, MH_DISPATCH_PROTOCOL_CONTENT), -1, &error);
  g_clear_pointer (&protocol->problem, g_free);
  if (protocol->protocol == NULL)
    protocol->problem = mh_words_error (error);
  g_signal_emit (protocol, arrived, 0);
}

static gboolean
call_protocol_is_wanted (MhCallProtocol *protocol, MhRecord *row)
{
  return protocol->edition != NULL
             ? g_strcmp0 (mh_record_text (row, MH_DISPATCH_PROTOCOL_EDITION), protocol->edition)
                   == 0
             : mh_record_bool (row, MH_DISPATCH_PROTOCOL_ACTIVE);
}

static void
call_protocol_look_cb (MhCallProtocol *protocol)
{
  GListModel *rows = G_LIST_MODEL (protocol->editions);
  for (guint i = 0; protocol->protocol == NULL && protocol->reading == NULL
                    && i < g_list_model_get_n_items (rows);
       i++)
    {
      g_autoptr (MhRecord) row = g_list_model_get_item (rows, i);
      if (!call_protocol_is_wanted (protocol, row))
        continue;
      protocol->reading = g_cancellable_new ();
      mh_read_async (protocol->context, "dispatch_protocol.read", mh_record_id (row),
                     protocol->reading, call_protocol_read_cb, g_object_ref (protocol));
    }
}

static void
call_protocol_stop (MhCallProtocol *protocol)
{
  g_cancellable_cancel (protocol->reading);
  g_clear_object (&protocol->reading);
}

void
mh_call_protocol_want (MhCallProtocol *protocol, const char *edition)
{
  if (protocol->editions != NULL && g_strcmp0 (protocol->edition, edition) == 0)
    return;

  call_protocol_stop (protocol);
  g_clear_pointer (&protocol->protocol, mh_protocol_free);
  g_clear_pointer (&protocol->problem, g_free);
  g_free (protocol->edition);
  protocol->edition = g_strdup (edition);
  if (protocol->editions != NULL)
    {
      call_protocol_look_cb (protocol);
      return;
    }

  protocol->editions = mh_record_list_new (protocol->context, "dispatch_protocol.list");
  mh_record_list_set_keep (protocol->editions, TRUE);
  g_signal_connect_object (protocol->editions, "items-changed", G_CALLBACK (call_protocol_look_cb),
                           protocol, G_CONNECT_SWAPPED);
  mh_record_list_set_args (protocol->editions, (const char *[]){ "limit", "50", NULL });
}

const MhProtocol *
mh_call_protocol_get (MhCallProtocol *protocol)
{
  return protocol->protocol;
}

const char *
mh_call_protocol_problem (MhCallProtocol *protocol)
{
  return protocol->problem;
}

static void
mh_call_protocol_dispose (GObject *object)
{
  MhCallProtocol *protocol = MH_CALL_PROTOCOL (object);
  call_protocol_stop (protocol);
  g_clear_object (&protocol->editions);
  g_clear_object (&protocol->context);
  G_OBJECT_CLASS (mh_call_protocol_parent_class)->dispose (object);
}

static void
mh_call_protocol_finalize (GObject *object)
{
  MhCallProtocol *protocol = MH_CALL_PROTOCOL (object);
  g_clear_pointer (&protocol->protocol, mh_protocol_free);
  g_free (protocol->edition);
  g_free (protocol->problem);
  G_OBJECT_CLASS (mh_call_protocol_parent_class)->finalize (object);
}

static void
mh_call_protocol_class_init (MhCallProtocolClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mh_call_protocol_dispose;
  G_OBJECT_CLASS (klass)->finalize = mh_call_protocol_finalize;
  arrived = g_signal_new ("arrived", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                          NULL, G_TYPE_NONE, 0);
}

static void
mh_call_protocol_init (MhCallProtocol *protocol)
{
}

MhCallProtocol *
mh_call_protocol_new (MhContext *context)
{
  MhCallProtocol *protocol = g_object_new (MH_TYPE_CALL_PROTOCOL, NULL);
  protocol->context = g_object_ref (context);
  return protocol;
}
