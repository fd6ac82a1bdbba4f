/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Barcode scanners type: 2 to 15 ms a key, ending with Enter or Tab. What comes this fast is caught
 * before any widget of the window sees it, by the time of the key presses and not of their
 * processing, so a busy program reads as well as an idle one; a key that the display itself is late
 * with is waited for, and mh-pace.h tells a scanner's letters from a hand's. What turns out to be
 * typed by hand goes to the focus a moment later, each key as it came and in its order.
 */
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What has fewer characters may have been typed by a very fast hand. */
#define MH_BURST_CODE 6

/* @text: what was typed in one go, without the Enter or Tab. TRUE: it is used up; FALSE: the focus
 * gets it, key by key. */
typedef gboolean (*MhBurstFunc) (GtkWindow *window, const char *text);

/* Watches the keys of @window as long as it lives. Once for each window. */
void mh_burst_watch (GtkWindow *window, MhBurstFunc func);
/* The same for a window that asks something: a code that is scanned is no answer, so it is used up
 * unless the focus is in a text. */
void mh_burst_ignore (GtkWindow *window);
/* Is the focus in a field for any text, where a code of somebody else may be meant to stand? Not in
 * one for a number or a measured value (inside a widget of the class "mh-results"). */
gboolean mh_burst_types_text (GtkWindow *window);

G_END_DECLS
