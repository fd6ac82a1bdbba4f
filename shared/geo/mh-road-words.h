/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* The steps of a route as sentences in the language of the program. */
#include "shared/geo/mh-road-route.h"

G_BEGIN_DECLS

/* "Turn left onto Aeulestrasse"; with the number of the road where it has no name. Transfer full.
 */
char *mh_road_words (const MhRoadStep *step);
/* "350 m", "1.2 km", "14 km": rounded as a driver can use it. Transfer full. */
char *mh_road_words_distance (double metres);

G_END_DECLS
