/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What is written down for a hospital of the rescue service: its beds, and from whom it asks to be
 * spared. Each asks in a window over @opener, whose context is @context. */
#include <gtk/gtk.h>

#include "client/mh-context.h"
#include "shared/rules/dispatch/mh-site-diversions.h"

G_BEGIN_DECLS

/* Its own people speak for a hospital, and dispatchers who write down what it tells. @right: what
 * its own people need. */
gboolean mh_site_may_speak (MhContext *context, const char *member_id, const char *right);

void mh_site_report_beds (GtkWidget *opener, MhContext *context, MhRecord *site);
void mh_site_divert (GtkWidget *opener, MhContext *context, MhRecord *site);
void mh_site_renew (GtkWidget *opener,
                    MhContext *context,
                    MhRecord *site,
                    const MhSiteDiversion *diversion);
void mh_site_end_diversion (GtkWidget *opener,
                            MhContext *context,
                            MhRecord *site,
                            const MhSiteDiversion *diversion);

G_END_DECLS
