/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/calls/mh-call-dialog.h"

#include "client/models/mh-command.h"
#include "client/models/mh-fetch.h"
#include "client/models/mh-read.h"
#include "client/pages/dispatch/calls/mh-call-judged.h"
#include "client/pages/dispatch/calls/mh-call-place.h"
#include "client/pages/dispatch/calls/mh-call-protocol.h"
#include "client/pages/dispatch/calls/mh-call-questions.h"
#include "client/widgets/base/mh-dialog.h"
#include "client/widgets/base/mh-key-button.h"
#include "client/widgets/base/mh-when.h"
#include "client/widgets/base/mh-wrap.h"
#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "shared/records/dispatch/mh-emergency.h"

#include <glib/gi18n-lib.h>

#define MH_TYPE_CALL_DIALOG (mh_call_dialog_get_type ())
G_DECLARE_FINAL_TYPE (MhCallDialog, mh_call_dialog, MH, CALL_DIALOG, MhDialog)

struct _MhCallDialog
{
  MhDialog parent_instance;
  char *id;         /* of the call, from the first moment: it is never taken twice */
  gint64 begun_at;  /* µs UTC */
  MhRecord *call;   /* as it was sent or read last; NULL: not sent yet */
  char *told;       /* the answers that were sent last */
  char *written;    /* place, number and words that were sent last */
  gboolean busy;    /* something is on its way, or it is read whether the call is there already */
  gboolean ending;  /* closes as soon as all is sent */
  gboolean closed;  /* Escape: what is left is sent without it */
  MhCallTalk *talk; /* NULL until the protocol is there */
  char *kept;       /* answers that wait for the protocol; NULL: none */
  MhCallProtocol *protocol;
  MhCallPlace *place;
  MhCallQuestions *questions;
  MhCallJudged *judged;
  GtkEditable *phone, *caller_name, *summary;
  GtkLabel *sent, *problem;
  GtkListBox *near;
  GtkWidget *near_part, *done;
};

G_DEFINE_FINAL_TYPE (MhCallDialog, mh_call_dialog, MH_TYPE_DIALOG)

static void call_dialog_push (MhCallDialog *dialog);
static void call_dialog_read_call (MhCallDialog *dialog);

/* --- what is known --- */

static const struct
{
  guint field;
  gsize at; /* of the control */
} texts[] = {
  { MH_EMERGENCY_CALL_PHONE, G_STRUCT_OFFSET (MhCallDialog, phone) },
  { MH_EMERGENCY_CALL_CALLER_NAME, G_STRUCT_OFFSET (MhCallDialog, caller_name) },
  { MH_EMERGENCY_CALL_SUMMARY, G_STRUCT_OFFSET (MhCallDialog, summary) },
};

static GtkEditable *
call_dialog_control (MhCallDialog *dialog, guint i)
{
  return G_STRUCT_MEMBER (GtkEditable *, dialog, texts[i].at);
}

/* As it is sent; caller frees; NULL: nothing is typed. A number too short to be called is not sent:
 * it must not hold up what is known besides. */
static char *
call_dialog_text (MhCallDialog *dialog, guint i)
{
  g_autofree char *text
      = g_strstrip (g_strdup (gtk_editable_get_text (call_dialog_control (dialog, i))));
  const gboolean lacks = texts[i].field == MH_EMERGENCY_CALL_PHONE && !mh_emergency_can_call (text);
  return *text != 0 && !lacks ? g_steal_pointer (&text) : NULL;
}

/* What the call has of @field; NULL: nothing, or there is no call yet. */
static const char *
call_dialog_known (MhRecord *call, guint field)
{
  return call != NULL ? mh_record_text (call, field) : NULL;
}

/* Two places in JSON: the figures may be written differently. */
static gboolean
call_dialog_is_same_place (const char *one, const char *other)
{
  g_auto (MhEmergencyPlace) a = { 0 };
  g_auto (MhEmergencyPlace) b = { 0 };
  if (one == NULL || other == NULL)
    return one == other;
  if (!mh_emergency_place_parse (one, &a, NULL) || !mh_emergency_place_parse (other, &b, NULL))
    return FALSE;
  g_autofree char *first = mh_emergency_place_put (&a);
  g_autofree char *second = mh_emergency_place_put (&b);
  return g_str_equal (first, second);
}

/* What differs from the call as it is; NULL: nothing. */
static MhRecord *
call_dialog_details (MhCallDialog *dialog)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_emergency_call_type);
  g_autofree char *location = mh_call_place_tell (dialog->place);
  gboolean any = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = call_dialog_text (dialog, i);
      if (g_strcmp0 (call_dialog_known (dialog->call, texts[i].field), text) == 0)
        continue;
      mh_record_set_text (body, texts[i].field, text);
      any = TRUE;
    }
  if (!call_dialog_is_same_place (call_dialog_known (dialog->call, MH_EMERGENCY_CALL_LOCATION),
                                  location))
    {
      mh_record_set_text (body, MH_EMERGENCY_CALL_LOCATION, location);
      any = TRUE;
    }
  return any ? g_steal_pointer (&body) : NULL;
}

/* Place, number and words in one; caller frees. */
static char *
call_dialog_write (MhCallDialog *dialog)
{
  g_autofree char *location = mh_call_place_tell (dialog->place);
  GString *out = g_string_new (location);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = call_dialog_text (dialog, i);
      g_string_append_printf (out, "\n%s", text != NULL ? text : "");
    }
  return g_string_free (out, FALSE);
}

static gboolean
call_dialog_has_unsent_details (MhCallDialog *dialog)
{
  g_autoptr (MhRecord) details = call_dialog_details (dialog);
  g_autofree char *written = call_dialog_write (dialog);
  return details != NULL && g_strcmp0 (written, dialog->written) != 0;
}

/* Caller frees; NULL: no answer that was not sent. */
static char *
call_dialog_unsent_answers (MhCallDialog *dialog)
{
  if (dialog->talk == NULL || !mh_call_talk_has_answers (dialog->talk))
    return NULL;
  g_autofree char *told = mh_call_talk_tell (dialog->talk);
  return g_strcmp0 (told, dialog->told) != 0 ? g_steal_pointer (&told) : NULL;
}

/* --- answers that are there already --- */

/* As mh_call_talk_tell() writes them. Caller frees. */
static char *
call_dialog_plain (const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? json_from_string (json, NULL) : NULL;
  return node != NULL ? json_to_string (node, FALSE) : NULL;
}

static void
call_dialog_show_talk (MhCallDialog *dialog)
{
  mh_call_questions_show (dialog->questions);
  mh_call_judged_show (dialog->judged, mh_call_talk_judged (dialog->talk));
}

static void
call_dialog_take_answers (MhCallDialog *dialog, const char *json)
{
  if (json == NULL)
    return;
  if (dialog->talk == NULL)
    {
      g_free (dialog->kept);
      dialog->kept = g_strdup (json);
      return;
    }
  mh_call_talk_take (dialog->talk, json);
  call_dialog_show_talk (dialog);
}

static void
call_dialog_protocol_cb (MhCallDialog *dialog)
{
  const MhProtocol *protocol = mh_call_protocol_get (dialog->protocol);
  g_autofree char *kept = g_steal_pointer (&dialog->kept);
  if (dialog->talk != NULL)
    return;
  if (protocol == NULL)
    {
      dialog->kept = g_steal_pointer (&kept);
      mh_call_questions_say (dialog->questions, mh_call_protocol_problem (dialog->protocol));
      return;
    }
  dialog->talk = mh_call_talk_new (protocol);
  mh_call_questions_set_talk (dialog->questions, dialog->talk);
  mh_call_judged_show (dialog->judged, mh_call_talk_judged (dialog->talk));
  call_dialog_take_answers (dialog, kept);
}

/* A call goes on by the edition it was begun with. */
static void
call_dialog_want_protocol (MhCallDialog *dialog)
{
  if (dialog->talk == NULL)
    mh_call_protocol_want (dialog->protocol,
                           call_dialog_known (dialog->call, MH_EMERGENCY_CALL_PROTOCOL_EDITION));
}

/* --- drafts --- */

static char *
call_dialog_tell (MhDialog *base)
{
  MhCallDialog *dialog = MH_CALL_DIALOG (base);
  g_autofree char *unsent = call_dialog_unsent_answers (dialog);
  if (unsent == NULL && !call_dialog_has_unsent_details (dialog))
    return NULL;

  g_autofree char *location = mh_call_place_tell (dialog->place);
  GString *out = g_string_new (NULL);
  mh_json_open (out, '{');
  mh_json_member_text (out, "id", dialog->id);
  mh_json_member_int (out, "at", dialog->begun_at);
  mh_json_member_raw (out, "location", location != NULL ? location : "null");
  if (unsent != NULL)
    mh_json_member_raw (out, "answers", unsent);
  mh_json_close (out, '}');
  return g_string_free (out, FALSE);
}

/* The call that was being taken: by its own id, whether the server has it already or not. */
static void
call_dialog_take (MhDialog *base, const char *text)
{
  MhCallDialog *dialog = MH_CALL_DIALOG (base);
  g_autoptr (JsonObject) kept = mh_json_parse_object (text, -1, NULL);
  const char *id = kept != NULL ? mh_json_text (kept, "id") : NULL;
  g_autofree char *answers = NULL, *location = NULL;
  if (id == NULL)
    return;

  if (mh_json_object (kept, "answers") != NULL)
    answers = json_to_string (json_object_get_member (kept, "answers"), FALSE);
  if (mh_json_object (kept, "location") != NULL)
    location = json_to_string (json_object_get_member (kept, "location"), FALSE);
  g_free (dialog->id);
  dialog->id = g_strdup (id);
  dialog->begun_at = mh_json_int (kept, "at", dialog->begun_at);
  mh_call_place_take (dialog->place, location);
  call_dialog_take_answers (dialog, answers);
  call_dialog_read_call (dialog);
}

/* --- calls that may be about the same --- */

static gboolean
call_dialog_is_there (MhCallDialog *dialog)
{
  return dialog->call != NULL && mh_record_version (dialog->call) > 0;
}

static void
call_dialog_near_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCallDialog) dialog = data;
  g_autoptr (GPtrArray) near = mh_fetch_finish_list (result, NULL);
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL || near == NULL)
    return;
  mh_call_judged_fill_near (dialog->near, near);
  gtk_widget_set_visible (dialog->near_part, near->len > 0);
}

static void
call_dialog_ask_near (MhCallDialog *dialog)
{
  const char *args[] = { "id", dialog->id, NULL };
  if (call_dialog_is_there (dialog) && !dialog->closed)
    mh_fetch_async (
        mh_dialog_context (MH_DIALOG (dialog)), &(MhFetch){ .route = "call.near", .args = args },
        mh_dialog_cancellable (MH_DIALOG (dialog)), call_dialog_near_cb, g_object_ref (dialog));
}

/* --- sending --- */

static void
call_dialog_say_sent (MhCallDialog *dialog, gboolean waiting)
{
  const char *number = call_dialog_known (dialog->call, MH_EMERGENCY_CALL_NUMBER);
  g_autofree char *sent = waiting ? g_strdup (_ ("⟳ Waits at this desk until the server is back"))
                          : number != NULL ? g_strdup_printf (_ ("✓ Sent: %s"), number)
                                           : g_strdup ("");
  gtk_label_set_text (dialog->sent, sent);
}

typedef struct
{
  MhCallDialog *dialog;
  char *told;      /* answers that went with it; NULL: details */
  char *written;   /* the details; NULL: answers */
  gboolean opened; /* it was taken by it */
} Sent;

static void
call_dialog_arrived (MhCallDialog *dialog, Sent *sent, MhOutcome *outcome)
{
  gtk_label_set_text (dialog->problem, "");
  if (outcome->record != NULL)
    g_set_object (&dialog->call, outcome->record);
  if (sent->told != NULL)
    {
      g_free (dialog->told);
      dialog->told = g_steal_pointer (&sent->told);
    }
  else
    {
      g_free (dialog->written);
      dialog->written = g_steal_pointer (&sent->written);
      call_dialog_ask_near (dialog);
    }
  call_dialog_say_sent (dialog, outcome->waiting);
  call_dialog_push (dialog);
}

static void
call_dialog_sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Sent *sent = data;
  g_autoptr (MhCallDialog) dialog = sent->dialog;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);

  dialog->busy = FALSE;
  if (outcome != NULL)
    call_dialog_arrived (dialog, sent, outcome);
  else if (g_error_matches (error, MH_ERROR, MH_ERROR_CONFLICT)
           && (sent->opened || sent->told == NULL) && !dialog->closed)
    call_dialog_read_call (
        dialog); /* taken before a crash, or another desk was faster: it goes on */
  else if (mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, dialog->done))
    dialog->ending = FALSE;
  g_free (sent->told);
  g_free (sent->written);
  g_free (sent);
}

static void
call_dialog_send (MhCallDialog *dialog,
                  const char *route,
                  MhRecord *body,
                  MhRecord *base,
                  MhRecord *optimistic,
                  char *told)
{
  Sent *sent = g_new0 (Sent, 1);
  const char *args[] = { "id", dialog->id, NULL };
  sent->dialog = g_object_ref (dialog);
  sent->told = told;
  sent->written = told == NULL ? call_dialog_write (dialog) : NULL;
  sent->opened = dialog->call == NULL;
  dialog->busy = TRUE;
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = route,
                                  .args = sent->opened ? NULL : args,
                                  .body = body,
                                  .base = base,
                                  .optimistic = optimistic },
                    NULL, call_dialog_sent_cb, sent);
}

/* @details over the call, as the server will have it. */
static MhRecord *
call_dialog_seen (MhCallDialog *dialog, MhRecord *details)
{
  g_autofree char *place = mh_call_place_text (dialog->place);
  MhRecord *seen = dialog->call != NULL ? mh_record_copy (dialog->call)
                                        : mh_record_new (&mh_emergency_call_type);
  if (details != NULL)
    mh_record_apply (seen, details);
  mh_record_set_text (seen, MH_EMERGENCY_CALL_PLACE, place);
  return seen;
}

static void
call_dialog_open (MhCallDialog *dialog)
{
  g_autoptr (MhRecord) details = call_dialog_details (dialog);
  g_autoptr (MhRecord) body
      = details != NULL ? g_object_ref (details) : mh_record_new (&mh_emergency_call_type);
  mh_record_set_text (body, MH_ID, dialog->id);
  mh_record_set_int (body, MH_EMERGENCY_CALL_CALL_AT, dialog->begun_at);
  g_autoptr (MhRecord) seen = call_dialog_seen (dialog, body);
  mh_record_set_text (seen, MH_EMERGENCY_CALL_STATE, MH_EMERGENCY_OPEN);
  call_dialog_send (dialog, "call.open", body, NULL, seen, NULL);
}

static void
call_dialog_send_answers (MhCallDialog *dialog, char *told)
{
  const MhInterview *judged = mh_call_talk_judged (dialog->talk);
  g_autoptr (MhRecord) body = mh_call_talk_body (dialog->talk);
  g_autoptr (MhRecord) seen = mh_record_copy (dialog->call);
  mh_record_set_text (seen, MH_EMERGENCY_CALL_PRIORITY, mh_urgency_code (judged->priority));
  mh_record_set_text (seen, MH_EMERGENCY_CALL_CARD_TITLE,
                      judged->current != NULL ? judged->current->title : NULL);
  mh_record_set_text (seen, MH_EMERGENCY_CALL_ANSWERS, told);
  call_dialog_send (dialog, "call.answer", body, NULL, seen, told);
}

static void
call_dialog_all_sent (MhCallDialog *dialog)
{
  mh_dialog_done (MH_DIALOG (dialog));
  if (dialog->ending)
    mh_dialog_end (MH_DIALOG (dialog), call_dialog_is_there (dialog)
                                           ? _ ("Call saved")
                                           : _ ("The call waits until the server is back"));
}

/* What is not sent yet, one thing after the other. */
static void
call_dialog_push (MhCallDialog *dialog)
{
  if (dialog->busy || mh_dialog_context (MH_DIALOG (dialog)) == NULL)
    return;
  if (dialog->call == NULL)
    {
      call_dialog_open (dialog);
      return;
    }

  char *answers = call_dialog_unsent_answers (dialog);
  if (answers != NULL)
    call_dialog_send_answers (dialog, answers);
  else if (call_dialog_has_unsent_details (dialog))
    {
      g_autoptr (MhRecord) details = call_dialog_details (dialog);
      g_autoptr (MhRecord) seen = call_dialog_seen (dialog, details);
      call_dialog_send (dialog, "call.update", details, dialog->call, seen, NULL);
    }
  else
    call_dialog_all_sent (dialog);
}

/* --- the call as others have it --- */

/* What nobody has changed at this desk is shown as it is now; what somebody has stays, and is sent
 * over the newer one. */
static void
call_dialog_merge (MhCallDialog *dialog, MhRecord *call)
{
  g_autoptr (MhRecord) was = dialog->call != NULL ? g_object_ref (dialog->call) : NULL;
  g_autofree char *location = mh_call_place_tell (dialog->place);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = call_dialog_text (dialog, i);
      const char *is = mh_record_text (call, texts[i].field);
      if (g_strcmp0 (text, call_dialog_known (was, texts[i].field)) == 0
          && g_strcmp0 (text, is) != 0)
        gtk_editable_set_text (call_dialog_control (dialog, i), is != NULL ? is : "");
    }

  const char *is = mh_record_text (call, MH_EMERGENCY_CALL_LOCATION);
  if (call_dialog_is_same_place (location, call_dialog_known (was, MH_EMERGENCY_CALL_LOCATION))
      && !call_dialog_is_same_place (location, is))
    mh_call_place_take (dialog->place, is);
  g_set_object (&dialog->call, call);
}

static void
call_dialog_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCallDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhRecord) call = mh_read_finish (result, &error);
  dialog->busy = FALSE;
  if (mh_dialog_context (MH_DIALOG (dialog)) == NULL || call == NULL)
    return;

  const char *answers = mh_record_text (call, MH_EMERGENCY_CALL_ANSWERS);
  const gboolean own
      = dialog->kept != NULL || (dialog->talk != NULL && mh_call_talk_has_answers (dialog->talk));
  call_dialog_merge (dialog, call);
  g_free (dialog->told);
  dialog->told = call_dialog_plain (answers);
  if (!own)
    call_dialog_take_answers (dialog, answers);
  call_dialog_want_protocol (dialog);
  call_dialog_say_sent (dialog, mh_record_version (call) == 0);
  call_dialog_ask_near (dialog);
  if (dialog->ending)
    call_dialog_push (dialog);
}

static void
call_dialog_read_call (MhCallDialog *dialog)
{
  MhContext *context = mh_dialog_context (MH_DIALOG (dialog));
  if (context == NULL)
    return;
  dialog->busy = TRUE;
  mh_read_async (context, "call.read", dialog->id, mh_dialog_cancellable (MH_DIALOG (dialog)),
                 call_dialog_read_cb, g_object_ref (dialog));
}

/* Another desk, a join, or the server that has it at last. While something of this desk still waits
 * the server does not know it, and its call says nothing about what was typed here. */
static void
call_dialog_changed_cb (MhCallDialog *dialog,
                        const MhRecordType *type,
                        const char *id,
                        MhRecord *record)
{
  MhContext *context = mh_dialog_context (MH_DIALOG (dialog));
  if (context == NULL || type != &mh_emergency_call_type || g_strcmp0 (id, dialog->id) != 0
      || record == NULL || dialog->busy || dialog->call == NULL
      || mh_record_version (record) <= mh_record_version (dialog->call))
    return;

  const gboolean waits = mh_sync_waiting (mh_context_sync (context)) > 0;
  if (waits)
    g_set_object (&dialog->call, record);
  else
    call_dialog_merge (dialog, record);
  call_dialog_say_sent (dialog, waits);
  call_dialog_ask_near (dialog);
}

/* --- what the person does --- */

static void
call_dialog_place_changed_cb (MhCallDialog *dialog)
{
  mh_dialog_touch (MH_DIALOG (dialog));
  if (dialog->call != NULL)
    call_dialog_push (dialog);
}

static void
call_dialog_place_done_cb (MhCallDialog *dialog)
{
  gtk_widget_grab_focus (GTK_WIDGET (dialog->phone));
}

static void
call_dialog_focus_question (MhCallDialog *dialog)
{
  if (!mh_call_questions_grab (dialog->questions))
    gtk_widget_grab_focus (dialog->done);
}

static void
call_dialog_phone_done_cb (MhCallDialog *dialog)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (dialog->phone)));
  if (*text != 0 && !mh_emergency_can_call (text))
    {
      mh_refusal_say (GTK_WIDGET (dialog->phone),
                      _ ("Type a number of 3 digits or more, or leave it empty."), dialog->problem);
      return;
    }
  call_dialog_push (dialog);
  call_dialog_focus_question (dialog);
}

static void
call_dialog_text_done_cb (MhCallDialog *dialog)
{
  call_dialog_push (dialog);
}

static void
call_dialog_answered_cb (MhCallDialog *dialog)
{
  mh_call_judged_show (dialog->judged, mh_call_talk_judged (dialog->talk));
  call_dialog_focus_question (dialog);
  mh_dialog_touch (MH_DIALOG (dialog));
  call_dialog_push (dialog);
}

static void
call_dialog_done_cb (MhCallDialog *dialog)
{
  dialog->ending = TRUE;
  call_dialog_push (dialog);
}

static void
call_dialog_focus_near (MhCallDialog *dialog)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (dialog->near, 0);
  if (row != NULL && gtk_widget_get_visible (dialog->near_part))
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
call_dialog_key_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  MhCallDialog *dialog = MH_CALL_DIALOG (widget);
  MhCallSay *say = mh_call_judged_say (dialog->judged);
  if (g_str_equal (name, "call.place"))
    gtk_widget_grab_focus (GTK_WIDGET (dialog->place));
  else if (g_str_equal (name, "call.beat"))
    mh_call_say_beat (say);
  else if (g_str_equal (name, "call.near"))
    call_dialog_focus_near (dialog);
  else if (!g_str_equal (name, "call.done"))
    mh_call_say_step (say, g_str_equal (name, "call.next") ? 1 : -1);
  else
    call_dialog_done_cb (dialog);
}

/* Escape: what was typed for a call that is there belongs to it. What was typed before it was sent
 * stays as a draft. */
static gboolean
mh_call_dialog_close_request (GtkWindow *window)
{
  MhCallDialog *dialog = MH_CALL_DIALOG (window);
  if (dialog->call != NULL)
    call_dialog_push (dialog);
  dialog->closed = TRUE;
  return GTK_WINDOW_CLASS (mh_call_dialog_parent_class)->close_request (window);
}

/* --- joining --- */

static void
call_dialog_joined_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MhCallDialog) dialog = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MhOutcome) outcome = mh_command_finish (result, &error);
  dialog->busy = FALSE;
  if (mh_dialog_fail (MH_DIALOG (dialog), error, dialog->problem, NULL))
    return;
  if (outcome->record != NULL)
    g_set_object (&dialog->call, outcome->record);
  gtk_label_set_text (dialog->sent, _ ("✓ Joined"));
  call_dialog_ask_near (dialog);
  call_dialog_push (dialog);
}

static void
call_dialog_join_cb (MhCallDialog *dialog, GtkListBoxRow *row)
{
  g_autoptr (MhRecord) body = mh_record_new (&mh_emergency_join_type);
  const char *args[] = { "id", dialog->id, NULL };
  if (dialog->busy || !call_dialog_is_there (dialog))
    return;
  dialog->busy = TRUE;
  mh_record_set_text (body, MH_EMERGENCY_JOIN_HEAD_ID, gtk_widget_get_name (GTK_WIDGET (row)));
  mh_command_async (mh_dialog_context (MH_DIALOG (dialog)),
                    &(MhCommand){ .route = "call.join", .args = args, .body = body }, NULL,
                    call_dialog_joined_cb, g_object_ref (dialog));
}

/* --- the window --- */

static void
call_dialog_begin (MhDialog *base)
{
  MhCallDialog *dialog = MH_CALL_DIALOG (base);
  MhContext *context = mh_dialog_context (base);
  dialog->id = mh_id_new ();
  dialog->begun_at = mh_when_now ();
  dialog->protocol = mh_call_protocol_new (context);
  g_signal_connect_object (dialog->protocol, "arrived", G_CALLBACK (call_dialog_protocol_cb),
                           dialog, G_CONNECT_SWAPPED);
  g_signal_connect_object (mh_context_sync (context), "changed",
                           G_CALLBACK (call_dialog_changed_cb), dialog, G_CONNECT_SWAPPED);
}

static void
mh_call_dialog_finalize (GObject *object)
{
  MhCallDialog *dialog = MH_CALL_DIALOG (object);
  g_clear_pointer (&dialog->talk, mh_call_talk_free);
  g_clear_object (&dialog->protocol);
  g_clear_object (&dialog->call);
  g_free (dialog->id);
  g_free (dialog->told);
  g_free (dialog->written);
  g_free (dialog->kept);
  G_OBJECT_CLASS (mh_call_dialog_parent_class)->finalize (object);
}

static void
mh_call_dialog_class_init (MhCallDialogClass *klass)
{
  static const struct
  {
    guint key;
    const char *action;
  } keys[] = { { GDK_KEY_F4, "call.place" }, { GDK_KEY_F5, "call.before" },
               { GDK_KEY_F6, "call.next" },  { GDK_KEY_F7, "call.beat" },
               { GDK_KEY_F8, "call.near" },  { GDK_KEY_F9, "call.done" } };
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mh_call_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = mh_call_dialog_close_request;
  MH_DIALOG_CLASS (klass)->begin = call_dialog_begin;
  MH_DIALOG_CLASS (klass)->drafts = "call/";
  MH_DIALOG_CLASS (klass)->tell = call_dialog_tell;
  MH_DIALOG_CLASS (klass)->take = call_dialog_take;

  g_type_ensure (MH_TYPE_WRAP);
  g_type_ensure (MH_TYPE_KEY_BUTTON);
  g_type_ensure (MH_TYPE_CALL_PLACE);
  g_type_ensure (MH_TYPE_CALL_QUESTIONS);
  g_type_ensure (MH_TYPE_CALL_JUDGED);
  gtk_widget_class_set_template_from_resource (widget,
                                               MH_TEMPLATE ("dispatch/calls/mh-call-dialog"));
  gtk_widget_class_bind_template_child (widget, MhCallDialog, place);
  gtk_widget_class_bind_template_child (widget, MhCallDialog, questions);
  gtk_widget_class_bind_template_child (widget, MhCallDialog, judged);
  gtk_widget_class_bind_template_child (widget, MhCallDialog, phone);
  gtk_widget_class_bind_template_child (widget, MhCallDialog, caller_name);
  gtk_widget_class_bind_template_child (widget, MhCallDialog, summary);
  gtk_widget_class_bind_template_child (widget, MhCallDialog, sent);
  gtk_widget_class_bind_template_child (widget, MhCallDialog, problem);
  gtk_widget_class_bind_template_child (widget, MhCallDialog, near);
  gtk_widget_class_bind_template_child (widget, MhCallDialog, near_part);
  gtk_widget_class_bind_template_child (widget, MhCallDialog, done);

  gtk_widget_class_bind_template_callback (widget, call_dialog_place_changed_cb);
  gtk_widget_class_bind_template_callback (widget, call_dialog_place_done_cb);
  gtk_widget_class_bind_template_callback (widget, call_dialog_phone_done_cb);
  gtk_widget_class_bind_template_callback (widget, call_dialog_text_done_cb);
  gtk_widget_class_bind_template_callback (widget, call_dialog_answered_cb);
  gtk_widget_class_bind_template_callback (widget, call_dialog_join_cb);
  gtk_widget_class_bind_template_callback (widget, call_dialog_done_cb);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_install_action (widget, keys[i].action, NULL, call_dialog_key_action);
      gtk_widget_class_add_binding_action (widget, keys[i].key, 0, keys[i].action, NULL);
    }
}

static void
mh_call_dialog_init (MhCallDialog *dialog)
{
  gtk_widget_init_template (GTK_WIDGET (dialog));
}

static void
call_dialog_go_on (MhCallDialog *dialog, MhRecord *call)
{
  const char *answers = mh_record_text (call, MH_EMERGENCY_CALL_ANSWERS);
  g_free (dialog->id);
  dialog->id = g_strdup (mh_record_id (call));
  dialog->begun_at = mh_record_int (call, MH_EMERGENCY_CALL_CALL_AT);
  call_dialog_merge (dialog, call);
  dialog->written = call_dialog_write (dialog);
  dialog->told = call_dialog_plain (answers);
  call_dialog_take_answers (dialog, answers);
  call_dialog_say_sent (dialog, mh_record_version (call) == 0);
  call_dialog_ask_near (dialog);
  mh_dialog_about (MH_DIALOG (dialog), dialog->id);
}

GtkWindow *
mh_call_dialog_show (GtkWidget *opener, MhContext *context, MhRecord *call)
{
  MhCallDialog *dialog = g_object_new (MH_TYPE_CALL_DIALOG, "context", context, NULL);
  if (call != NULL)
    call_dialog_go_on (dialog, call);
  call_dialog_want_protocol (dialog);
  mh_dialog_show (MH_DIALOG (dialog), opener);
  return GTK_WINDOW (dialog);
}

GtkWindow *
mh_call_dialog_show_at (GtkWidget *opener, MhContext *context, MhPlace *place)
{
  GtkWindow *window = mh_call_dialog_show (opener, context, NULL);
  if (place != NULL)
    mh_call_place_set (MH_CALL_DIALOG (window)->place, place);
  return window;
}

const char *
mh_call_dialog_id (GtkWindow *window)
{
  MhCallDialog *dialog = MH_CALL_DIALOG (window);
  return dialog->call != NULL ? dialog->id : NULL;
}
