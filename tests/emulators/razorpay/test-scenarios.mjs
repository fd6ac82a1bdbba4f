// SPDX-License-Identifier: GPL-3.0-or-later
// A thousand patients pay, fail, change their minds and want their money back, while the provider answers one question in
// seven wrongly or not at all, webhooks are lost, doubled, forged and late, and the server is killed now and then. The
// books must balance all along, and agree with the provider to the paisa at the end.
//
//   MAHIMA_GATEWAY_SEED       repeats a run's choices (the seed is printed)
//   MAHIMA_GATEWAY_SCENARIOS  how many, 1000
import assert from 'node:assert/strict';
import process from 'node:process';
import { balanced, query, quiet } from './balance.mjs';
import { chance } from '../line.mjs';
import { Emulator, House, newId, sleep } from './house.mjs';
import { note, runAll, test } from './tap.mjs';

const SEED = Number(process.env.MAHIMA_GATEWAY_SEED ?? Math.floor(Math.random() * 2 ** 31));
const SCENARIOS = Number(process.env.MAHIMA_GATEWAY_SCENARIOS ?? 1000);
const AT_ONCE = 60;
const KILLS = 3;
const TESTS = ['CBC', 'FBS', 'LFT'];

const emulator = await Emulator.start();
const house = House.make(emulator, { webhook_secret_old: 'whsec-loopback-0', pause_seconds: 1, timeout_seconds: 1, poll_seconds: 1 });
const counts = new Map();
const answers = new Map();
let up = Promise.resolve();

// As a desk does: what got no answer is asked again with the same key.
async function call(method, at, body = undefined, as = 'cashier') {
  const headers = { 'idempotency-key': newId() };
  for (let tries = 0; tries < 200; tries++) {
    await up;
    const answer = await house.call(method, at, body, { as, headers });
    if (answer.status !== 0 && answer.status !== 503)
      return answer;
    await sleep(50);
  }
  throw new Error(`${method} ${at}: no answer`);
}

async function must(status, method, at, body, as) {
  const answer = await call(method, at, body, as);
  if (answer.status !== status)
    throw new Error(`${method} ${at}: ${answer.status} ${answer.raw}`);
  return answer.json;
}

class Scenario {
  constructor(index) {
    this.index = index;
    this.random = chance(SEED * 7919 + index);
  }

  dice(sides) {
    return Math.floor(this.random() * sides);
  }

  pause(most = 400) {
    return sleep(this.dice(most));
  }

  async place() {
    const patients = await house.patients();
    const tests = TESTS.filter(() => this.dice(2) === 0);
    this.order = await must(201, 'POST', '/orders', { id: newId(), patient_id: patients[this.dice(patients.length)].id,
      items: (tests.length > 0 ? tests : ['CBC']).map((one) => ({ test: one })), payment_method: 'online', priority: 'routine' }, 'reception');
  }

  async attempts() {
    return (await must(200, 'GET', `/orders/${this.order.id}/attempts`)).items;
  }

  // An attempt that got somewhere: open, or given up because the provider was away too long.
  async ask(kind) {
    const answer = await call('POST', `/orders/${this.order.id}/attempts`, { id: newId(), kind });
    if (answer.status !== 201)
      return null;
    for (let i = 0; i < 400; i++) {
      const attempt = (await this.attempts()).find((one) => one.id === answer.json.id);
      if (attempt.status !== 'asked')
        return attempt.provider_id !== null ? attempt : null;
      await sleep(60);
    }
    return null;
  }

  pay(attempt, more = {}) {
    return emulator.ctl('pay', { id: attempt.provider_id, ...more });
  }

  move(payment, to) {
    return payment.refused ? null : emulator.ctl('payment', { id: payment.id, to });
  }

  async recover(action) {
    return (await call('POST', `/orders/${this.order.id}/recovery`, { action })).status;
  }

  async giveBack() {
    const { items } = await must(200, 'GET', `/orders/${this.order.id}/payments`);
    for (const refund of items.filter((one) => one.kind === 'refund' && one.status === 'requested'))
      await call('POST', `/refunds/${refund.id}/approval`, { decision: this.dice(4) > 0 ? 'approve' : 'reject' }, 'manager');
    const payment = items.find((one) => one.kind === 'payment' && one.method === 'online' && one.status !== 'refunded');
    if (!payment)
      return;
    const amount = this.dice(2) === 0 ? payment.amount : 100 + this.dice(payment.amount - 100);
    const id = newId();
    const asked = await call('POST', `/payments/${payment.id}/refunds`, { id, amount, reason: 'goodwill' });
    const told = asked.status === 201 ? asked.json.status : `${asked.status} ${asked.json?.detail}`;
    answers.set(told, (answers.get(told) ?? 0) + 1);
    if (told === 'requested')
      await call('POST', `/refunds/${id}/approval`, { decision: 'approve' }, 'manager');
  }

  async cash() {
    const { due } = await must(200, 'GET', `/orders/${this.order.id}`);
    if (due > 0)
      await call('POST', `/orders/${this.order.id}/payments`, { id: newId(), method: 'cash', amount: due });
  }

  async play() {
    await this.place();
    const attempt = await this.ask(['qr', 'qr', 'link', 'order'][this.dice(4)]);
    if (attempt === null)
      return 'never opened';
    const stories = Object.keys(STORIES);
    const story = stories[this.dice(stories.length)];
    await STORIES[story](this, attempt);
    if (this.dice(2) === 0) {
      await this.pause(3000);
      await this.giveBack();
    }
    return story;
  }
}

const STORIES = {
  'pays': (s, attempt) => s.pay(attempt),
  'pays at once': (s, attempt) => s.pay(attempt),
  'pays after a while': async (s, attempt) => {
    await s.pause(1500);
    await s.pay(attempt);
  },
  'fails, then pays': async (s, attempt) => {
    await s.move(await s.pay(attempt, { start_only: true }), 'failed');
    await s.pause();
    await s.pay(attempt);
  },
  'fails, and the bank pays late': async (s, attempt) => {
    const payment = await s.pay(attempt, { start_only: true });
    await s.move(payment, 'failed');
    await call('POST', `/attempts/${attempt.id}/close`);
    await s.pause(1500);
    await s.move(payment, 'captured');
  },
  'is held by the bank': async (s, attempt) => {
    await s.pay(attempt, { authorize_only: true });
  },
  'is held, and let go': async (s, attempt) => {
    const payment = await s.pay(attempt, { authorize_only: true });
    const { payments } = await emulator.ctl('payment_of', { id: payment.id });
    if (payments[0]?.status === 'authorized')
      await s.move(payment, 'refunded');
  },
  'pays too little': (s, attempt) => s.pay(attempt, { amount: 100 + s.dice(attempt.amount - 100) }),
  'pays too much': (s, attempt) => s.pay(attempt, { amount: attempt.amount + 100 + s.dice(5000) }),
  'pays in dollars': (s, attempt) => s.pay(attempt, { currency: 'USD' }),
  'cancels': (s) => s.recover('cancel'),
  'cancels, and the bank pays late': async (s, attempt) => {
    const payment = await s.pay(attempt, { start_only: true });
    await s.recover('cancel');
    await s.pause(1500);
    await s.move(payment, 'captured');
    await s.pause();
    await s.giveBack();
  },
  'converts': (s) => s.recover('convert_to_cod'),
  'converts and pays in one moment': (s, attempt) => Promise.all([s.recover('convert_to_cod'), s.pay(attempt)]),
  'cancels and pays in one moment': (s, attempt) => Promise.all([s.recover('cancel'), s.pay(attempt)]),
  'pays cash and by code in one moment': (s, attempt) => Promise.all([s.cash(), s.pay(attempt)]),
  'pays twice': async (s, attempt) => {
    const other = await s.ask(attempt.kind === 'qr' ? 'link' : 'qr');
    await Promise.all([s.pay(attempt), other === null ? null : s.pay(other)]);
  },
  'goes away': async () => {},
  'runs out of time, and tries again': async (s, attempt) => {
    if (attempt.kind !== 'order')
      await emulator.ctl('close', { id: attempt.provider_id, expired: true });
    await s.pause();
    const second = await s.ask('qr');
    if (second !== null)
      await s.pay(second);
  },
};

async function restart() {
  let ready;
  up = new Promise((resolve) => { ready = resolve; });
  await house.end('SIGKILL');
  await house.start();
  ready();
}

async function playAll() {
  let next = 0;
  const kills = Array.from({ length: KILLS }, (_, i) => Math.floor(SCENARIOS * (i + 1) / (KILLS + 1)));
  const worker = async () => {
    while (next < SCENARIOS) {
      const index = next++;
      if (kills.includes(index))
        await restart();
      if (index % 100 === 99)
        house.ctl('ledger', 'verify');
      const story = await new Scenario(index).play();
      counts.set(story, (counts.get(story) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

// Who is still being waited for has gone home: nobody can pay any more.
async function closeAll() {
  for (const { id } of query(house, "SELECT id FROM payment_attempt WHERE status IN ('asked', 'open')"))
    await call('POST', `/attempts/${id}/close`);
}

test(`${SCENARIOS} scenarios, seed ${SEED}`, async () => {
  note(`MAHIMA_GATEWAY_SEED=${SEED}`);
  const begin = Date.now();
  await house.start();
  for (const as of ['cashier', 'manager', 'reception'])
    await house.call('GET', '/session', undefined, { as, expect: 200 });
  await house.patients();
  await emulator.ctl('storm', { share: 0.14, seed: SEED, wait: 1500, kinds: ['500', '502', '429', 'garbage', 'empty', 'drop', 'slow',
    '500_after', 'garbage_after', 'drop_after', 'timeout_after'] });
  await emulator.ctl('hooks', { mode: 'chaos', seed: SEED });
  await emulator.ctl('set', { asynchronous_refunds: false });
  await playAll();
  note(`played in ${Math.round((Date.now() - begin) / 1000)} s`);
  await emulator.ctl('storm', { share: 0 });
  await emulator.ctl('hooks', { mode: 'send' });
  await closeAll();
  await quiet(house, { ms: 90000 });
  const { captured, came, went } = await balanced(house);
  const { requests, events } = await emulator.ctl('state');
  note(`${Math.round((Date.now() - begin) / 1000)} s; ${requests} questions, ${events} events; ${captured} payments, ${came} paise came, ${went} went`);
  for (const [story, n] of [...counts].sort())
    note(`${String(n).padStart(5)} ${story}`);
  for (const [answer, n] of [...answers].sort())
    note(`${String(n).padStart(5)} asked for their money back: ${answer}`);
  assert.ok(captured > SCENARIOS / 4 && went > 0, 'a run in which little happens shows nothing');
});

await runAll(async () => {
  await house.remove();
  await emulator.stop();
});
