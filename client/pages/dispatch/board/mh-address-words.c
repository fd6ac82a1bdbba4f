/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/pages/dispatch/board/mh-address-words.h"

#include "client/widgets/base/mh-words.h"
#include "shared/records/lab/mh-map.h"
#include "shared/records/mh-types.h"

#include <glib/gi18n-lib.h>

char *
mh_address_words (MhRecord *address)
{
  const char *place = mh_record_text (address, MH_MAP_ADDRESS_PLACE);
  g_autoptr (GString) words
      = g_string_new (mh_words_of_code (&mh_map_address_type.fields[MH_MAP_ADDRESS_KIND],
                                        mh_record_text (address, MH_MAP_ADDRESS_KIND)));
  if (place != NULL)
    g_string_append_printf (words, " · %s", place);
  if (mh_record_bool (address, MH_MAP_ADDRESS_LACKS_NUMBER))
    g_string_append_printf (words, " · %s", _ ("this house number is not on the map"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}
