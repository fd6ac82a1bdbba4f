/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>

/* Numbers and dates on the wire and in the store must not follow the locale. A constructor, because
 * a test that had to ask for its locale could forget to. */
static void __attribute__ ((constructor)) mh_test_locale (void) { setlocale (LC_ALL, ""); }
