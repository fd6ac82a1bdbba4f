/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Tests that come to a placed order, and tests that go: what it costs is seen before it is done. */
#include <gtk/gtk.h>

#include "client/mh-context.h"

G_BEGIN_DECLS

/* What was chosen and not saved is there again when the same order is opened. */
void mh_tests_dialog_show (GtkWidget *parent, MhContext *context, MhRecord *order);
/* Does the order stand where its tests may still be changed? */
gboolean mh_tests_dialog_may (MhRecord *order);

G_END_DECLS
