/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What the shell may ask of a page. A page is any GtkWidget; it may implement this interface, every
 * function of which may be left NULL. The page owns one GCancellable and cancels it in dispose.
 */
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MH_TYPE_PAGE (mh_page_get_type ())
G_DECLARE_INTERFACE (MhPage, mh_page, MH, PAGE, GtkWidget)

struct _MhPageInterface
{
  GTypeInterface parent_iface;
  /* Show this record (an id) or, with NULL, what the page shows at first. */
  void (*open) (MhPage *page, const char *what);
  /* A scanner read a code that is not a known command. @kind: MhScanKind of
   * shared/base/mh-check-digit.h. TRUE: the page used it; FALSE: the window opens the record it
   * names. */
  gboolean (*scan) (MhPage *page, int kind, const char *code);
  /* Something else was scanned: what is chosen here must not stay under keys that act on it while
   * that is looked for, or when it is not found. */
  void (*let_go) (MhPage *page);
  /* The page is on show now: put the focus where work begins. */
  void (*shown) (MhPage *page);
  /* A key typed while nothing has the focus ("typing anywhere goes to the search box"). */
  gboolean (*type_ahead) (MhPage *page, const char *text);
  /* FALSE: something typed here cannot be kept; the window asks before it closes. */
  gboolean (*may_close) (MhPage *page);
};

void mh_page_open (MhPage *page, const char *what);
void mh_page_let_go (MhPage *page);
gboolean mh_page_scan (MhPage *page, int kind, const char *code);
void mh_page_shown (MhPage *page);
gboolean mh_page_type_ahead (MhPage *page, const char *text);
gboolean mh_page_may_close (MhPage *page);

G_END_DECLS
