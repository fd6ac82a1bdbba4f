/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * JSON at the border. Reading: a guard walks the text first and refuses what json-glib 1.6 would
 * crash on or read wrongly (deep nesting, integers past int64, non-finite numbers, NUL, duplicate
 * keys, single quotes, bad UTF-8), then json-glib parses. Writing: straight into a GString, because
 * a row goes out five times faster that way than through a tree.
 */
#include <json-glib/json-glib.h>

#include "shared/base/mh-types.h"

G_BEGIN_DECLS

#define MH_JSON_MAX_DEPTH 64
#define MH_JSON_MAX_SIZE (8 * 1024 * 1024)
/* What a tree is made of costs many times its bytes: the most members of one object, and the most
 * members and elements altogether. */
#define MH_JSON_MAX_MEMBERS 4096
#define MH_JSON_MAX_VALUES 250000

/* MH_ERROR_MALFORMED with place and remedy, or MH_ERROR_TOO_LARGE. @length -1 for a C string. */
JsonNode *mh_json_parse (const char *text, gssize length, GError **error);
/* As above with fewer values altogether. */
JsonNode *mh_json_parse_within (const char *text, gssize length, guint max_values, GError **error);
/* As above, refusing anything but an object. */
JsonObject *mh_json_parse_object (const char *text, gssize length, GError **error);
gboolean mh_json_guard (const char *text, gsize length, GError **error);
gboolean mh_json_guard_within (const char *text, gsize length, guint max_values, GError **error);

/* Members that may be missing: NULL or the fallback, never a crash on a wrong type. */
const char *mh_json_text (JsonObject *object, const char *name);
gint64 mh_json_int (JsonObject *object, const char *name, gint64 fallback);
gboolean mh_json_bool (JsonObject *object, const char *name, gboolean fallback);
JsonArray *mh_json_array (JsonObject *object, const char *name);
JsonObject *mh_json_object (JsonObject *object, const char *name);

/* --- writing. Commas are put by looking at the last character: after '{', '[' or ':' none. --- */
void mh_json_open (GString *out, char bracket);  /* '{' or '[' */
void mh_json_close (GString *out, char bracket); /* '}' or ']' */
void mh_json_key (GString *out, const char *name);
void mh_json_put_text (GString *out, const char *text); /* NULL: null */
void mh_json_put_int (GString *out, gint64 value);
void mh_json_put_bool (GString *out, gboolean value);
void mh_json_put_null (GString *out);
void mh_json_put_raw (GString *out, const char *json); /* already JSON */
void mh_json_put_node (GString *out, JsonNode *node);
/* Instant (µs UTC) as RFC 3339 with milliseconds. */
void mh_json_put_instant (GString *out, gint64 instant);
/* key + value in one */
void mh_json_member_text (GString *out, const char *name, const char *text);
void mh_json_member_int (GString *out, const char *name, gint64 value);
void mh_json_member_bool (GString *out, const char *name, gboolean value);
void mh_json_member_raw (GString *out, const char *name, const char *json);
void mh_json_member_instant (GString *out, const char *name, gint64 instant);
/* Canonical form (keys sorted bytewise, no white space): what hashes are taken over. */
char *mh_json_canonical (JsonNode *node);

G_END_DECLS
