/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Pictures and papers that an analyser sends among its results (OBX-2 ED). */
#include "server/lab/analysers/mh-device.h"
#include "server/platform/actor/mh-request.h"
#include "server/platform/runtime/mh-server.h"

G_BEGIN_DECLS

/* Makes the files of a message that was read ready to be kept: a BMP becomes PNG, and each value
 * says what kind of file it is, which its bytes tell. Before the transaction, since pictures take
 * time. */
void mh_analysers_pictures_ready (const MhDeviceMessage *message);
/* Attaches the file of @value to the results of the order that @result names, beside the analyte
 * that it names (NULL: of the whole order). It is printed on the report when the mapping said which
 * analyte it is. The same file a second time changes nothing; another one of the same code takes
 * the place of the one before. Sets the state of @result, and its reason when it is not taken;
 * FALSE with
 * @error only when the database fails. */
gboolean mh_analysers_picture_place (const MhRequest *req,
                                     MhRecord *result,
                                     const MhDeviceValue *value,
                                     GError **error);
/* The value that @result came from, read again from the message as it was kept, which *out_message
 * then owns. NULL with @error. */
const MhDeviceValue *mh_analysers_picture_again (MhDb *db,
                                                 MhRecord *result,
                                                 MhDeviceMessage **out_message,
                                                 GError **error);

G_END_DECLS
