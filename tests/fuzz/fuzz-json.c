/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON at the border: what is taken has one canonical form, which is taken again and is its own. */
#include "shared/base/mh-json.h"
#include "tests/fuzz/fuzz.h"

#include <string.h>

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *exact = g_memdup2 (data, size);
  g_autoptr (JsonNode) node = mh_json_parse (exact != NULL ? exact : "", (gssize)size, NULL);
  if (node == NULL)
    return 0;
  g_autoptr (GError) error = NULL;
  g_autofree char *once = mh_json_canonical (node);
  g_autoptr (JsonNode) again = mh_json_parse (once, -1, &error);
  g_assert_no_error (error);
  g_autofree char *twice = mh_json_canonical (again);
  g_assert_cmpstr (once, ==, twice);
  return 0;
}
