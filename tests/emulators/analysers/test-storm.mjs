// SPDX-License-Identifier: GPL-3.0-or-later
// Results at the highest rate, one in each message, over eight lines, a tenth of them sent twice: nothing lost, nothing
// twice. MAHIMA_ANALYSERS_RESULTS says how many (1000); MAHIMA_GATEWAY_PG=1 and MAHIMA_TEST_PG: on PostgreSQL.
import assert from 'node:assert/strict';
import process from 'node:process';

import { ANALYTES, Lab, oru } from './lab.mjs';
import { field, freePort, Line } from './lines.mjs';
import { note, runAll, test } from '../razorpay/tap.mjs';

const WANTED = Number(process.env.MAHIMA_ANALYSERS_RESULTS ?? 1000);
const LINES = 8;
const lab = await Lab.start();

test(`${WANTED} results over ${LINES} lines`, async () => {
  const port = await freePort();
  const link = await lab.link({ code: 'STORM', port });
  const tubes = [];
  const n = Math.ceil(WANTED / ANALYTES.length);
  const making = Date.now();
  await Promise.all(Array.from({ length: 8 }, async () => {
    while (tubes.length < n) {
      tubes.push(null);
      const at = tubes.length - 1;
      tubes[at] = await lab.tube();
    }
  }));
  note(`${n} tubes in ${((Date.now() - making) / 1000).toFixed(1)} s`);

  const work = tubes.flatMap((tube, i) => ANALYTES.map((code, j) => ({ tube, code, id: `S${i}-${j}`,
    value: (code === 'NA' ? 130 + i % 20 : code === 'CL' ? 95 + i % 15 : code === 'UREA' ? 20 + i % 30 : 3 + (i % 20) / 10).toString() }))).slice(0, WANTED);
  const waits = [];
  let at = 0;
  const started = Date.now();
  await Promise.all(Array.from({ length: LINES }, async () => {
    const line = await Line.open(port);
    while (at < work.length) {
      const mine = at++;
      const { tube, code, id, value } = work[mine];
      const text = oru(id, tube.barcode, { [code]: value });
      for (let times = mine % 10 === 0 ? 2 : 1; times > 0; times--) {
        const from = process.hrtime.bigint();
        const ack = await line.ask(text);
        waits.push(Number(process.hrtime.bigint() - from) / 1e6);
        assert.equal(field(ack, 'MSA', 1), 'AA');
        assert.equal(field(ack, 'MSA', 2), id);
      }
    }
    line.close();
  }));
  const seconds = (Date.now() - started) / 1000;
  waits.sort((a, b) => a - b);
  const part = (p) => waits[Math.min(waits.length - 1, Math.floor(waits.length * p))].toFixed(1);
  note(`${work.length} results in ${seconds.toFixed(1)} s: ${Math.round(work.length / seconds)}/s, acknowledged after ${part(0.5)} ms (p50), ${part(0.99)} ms (p99)`);

  assert.equal((await lab.inbox(link)).length, 0);
  const messages = await lab.messages(link);
  assert.equal(messages.length, work.length);
  assert.equal(new Set(messages.map((one) => one.control_id)).size, work.length);
  assert.equal(messages.filter((one) => one.status !== 'done').length, 0);
  assert.equal(messages.reduce((sum, one) => sum + one.n_repeats, 0), Math.ceil(work.length / 10));
  const results = await lab.all(`/device_results?link_id=${link.id}`);
  assert.equal(results.length, work.length);
  assert.equal(results.filter((one) => one.status !== 'applied').length, 0);
  let values = 0;
  await Promise.all(Array.from({ length: 8 }, async (_, worker) => {
    for (let i = worker; i < tubes.length; i += 8) {
      const now = await lab.values(tubes[i].order);
      for (const one of work.filter((each) => each.tube === tubes[i])) {
        assert.equal(now[one.code], one.value);
        values++;
      }
    }
  }));
  assert.equal(values, work.length);
});

await runAll(() => lab.end());
