/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The fields of a page or dialog that wait for a scan: an entry with the class "mh-scan-tube" takes
 * tubes, also misread ones, of which it tells by itself; "mh-scan-patient" takes the patient's card
 * or wristband. Such an entry does its work at "activate".
 */
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Writes @text into the first such field on show in @within and activates it. @kind: MhScanKind.
 * FALSE: nothing there takes it. */
gboolean mh_scan_fill (GtkWidget *within, int kind, const char *text);

G_END_DECLS
