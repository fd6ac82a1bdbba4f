/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared/geo/mh-address-private.h"

#include <math.h>

#define HOUSE_METRES 50.0
#define STREET_METRES 1000.0
#define METRES_PER_DEGREE (MH_GEO_EARTH_METRES * G_PI / 180)

typedef double (*ItemFunc) (const MhAddressBook *book,
                            guint32 item,
                            MhGeoPoint point,
                            MhGeoPoint *out_at);

typedef struct
{
  guint32 item, entry;
  MhGeoPoint at;
  double metres;
} Nearest;

static double
address_to_part (const MhAddressBook *book, guint32 item, MhGeoPoint point, MhGeoPoint *out_at)
{
  const MhAddressSpot *from = &g_array_index (book->spots, MhAddressSpot, item), *to = from + 1;
  MhGeoPoint a = { from->lat / 1e7, from->lon / 1e7 }, b = { to->lat / 1e7, to->lon / 1e7 };
  *out_at = mh_geo_between (a, b, mh_geo_along (point, a, b));
  return mh_geo_distance (point, *out_at);
}

static double
address_to_door (const MhAddressBook *book, guint32 item, MhGeoPoint point, MhGeoPoint *out_at)
{
  const MhAddressHouse *house = &g_array_index (book->houses, MhAddressHouse, item);
  *out_at = (MhGeoPoint){ house->lat / 1e7, house->lon / 1e7 };
  return mh_geo_distance (point, *out_at);
}

static guint
address_first_cell (const GArray *cells, guint32 cell)
{
  guint low = 0, high = cells->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (g_array_index (cells, MhAddressCell, middle).cell < cell)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* In all cells that a circle of @metres may touch. */
static gboolean
address_look (const MhAddressBook *book,
              const GArray *cells,
              MhGeoPoint point,
              double metres,
              ItemFunc distance,
              Nearest *out_nearest)
{
  const double step = 1.0 / MH_ADDRESS_CELLS_PER_DEGREE;
  double up = metres / METRES_PER_DEGREE;
  double wide = up / MAX (0.01, cos (point.lat * G_PI / 180));
  Nearest best = { .metres = G_MAXDOUBLE };
  for (double lat = point.lat - up; lat < point.lat + up + step; lat += step)
    {
      guint32 row = mh_address_cell (MIN (lat, point.lat + up), point.lon - wide);
      guint32 end = mh_address_cell (MIN (lat, point.lat + up), point.lon + wide);
      for (guint i = address_first_cell (cells, row);
           i < cells->len && g_array_index (cells, MhAddressCell, i).cell <= end; i++)
        {
          const MhAddressCell *cell = &g_array_index (cells, MhAddressCell, i);
          MhGeoPoint at;
          double far = distance (book, cell->item, point, &at);
          if (far < best.metres)
            best = (Nearest){ cell->item, cell->entry, at, far };
        }
    }
  *out_nearest = best;
  return best.metres <= metres;
}

static MhAddress *
address_answer (const MhAddressBook *book,
                MhAddressKind kind,
                char *name,
                guint32 place,
                const Nearest *nearest)
{
  MhAddress *address = g_new0 (MhAddress, 1);
  address->kind = kind;
  address->name = name;
  address->place = place != 0 ? g_strdup (mh_address_text (book, place)) : NULL;
  address->at = nearest->at;
  address->metres = nearest->metres;
  return address;
}

MhAddress *
mh_address_nearest (const MhAddressBook *book, MhGeoPoint point)
{
  Nearest nearest;
  g_return_val_if_fail (mh_geo_is_valid (point), NULL);
  if (address_look (book, book->doors, point, HOUSE_METRES, address_to_door, &nearest))
    {
      const MhAddressHouse *house = &g_array_index (book->houses, MhAddressHouse, nearest.item);
      const MhAddressEntry *entry = mh_address_entry (book, house->entry);
      char *name = g_strdup_printf ("%s %s", mh_address_text (book, entry->name),
                                    mh_address_text (book, house->shown));
      return address_answer (book, MH_ADDRESS_HOUSE, name, entry->place, &nearest);
    }
  if (address_look (book, book->parts, point, STREET_METRES, address_to_part, &nearest))
    {
      const MhAddressEntry *entry = mh_address_entry (book, nearest.entry);
      return address_answer (book, MH_ADDRESS_STREET,
                             g_strdup (mh_address_text (book, entry->name)), entry->place,
                             &nearest);
    }

  guint32 place = mh_address_place_of (book, point);
  if (place == MH_ADDRESS_NONE)
    return NULL;
  const MhAddressEntry *entry = mh_address_entry (book, place);
  nearest.at = (MhGeoPoint){ entry->lat / 1e7, entry->lon / 1e7 };
  nearest.metres = mh_geo_distance (point, nearest.at);
  return address_answer (book, MH_ADDRESS_PLACE, g_strdup (mh_address_text (book, entry->name)), 0,
                         &nearest);
}
