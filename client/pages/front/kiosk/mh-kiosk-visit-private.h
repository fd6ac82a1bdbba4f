/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files of the visit. */
#include <adwaita.h>

#include "client/pages/front/kiosk/mh-kiosk-visit.h"
#include "client/widgets/media/mh-document-view.h"
#include "shared/records/front/mh-kiosk.h"

G_BEGIN_DECLS

struct _MhKioskVisit
{
  MhPane parent_instance;
  MhRecord *state;
  char *language;
  char *session;      /* token of the visit; NULL: nobody has proved who they are */
  char *order_id;     /* made here once, so that a second press is the same order */
  GPtrArray *offered; /* kiosk_test; NULL: not read yet */
  GHashTable *chosen; /* codes of tests */
  GBytes *report;     /* on show */
  guint poll;         /* asks whether it is paid */
  gboolean wants_reports, fresh, online, asking, polling, picture;
  GtkStack *steps, *qr;
  GtkLabel *problem, *total, *due, *fasting, *amount, *qr_state, *number, *order_number, *done_text;
  GtkLabel *stars_title, *code_to;
  GtkEditable *given, *family, *phone, *born, *code;
  GtkScrolledWindow *entries;
  guint following; /* source: what has the focus comes into sight */
  GtkWidget *body, *own, *own_none, *sex_row, *names, *proofs;
  GtkToggleButton *female, *male, *other;
  GtkListBox *tests, *cart, *reports;
  GtkWidget *tests_go, *pay_now, *pay_desk, *qr_desk, *finish, *reports_none, *reports_finish;
  GtkWidget *paper_print, *slip, *stars;
  GtkDrawingArea *qr_code;
  GtkPicture *qr_picture;
  MhDocumentView *paper;
};

/* Called when the server has answered; a failure was told to the visitor instead. */
typedef void (*MhKioskAnswered) (MhKioskVisit *visit, MhAnswer *answer);

/* A question with the visit's token in it. */
MhRecord *mh_kiosk_ask_new (MhKioskVisit *visit);
/* @id: the {id} of the path, or NULL; @key: for what must not be done twice, or NULL. While one is
 * asked nothing else is. */
void mh_kiosk_ask (MhKioskVisit *visit,
                   const char *route,
                   const char *id,
                   MhRecord *body,
                   const char *key,
                   MhKioskAnswered answered);
/* The same behind the visitor's back: failures are not told. */
void mh_kiosk_ask_quietly (MhKioskVisit *visit,
                           const char *route,
                           const char *id,
                           MhRecord *body,
                           MhKioskAnswered answered);
/* A GET with one argument. */
void mh_kiosk_read (MhKioskVisit *visit,
                    const char *route,
                    const char *name,
                    const char *value,
                    MhKioskAnswered answered);
/* NULL: nothing. */
void mh_kiosk_problem (MhKioskVisit *visit, const char *words);
/* Shows a step; @focus NULL: its first control. */
void mh_kiosk_step (MhKioskVisit *visit, const char *name, GtkWidget *focus);

/* --- mh-kiosk-order.c: choosing, ordering, paying --- */
/* A line of a list with words below it, if any. */
GtkWidget *mh_kiosk_line_new (const char *title, const char *words);
void mh_kiosk_clear_list (GtkListBox *list);
void mh_kiosk_order_begin (MhKioskVisit *visit);
void mh_kiosk_order_end (MhKioskVisit *visit);
/* what its buttons do */
void mh_kiosk_order_cart (MhKioskVisit *visit);
void mh_kiosk_order_back (MhKioskVisit *visit);
void mh_kiosk_order_pay_now (MhKioskVisit *visit);
void mh_kiosk_order_pay_desk (MhKioskVisit *visit);
void mh_kiosk_order_at_desk (MhKioskVisit *visit);
void mh_kiosk_order_slip (MhKioskVisit *visit);
void mh_kiosk_order_class_init (GtkWidgetClass *widget);

/* --- mh-kiosk-reports.c: a code by SMS, reports --- */
void mh_kiosk_reports_begin (MhKioskVisit *visit);
void mh_kiosk_reports_end (MhKioskVisit *visit);
/* what its buttons do */
void mh_kiosk_reports_code (MhKioskVisit *visit);
void mh_kiosk_reports_send_code (MhKioskVisit *visit);
void mh_kiosk_reports_print (MhKioskVisit *visit);
void mh_kiosk_reports_paper_back (MhKioskVisit *visit);
/* An MhPrinted; @data is a reference to the visit. */
void mh_kiosk_printed (gboolean printed, gpointer data);
void mh_kiosk_reports_class_init (GtkWidgetClass *widget);

G_END_DECLS
