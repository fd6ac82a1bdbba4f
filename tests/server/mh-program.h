/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The programs as they are installed, run on a folder of their own with a small demonstration
 * hospital. MH_SERVER and MH_CTL name them. */
#include "tests/server/mh-ask.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  char *config;
  char *url;
  GPid pid; /* 0: not running */
  guint16 port;
} Program;

/* A fresh folder with a configuration, and the demonstration hospital in the empty database @url.
 */
void program_make (Program *program, const char *url);
/* Starts and waits until it listens; a second start takes the same port. */
void program_start (Program *program);
/* Ends with @signal; the exit status. */
int program_end (Program *program, int signal);
void program_free (Program *program);
/* mahimactl with words, NULL-terminated; the exit status. */
int program_ctl (Program *program, const char *first, ...) G_GNUC_NULL_TERMINATED;
/* A token; NULL: refused. Caller frees. */
char *program_sign_in (Program *program, const char *user);
/* Ids of its first @n patients, of strings. */
GPtrArray *program_patients (Program *program, const char *token, guint n);
/* Text of a member of a JSON object. Caller frees; NULL: none. */
char *json_text (const char *json, const char *member);

G_END_DECLS
