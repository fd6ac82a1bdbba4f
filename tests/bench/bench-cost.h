/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
/* What a run has cost the processors and how much memory is held, from /proc. Processor time is the
 * figure to compare: it stays the same on a machine that has other work, times do not. */
#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GPid server;
  GPid postmaster; /* 0: the database is no PostgreSQL of this machine */
} BenchPrograms;

/* Seconds. */
typedef struct
{
  double server;   /* of all its threads */
  double database; /* of all PostgreSQL's processes */
  double load;     /* of the bench itself, whatever else runs in it */
} BenchCost;

/* @config: the server's configuration file, which names the database. */
BenchPrograms bench_programs (GPid server, const char *config);
BenchCost bench_cost_now (const BenchPrograms *programs);
BenchCost bench_cost_since (const BenchPrograms *programs, const BenchCost *before);
/* @what: a line's head in /proc/PID/status, "VmHWM:". */
long bench_memory_kib (GPid pid, const char *what);
/* VmHWM begins anew from what is held now. */
void bench_memory_forget_highest (GPid pid);

G_END_DECLS
