/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* How an address book lies in memory: arrays without pointers, texts once. */
#include "shared/geo/mh-address.h"

G_BEGIN_DECLS

#define MH_ADDRESS_NONE G_MAXUINT32

typedef struct
{
  gint32 lat, lon; /* 1e-7 degrees */
  guint32 node;    /* of the map it was made of: lines that share one cross */
} MhAddressSpot;

typedef struct
{
  guint8 kind;
  guint8 weight;               /* of a place or landmark: which of two of the same name is meant */
  guint32 name, place;         /* texts; place 0: none */
  guint32 first_line, n_lines; /* of a street */
  guint32 first_house, n_houses;
  gint32 lat, lon;
} MhAddressEntry;

typedef struct
{
  guint32 entry;  /* the street, or the place where houses have no street */
  guint32 number; /* a text, folded, without blanks */
  guint32 shown;  /* as it is written */
  gint32 lat, lon;
} MhAddressHouse;

/* A word of a name, or how it sounds. */
typedef struct
{
  guint32 word, entry;
} MhAddressWord;

/* A line's part, or a house, in a cell of the grid. */
typedef struct
{
  guint32 cell;
  guint32 item;
  guint32 entry;
} MhAddressCell;

struct _MhAddressBook
{
  gatomicrefcount refs;
  GString *texts;
  GArray *entries;        /* MhAddressEntry */
  GArray *lines;          /* guint32: where each begins in spots, and one more at the end */
  GArray *spots;          /* MhAddressSpot */
  GArray *houses;         /* MhAddressHouse, by entry */
  GArray *words, *sounds; /* MhAddressWord, by word */
  GArray *places;         /* guint32: entries that are places, by latitude */
  GArray *parts;          /* MhAddressCell: item is the first spot of the part of a line */
  GArray *doors;          /* MhAddressCell: item is a house */
};

#define MH_ADDRESS_CELLS_PER_DEGREE 200
guint32 mh_address_cell (double lat, double lon);
const char *mh_address_text (const MhAddressBook *book, guint32 text);
const MhAddressEntry *mh_address_entry (const MhAddressBook *book, guint32 entry);
/* The place around a point; MH_ADDRESS_NONE. */
guint32 mh_address_place_of (const MhAddressBook *book, MhGeoPoint point);

G_END_DECLS
