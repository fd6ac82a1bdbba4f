/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Writes HTML: whatever is not a tag's or an attribute's name is escaped here, and nowhere else. */
#include <glib.h>

G_BEGIN_DECLS

/* "<tag name="value" …>"; pairs of name and value, NULL-terminated. A NULL value leaves its pair
 * out, an empty one stands for a name alone, such as "required". */
void mh_html_open (GString *out, const char *tag, ...) G_GNUC_NULL_TERMINATED;
void mh_html_close (GString *out, const char *tag);
void mh_html_text (GString *out, const char *text);
/* "<tag>text</tag>". */
void mh_html_line (GString *out, const char *tag, const char *text);

G_END_DECLS
