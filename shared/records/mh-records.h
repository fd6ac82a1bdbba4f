/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The registry of every record type of the house. It names no type: who uses one includes that
 * one's header. */
#include <glib.h>

G_BEGIN_DECLS

/* Adds all types to the registry; any number of times, from any thread. */
void mh_records_register (void);

G_END_DECLS
