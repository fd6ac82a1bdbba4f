/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue beyond looking a row up: history, signatures, findings, files, reflex rules,
 * reagents. */
#include "shared/proto/mh-routes-private.h"
#include "shared/records/lab/mh-catalogue-record.h"
#include "shared/records/mh-types.h"

/* clang-format off */
static const MhParam revision_params[] = {
  { "record_id", MH_KIND_REF, NULL, N_("Versions of that row") },
  { NULL },
};
static const MhParam kind_params[] = {
  { "record_type", MH_KIND_TEXT, NULL, N_("Rows of one kind") },
  { NULL },
};
static const MhParam export_params[] = {
  { "record_type", MH_KIND_TEXT, NULL, N_("Kind of row of a table") },
  { "format", MH_KIND_ENUM, mh_catalogue_format_codes, N_("Table of one kind, or all as JSON; JSON if not given") },
  { NULL },
};
static const MhCode shelf[] = { { "usable", N_("Usable") }, { "all", N_("All") }, { NULL } };
static const MhParam lot_params[] = {
  { "reagent", MH_KIND_TEXT, NULL, N_("Lots of one reagent") },
  { "shelf", MH_KIND_ENUM, shelf, N_("Empty and expired lots too; only usable ones if not given") },
  { NULL },
};

static const MhRoute routes[] = {
  { "catalogue.history", "GET", "/catalogue/revisions", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_catalogue_revision_type, revision_params, N_("Earlier versions of a row, newest first, with what changed"), "catalogue", NULL, MH_RATE_NORMAL },
  { "catalogue.sign", "POST", "/catalogue/signatures", "catalogue.sign", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_catalogue_signing_type, &mh_catalogue_signing_type, NULL, N_("Sign rows off, or withdraw the sign-off"), "catalogue", NULL, MH_RATE_NORMAL },
  { "catalogue.waiting", "GET", "/catalogue/waiting", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_catalogue_waiting_type, kind_params, N_("Rows that wait for the medical director"), "catalogue", NULL, MH_RATE_NORMAL },
  { "catalogue.lint", "GET", "/catalogue/findings", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_catalogue_finding_type, NULL, N_("What is wrong on the way from order to report, errors first"), "catalogue", NULL, MH_RATE_NORMAL },
  { "catalogue.export", "GET", "/catalogue/export", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_BINARY, NULL, NULL, export_params, N_("The catalogue as a file"), "catalogue", "application/octet-stream", MH_RATE_HEAVY },
  { "catalogue.import", "POST", "/catalogue/import", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_catalogue_upload_type, &mh_catalogue_taken_type, NULL, N_("Import a file, or only try: all of it or nothing"), "catalogue", NULL, MH_RATE_HEAVY },
  { "formula.try", "POST", "/catalogue/formulas/try", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_ONLINE, &mh_formula_trial_type, &mh_formula_trial_type, NULL, N_("Calculate a formula with sample values"), "catalogue", NULL, MH_RATE_NORMAL },
  { "analyte.read", "GET", "/analytes/{id}", "catalogue.read", MH_ROUTE_READ, 0, NULL, &mh_analyte_type, NULL, N_("One analyte"), "catalogue", NULL, MH_RATE_NORMAL },
  { "range.remove", "DELETE", "/reference-ranges/{id}", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_NO_CONTENT | MH_ROUTE_ONLINE, NULL, NULL, NULL, N_("Remove a reference range"), "catalogue", NULL, MH_RATE_NORMAL },
  { "bench.create", "POST", "/benches", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_bench_type, &mh_bench_type, NULL, N_("Add a bench"), "catalogue", NULL, MH_RATE_NORMAL },
  { "bench.update", "PATCH", "/benches/{id}", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_bench_type, &mh_bench_type, NULL, N_("Change a bench: its name, how many people sign its values"), "catalogue", NULL, MH_RATE_NORMAL },
  { "container.create", "POST", "/containers", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_container_type, &mh_container_type, NULL, N_("Add a container"), "catalogue", NULL, MH_RATE_NORMAL },
  { "container.update", "PATCH", "/containers/{id}", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_container_type, &mh_container_type, NULL, N_("Change a container"), "catalogue", NULL, MH_RATE_NORMAL },
  { "reflex_rule.list", "GET", "/reflex-rules", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_reflex_rule_type, NULL, N_("Reflex rules"), "catalogue", NULL, MH_RATE_NORMAL },
  { "reflex_rule.create", "POST", "/reflex-rules", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_reflex_rule_type, &mh_reflex_rule_type, NULL, N_("Add a reflex rule"), "catalogue", NULL, MH_RATE_NORMAL },
  { "reflex_rule.update", "PATCH", "/reflex-rules/{id}", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_reflex_rule_type, &mh_reflex_rule_type, NULL, N_("Change a reflex rule, or end it"), "catalogue", NULL, MH_RATE_NORMAL },
  { "reagent.list", "GET", "/reagents", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_reagent_type, NULL, N_("Reagents"), "catalogue", NULL, MH_RATE_NORMAL },
  { "reagent.create", "POST", "/reagents", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_reagent_type, &mh_reagent_type, NULL, N_("Add a reagent"), "catalogue", NULL, MH_RATE_NORMAL },
  { "reagent.update", "PATCH", "/reagents/{id}", "catalogue.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_reagent_type, &mh_reagent_type, NULL, N_("Change a reagent"), "catalogue", NULL, MH_RATE_NORMAL },
  { "reagent_lot.list", "GET", "/reagent-lots", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_reagent_lot_type, lot_params, N_("Lots on the shelf, first to expire first"), "catalogue", NULL, MH_RATE_NORMAL },
  { "reagent_lot.receive", "POST", "/reagent-lots", "reagent.write", MH_ROUTE_WRITE, MH_ROUTE_IDEMPOTENT | MH_ROUTE_CREATED | MH_ROUTE_ONLINE, &mh_reagent_lot_type, &mh_reagent_lot_type, NULL, N_("Receive a lot"), "catalogue", NULL, MH_RATE_NORMAL },
  { "reagent_lot.count", "PATCH", "/reagent-lots/{id}", "reagent.write", MH_ROUTE_WRITE, MH_ROUTE_PATCH | MH_ROUTE_IDEMPOTENT | MH_ROUTE_ONLINE, &mh_reagent_lot_type, &mh_reagent_lot_type, NULL, N_("Change a lot: opened, counted, discarded"), "catalogue", NULL, MH_RATE_NORMAL },
  { "reagent_lot.moves", "GET", "/reagent-lots/{id}/moves", "catalogue.read", MH_ROUTE_READ, MH_ROUTE_LIST, NULL, &mh_reagent_move_type, NULL, N_("What became of a lot, newest first; for outside programs"), "catalogue", NULL, MH_RATE_NORMAL },
};
/* clang-format on */

const MhRouteTable mh_routes_catalogue = { routes, G_N_ELEMENTS (routes) };
