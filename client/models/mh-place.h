/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* A place on the map: where it is, what it is called, how it is drawn. */
#include "shared/record/mh-record.h"

G_BEGIN_DECLS

/* Told apart by shape, never by colour alone. */
typedef enum
{
  MH_PLACE_DOT,
  MH_PLACE_SQUARE,
  MH_PLACE_DIAMOND,
  MH_PLACE_TRIANGLE,
} MhPlaceShape;

#define MH_TYPE_PLACE (mh_place_get_type ())
G_DECLARE_FINAL_TYPE (MhPlace, mh_place, MH, PLACE, GObject)

MhPlace *mh_place_new (const char *name, const char *detail, double lat, double lon);
/* What an address of the map says; NULL: it says no place. */
MhPlace *mh_place_of_address (MhRecord *address, const char *detail);
const char *mh_place_name (MhPlace *place);
const char *mh_place_detail (MhPlace *place);
double mh_place_lat (MhPlace *place);
double mh_place_lon (MhPlace *place);
MhPlaceShape mh_place_shape (MhPlace *place);
/* "57.70000,11.97000", as the server wants it; caller frees. */
char *mh_place_text (double lat, double lon);

typedef struct
{
  double lat, lon;
} MhPoint;

/* [[lat, lon], …] or [lat, lon] as MhPoint; empty where @json is something else. Caller unrefs. */
GArray *mh_points_read (const char *json);
/* [[[lat, lon], …], …] as GArrays of MhPoint, as MhMapReach has them. Caller unrefs. */
GPtrArray *mh_rings_read (const char *json);
/* What they enclose; what lies the other way round is left out. */
double mh_rings_square_km (GPtrArray *rings);

G_END_DECLS
