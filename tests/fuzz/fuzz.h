/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What libFuzzer calls (make fuzz), and replay.c with the kept corpus. */
#include <glib.h>

G_BEGIN_DECLS

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

G_END_DECLS
