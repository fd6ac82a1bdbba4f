/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * What the window does on a page's behalf. @from is any widget in the window; nothing happens when
 * it is not in one. Pages are named by their id in client/mh-pages.c ("front-desk", "orders" …).
 */
#include <gtk/gtk.h>

#include "shared/base/mh-error.h"

G_BEGIN_DECLS

/* Shows a page; @what (a record id, or NULL) arrives at its open(). */
void mh_shell_go (GtkWidget *from, const char *page, const char *what);
/* Opens a record at the page that shows its type ("patient", "order", "sample"). */
void mh_shell_open (GtkWidget *from, const char *type_code, const char *id);
void mh_shell_toast (GtkWidget *from, const char *text);
typedef void (*MhUndo) (gpointer data);
/* With an Undo button; @data is freed when the toast is gone. */
void mh_shell_toast_undo (GtkWidget *from,
                          const char *text,
                          MhUndo undo,
                          gpointer data,
                          GDestroyNotify free_data);
/* A failure in words; nothing for NULL and MH_ERROR_CANCELLED. A protected chart is asked about
 * instead (see mh_shell_ask_chart()). */
void mh_shell_fail (GtkWidget *from, const GError *error);
/* The chart of this patient is protected (@kind: MH_PROTECTED_…): asks for password and reason, and
 * when it stands open shows the page again. */
void mh_shell_ask_chart (GtkWidget *from, const char *patient_id, const char *kind);
/* A desktop notification, kept behind the bell too. */
void mh_shell_notify (GtkWidget *from,
                      const char *title,
                      const char *text,
                      const char *page,
                      const char *what);
/* A desktop notification alone: what is behind the bell by itself. */
void mh_shell_announce (GtkWidget *from, const char *title, const char *text);

/* The program's settings, NULL where the schema is not installed (tests). Transfer full. */
GSettings *mh_shell_settings (void);
gboolean mh_shell_is_compact (void);

/* The window implements this; nobody else. */
#define MH_TYPE_SHELL (mh_shell_get_type ())
G_DECLARE_INTERFACE (MhShell, mh_shell, MH, SHELL, GtkWidget)
struct _MhShellInterface
{
  GTypeInterface parent_iface;
  void (*go) (MhShell *shell, const char *page, const char *what);
  void (*open) (MhShell *shell, const char *type_code, const char *id);
  void (*toast) (MhShell *shell,
                 const char *text,
                 MhUndo undo,
                 gpointer data,
                 GDestroyNotify free_data);
  void (*notify) (MhShell *shell,
                  const char *title,
                  const char *text,
                  const char *page,
                  const char *what);
  void (*announce) (MhShell *shell, const char *title, const char *text);
  void (*ask_chart) (MhShell *shell, const char *patient_id, const char *kind);
};

G_END_DECLS
