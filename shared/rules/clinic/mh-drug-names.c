/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/rules/clinic/mh-drug-names.h"

#include <stdlib.h>
#include <string.h>

static int
drug_names_compare (const void *key, const void *row)
{
  return strcmp (key, ((const MhDrugName *)row)->key);
}

const MhDrugName *
mh_drug_name_find (const char *key)
{
  return key[0] != 0 ? bsearch (key, mh_drug_names, mh_n_drug_names, sizeof mh_drug_names[0],
                                drug_names_compare)
                     : NULL;
}
