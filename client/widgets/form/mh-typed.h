/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Keeps what is typed and chosen in the controls of a window or pane, as the drafts of forms are
 * kept (mh-draft.h): Escape, a crash or another row lose nothing. A draft is begun when a text is
 * typed, belongs to who typed it, and is forgotten when the act is done. This widget stands where
 * earlier ones are offered: "Continue “wrong patient”, begun 10:42".
 *
 * Controls are told by their names (mh_refusal_name()): entries, texts of several lines, choices
 * and check buttons. Passwords, fields that wait for a scan, searches and the rows of a form, which
 * keeps its own, are left out.
 */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

#define MH_TYPE_TYPED (mh_typed_get_type ())
/* Property "at-once" (boolean): the last draft is taken without asking, there are no others.
 * Property "apart" (boolean): each draft is of another thing, and what is done is one of them
 * alone. Signal "restored": the controls have what a draft says. */
G_DECLARE_FINAL_TYPE (MhTyped, mh_typed, MH, TYPED, GtkWidget)

GtkWidget *mh_typed_new (void);
/* From now on what is in @scope is about @form ("refund/ID/"); what stands there is nothing typed
 * yet. NULL @form: about nothing. What was typed before is kept first. */
void mh_typed_watch (MhTyped *typed, MhContext *context, GtkWidget *scope, const char *form);
/* What no control tells: @tell writes it (caller frees; NULL: nothing), @take has it again. */
void mh_typed_set_more (MhTyped *typed,
                        char *(*tell) (gpointer owner),
                        void (*take) (gpointer owner, const char *text),
                        gpointer owner);
/* Is there anything that differs from what stood there before it was typed? */
gboolean mh_typed_has_words (MhTyped *typed);
/* The window has filled controls by itself: what stands there now was not typed. */
void mh_typed_settle (MhTyped *typed);
void mh_typed_touch (MhTyped *typed); /* it has changed */
void mh_typed_flush (MhTyped *typed); /* writes what waits */
/* It is done: nothing is unsent any more. What stands in the controls now is what is typed anew. */
void mh_typed_done (MhTyped *typed);
/* The same of what is no longer on show. */
void mh_typed_forget (MhContext *context, const char *form);

G_END_DECLS
