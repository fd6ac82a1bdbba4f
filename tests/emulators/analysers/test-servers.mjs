// SPDX-License-Identifier: GPL-3.0-or-later
// Two servers over one database: one of them runs an analyser's line, and the other one when the first is killed.
import assert from 'node:assert/strict';
import net from 'node:net';
import process from 'node:process';

import { Lab, nextNumber, oru, sleep } from './lab.mjs';
import { field, freePort, Line } from './lines.mjs';
import { runAll, skip, test } from '../razorpay/tap.mjs';

if (!process.env.MAHIMA_TEST_PG)
  skip('needs MAHIMA_TEST_PG');
process.env.MAHIMA_GATEWAY_PG = '1';

const lab = await Lab.start();
const other = lab.house.twin();

// Lines that an analyser sees while it is called: never two at once.
async function analyser() {
  const port = await freePort();
  const seen = { now: 0, most: 0, all: 0 };
  const server = net.createServer((socket) => {
    seen.now += 1;
    seen.all += 1;
    seen.most = Math.max(seen.most, seen.now);
    socket.on('close', () => seen.now -= 1).on('error', () => {});
    socket.resume();
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { port, seen, close: () => server.close() };
}

test('one of two servers listens and calls; after its end by force the other one does', async () => {
  const far = await analyser();
  const port = await freePort();
  const link = await lab.link({ code: 'LISTEN', port });
  const call = await lab.link({ code: 'CALL', transport: 'connect', host: '127.0.0.1', port: far.port }, 'connected');
  await other.start();
  await sleep(6500); // longer than a beat
  assert.equal((await lab.state(link, 'listening')).last_error ?? null, null);
  assert.deepEqual(far.seen, { now: 1, most: 1, all: 1 });
  const tube = await lab.tube();
  const line = await Line.open(port);
  assert.equal(field(await line.ask(oru(nextNumber(), tube.barcode, { K: '4.1' })), 'MSA', 1), 'AA');
  line.close();
  await lab.house.end('SIGKILL');
  lab.house.lend(other);
  await lab.until(async () => far.seen.now === 1 && far.seen.all === 2, 30000);
  await lab.until(async () => Line.open(port).then((open) => (open.close(), true), () => false), 30000);
  assert.equal((await lab.values(tube.order)).K, '4.1');
  const again = await lab.tube();
  const next = await Line.open(port);
  assert.equal(field(await next.ask(oru(nextNumber(), again.barcode, { K: '4.2' })), 'MSA', 1), 'AA');
  next.close();
  assert.equal(far.seen.most, 1);
  assert.equal((await lab.state(call, 'connected')).status, 'connected');
  far.close();
});

await runAll(async () => {
  await other.end();
  await lab.end();
});
