/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A real server on a loopback port, with the demonstration's people, and requests to it. */
#include "server/app/mh-server-run.h"
#include "tests/server/mh-test-db.h"

G_BEGIN_DECLS

typedef struct
{
  MhServer *server;
  MhServing *serving;
  char *host; /* "127.0.0.1:41234" */
} Site;

Site *site_new (const MhTestDb *test);
/* The same with one setting of the configuration file more. */
Site *site_new_with (const MhTestDb *test, const char *const *settings);
void site_free (Site *site);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Site, site_free)

/* The status; *out_body (may be NULL) the body as text. Caller frees. */
int site_call (Site *site,
               const char *method,
               const char *path,
               const char *token,
               const char *body,
               char **out_body);
/* The same with any bytes and headers ("Range: bytes=0-9\r\n", or ""); *out_head (may be NULL) is
 * the head of the answer. The version changed is 1 unless the headers say "If-Match: …". */
int site_call_bytes (Site *site,
                     const char *method,
                     const char *path,
                     const char *token,
                     const char *headers,
                     GBytes *body,
                     char **out_head,
                     GBytes **out_body);
/* The token of a demonstration account. Caller frees. */
char *site_sign_in (Site *site, const char *username);

G_END_DECLS
