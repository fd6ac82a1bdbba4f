/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The data files that come with the program: catalogue, names and the demonstration's map. Looked
 * for in $MAHIMA_DATA_DIR, then beside the source tree that the program was built in, then where it
 * is installed. */
#include "shared/base/mh-json.h"

G_BEGIN_DECLS

/* Caller frees. MH_ERROR_NOT_FOUND names the places that were tried. */
char *mh_data_file_find (const char *name, GError **error);
JsonObject *mh_data_file_read_json (const char *name, GError **error);
/* An id that is always the same for that text: reference data has the same ids in every hospital.
 */
char *mh_data_fixed_id (const char *type_code, const char *key);

G_END_DECLS
