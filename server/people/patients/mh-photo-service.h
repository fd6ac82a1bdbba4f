/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * The photo of a patient is one of the patient's documents, of the kind MH_DOCUMENT_PORTRAIT, that
 * photo_id names. Whoever may read the patient sees it, small; it leaves the chart when another
 * takes its place.
 */
#include "server/platform/actor/mh-request.h"
#include "server/platform/store/mh-store.h"

G_BEGIN_DECLS

/* Is the photo that @after names one of this patient's pictures? Else MH_ERROR_INVALID on
 * "photo_id". The one that @before (NULL: a new patient) named and @after does not is taken out. */
gboolean
mh_photo_service_settle (const MhRequest *req, MhRecord *before, MhRecord *after, GError **error);

G_END_DECLS
