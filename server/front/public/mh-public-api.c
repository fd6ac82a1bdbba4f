/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/front/public/mh-public-api.h"

#include <string.h>

#include "server/front/public/mh-public-reply-api.h"
#include "server/front/public/mh-public-service.h"
#include "server/platform/auth/mh-sessions.h"
#include "server/platform/common/mh-html.h"
#include "server/platform/common/mh-public-link.h"
#include "shared/records/clinic/mh-appointment.h"
#include "shared/records/clinic/mh-prescription.h"
#include "shared/records/lab/mh-report.h"
#include "shared/records/people/mh-hospital.h"

#define STEP_SEND "send"
#define STEP_TRY "try"
#define STEP_FETCH "fetch"
#define STEP_CANCEL "cancel"
#define TOKEN_LONGEST 100

/* One page while it is asked for. */
typedef struct
{
  MhCall *call;
  const char *page; /* MH_PUBLIC_… */
  const MhPublicWords *words;
  MhPublicThing thing;
  MhWho who;
  GHashTable *form; /* NULL: the page was opened */
  MhPublicVisit visit;
  GString *out;
} Page;

static void
public_api_page_clear (Page *page)
{
  mh_public_thing_clear (&page->thing);
  g_clear_pointer (&page->form, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, public_api_page_clear)

static const char *
public_api_say (const Page *page, MhSay what)
{
  return mh_public_say (page->words, what);
}

static gboolean
is_booking (const Page *page)
{
  return g_str_equal (page->page, MH_PUBLIC_APPOINTMENT);
}

static const char *
public_api_field (const Page *page, const char *name)
{
  return page->form != NULL ? g_hash_table_lookup (page->form, name) : NULL;
}

static gboolean
public_api_find (Page *page, MhCall *call, const char *name, GError **error)
{
  page->call = call;
  page->page = name;
  page->words = mh_public_words_of (call);
  page->who = *mh_call_who (call);
  page->who.user_id = NULL;
  page->who.user_name = "public page";
  if (!mh_public_service_find (mh_call_server (call), name, mh_call_param (call, "code"),
                               &page->thing, error))
    return FALSE;

  if (page->thing.hospital != NULL)
    page->who.hospital_id = mh_record_id (page->thing.hospital);
  page->visit = (MhPublicVisit){ .server = mh_call_server (call),
                                 .who = &page->who,
                                 .thing = &page->thing,
                                 .code = mh_call_param (call, "code"),
                                 .language = mh_public_words_tag (page->words) };

  return TRUE;
}

/* --- what is told to everybody --- */

static void
put_state (const Page *page)
{
  static const struct
  {
    MhPublicTone tone;
    MhSay paper, booking;
  } states[] = {
    [MH_PUBLIC_NOT_OURS] = { MH_PUBLIC_BAD, MH_SAY_NOT_OURS, MH_SAY_UNKNOWN_BOOKING },
    [MH_PUBLIC_VALID] = { MH_PUBLIC_GOOD, MH_SAY_GENUINE, MH_SAY_BOOKED },
    [MH_PUBLIC_REPLACED] = { MH_PUBLIC_CARE, MH_SAY_REPLACED, MH_SAY_MOVED },
    [MH_PUBLIC_WITHDRAWN] = { MH_PUBLIC_BAD, MH_SAY_WITHDRAWN, MH_SAY_CANCELLED },
    [MH_PUBLIC_MOVED] = { MH_PUBLIC_CARE, MH_SAY_MOVED, MH_SAY_MOVED },
    [MH_PUBLIC_PAST] = { MH_PUBLIC_CARE, MH_SAY_PAST, MH_SAY_PAST },
  };
  MhPublicState state = page->thing.state;
  g_autoptr (GString) text = g_string_new (
      public_api_say (page, is_booking (page) ? states[state].booking : states[state].paper));
  g_autofree char *newest
      = page->thing.newest != NULL ? g_strdup_printf (
            "%" G_GINT64_FORMAT, mh_record_int (page->thing.newest, MH_REPORT_VERSION_NO))
                                   : g_strdup ("");

  g_string_replace (text, "{1}", newest, 1);
  mh_public_note (page->out, states[state].tone, text->str);
  if (state == MH_PUBLIC_NOT_OURS && !is_booking (page))
    mh_public_paragraph (page->out, public_api_say (page, MH_SAY_NOT_OURS_HELP));
}

static void
put_paper (const Page *page, const char *number, MhSay kind, gint64 version, gint64 issued)
{
  g_autofree char *version_text
      = version > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, version) : NULL;
  g_autofree char *at
      = mh_public_service_instant (&page->thing, issued, mh_public_words_tag (page->words));
  mh_public_fact (page->out, public_api_say (page, kind), number);
  mh_public_fact (page->out, public_api_say (page, MH_SAY_VERSION), version_text);
  mh_public_fact (page->out, public_api_say (page, MH_SAY_ISSUED), at);
}

static void
put_facts (const Page *page)
{
  MhRecord *record = page->thing.record;
  if (record == NULL)
    return;

  mh_public_facts_begin (page->out);
  mh_public_fact (page->out, public_api_say (page, MH_SAY_HOSPITAL),
                  mh_record_text (page->thing.hospital, MH_HOSPITAL_NAME));
  if (mh_record_type (record) == &mh_report_type)
    put_paper (page, mh_record_text (record, MH_REPORT_NUMBER), MH_SAY_REPORT,
               mh_record_int (record, MH_REPORT_VERSION_NO),
               mh_record_int (record, MH_REPORT_ISSUED_AT));
  else if (mh_record_type (record) == &mh_prescription_type)
    put_paper (page, mh_record_text (record, MH_PRESCRIPTION_NUMBER), MH_SAY_PRESCRIPTION, 0,
               mh_record_int (record, MH_PRESCRIPTION_SIGNED_AT));

  mh_public_facts_end (page->out);
}

/* --- forms --- */

static void
put_send_form (const Page *page, const char *token, MhSay button)
{
  mh_public_form_begin (page->out, STEP_SEND, token);
  mh_public_form_end (page->out, public_api_say (page, button), button == MH_SAY_SEND_ANOTHER);
}

static void
put_code_form (const Page *page)
{
  mh_public_form_begin (page->out, STEP_TRY, page->visit.token);
  mh_html_open (page->out, "label", NULL);
  mh_html_text (page->out, public_api_say (page, MH_SAY_CODE));
  mh_html_open (page->out, "input", "type", "text", "name", "sms", "inputmode", "numeric",
                "autocomplete", "one-time-code", "maxlength", "12", "dir", "ltr", "required", "",
                "autofocus", "", NULL);
  mh_html_close (page->out, "label");
  mh_public_form_end (page->out, public_api_say (page, MH_SAY_CONTINUE), FALSE);
  put_send_form (page, page->visit.token, MH_SAY_SEND_ANOTHER);
}

/* What somebody with the telephone may have. */
static void
put_offer (const Page *page)
{
  g_autofree char *token = NULL, *hash = NULL;
  if (!page->thing.has_more)
    {
      if (!is_booking (page) && page->thing.newest != NULL
          && page->thing.state != MH_PUBLIC_WITHDRAWN)
        mh_public_paragraph (page->out, public_api_say (page, MH_SAY_NO_CODES));
      return;
    }

  mh_token_make (&token, &hash);
  mh_html_line (page->out, "h2",
                public_api_say (page, is_booking (page) ? MH_SAY_GET_BOOKING : MH_SAY_GET));
  mh_public_paragraph (page->out, public_api_say (page, MH_SAY_GET_HELP));
  put_send_form (page, token, MH_SAY_SEND_CODE);
}

static void
put_appointment (const Page *page)
{
  MhRecord *booking = page->thing.record;
  g_autofree char *at
      = mh_public_service_instant (&page->thing, mh_record_int (booking, MH_APPOINTMENT_START_AT),
                                   mh_public_words_tag (page->words));

  mh_public_facts_begin (page->out);
  mh_public_fact (page->out, public_api_say (page, MH_SAY_WHEN), at);
  mh_public_fact (page->out, public_api_say (page, MH_SAY_WITH),
                  mh_record_text (booking, MH_APPOINTMENT_SCHEDULE_NAME));
  mh_public_fact (page->out, public_api_say (page, MH_SAY_ROOM),
                  mh_record_text (booking, MH_APPOINTMENT_ROOM_NAME));
  mh_public_facts_end (page->out);
  if (g_strcmp0 (mh_record_text (booking, MH_APPOINTMENT_STATUS), MH_APPOINTMENT_BOOKED) != 0)
    return;

  mh_public_form_begin (page->out, STEP_CANCEL, page->visit.token);
  mh_html_open (page->out, "label", NULL);
  mh_html_open (page->out, "input", "type", "checkbox", "name", "sure", "value", "yes", "required",
                "", NULL);
  mh_html_text (page->out, public_api_say (page, MH_SAY_CANCEL_SURE));
  mh_html_close (page->out, "label");
  mh_public_form_end (page->out, public_api_say (page, MH_SAY_CANCEL), FALSE);
}

static void
put_opened (const Page *page)
{
  if (is_booking (page))
    {
      put_appointment (page);
      return;
    }
  mh_public_note (page->out, MH_PUBLIC_GOOD, public_api_say (page, MH_SAY_READY));
  mh_public_form_begin (page->out, STEP_FETCH, page->visit.token);
  mh_public_form_end (page->out, public_api_say (page, MH_SAY_FETCH), FALSE);
}

/* --- replies --- */

static void
public_api_begin (Page *page, gboolean choice)
{
  page->out = mh_public_page_begin (page->words,
                                    is_booking (page) ? MH_SAY_APPOINTMENT : MH_SAY_PAPER, choice);
}

static MhReply *
public_api_end (Page *page)
{
  return mh_public_reply (page->words, g_steal_pointer (&page->out),
                          page->thing.record == NULL ? 404 : 0);
}

/* An address without what was typed: the page as it is first opened. */
static MhReply *
over (Page *page)
{
  public_api_begin (page, FALSE);
  mh_public_note (page->out, MH_PUBLIC_CARE, public_api_say (page, MH_SAY_OVER));
  put_offer (page);
  return public_api_end (page);
}

static MhReply *
public_api_send (Page *page, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gboolean sent = mh_public_service_send (&page->visit, &failure);
  if (!sent && !g_error_matches (failure, MH_ERROR, MH_ERROR_RATE))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  public_api_begin (page, FALSE);
  mh_public_note (page->out, sent ? MH_PUBLIC_GOOD : MH_PUBLIC_CARE,
                  public_api_say (page, sent ? MH_SAY_CODE_SENT : MH_SAY_CODE_WAIT));
  put_code_form (page);
  return public_api_end (page);
}

static MhReply *
try (Page *page, GError **error)
{
  MhKioskCodeTry came = MH_KIOSK_CODE_SPENT;
  if (!mh_public_service_try (&page->visit, public_api_field (page, "sms"), &came, error))
    return NULL;

  public_api_begin (page, FALSE);
  if (came == MH_KIOSK_CODE_RIGHT)
    put_opened (page);
  else
    {
      gboolean wrong = came == MH_KIOSK_CODE_WRONG;
      mh_public_note (page->out, MH_PUBLIC_BAD,
                      public_api_say (page, wrong ? MH_SAY_CODE_WRONG : MH_SAY_CODE_SPENT));
      if (wrong)
        put_code_form (page);
      else
        put_offer (page);
    }

  return public_api_end (page);
}

/* The name says nothing: it stays on whatever telephone this is. */
static MhReply *
public_api_fetch (Page *page, GError **error)
{
  GBytes *pdf = mh_public_service_report (&page->visit, error);
  if (pdf == NULL)
    return NULL;
  MhReply *reply = mh_reply_bytes (pdf, "application/pdf", NULL);
  mh_reply_set_header (reply, "Content-Disposition", "attachment; filename=\"report.pdf\"");
  mh_reply_set_header (reply, "Referrer-Policy", "no-referrer");
  return reply;
}

static MhReply *
public_api_cancel (Page *page, GError **error)
{
  if (!mh_public_service_cancel (&page->visit, error))
    return NULL;
  page->thing.state = MH_PUBLIC_WITHDRAWN;
  public_api_begin (page, FALSE);
  put_state (page);
  return public_api_end (page);
}

static MhReply *
opened (MhCall *call, const char *name, GError **error)
{
  g_auto (Page) page = { NULL };
  if (!public_api_find (&page, call, name, error))
    return NULL;
  public_api_begin (&page, TRUE);
  put_state (&page);
  put_facts (&page);
  put_offer (&page);
  return public_api_end (&page);
}

static gboolean
public_api_read_form (Page *page, GError **error)
{
  page->form = mh_public_form (page->call);
  page->visit.token = public_api_field (page, "token");
  if (public_api_field (page, "step") != NULL && page->visit.token != NULL
      && *page->visit.token != '\0' && strlen (page->visit.token) <= TOKEN_LONGEST)
    return TRUE;
  mh_error_set (error, MH_ERROR_MALFORMED, "This is not what the page's form sends.");
  return FALSE;
}

static MhReply *
stepped (MhCall *call, const char *name, GError **error)
{
  static const struct
  {
    const char *step;
    MhReply *(*run) (Page *page, GError **error);
    const char *page; /* NULL: both */
    gboolean proved;
  } steps[] = {
    { STEP_SEND, public_api_send, NULL, FALSE },
    { STEP_TRY, try, NULL, FALSE },
    { STEP_FETCH, public_api_fetch, MH_PUBLIC_PAPER, TRUE },
    { STEP_CANCEL, public_api_cancel, MH_PUBLIC_APPOINTMENT, TRUE },
  };
  g_auto (Page) page = { NULL };
  GError *failure = NULL;

  if (!public_api_find (&page, call, name, error) || !public_api_read_form (&page, error))
    return NULL;

  /* Meanwhile it may be nobody's any more. */
  gboolean again = page.thing.state == MH_PUBLIC_WITHDRAWN && is_booking (&page);
  if (!page.thing.has_more && !again)
    return opened (call, name, error);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      if (!g_str_equal (steps[i].step, public_api_field (&page, "step"))
          || (steps[i].page != NULL && !g_str_equal (steps[i].page, name)))
        continue;
      if (!steps[i].proved || mh_public_service_is_proved (&page.visit, &failure))
        return steps[i].run (&page, error);
      if (failure == NULL)
        return over (&page);
      g_propagate_error (error, failure);
      return NULL;
    }

  mh_error_set (error, MH_ERROR_MALFORMED, "There is no such step.");
  return NULL;
}

static MhReply *
paper_page (MhCall *call, GError **error)
{
  return opened (call, MH_PUBLIC_PAPER, error);
}

static MhReply *
paper_step (MhCall *call, GError **error)
{
  return stepped (call, MH_PUBLIC_PAPER, error);
}

static MhReply *
appointment_page (MhCall *call, GError **error)
{
  return opened (call, MH_PUBLIC_APPOINTMENT, error);
}

static MhReply *
appointment_step (MhCall *call, GError **error)
{
  return stepped (call, MH_PUBLIC_APPOINTMENT, error);
}

void
mh_public_bind (MhRouter *router)
{
  static const struct
  {
    const char *id;
    MhHandler handler;
  } rows[] = {
    { "public.paper", paper_page },
    { "public.paper.step", paper_step },
    { "public.appointment", appointment_page },
    { "public.appointment.step", appointment_step },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      mh_router_bind (router, rows[i].id, rows[i].handler);
      mh_router_bind_problem (router, rows[i].id, mh_public_problem);
    }
}
