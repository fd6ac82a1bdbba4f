/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Sending a file in parts through the outbox: every part lies there before the first is sent, so
 * that a line that breaks, or a program that is closed, costs nothing; without a server all of it
 * waits. Each part goes once.
 */
#include "client/mh-context.h"
#include "shared/records/people/mh-document.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* @sent of @total parts are with the server; @waiting: they lie here until it is back. */
typedef void (*MhUploadTold) (gpointer data, guint sent, guint total, gboolean waiting);

typedef struct
{
  MhRecord *document; /* with what is said about it; bytes and SHA-256 are set here */
  GBytes *file;
  GBytes *thumbnail; /* NULL: none */
  GObject *owner;
  MhUploadTold told; /* on each part, until @owner is gone; NULL: nobody */
} MhUploadWanted;

void mh_upload_async (MhContext *context,
                      const MhUploadWanted *wanted,
                      GAsyncReadyCallback callback,
                      gpointer data);
/* FALSE: the server refused it. */
gboolean mh_upload_finish (GAsyncResult *result, GError **error);

/* Bytes and SHA-256 of @file, on @document. */
void mh_upload_measure (MhRecord *document, GBytes *file);

G_END_DECLS
