// SPDX-License-Identifier: GPL-3.0-or-later
// Do the hospital's books and the provider agree, to the paisa? Asked of both after every fault.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { ask, sleep } from './house.mjs';

const FINAL = ['paid', 'failed', 'expired', 'closed'];

export function query(house, sql) {
  const postgres = house.database.startsWith('postgres');
  const done = postgres
    ? spawnSync('psql', [house.database, '-AtX', '-c', `SELECT coalesce (json_agg (t), '[]') FROM (${sql}) t`], { encoding: 'utf8' })
    : spawnSync('sqlite3', ['-readonly', '-json', house.database.slice('sqlite:'.length), sql], { encoding: 'utf8' });
  if (done.status !== 0)
    throw new Error(`${sql}: ${done.stderr}`);
  return done.stdout.trim() === '' ? [] : JSON.parse(done.stdout);
}

const sum = (things, of) => things.reduce((total, thing) => total + of(thing), 0);

function underWay(house) {
  const show = (sql) => query(house, sql).map((row) => JSON.stringify(row)).join('\n');
  return [show('SELECT a.id, a.kind, a.status, a.amount, a.received, a.provider_id, a.failure_code, t.step, t.tries, t.next_at, t.sent_at, t.doubt, t.last_error'
      + " FROM payment_attempt a JOIN gateway_task t ON t.id = a.id WHERE a.status NOT IN ('paid', 'failed', 'expired', 'closed') LIMIT 10"),
    show("SELECT id, substr (body, 1, 300) AS body FROM gateway_event WHERE status = 'waiting' LIMIT 5"),
    show("SELECT kind, status, attempts, last_error, payload FROM job WHERE kind LIKE 'gateway%' AND status <> 'done' AND last_error IS NOT NULL LIMIT 10"),
    show("SELECT a.kind, a.status, a.provider_id, t.* FROM gateway_task t LEFT JOIN payment_attempt a ON a.id = t.id WHERE doubt LIMIT 5"),
    show("SELECT r.status, r.failure, t.* FROM gateway_refund r JOIN gateway_task t ON t.id = r.id WHERE r.status = 'asked' LIMIT 5")].filter((text) => text !== '').join('\n');
}

// Until nothing is under way: every message worked on, every question answered but those of codes still shown.
export async function quiet(house, { open = 0, ms = 30000 } = {}) {
  const end = Date.now() + ms;
  let state = null;
  await house.emulator.ctl('idle');
  while (Date.now() < end) {
    state = (await house.call('GET', '/gateway', undefined, { as: 'cashier', expect: 200 })).json;
    if (state.waiting_events === 0 && state.open_attempts <= open) {
      const [{ n }] = query(house, "SELECT (SELECT count(*) FROM gateway_refund WHERE status = 'asked')"
        + ' + (SELECT count(*) FROM gateway_task WHERE doubt)'
        // begun before its code was closed: how it ends is still to be asked
        + ' + (SELECT count(*) FROM gateway_payment p JOIN payment_attempt a ON a.id = p.attempt_id'
        + ` WHERE p.status = 'created' AND a.status IN (${FINAL.map((one) => `'${one}'`).join(', ')})) AS n`);
      if (Number(n) === 0)
        return state;
    }
    await sleep(50);
  }
  delete state.notices;
  throw new Error(`never quiet: ${JSON.stringify(state)}\n${underWay(house)}`);
}

// What was captured and told of belongs to one payment in the books, of just that amount.
async function both(house) {
  const provider = await house.emulator.ctl('state');
  const attempts = new Set(query(house, 'SELECT id FROM payment_attempt').map((row) => row.id));
  const captured = provider.payments.filter((payment) => payment.captured && attempts.has(payment.notes?.attempt));
  const theirs = new Map(captured.map((payment) => [payment.id, [payment.amount, payment.currency]]));
  const rows = query(house, "SELECT provider_payment, amount, currency FROM payment WHERE kind = 'payment' AND provider_payment IS NOT NULL"
    + " AND status NOT IN ('requested', 'rejected')");
  const ours = new Map(rows.map((row) => [row.provider_payment, [Number(row.amount), row.currency]]));
  return { provider, captured, attempts, theirs, rows, ours };
}

export async function balanced(house) {
  house.ctl('ledger', 'verify');
  let { provider, captured, attempts, theirs, rows, ours } = await both(house);
  // what was captured as its code was closed and told of to nobody is found by the question asked later
  for (const end = Date.now() + 20000; Date.now() < end && [...theirs.keys()].some((id) => !ours.has(id));) {
    await sleep(250);
    ({ provider, captured, attempts, theirs, rows, ours } = await both(house));
  }
  for (const [id] of theirs)
    if (!ours.has(id)) {
      const payment = provider.payments.find((one) => one.id === id);
      const attempt = payment.notes.attempt;
      console.error('# not in the books', JSON.stringify(payment), JSON.stringify(query(house, `SELECT * FROM payment_attempt WHERE id = '${attempt}'`)),
        JSON.stringify(query(house, `SELECT * FROM gateway_payment WHERE attempt_id = '${attempt}'`)));
    }
  assert.equal(ours.size, rows.length, 'a payment stands in the books twice');
  assert.deepEqual([...ours].sort(), [...theirs].sort(), 'what was captured and what is in the books differ');
  // a refund is one refund on both sides
  const returned = query(house, "SELECT id, amount, currency, status, provider_refund FROM payment WHERE kind = 'refund' AND method = 'online'");
  const receipts = new Map();
  for (const refund of provider.refunds.filter((one) => theirs.has(one.payment_id) && one.receipt !== null)) {
    assert.ok(!receipts.has(refund.receipt), `${refund.receipt} was given back twice`);
    receipts.set(refund.receipt, refund);
  }
  for (const row of returned) {
    const refund = receipts.get(row.id);
    if (row.status === 'processed')
      assert.deepEqual([refund?.status, refund?.amount, refund?.id], ['processed', Number(row.amount), row.provider_refund]);
    else if (row.status === 'requested' || row.status === 'rejected')
      assert.equal(refund, undefined, 'a refund that nobody agreed to was given');
    receipts.delete(row.id);
  }
  assert.equal(receipts.size, 0, 'a refund of ours is not in the books');
  // the gateway's account holds what came less what went
  const [{ held }] = query(house, "SELECT coalesce (sum (amount), 0) AS held FROM ledger_entry WHERE account = 'online' AND currency = 'INR'"
    + ' AND payment_id IN (SELECT id FROM payment WHERE provider_payment IS NOT NULL)');
  const came = sum(captured.filter((payment) => payment.currency === 'INR'), (payment) => payment.amount);
  const went = sum(returned.filter((row) => row.status === 'processed' && row.currency === 'INR'), (row) => Number(row.amount));
  assert.equal(Number(held), came - went, 'the gateway account is off');
  // nothing unpaid is open at the provider that is not open here
  const open = new Set(query(house, `SELECT provider_id FROM payment_attempt WHERE status NOT IN (${FINAL.map((one) => `'${one}'`).join(', ')})`)
    .map((row) => row.provider_id));
  for (const code of provider.codes.filter((one) => one.status === 'active' && attempts.has(one.notes?.attempt)))
    assert.ok(open.has(code.id), `${code.id} can still be paid and nobody waits for it: ${JSON.stringify(query(house,
      `SELECT a.status, a.provider_id, a.failure_code, t.* FROM payment_attempt a JOIN gateway_task t ON t.id = a.id WHERE a.id = '${code.notes.attempt}'`))}`);
  return { captured: captured.length, came, went };
}

export async function metric(house, name) {
  await house.call('GET', '/session', undefined, { as: 'admin', expect: 200 });
  const text = (await ask(`${house.url}/metrics`, 'GET', { authorization: `Bearer ${house.tokens.admin}` })).raw.toString('utf8');
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? NaN);
}

