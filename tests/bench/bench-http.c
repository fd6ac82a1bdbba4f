/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-http BUILD CONFIG [NAME…]: the real server over a demonstration hospital, each call beside
 * libsoup's bare answer of the same size on as many threads. Figures of one run on one machine;
 * compare the ratios. With names, only the cases that begin with one of them. A new call is a row
 * in cases[]. */
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shared/base/mh-id.h"
#include "shared/base/mh-json.h"
#include "tests/bench/bench-cost.h"
#include "tests/bench/bench-load.h"
#include "tests/bench/bench-words.h"

#define CONNECTIONS 32
#define SECONDS 3.0
#define ROUNDS 5
#define STARTS 5
#define MAX_ORDERS 30000
#define MAX_SEARCHES 5000
#define KIND_SECONDS 1.0

typedef struct
{
  GPid pid;
  guint16 port;
  int in;
} Child;

typedef struct
{
  struct _Bench *bench;
  GPtrArray *requests;
  guint times; /* each request is sent so often, one after the other; 0: round and round */
} Requests;

typedef struct _Bench
{
  const char *build;
  guint16 port;
  BenchPrograms programs;
  char *token;
  guint threads;
  GPtrArray *patients; /* BenchPatient, whose charts are open to everybody */
  GPtrArray *pays;     /* requests that pay what was placed */
  const char *user;    /* who is signed in */
  char **wanted;       /* names of cases; empty: nearly all */
  long highest;        /* of the server's memory so far, KiB */
} Bench;

static gboolean
is_wanted (const char *name, char **wanted)
{
  for (char **word = wanted; *word != NULL; word++)
    if (g_str_has_prefix (name, *word))
      return TRUE;
  return *wanted == NULL && !g_str_has_prefix (name, "crowd");
}

/* --- programs --- */

static Child
start (const char *const *argv)
{
  Child child = { 0 };
  int out = -1;
  g_autoptr (GError) error = NULL;
  char line[256];
  if (!g_spawn_async_with_pipes (NULL, (char **)argv, NULL,
                                 G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                                 &child.pid, &child.in, &out, NULL, &error))
    g_error ("%s", error->message);
  FILE *file = fdopen (out, "r");
  if (fgets (line, sizeof line, file) == NULL || strrchr (line, ':') == NULL)
    g_error ("%s did not start.", argv[0]);
  child.port = (guint16)atoi (strrchr (line, ':') + 1);
  return child;
}

static void
stop (Child *child)
{
  kill (child->pid, SIGTERM);
  close (child->in);
  waitpid (child->pid, NULL, 0);
  g_spawn_close_pid (child->pid);
}

/* --- requests --- */

static char *
request (Bench *bench, const char *method, const char *path, const char *body)
{
  g_autofree char *id = mh_id_new ();
  return g_strdup_printf ("%s /api/v1%s HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer %s\r\n"
                          "Content-Type: application/json\r\nIdempotency-Key: %s\r\n"
                          "Content-Length: %zu\r\n\r\n%s",
                          method, path, bench->token != NULL ? bench->token : "", id,
                          body != NULL ? strlen (body) : 0, body != NULL ? body : "");
}

static char *
get (Bench *bench, const char *path)
{
  return g_strdup_printf (
      "GET /api/v1%s HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer %s\r\n\r\n", path,
      bench->token);
}

static JsonObject *
ask (Bench *bench, char *text)
{
  guint status = 0;
  g_autoptr (GError) error = NULL;
  g_autofree char *owned = text;
  g_autofree char *body = bench_ask (bench->port, owned, &status);
  JsonObject *object = body != NULL ? mh_json_parse_object (body, -1, &error) : NULL;
  if (object == NULL || status / 100 != 2)
    g_error ("%.60s: %u %s", owned, status, body != NULL ? body : "nothing");
  return object;
}

static const char *
next_request (guint index, gpointer data)
{
  Requests *requests = data;
  if (requests->times > 0)
    index /= requests->times;
  if (requests->times > 0 && index >= requests->requests->len)
    return NULL;
  return g_ptr_array_index (requests->requests, index % requests->requests->len);
}

static void
sign_in (Bench *bench, const char *user)
{
  if (g_strcmp0 (bench->user, user) == 0)
    return;
  g_autofree char *body
      = g_strdup_printf ("{\"username\":\"%s\",\"password\":\"mahima-demo\"}", user);
  g_clear_pointer (&bench->token, g_free);
  g_autoptr (JsonObject) session = ask (bench, request (bench, "POST", "/session", body));
  bench->token = g_strdup (mh_json_text (session, "token"));
  bench->user = user;
}

/* --- figures --- */

static void
print_result (const char *name, BenchResult *result, double bare)
{
  printf ("%-34s %9.0f/s  p50 %7.2f ms  p99 %7.2f ms  %6zu bytes", name, result->per_second,
          result->p50_ms, result->p99_ms, result->bytes);
  if (bare > 0)
    printf ("  %5.1f %% of bare %.0f/s", 100.0 * result->per_second / bare, bare);
  if (result->wrong > 0)
    printf ("  %u NOT SUCCESSFUL (%u)", result->wrong, result->wrong_status);
  printf ("\n");
  fflush (stdout);
}

static int
compare_rates (gconstpointer a, gconstpointer b)
{
  double x = ((const BenchResult *)a)->per_second;
  double y = ((const BenchResult *)b)->per_second;
  return x < y ? -1 : x > y;
}

/* The middle one of an odd number. */
static BenchResult
middle (BenchResult *results, guint n)
{
  qsort (results, n, sizeof *results, compare_rates);
  return results[n / 2];
}

static Child
start_bare (Bench *bench, gsize size)
{
  g_autofree char *program = g_build_filename (bench->build, "tests", "bench", "bench-bare", NULL);
  g_autofree char *threads = g_strdup_printf ("%u", bench->threads);
  g_autofree char *bytes = g_strdup_printf ("%zu", size);
  const char *argv[] = { program, threads, bytes, NULL };
  return start (argv);
}

/* The processors' time of each answer stays the same on a machine that has other work. */
static void
print_cost (const BenchCost *cost, const BenchResult *result, gboolean database)
{
  double each = 1000 / (double)MAX (1, result->requests);
  printf ("%-34s server %.3f ms", "  processor time of each", cost->server * each);
  if (database)
    printf ("  database %.3f ms", cost->database * each);
  printf ("  bench %.3f ms\n", cost->load * each);
  fflush (stdout);
}

/* *out_cost: of the whole run. */
static BenchResult
load_and_cost (Bench *bench, double seconds, Requests *of, BenchAnswer answer, BenchCost *out_cost)
{
  BenchCost before = bench_cost_now (&bench->programs);
  BenchResult result = bench_load (bench->port, CONNECTIONS, seconds, next_request, answer, of);
  *out_cost = bench_cost_since (&bench->programs, &before);
  return result;
}

/* Ours and the yardstick in turns, so that what else the machine does meets both alike. */
static void
run_beside_bare (Bench *bench, const char *name, Requests *requests)
{
  BenchResult ours[ROUNDS];
  BenchResult bare[ROUNDS];
  BenchResult first = bench_load (bench->port, CONNECTIONS, 0.3, next_request, NULL, requests);
  Child child = start_bare (bench, first.bytes);
  BenchCost cost, spent = { 0 };
  BenchResult all = { 0 };
  for (guint i = 0; i < ROUNDS; i++)
    {
      ours[i] = load_and_cost (bench, SECONDS / ROUNDS, requests, NULL, &cost);
      spent.server += cost.server;
      spent.database += cost.database;
      spent.load += cost.load;
      all.requests += ours[i].requests;
      bare[i]
          = bench_load (child.port, CONNECTIONS, SECONDS / ROUNDS, next_request, NULL, requests);
    }
  stop (&child);
  BenchResult result = middle (ours, ROUNDS);
  print_result (name, &result, middle (bare, ROUNDS).per_second);
  print_cost (&spent, &all, bench->programs.postmaster != 0);
}

/* --- what to ask for; each makes a list of requests --- */

/* A protected chart is answered with 403 to whoever has not opened it with a reason, and stands in
 * a list with its name left out. */
static void
add_patient (Bench *bench, JsonObject *patient)
{
  if (!mh_json_bool (patient, "vip", FALSE) && mh_json_text (patient, "given_name") != NULL)
    g_ptr_array_add (
        bench->patients,
        bench_patient_new (mh_json_text (patient, "id"), mh_json_text (patient, "given_name"),
                           mh_json_text (patient, "family_name"), mh_json_text (patient, "phone"),
                           mh_json_text (patient, "mrn"), mh_json_text (patient, "birth_date")));
}

/* So many that two reads of one within the third of a second in which the audit trail gathers, and
 * which it would write as one, are rare. */
#define PATIENTS 20000

static void
collect_patients (Bench *bench)
{
  g_autofree char *after = NULL;
  if (bench->patients->len > 0)
    return;
  while (bench->patients->len < PATIENTS)
    {
      g_autofree char *path = g_strconcat ("/patients?limit=200", after != NULL ? "&after=" : "",
                                           after != NULL ? after : "", NULL);
      g_autoptr (JsonObject) page = ask (bench, get (bench, path));
      JsonArray *items = mh_json_array (page, "items");
      for (guint i = 0; i < json_array_get_length (items); i++)
        add_patient (bench, json_array_get_object_element (items, i));
      g_free (after);
      after = g_strdup (mh_json_text (page, "next"));
      if (after == NULL)
        break;
    }
  if (bench->patients->len == 0)
    g_error ("The demonstration hospital has no patients.");
}

static const BenchPatient *
nth_patient (Bench *bench, guint i)
{
  return g_ptr_array_index (bench->patients, i % bench->patients->len);
}

/* Takes @words. */
static GPtrArray *
searches (Bench *bench, GPtrArray *words)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < words->len; i++)
    {
      g_autofree char *escaped = g_uri_escape_string (g_ptr_array_index (words, i), NULL, FALSE);
      g_autofree char *path = g_strdup_printf ("/patients?limit=20&q=%s", escaped);
      g_ptr_array_add (texts, get (bench, path));
    }
  g_ptr_array_unref (words);
  return texts;
}

static GPtrArray *
patient_reads (Bench *bench)
{
  collect_patients (bench);
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < bench->patients->len; i++)
    {
      g_autofree char *path = g_strconcat ("/patients/", nth_patient (bench, i)->id, NULL);
      g_ptr_array_add (texts, get (bench, path));
    }
  return texts;
}

/* The first page of a chart in one answer. */
static GPtrArray *
chart_opens (Bench *bench)
{
  collect_patients (bench);
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < bench->patients->len; i++)
    {
      g_autofree char *path
          = g_strconcat ("/patients/", nth_patient (bench, i)->id, "/chart", NULL);
      g_ptr_array_add (texts, get (bench, path));
    }
  return texts;
}

static GPtrArray *
crowd_searches (Bench *bench)
{
  collect_patients (bench);
  return searches (bench, bench_crowd_words (bench->patients, MAX_SEARCHES));
}

static GPtrArray *
boards (Bench *bench)
{
  static const char *const tabs[] = { "paid", "cod", "processing", "completed" };
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (tabs); i++)
    {
      g_autofree char *path = g_strdup_printf ("/orders?tab=%s&limit=50", tabs[i]);
      g_ptr_array_add (texts, get (bench, path));
    }
  return texts;
}

/* Thirty days, as the page of figures asks for them. */
static GPtrArray *
turnarounds (Bench *bench)
{
  static const char *const groups[] = { "day", "segment", "bench", "test", "priority" };
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      g_autofree char *path = g_strdup_printf ("/insights/turnaround?by=%s", groups[i]);
      g_ptr_array_add (texts, get (bench, path));
    }
  return texts;
}

static GPtrArray *
orders (Bench *bench)
{
  collect_patients (bench);
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < MAX_ORDERS; i++)
    {
      g_autofree char *id = mh_id_new ();
      const char *patient = nth_patient (bench, i)->id;
      g_autofree char *body = g_strdup_printf (
          "{\"id\":\"%s\",\"patient_id\":\"%s\",\"items\":[{\"test\":\"CBC\"},{\"test\":\"FBS\"},"
          "{\"test\":\"TSHT\"}],\"payment_method\":\"cash\",\"priority\":\"routine\"}",
          id, patient);
      g_ptr_array_add (texts, request (bench, "POST", "/orders", body));
    }
  return texts;
}

/* What follows @name in an answer: reading it all as JSON would take the load half a processor that
 * the server is measured on. */
static const char *
answered (const char *body, const char *name)
{
  const char *at = strstr (body, name);
  return at != NULL ? at + strlen (name) : "";
}

static void
on_placed (guint index, guint status, const char *body, gpointer data)
{
  Bench *bench = ((Requests *)data)->bench;
  if (status != 201)
    return;
  g_autofree char *order = g_strndup (answered (body, "\"id\":\""), MH_ID_LENGTH);
  gint64 due = g_ascii_strtoll (answered (body, "\"due\":"), NULL, 10);
  g_autofree char *id = mh_id_new ();
  g_autofree char *path = g_strdup_printf ("/orders/%s/payments", order);
  g_autofree char *pay = g_strdup_printf (
      "{\"id\":\"%s\",\"method\":\"cash\",\"amount\":%" G_GINT64_FORMAT "}", id, due);
  g_ptr_array_add (bench->pays, request (bench, "POST", path, pay));
}

static char *
result_body (JsonObject *sheet)
{
  JsonArray *analytes = mh_json_array (sheet, "analytes");
  for (guint i = 0; analytes != NULL && i < json_array_get_length (analytes); i++)
    {
      JsonObject *analyte = json_array_get_object_element (analytes, i);
      const char *low = mh_json_text (analyte, "low");
      if (low != NULL && mh_json_text (analyte, "code") != NULL)
        return g_strdup_printf (
            "{\"results\":[{\"analyte\":\"%s\",\"value\":\"%s\"}],\"final\":false}",
            mh_json_text (analyte, "code"), low);
    }
  return NULL;
}

static GPtrArray *
result_saves (Bench *bench)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JsonObject) page = ask (bench, get (bench, "/orders?stage=enter&limit=100"));
  JsonArray *items = mh_json_array (page, "items");
  for (guint i = 0; items != NULL && i < json_array_get_length (items); i++)
    {
      const char *id = mh_json_text (json_array_get_object_element (items, i), "id");
      g_autofree char *path = g_strdup_printf ("/orders/%s/results", id);
      g_autoptr (JsonObject) sheet = ask (bench, get (bench, path));
      g_autofree char *body = result_body (sheet);
      for (guint j = 0; body != NULL && j < 100; j++)
        g_ptr_array_add (texts, request (bench, "PUT", path, body));
    }
  return texts;
}

static GPtrArray *
health (Bench *bench)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (texts, g_strdup ("GET /health/live HTTP/1.1\r\nHost: bench\r\n\r\n"));
  return texts;
}

static GPtrArray *
name_searches (Bench *bench)
{
  collect_patients (bench);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < bench->patients->len && i < 500; i++)
    {
      const char *name = nth_patient (bench, i)->given;
      g_ptr_array_add (words, g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), 4)));
    }
  return searches (bench, words);
}

static GPtrArray *
phone_searches (Bench *bench)
{
  collect_patients (bench);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < bench->patients->len && words->len < 500; i++)
    if (nth_patient (bench, i)->phone != NULL)
      g_ptr_array_add (words, g_strdup (nth_patient (bench, i)->phone));
  return searches (bench, words);
}

/* Half of what was placed, so that the next case finds the other half. */
static GPtrArray *
half_of_pays (Bench *bench)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  for (guint n = (bench->pays->len + 1) / 2; n > 0; n--)
    g_ptr_array_add (texts, g_ptr_array_steal_index_fast (bench->pays, bench->pays->len - 1));
  return texts;
}

static const struct
{
  const char *name;
  const char *user;
  GPtrArray *(*make) (Bench *bench);
  guint times; /* 0: a read, round and round beside bare libsoup; 2 and more: impatient clicks, the
                * same request under the same key on several connections at once */
  BenchAnswer answer;
  enum
  {
    NO_CROWD,
    CROWD_ALONE,
    CROWD_BESIDE_ORDERS, /* that are written meanwhile */
  } crowd; /* those named so only when asked for: over 1,000,000 patients, run.sh BUILD 1000000 3000
            */
} cases[] = {
  { "health", NULL, health, 0, NULL },
  { "read one patient", "reception", patient_reads, 0, NULL },
  { "search by name prefix", "reception", name_searches, 0, NULL },
  { "search by phone", "reception", phone_searches, 0, NULL },
  { "order board, page of 50", "reception", boards, 0, NULL },
  { "order board, orders written", "reception", boards, 0, NULL, CROWD_BESIDE_ORDERS },
  { "place an order of 3 tests, durable", "reception", orders, 1, on_placed },
  { "pay, durable", "reception", half_of_pays, 1, NULL },
  { "pay, each clicked 8 times", "reception", half_of_pays, 8, NULL },
  { "save a result, durable", "technician", result_saves, 1, NULL },
  { "open a chart", "doctor", chart_opens, 0, NULL },
  { "turnaround of 30 days", "manager", turnarounds, 0, NULL },
  { "crowd searches alone", "reception", crowd_searches, 0, NULL, CROWD_ALONE },
  { "crowd searches, orders written", "reception", crowd_searches, 0, NULL, CROWD_BESIDE_ORDERS },
};

/* Orders are placed, durably, while something else is measured. */
typedef struct
{
  Requests requests;
  BenchResult result;
} Beside;

static gpointer
write_beside (gpointer data)
{
  Beside *beside = data;
  beside->result = bench_load (beside->requests.bench->port, 4, 2 * SECONDS, next_request, NULL,
                               &beside->requests);
  return NULL;
}

static void
run_crowd (Bench *bench, const char *name, Requests *searches_of)
{
  BenchCost cost;
  BenchResult result = load_and_cost (bench, SECONDS, searches_of, NULL, &cost);
  print_result (name, &result, 0);
  print_cost (&cost, &result, bench->programs.postmaster != 0);
}

static void
run_kind (Bench *bench, const char *name, guint kind)
{
  BenchCost cost;
  g_autoptr (GPtrArray) texts
      = searches (bench, bench_kind_words (kind, bench->patients, MAX_SEARCHES));
  Requests requests = { bench, texts, 0 };
  if (texts->len == 0)
    return;
  BenchResult result = load_and_cost (bench, KIND_SECONDS, &requests, NULL, &cost);
  print_result (name, &result, 0);
  print_cost (&cost, &result, bench->programs.postmaster != 0);
}

/* "crowd kind: MRN" by name is that kind alone. */
static void
run_kinds (Bench *bench)
{
  collect_patients (bench);
  for (guint kind = 0; bench_kind_name (kind) != NULL; kind++)
    {
      g_autofree char *name = g_strconcat ("crowd kind: ", bench_kind_name (kind), NULL);
      if (is_wanted (name, bench->wanted))
        run_kind (bench, name, kind);
    }
}

static void
run_crowd_beside (Bench *bench, const char *name, Requests *searches_of)
{
  g_autoptr (GPtrArray) texts = orders (bench);
  Beside beside = { .requests = { bench, texts, 1 } };
  GThread *thread = g_thread_new ("orders", write_beside, &beside);
  g_usleep ((gulong)(SECONDS / 4 * G_USEC_PER_SEC));
  run_crowd (bench, name, searches_of);
  g_thread_join (thread);
  print_result ("  orders beside it", &beside.result, 0);
}

/* The highest of the cases since the last call, and what is held of its own after them. */
static void
print_memory (Bench *bench)
{
  GPid pid = bench->programs.server;
  long highest = bench_memory_kib (pid, "VmHWM:");
  printf ("%-34s highest %.1f MiB  after %.1f MiB, %.1f of them its own\n", "  server's memory",
          (double)highest / 1024.0, (double)bench_memory_kib (pid, "VmRSS:") / 1024.0,
          (double)bench_memory_kib (pid, "RssAnon:") / 1024.0);
  fflush (stdout);
  bench->highest = MAX (bench->highest, highest);
  bench_memory_forget_highest (pid);
}

static void
run (Bench *bench, guint i)
{
  if (cases[i].user != NULL)
    sign_in (bench, cases[i].user);
  g_autoptr (GPtrArray) texts = cases[i].make (bench);
  Requests requests = { bench, texts, cases[i].times };
  if (texts->len == 0)
    printf ("%-34s nothing to ask\n", cases[i].name);
  else if (cases[i].crowd == CROWD_ALONE)
    run_crowd (bench, cases[i].name, &requests);
  else if (cases[i].crowd == CROWD_BESIDE_ORDERS)
    run_crowd_beside (bench, cases[i].name, &requests);
  else if (cases[i].times == 0)
    run_beside_bare (bench, cases[i].name, &requests);
  else
    {
      BenchCost cost;
      BenchResult result = load_and_cost (bench, SECONDS, &requests, cases[i].answer, &cost);
      print_result (cases[i].name, &result, 0);
      print_cost (&cost, &result, bench->programs.postmaster != 0);
    }
  print_memory (bench);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
  return x < y ? -1 : x > y;
}

/* The first start after a while reads the program from the disk; the last one stays. */
static Child
start_often (const char *const *server)
{
  gint64 took[STARTS];
  Child child = { 0 };
  for (guint i = 0; i < STARTS; i++)
    {
      if (i > 0)
        stop (&child);
      gint64 started = g_get_monotonic_time ();
      child = start (server);
      took[i] = g_get_monotonic_time () - started;
    }
  double first = (double)took[0] / 1000.0;
  qsort (took, STARTS, sizeof *took, compare_times);
  printf ("%-34s %9.1f ms, the first of %d %.1f ms\n", "server's start",
          (double)took[STARTS / 2] / 1000.0, STARTS, first);
  return child;
}

int
main (int argc, char **argv)
{
  if (argc < 3)
    {
      fprintf (stderr, "usage: bench-http BUILD CONFIG [NAME…]\n");
      return 2;
    }
  Bench bench = { .build = argv[1],
                  .wanted = argv + 3,
                  .threads = MIN (4, g_get_num_processors ()),
                  .patients = g_ptr_array_new_with_free_func (bench_patient_free),
                  .pays = g_ptr_array_new_with_free_func (g_free) };
  g_autofree char *program = g_build_filename (argv[1], "server", "mahima-server", NULL);
  const char *server[] = { program, "--config", argv[2], NULL };
  Child child = start_often (server);
  printf ("%-34s %9.1f MiB\n", "server's memory at rest",
          (double)bench_memory_kib (child.pid, "VmRSS:") / 1024.0);
  bench.port = child.port;
  bench.programs = bench_programs (child.pid, argv[2]);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (is_wanted (cases[i].name, bench.wanted))
      run (&bench, i);
  sign_in (&bench, "reception");
  run_kinds (&bench);
  print_memory (&bench);
  printf ("%-34s %9.1f MiB\n", "server's memory, highest", (double)bench.highest / 1024.0);
  stop (&child);
  return 0;
}
