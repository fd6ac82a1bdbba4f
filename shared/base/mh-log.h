/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The server's log: one JSON object a line, to stderr or to a file that is rotated by size
 *   {"time":"2026-11-21T08:15:30.123Z","level":"info","domain":"http","event":"request",
 *    "request_id":"…","method":"GET","status":"200"}
 * Lines go through a bounded queue to one writer thread, so that no caller waits for a disk; when
 * the disk cannot follow, lines are dropped and counted ("log_dropped"). Thread-safe. Only server/
 * uses it; libraries never log. Never pass a patient's data.
 *
 * This is the one piece of state the process owns as a whole: a logger handed down through every
 * call would be a parameter of everything. Before mh_log_init() and after mh_log_close() nothing is
 * written.
 */
#include "shared/base/mh-types.h"

G_BEGIN_DECLS

typedef enum
{
  MH_LOG_ERROR,
  MH_LOG_WARNING,
  MH_LOG_INFO,
  MH_LOG_DEBUG,
} MhLogLevel;

typedef struct
{
  MhLogLevel level; /* this one and the graver ones are written */
  const char *path; /* NULL: stderr */
  gint64 max_size;  /* bytes after which the file is rotated; 0: never */
  guint keep;       /* rotated files kept as path.1 (newest) … path.N; at most 99 */
  MhClock *clock;   /* NULL: the machine's */
} MhLogOptions;

/* MH_ERROR_STORE when the file cannot be opened. A second call replaces the first. */
gboolean mh_log_init (const MhLogOptions *options, GError **error);
/* Writes what waits and stops. Safe to call without mh_log_init(). */
void mh_log_close (void);
/* Waits until everything logged so far is written. */
void mh_log_flush (void);
/* Opens the path again before the next line (after logrotate moved the file). Safe in a signal
 * handler: it only sets a flag. */
void mh_log_reopen (void);

gboolean mh_log_wants (MhLogLevel level);
/* "error", "warning", "info", "debug". */
gboolean mh_log_level_parse (const char *text, MhLogLevel *out_level);

/* Pairs of name and text, ended by NULL; a NULL text leaves the pair out. */
void mh_log (MhLogLevel level, const char *domain, const char *event, ...) G_GNUC_NULL_TERMINATED;
/* The request this thread works on, written with each of its lines; NULL: none. Copied. */
void mh_log_set_request (const char *request_id);

/* From now on the messages of GLib and of libraries become lines as well (event "message"). Once a
 * process; not for tests, which want their g_test_expect_message(). */
void mh_log_capture_glib (void);

G_END_DECLS
