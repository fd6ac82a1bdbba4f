/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What somebody learns who opened an address from one of our papers or messages. The code in it
 * tells whether the thing is ours, and nothing of the patient. More is told after six digits that
 * were sent to the telephone the hospital knows: then a visit of half an hour is proved, and
 * reaches that report or that booking alone.
 *
 * A visit's token is made for each page and travels in the page's forms, never in an address or a
 * cookie: nobody else's page can act for a visitor. Sending a form twice does what it did once.
 */
#include "server/front/kiosk/mh-kiosk-code.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

#define MH_PUBLIC_VISIT_LIFE (30 * MH_MINUTE)
/* Wrong codes about one patient until their telephone is left alone for a while. */
#define MH_PUBLIC_GUESSES 10

typedef enum
{
  MH_PUBLIC_NOT_OURS,
  MH_PUBLIC_VALID,
  MH_PUBLIC_REPLACED,  /* there is a newer version */
  MH_PUBLIC_WITHDRAWN, /* taken back, cancelled */
  MH_PUBLIC_MOVED,     /* a booking, to another time */
  MH_PUBLIC_PAST,      /* a booking, over */
} MhPublicState;

typedef struct
{
  MhPublicState state;
  MhRecord *record;   /* report, prescription or appointment; NULL: not ours */
  MhRecord *newest;   /* the version of the report that counts */
  MhRecord *hospital; /* NULL with @record */
  gboolean has_more;  /* a code opens more of it, and codes can be sent */
} MhPublicThing;

void mh_public_thing_clear (MhPublicThing *thing);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhPublicThing, mh_public_thing_clear)

/* @page: MH_PUBLIC_PAPER or MH_PUBLIC_APPOINTMENT. TRUE also for what is not ours. Takes a reader
 * of its own. */
gboolean mh_public_service_find (MhServer *server,
                                 const char *page,
                                 const char *code,
                                 MhPublicThing *out_thing,
                                 GError **error);

/* "22 Nov 2026, 12:53" of the hospital's calendar. Caller frees. */
char *mh_public_service_instant (const MhPublicThing *thing, gint64 instant, const char *language);

/* Who sends a form: all borrowed. */
typedef struct
{
  MhServer *server;
  const MhWho *who;
  const MhPublicThing *thing;
  const char *code;     /* of the address */
  const char *token;    /* of the page */
  const char *language; /* of the page */
} MhPublicVisit;

/* Begins the visit if it is not there, and sends six digits; does the same, but for the message,
 * where there is nobody to send them to. MH_ERROR_RATE: one is on its way already, or too many
 * were wrong. */
gboolean mh_public_service_send (const MhPublicVisit *visit, GError **error);
/* MH_KIOSK_CODE_SPENT also where there is no such visit; MH_KIOSK_CODE_RIGHT also when it is proved
 * already. MH_ERROR_RATE: too many were wrong. */
gboolean mh_public_service_try (const MhPublicVisit *visit,
                                const char *typed,
                                MhKioskCodeTry *out_try,
                                GError **error);
/* FALSE without @error: not proved, or over. */
gboolean mh_public_service_is_proved (const MhPublicVisit *visit, GError **error);
/* The newest version, and that the patient has it. Only when proved: MH_ERROR_FORBIDDEN. */
GBytes *mh_public_service_report (const MhPublicVisit *visit, GError **error);
/* Of the patient's own will; TRUE as well when it is cancelled already. Only when proved. */
gboolean mh_public_service_cancel (const MhPublicVisit *visit, GError **error);

G_END_DECLS
