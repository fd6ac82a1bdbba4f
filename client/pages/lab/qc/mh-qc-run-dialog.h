/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Entering a run of controls of one analyser: a line for each level, Enter goes on. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

/* What was judged: a qc_run, or NULL when it waits for the server. */
typedef void (*MhQcRunDone) (GtkWidget *opener, MhRecord *run, gpointer data);

/* @targets: MhRecord of mh_qc_target_type, all of @equipment, in the order they are asked for. */
void mh_qc_run_dialog_show (GtkWidget *opener,
                            MhContext *context,
                            const char *equipment,
                            GPtrArray *targets,
                            MhQcRunDone done,
                            gpointer data);

G_END_DECLS
