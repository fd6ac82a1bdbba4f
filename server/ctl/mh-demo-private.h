/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* Between the files that make the demonstration hospital. */
#include "server/ctl/mh-demo.h"
#include "server/lab/catalogue/mh-catalogue.h"
#include "shared/base/mh-date.h"
#include "shared/records/people/mh-permissions.h"

G_BEGIN_DECLS

/* India has one zone and no summer time. */
#define MH_DEMO_ZONE_OFFSET (5 * MH_HOUR + 30 * MH_MINUTE)

typedef struct _MhDemoNames MhDemoNames;

typedef enum
{
  MH_DEMO_RECEPTION,
  MH_DEMO_CASHIER,
  MH_DEMO_DOCTOR,
  MH_DEMO_NURSE,
  MH_DEMO_TECHNICIAN,
  MH_DEMO_TECHNICIAN2,
  MH_DEMO_PATHOLOGIST,
  MH_DEMO_PHARMACIST,
  MH_DEMO_DISPATCHER,
  MH_DEMO_CREW,
  MH_DEMO_MANAGER,
  MH_DEMO_ADMIN,
  MH_DEMO_KIOSK,
  MH_DEMO_N_STAFF,
} MhDemoPerson;

/* What an order needs of a patient; the whole records of 100,000 people would fill the memory. */
typedef struct
{
  char id[37];
  char mrn[20];
  char *name;
  char *listed; /* as other records keep it */
  char phone[16];
  char birth_date[11];
  char sex;         /* f, m, o */
  gboolean guarded; /* the chart is protected: nothing goes on with them today */
  gint64 registered_at;
} MhDemoPatient;

typedef struct
{
  const MhDemoPlan *plan;
  GRand *rand;
  gint64 now;
  MhDemoNames *names;
  MhRecord *hospital;
  MhRecord *staff[MH_DEMO_N_STAFF];
  GArray *patients;      /* of MhDemoPatient */
  GHashTable *accession; /* "C:26325" → last number given */
  GHashTable *receipts;  /* "2026-27" → last number given */
  GHashTable *invoices;  /* "invoice:MH:2026-27:I" → last number given */
  gint64 invoiced_at;    /* the last invoice's time */
  MhCatalogueView *view;
  GPtrArray *bench;    /* results that the bench says more about, mh-demo-bench.c */
  GPtrArray *critical; /* verified critical values of the last days, mh-demo-critical.c */
  GPtrArray *papers;   /* changes of reports and the queue, mh-demo-papers.c */
  GRand *papers_rand;
  guint reported, waiting;
  guint prescriptions;
  guint next;   /* patient or order to make next */
  guint stored; /* tubes in the freezer */
  guint visits; /* last number given */
} MhDemo;

/* --- chance --- */
int mh_demo_int (MhDemo *demo, int from, int below);
double mh_demo_unit (MhDemo *demo); /* 0 ≤ x < 1 */
gboolean mh_demo_chance (MhDemo *demo, double probability);
double mh_demo_normal (MhDemo *demo); /* mean 0, deviation 1 */
/* An id dated @at. Caller frees. */
char *mh_demo_id (MhDemo *demo, gint64 at);
/* A new record of @type with id, version and both stamps. */
MhRecord *mh_demo_record (MhDemo *demo, const MhRecordType *type, gint64 at);
/* The same of this hospital, without chance: its id follows from @key. */
MhRecord *mh_demo_fixed (MhDemo *demo, const MhRecordType *type, const char *key);
const char *mh_demo_staff_id (MhDemo *demo, MhDemoPerson person);
const char *mh_demo_staff_name (MhDemo *demo, MhDemoPerson person);
/* Next number of a counter that the database learns at the end. */
gint64 mh_demo_count (GHashTable *counters, const char *key);

/* --- names and places (data/reference/names.json) --- */
MhDemoNames *mh_demo_names_load (GError **error);
void mh_demo_names_free (MhDemoNames *names);
typedef struct
{
  char *given, *family, *native;
  const char *script; /* or NULL */
  const char *language;
} MhDemoName;
void mh_demo_name_make (MhDemo *demo, gboolean female, MhDemoName *out_name);
void mh_demo_name_clear (MhDemoName *name);
/* Fills the address fields of a patient. */
void mh_demo_address (MhDemo *demo, MhRecord *patient);
const char *mh_demo_relation (MhDemo *demo);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MhDemoName, mh_demo_name_clear)

/* --- parts of the hospital --- */
/* In the write queue: the house, its staff and the catalogue. */
gboolean mh_demo_house (MhTx *tx, MhDemo *demo, GError **error);
/* Skills, shifts, storage places and other laboratories. */
gboolean mh_demo_storage (MhTx *tx, MhDemo *demo, GError **error);
/* Units of the rescue service and the areas that they cover. */
gboolean mh_demo_fleet (MhTx *tx, MhDemo *demo, GError **error);
/* Hospitals to which the rescue service drives, their reports and diversions. */
gboolean mh_demo_sites (MhTx *tx, MhDemo *demo, GError **error);

/* The allergies of a patient that was made, as records. */
void mh_demo_allergies (MhDemo *demo, MhRecord *patient, guint number, GPtrArray *out_allergies);
/* In the write queue: what patients take, what waits for a second signature, favourites. */
gboolean mh_demo_medicines_write (MhTx *tx, MhDemo *demo, GError **error);
/* In the write queue: an analyser that is switched off, and what it sent last. */
gboolean mh_demo_analysers (MhTx *tx, MhDemo *demo, GError **error);
/* In the write queue: what stands in the charts of some patients. */
gboolean mh_demo_charts (MhTx *tx, MhDemo *demo, GError **error);
/* In the write queue: papers, pictures and consents of some who lie in the wards; after the visits.
 */
gboolean mh_demo_documents (MhTx *tx, MhDemo *demo, GError **error);
/* In the write queue: equipment, controls, and a month of their values. */
gboolean mh_demo_controls (MhTx *tx, MhDemo *demo, GError **error);

/* Records made by one thread while the write queue writes the batch before. */
typedef struct
{
  const MhRecordType *type; /* patient or order: what the batch is announced and audited as */
  GPtrArray *records;       /* of that type */
  GPtrArray *parts[13];     /* what belongs to them, each of one type; or NULL */
  GHashTable *load;         /* technician → gint64 *minutes of open work */
} MhDemoBatch;

MhDemoBatch *mh_demo_batch_new (const MhRecordType *type);
void mh_demo_batch_free (MhDemoBatch *batch);
gboolean mh_demo_batch_write (MhTx *tx, MhDemoBatch *batch, GError **error);
MhDemoBatch *mh_demo_make_patients (MhDemo *demo, guint n);
/* NULL with @error when the catalogue lacks a test. */
MhDemoBatch *mh_demo_make_orders (MhDemo *demo, guint n, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MhDemoBatch, mh_demo_batch_free)

/* Writes the counters, so that the hospital goes on numbering from here. */
gboolean mh_demo_series (MhTx *tx, MhDemo *demo, GError **error);

/* One order on its way into the database. */
typedef struct
{
  MhRecord *order;
  const MhDemoPatient *patient;
  GPtrArray *items;
  GPtrArray *samples;
  gint64 ordered_at, collected_at, received_at, resulted_at, verified_at; /* 0: not yet */
} MhDemoOrder;

/* Content and hash of @report from @results; @change NULL: none. */
void mh_demo_report_freeze (MhDemo *demo,
                            MhDemoOrder *made,
                            GPtrArray *results,
                            MhRecord *report,
                            MhRecord *change);
/* Some reports held a slip and were put right: the second version, NULL: this one was not. @first
 * and the result follow. */
MhRecord *
mh_demo_papers_correct (MhDemo *demo, MhDemoOrder *made, GPtrArray *results, MhRecord *first);
/* Those of the last day wait to be printed. */
void mh_demo_papers_queue (MhDemo *demo, const MhDemoOrder *made, MhRecord *report);
gboolean mh_demo_papers_write (MhTx *tx, MhDemo *demo, GError **error);

/* In the write queue: who of the patients belongs together. */
gboolean mh_demo_families_write (MhTx *tx, MhDemo *demo, GError **error);

/* A verified result that was critical: told, or waiting, in the end. */
void mh_demo_critical_note (MhDemo *demo, const MhDemoOrder *made, MhRecord *result);
gboolean mh_demo_critical_write (MhTx *tx, MhDemo *demo, GError **error);

/* Cultures and what waits to be verified: antibiograms, a picture, a restart, in the end. */
void mh_demo_bench_note (MhDemo *demo, MhRecord *result);
void mh_demo_bench_culture (MhDemo *demo, MhRecord *result);
gboolean mh_demo_bench_write (MhTx *tx, MhDemo *demo, GError **error);

/* Who waits now and what was signed: vital signs, triage, assessments, fluids; in the end. */
gboolean mh_demo_visits_write (MhTx *tx, MhDemo *demo, GError **error);

/* How far an order has come, or how it ended. */
typedef enum
{
  MH_DEMO_STAGE_PAID,
  MH_DEMO_STAGE_COD,
  MH_DEMO_STAGE_COLLECTED,
  MH_DEMO_STAGE_RECEIVED,
  MH_DEMO_STAGE_RESULTED,
  MH_DEMO_STAGE_COMPLETED,
  MH_DEMO_STAGE_EXPIRED,
  MH_DEMO_STAGE_FAILED,
  MH_DEMO_STAGE_CANCELLED,
} MhDemoStage;

/* The tubes of the order's items, with their places in it. */
void mh_demo_collection (MhDemoOrder *made, guint index);
void mh_demo_store_tubes (MhDemo *demo, MhDemoOrder *made, guint index, GPtrArray *events);
void mh_demo_tubes (MhDemo *demo, MhDemoOrder *made, MhDemoStage stage);
/* Their chain of custody so far. */
void mh_demo_events (MhDemo *demo, const MhDemoOrder *made, GPtrArray *events);
/* How the order is paid, and what of it. */
void mh_demo_money (MhDemo *demo, MhDemoOrder *made, MhDemoStage stage);
/* The payment and its receipt, if it was paid. */
void mh_demo_payment (MhDemo *demo,
                      const MhDemoOrder *made,
                      GPtrArray *payments,
                      GPtrArray *receipts,
                      GPtrArray *entries);
/* The list that its prices are taken from, noted on the order; NULL: the catalogue's. */
MhRecord *mh_demo_price_list (MhDemo *demo, MhRecord *order, guint index);
/* On some orders; before the totals are made. */
void mh_demo_discount (MhDemo *demo, MhDemoOrder *made, guint index);
/* The invoice that @payment settles, with its lines. */
void mh_demo_invoice (MhDemo *demo,
                      const MhDemoOrder *made,
                      MhRecord *payment,
                      GPtrArray *invoices,
                      GPtrArray *lines);
/* In the write queue: schedules, a week of bookings, today's queue, the waiting list; after the
 * patients.
 */
gboolean mh_demo_appointments (MhTx *tx, MhDemo *demo, GError **error);
/* In the write queue: tax rules and price lists, after the catalogue. */
/* Reagents with their lots, and reflex rules. */
gboolean mh_demo_shelf (MhTx *tx, MhDemo *demo, GError **error);
gboolean mh_demo_tariff (MhTx *tx, MhDemo *demo, GError **error);
/* Result records of all items, in report order; status by how far the order is. */
GPtrArray *mh_demo_results (MhDemo *demo, MhDemoOrder *order);
/* The frozen report of a completed order. */
MhRecord *mh_demo_report (MhDemo *demo, MhDemoOrder *order, GPtrArray *results);
/* What the patient of a completed order said; NULL: nothing. */
MhRecord *mh_demo_feedback (MhDemo *demo, const MhDemoOrder *order);
/* What the ordering doctor finds in the inbox of a fortnight; NULL: nothing. */
MhRecord *mh_demo_inbox (MhDemo *demo, const MhDemoOrder *order, MhRecord *report);
/* The times of every test, at the end. */
gboolean mh_demo_gather (MhStore *store, MhCatalogue *catalogue, const MhWho *who, GError **error);
/* Argon2id of the demonstration password with a salt from the seed. Caller frees. */
char *mh_demo_hash (MhDemo *demo, const char *text);

G_END_DECLS
