/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/*
 * Addresses of a map: what a caller says, as a place. Streets, houses where the map has their
 * numbers, places, landmarks (hospitals, schools, shops …), crossings ("A / B", "A and B"),
 * coordinates and plus codes. Words are folded as names of patients are, so that misspelt ones and
 * those in Indian scripts are found. Made once, never changed, for any number of threads.
 */
#include "shared/geo/mh-osm.h"

G_BEGIN_DECLS

typedef enum
{
  MH_ADDRESS_PLACE,
  MH_ADDRESS_LANDMARK,
  MH_ADDRESS_STREET,
  MH_ADDRESS_HOUSE,
  MH_ADDRESS_CROSSING,
  MH_ADDRESS_COORDINATES,
  MH_ADDRESS_PLUS_CODE,
} MhAddressKind;

typedef struct
{
  MhAddressKind kind;
  char *name;  /* "Lettstrasse 14", "Lettstrasse / Marktgass" */
  char *place; /* the village, town or suburb around; NULL: the map knows none */
  MhGeoPoint at;
  double metres; /* from where it was asked, in mh_address_nearest(); else from @near; negative:
                    none */
  gboolean lacks_number; /* the map knows the street, not the house that was asked for */
  double score;          /* higher fits better */
} MhAddress;

typedef struct _MhAddressBook MhAddressBook;

void mh_address_free (MhAddress *address);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhAddress, mh_address_free)

/* @osm may go afterwards. */
MhAddressBook *mh_address_book_new (const MhOsm *osm);
MhAddressBook *mh_address_book_ref (MhAddressBook *book);
void mh_address_book_unref (MhAddressBook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhAddressBook, mh_address_book_unref)

#define MH_ADDRESS_MOST 50
#define MH_ADDRESS_MOST_LETTERS 200

/* The best @most (to MH_ADDRESS_MOST) for @text, the nearer of equals to @near (NULL: nowhere)
 * first; an empty array: nothing fits. MH_ERROR_INVALID at "q": nothing or too much was typed, or
 * coordinates of no place. Free the array. */
GPtrArray *mh_address_search (const MhAddressBook *book,
                              const char *text,
                              const MhGeoPoint *near,
                              guint most,
                              GError **error);
/* The house within 50 m, else the street within 1 km, else the place within 20 km; NULL: nowhere.
 */
MhAddress *mh_address_nearest (const MhAddressBook *book, MhGeoPoint point);

guint mh_address_book_n_entries (const MhAddressBook *book);
gsize mh_address_book_bytes (const MhAddressBook *book);

G_END_DECLS
