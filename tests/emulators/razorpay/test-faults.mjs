// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that goes wrong between a hospital and its payment gateway, one after another, against the real server. After
// each of them the books balance and agree with the provider to the paisa.
import assert from 'node:assert/strict';
import process from 'node:process';
import { balanced, metric, query, quiet } from './balance.mjs';
import { ask, Emulator, House, newId, sleep } from './house.mjs';
import { note, runAll, runInLanes, test } from './tap.mjs';

// Nearly all of the time is waited for: for the next try, for a time-out, for the breaker.
const { lane, lanes } = await runInLanes(process.env.MAHIMA_GATEWAY_ONLY ? 1 : 4);
const emulator = await Emulator.start();
const house = House.make(emulator, { webhook_secret_old: 'whsec-loopback-0', account_id: 'acc_LoopbackTest01' });
await house.start();
const only = process.env.MAHIMA_GATEWAY_ONLY ?? '';
let faults = 0;

// A case begins with a friendly provider and ends with books that balance. @everywhere: in each lane.
function fault(name, run, { everywhere = false } = {}) {
  if (!name.includes(only) || (!everywhere && faults++ % lanes !== lane))
    return;
  test(name, async () => {
    await emulator.ctl('storm', { share: 0 });
    await emulator.ctl('hooks', { mode: 'send' });
    await emulator.ctl('set', { skew: 0, content: true, auto_capture: true, asynchronous_refunds: false });
    const before = (await house.call('GET', '/gateway', undefined, { as: 'cashier', expect: 200 })).json.open_attempts;
    await run();
    await emulator.ctl('storm', { share: 0 });
    await quiet(house, { open: before });
    await balanced(house);
  });
}

async function shown(tests, wanted) {
  const order = await house.order(tests);
  await house.attempt(order, wanted);
  return { order, attempt: await house.status(order, 'open') };
}

const pay = (attempt, more = {}) => emulator.ctl('pay', { id: attempt.provider_id, ...more });
const later = (payment, to) => emulator.ctl('payment', { id: payment.id, to });
const noWebhooks = () => emulator.ctl('hooks', { mode: 'off' });

async function codesOf(attempt) {
  const { codes } = await emulator.ctl('state');
  return codes.filter((code) => code.notes?.attempt === attempt.id);
}

async function paid(order) {
  await house.status(order, 'paid');
  const now = await house.read(order);
  assert.deepEqual([now.due, now.payment_state, now.tab], [0, 'paid', 'paid']);
  return now;
}

// The alert of that kind (and order) as the cashier's desk reads it; waits until it is raised, or resolved.
async function alerted(kind, raised, order = null) {
  const find = async () => (await house.call('GET', `/alerts?kind=${kind}&status=active&limit=200`, undefined, { as: 'cashier', expect: 200 }))
    .json.items.find((one) => order === null || one.subject_id === order.id);
  for (const end = Date.now() + 30000; Date.now() < end; await sleep(100)) {
    const found = await find();
    if ((found !== undefined) === raised)
      return found;
  }
  throw new Error(`${kind} is ${raised ? 'not told' : 'still told'}`);
}

async function recover(order, action) {
  return (await house.call('POST', `/orders/${order.id}/recovery`, { action }, { as: 'cashier', expect: 200 })).json;
}

async function untilOrder(order, wanted, ms = 20000) {
  const end = Date.now() + ms;
  let now = null;
  while (Date.now() < end) {
    now = await house.read(order);
    if (wanted(now))
      return now;
    await sleep(25);
  }
  throw new Error(`never so: ${wanted} of ${JSON.stringify(now)}`);
}

async function online(order) {
  const { items } = (await house.call('GET', `/orders/${order.id}/payments`, undefined, { expect: 200 })).json;
  return { payments: items.filter((one) => one.kind === 'payment' && one.method === 'online'), refunds: items.filter((one) => one.kind === 'refund') };
}

async function refund(order, amount, reason = 'goodwill') {
  const { payments: [payment] } = await online(order);
  const id = newId();
  const asked = (await house.call('POST', `/payments/${payment.id}/refunds`, { id, amount, reason }, { as: 'cashier', expect: 201 })).json;
  if (asked.status === 'requested')
    await house.call('POST', `/refunds/${id}/approval`, { decision: 'approve' }, { as: 'manager', expect: 200 });
  return id;
}

async function refunded(order, id, status, ms = 20000) {
  const end = Date.now() + ms;
  let found = null;
  while (Date.now() < end) {
    found = (await online(order)).refunds.find((one) => one.id === id);
    if (found?.status === status)
      return found;
    await sleep(25);
  }
  throw new Error(`never ${status}: ${JSON.stringify(found)}`);
}

// --- the good days ---

fault('a code at the desk turns green by webhook', async () => {
  const { order, attempt } = await shown();
  assert.match(attempt.qr_content, /^upi:\/\/pay\?/);
  const begin = Date.now();
  await pay(attempt);
  await paid(order);
  note(`green ${Date.now() - begin} ms after the payment`);
});

fault('a closed network: no webhook ever, the server asks by itself', async () => {
  await noWebhooks();
  const { order, attempt } = await shown();
  const begin = Date.now();
  await pay(attempt);
  await paid(order);
  note(`green ${Date.now() - begin} ms after the payment`);
});

fault('a link sent by SMS and e-mail tells the provider no name', async () => {
  const { order, attempt } = await shown(['CBC'], { kind: 'link', notify: 'sms' });
  const { links } = await emulator.ctl('state');
  const link = links.find((one) => one.id === attempt.provider_id);
  assert.deepEqual(Object.keys(link.customer), ['contact']);
  assert.deepEqual([link.notify, Object.keys(link.notes).sort()], [{ sms: true, email: false }, ['attempt', 'order']]);
  await pay(attempt);
  await paid(order);
});

fault('the patient dies while a link is made: it is there for the family, and the provider writes to nobody', async () => {
  const order = await house.order();
  await emulator.ctl('fault', { kinds: ['timeout'], wait: 2500 });
  await house.attempt(order, { kind: 'link', notify: 'sms' });
  const death = { died_at: new Date(Date.now() - 1000).toISOString(), told_by: 'Dr Rao' };
  await house.call('POST', `/patients/${order.patient_id}/death`, death, { as: 'doctor', expect: 200 });
  house.known = undefined; // who has died orders nothing more
  const attempt = await house.status(order, 'open');
  const { links } = await emulator.ctl('state');
  const link = links.find((one) => one.id === attempt.provider_id);
  assert.deepEqual([Object.keys(link.customer), link.notify], [[], { sms: false, email: false }]);
  const again = await house.call('POST', `/orders/${order.id}/attempts`, { id: newId(), kind: 'link', notify: 'sms' }, { expect: 422 });
  assert.deepEqual(again.json.errors.map(({ field, code }) => [field, code]), [['notify', 'deceased']]);
  await pay(attempt);
  await paid(order);
});

fault('a code whose content the provider does not tell: its picture is fetched', async () => {
  await emulator.ctl('set', { content: false });
  const { order, attempt } = await shown();
  assert.deepEqual([attempt.qr_content, attempt.qr_image], [null, true]);
  const image = await house.call('GET', `/attempts/${attempt.id}/image`, undefined, { expect: 200 });
  assert.deepEqual([image.headers['content-type'], image.raw.subarray(1, 4).toString()], ['image/png', 'PNG']);
  await pay(attempt);
  await paid(order);
});

fault('asked for twice, one code is shown', async () => {
  const order = await house.order();
  const [one, two] = await Promise.all([house.attempt(order), house.attempt(order)]);
  assert.equal(one.id, two.id);
  const attempt = await house.status(order, 'open');
  assert.equal((await codesOf(attempt)).length, 1);
  await pay(attempt);
  await paid(order);
});

// --- making a code goes wrong ---

for (const kinds of [['500'], ['502', '500'], ['429'], ['garbage'], ['empty'], ['drop'], ['timeout'], ['garbage_after'], ['500_after'],
  ['drop_after'], ['timeout_after'], ['drop_after', '500', 'drop']])
  fault(`making a code: ${kinds.join(', ')}`, async () => {
    const order = await house.order();
    await emulator.ctl('fault', { kinds, wait: 2500 });
    await house.attempt(order);
    const attempt = await house.status(order, 'open');
    const codes = await codesOf(attempt);
    assert.deepEqual(codes.map((code) => code.id), [attempt.provider_id], 'one was made, and it is the one that is shown');
    await pay(attempt);
    await paid(order);
  });

fault('making a link whose answer is lost: found by its reference', async () => {
  const order = await house.order();
  await emulator.ctl('fault', { kinds: ['timeout_after', '500'], wait: 2500 });
  await house.attempt(order, { kind: 'link' });
  const attempt = await house.status(order, 'open');
  const { links } = await emulator.ctl('state');
  assert.deepEqual(links.filter((one) => one.reference_id === attempt.id).map((one) => one.id), [attempt.provider_id]);
  await pay(attempt);
  await paid(order);
});

fault('making an order whose answer is lost: found by its receipt', async () => {
  const order = await house.order();
  await emulator.ctl('fault', { kinds: ['drop_after'] });
  await house.attempt(order, { kind: 'order' });
  const attempt = await house.status(order, 'open');
  const { orders } = await emulator.ctl('state');
  assert.deepEqual(orders.filter((one) => one.receipt === attempt.id).map((one) => one.id), [attempt.provider_id]);
  await pay(attempt);
  await paid(order);
});

fault('asking goes wrong in every way while a code is shown', async () => {
  await noWebhooks();
  const { order, attempt } = await shown();
  await emulator.ctl('fault', { kinds: ['500', 'garbage', 'drop', 'empty'] });
  await pay(attempt);
  await paid(order);
});

// --- webhooks ---

fault('a forged webhook changes nothing and is not told why', async () => {
  await noWebhooks();
  const { order, attempt } = await shown();
  await pay(attempt);
  await paid(order);
  const before = query(house, 'SELECT count(*) AS n FROM gateway_event');
  for (const forged of ['signature', 'body', 'none', 'short'])
    assert.deepEqual((await emulator.ctl('again', { name: 'qr_code.credited', forged })).statuses, [400]);
  const empty = await ask(`${house.url}/api/v1/webhooks/razorpay`, 'POST', { 'x-razorpay-signature': '0'.repeat(64) }, '');
  assert.equal(empty.status, 400);
  assert.doesNotMatch(empty.raw.toString(), /signature|secret/i);
  assert.deepEqual(query(house, 'SELECT count(*) AS n FROM gateway_event'), before);
});

fault('webhooks three times over, and again after a restart', async () => {
  const { order, attempt } = await shown();
  await pay(attempt);
  await paid(order);
  for (let i = 0; i < 3; i++)
    assert.ok((await emulator.ctl('again', { count: 5 })).statuses.every((status) => status === 200));
  await house.end();
  await house.start();
  assert.ok((await emulator.ctl('again', { count: 5 })).statuses.every((status) => status === 200));
  assert.equal((await online(order)).payments.length, 1);
});

fault('webhooks in the wrong order, long after', async () => {
  await emulator.ctl('hooks', { mode: 'hold' });
  const { order, attempt } = await shown(['CBC'], { kind: 'link' });
  await pay(attempt);
  await emulator.ctl('release', { order: 'reversed' });
  const now = await paid(order);
  assert.equal(now.paid, order.total);
  await emulator.ctl('again', { name: 'payment.authorized' });
  assert.equal((await house.attempts(order)).at(-1).status, 'paid');
});

fault('the secret of before is taken during a rotation, and not after it', async () => {
  const { order, attempt } = await shown();
  await noWebhooks();
  await pay(attempt);
  assert.deepEqual((await emulator.ctl('again', { name: 'qr_code.credited', old: true })).statuses, [200]);
  await paid(order);
  house.razorpay.webhook_secret_old = null;
  await house.end();
  await house.start();
  assert.deepEqual((await emulator.ctl('again', { name: 'qr_code.credited', old: true })).statuses, [400]);
});

fault('a webhook of another account, of an unknown kind, without sense, and too long', async () => {
  const send = async (name, entities, account = undefined) => {
    await emulator.ctl('hooks', { mode: 'send' });
    await emulator.ctl('emit', { name, entities, account });
    await emulator.ctl('idle');
  };
  await send('invoice.paid', { invoice: { id: 'inv_1' } });
  await send('payment.captured', { payment: { id: 'pay_ofsomebodyelse', status: 'captured', amount: '5000', currency: 'INR', notes: null } });
  await send('payment.captured', { payment: {} });
  await send('qr_code.closed', { qr_code: { id: 'qr_unknown', close_by: '12', notes: [] } });
  const big = await ask(`${house.url}/api/v1/webhooks/razorpay`, 'POST', { 'x-razorpay-signature': '0'.repeat(64) }, `"${'x'.repeat(300 * 1024)}"`);
  assert.equal(big.status, 413);
  const end = Date.now() + 10000;
  while (query(house, "SELECT count(*) AS n FROM gateway_event WHERE status = 'waiting'")[0].n > 0 && Date.now() < end)
    await sleep(25);
  const notes = query(house, "SELECT name, status FROM gateway_event WHERE name = 'invoice.paid'");
  assert.deepEqual(notes, [{ name: 'invoice.paid', status: 'ignored' }]);
});

fault('the server is away when the webhook comes', async () => {
  const { order, attempt } = await shown();
  await house.end();
  await pay(attempt);
  await emulator.ctl('idle');
  await house.start();
  await paid(order);
});

// --- banks ---

fault('held by the bank, then taken by us', async () => {
  await emulator.ctl('set', { auto_capture: false });
  const { order, attempt } = await shown(['CBC'], { kind: 'order' });
  await pay(attempt, { authorize_only: true });
  await paid(order);
});

fault('the answer to the capture is lost', async () => {
  await emulator.ctl('set', { auto_capture: false });
  await noWebhooks();
  const { order, attempt } = await shown(['CBC'], { kind: 'order' });
  const payment = await pay(attempt, { authorize_only: true });
  await emulator.ctl('fault', { kinds: ['slow', 'drop_after'], wait: 1 });
  await paid(order);
  const { payments } = await emulator.ctl('state');
  assert.equal(payments.find((one) => one.id === payment.id).status, 'captured');
});

fault('no second payment while a bank holds the first', async () => {
  await emulator.ctl('set', { auto_capture: false });
  const { order, attempt } = await shown(['CBC'], { kind: 'order' });
  await emulator.ctl('storm', { share: 1, kinds: ['500'], seed: 1 });
  await pay(attempt, { authorize_only: true });
  await house.status(order, 'authorized');
  const refused = await house.call('POST', `/orders/${order.id}/attempts`, { id: newId(), kind: 'qr' });
  assert.equal(refused.status, 409);
  const cash = await house.call('POST', `/orders/${order.id}/payments`, { id: newId(), method: 'cash', amount: order.due }, { as: 'cashier' });
  assert.equal(cash.status, 409);
  await emulator.ctl('storm', { share: 0 });
  await paid(order);
});

fault('failed at first, and taken days later', async () => {
  const { order, attempt } = await shown(['CBC'], { kind: 'link' });
  const payment = await pay(attempt, { start_only: true });
  await later(payment, 'failed');
  const told = await house.until(order, (one) => one.failure !== null);
  assert.deepEqual([told.status, told.failure_code], ['open', 'payment_failed']);
  assert.equal((await alerted('payment_failed', true, order)).arguments[0], order.number);
  await emulator.ctl('close', { id: attempt.provider_id, expired: true });
  await house.call('POST', `/attempts/${attempt.id}/close`, undefined, { expect: 200 });
  await untilOrder(order, (one) => one.tab === 'failed');
  await later(payment, 'captured');
  await paid(order);
  await alerted('payment_failed', false, order);
});

fault('failed, its code closed, then taken, and no message tells so: found by asking again', async () => {
  await noWebhooks();
  const { order, attempt } = await shown(['CBC'], { kind: 'order' });
  const payment = await pay(attempt, { start_only: true });
  await later(payment, 'failed');
  await house.until(order, (one) => one.failure !== null);
  await house.call('POST', `/attempts/${attempt.id}/close`, undefined, { expect: 200 });
  await house.status(order, 'closed');
  await later(payment, 'captured');
  await paid(order);
});

fault('the bank lets the held money go', async () => {
  await emulator.ctl('set', { auto_capture: false });
  const { order, attempt } = await shown(['CBC'], { kind: 'order' });
  await emulator.ctl('storm', { share: 1, kinds: ['500'], seed: 1 });
  const payment = await pay(attempt, { authorize_only: true });
  await house.status(order, 'authorized');
  await later(payment, 'refunded');
  await emulator.ctl('storm', { share: 0 });
  const ended = await house.status(order, 'failed');
  assert.equal(ended.failure_code, 'released');
  assert.equal((await untilOrder(order, (one) => one.tab === 'failed')).paid, 0);
});

// --- the order went another way meanwhile ---

fault('cancelled, and then the bank takes the money: advance, and a refund that waits', async () => {
  const { order, attempt } = await shown();
  const payment = await pay(attempt, { start_only: true });
  const asked = await recover(order, 'cancel');
  assert.equal(asked.recovery, 'cancel');
  await untilOrder(order, (one) => one.status === 'cancelled');
  await later(payment, 'captured');
  await house.status(order, 'paid');
  const { payments, refunds } = await online(order);
  assert.deepEqual([payments.length, refunds.length, refunds[0].status, refunds[0].refund_reason], [1, 1, 'requested', 'late_capture']);
  await house.call('POST', `/refunds/${refunds[0].id}/approval`, { decision: 'approve' }, { as: 'manager', expect: 200 });
  await refunded(order, refunds[0].id, 'processed');
});

fault('converted to cash in the very moment of paying: paid, not converted', async () => {
  await noWebhooks();
  const { order, attempt } = await shown();
  await pay(attempt);
  await recover(order, 'convert_to_cod');
  const now = await paid(order);
  assert.equal(now.recovery, null);
});

fault('converted to cash: the gateway is asked first, even when it does not answer at first', async () => {
  const { order, attempt } = await shown();
  await emulator.ctl('fault', { kinds: ['500', 'drop_after'] });
  const asked = await recover(order, 'convert_to_cod');
  assert.deepEqual([asked.recovery, asked.payment_method], ['convert_to_cod', 'online']);
  const now = await untilOrder(order, (one) => one.recovery === null);
  assert.deepEqual([now.payment_method, now.tab], ['cod', 'cod']);
  assert.equal((await codesOf(attempt))[0].status, 'closed');
  const refused = await pay(attempt);
  assert.deepEqual(refused, { refused: true });
});

fault('taken in cash while the code was shown: the code is closed', async () => {
  const { order, attempt } = await shown();
  await house.call('POST', `/orders/${order.id}/payments`, { id: newId(), method: 'cash', amount: order.due }, { as: 'cashier', expect: 201 });
  await house.status(order, 'closed');
  assert.equal((await codesOf(attempt))[0].status, 'closed');
});

fault('two payments for one bill: the second is the patient\'s, and waits to be given back', async () => {
  await noWebhooks();
  const { order, attempt: code } = await shown();
  await house.attempt(order, { kind: 'link' });
  const link = await house.status(order, 'open');
  await emulator.ctl('storm', { share: 1, kinds: ['500'], seed: 1 });
  await pay(code);
  await pay(link);
  await emulator.ctl('storm', { share: 0 });
  await house.until(order, (one) => one.status === 'paid', 30000, 0);
  await house.until(order, (one) => one.status === 'paid', 30000, 1);
  const { payments, refunds } = await online(order);
  assert.deepEqual([payments.length, refunds.map((one) => [one.amount, one.status])], [2, [[order.total, 'requested']]]);
});

fault('time runs out: the order is failed, and may be tried again', async () => {
  const { order, attempt } = await shown();
  await emulator.ctl('close', { id: attempt.provider_id, expired: true });
  await house.until(order, (one) => one.status === 'expired' || one.status === 'closed');
  await untilOrder(order, (one) => one.tab === 'failed');
  await recover(order, 'retry');
  await house.attempt(order);
  const second = await house.status(order, 'open');
  assert.notEqual(second.id, attempt.id);
  await pay(second);
  await paid(order);
});

// --- amounts ---

fault('less was paid than asked for: what came is credited, the rest is due', async () => {
  const { order, attempt } = await shown();
  await pay(attempt, { amount: 10000 });
  const ended = await house.status(order, 'paid');
  assert.deepEqual([ended.failure_code, ended.received], ['amount', 10000]);
  const now = await house.read(order);
  assert.deepEqual([now.paid, now.due, now.payment_state], [10000, order.total - 10000, 'part_paid']);
});

fault('more was paid than asked for: the rest is the patient\'s', async () => {
  const { order, attempt } = await shown();
  await pay(attempt, { amount: order.due + 5000 });
  await house.status(order, 'paid');
  assert.equal((await house.read(order)).due, 0);
  assert.deepEqual((await online(order)).refunds.map((one) => [one.amount, one.status]), [[5000, 'requested']]);
});

fault('paid in another currency: it pays nothing, and somebody is told', async () => {
  const { order, attempt } = await shown(['CBC'], { kind: 'link' });
  await pay(attempt, { currency: 'USD' });
  await house.until(order, (one) => one.failure_code === 'currency');
  assert.equal((await house.read(order)).paid, 0);
  const { notices } = (await house.call('GET', '/gateway', undefined, { as: 'manager', expect: 200 })).json;
  const notice = notices.find((one) => one.order_id === order.id && one.kind === 'currency');
  await house.call('POST', `/gateway/notices/${notice.id}/resolution`, undefined, { as: 'manager', expect: 200 });
  await recover(order, 'cancel');
});

// --- refunds ---

fault('a part is given back, then the rest, each once', async () => {
  const { order, attempt } = await shown();
  await pay(attempt);
  await paid(order);
  const first = await refund(order, 10000);
  await refunded(order, first, 'processed');
  const second = await refund(order, order.total - 10000);
  await refunded(order, second, 'processed');
  const { payments } = await emulator.ctl('state');
  assert.equal(payments.find((one) => one.notes?.attempt === attempt.id).amount_refunded, order.total);
});

for (const kinds of [['timeout_after'], ['drop_after', '500'], ['500_after', 'garbage'], ['429', 'drop']])
  fault(`giving back: ${kinds.join(', ')}`, async () => {
    const { order, attempt } = await shown();
    await pay(attempt);
    await paid(order);
    await emulator.ctl('idle');
    await emulator.ctl('fault', { kinds, wait: 2500 });
    const id = await refund(order, 10000);
    await refunded(order, id, 'processed');
    const { refunds } = await emulator.ctl('state');
    assert.equal(refunds.filter((one) => one.receipt === id).length, 1);
  });

fault('a refund that the bank takes days for, told before our own answer arrives', async () => {
  await emulator.ctl('set', { asynchronous_refunds: true });
  const { order, attempt } = await shown();
  await pay(attempt);
  await paid(order);
  const id = await refund(order, 10000);
  let given;
  for (const end = Date.now() + 10000; !given && Date.now() < end; await sleep(25))
    given = (await emulator.ctl('state')).refunds.find((one) => one.receipt === id);
  await emulator.ctl('refund', { id: given.id });
  await refunded(order, id, 'processed');
});

fault('a refund that fails: the money is the patient\'s advance again', async () => {
  await emulator.ctl('set', { asynchronous_refunds: true });
  const { order, attempt } = await shown();
  await pay(attempt);
  await paid(order);
  const id = await refund(order, 10000);
  let given;
  for (const end = Date.now() + 10000; !given && Date.now() < end; await sleep(25))
    given = (await emulator.ctl('state')).refunds.find((one) => one.receipt === id);
  await emulator.ctl('refund', { id: given.id, processed: false });
  await refunded(order, id, 'failed');
});

// --- clocks ---

for (const skew of [-3600, 1200, 86400])
  fault(`the provider's clock is ${skew} seconds off`, async () => {
    await emulator.ctl('set', { skew });
    const { order, attempt } = await shown();
    await pay(attempt);
    await paid(order);
    await emulator.ctl('again', { count: 3 });
  });

// --- the whole provider is away ---

fault('the breaker opens, says so, and closes again', async () => {
  const order = await house.order();
  const opened = await metric(house, 'mahima_gateway_breaker_opened_total');
  await emulator.ctl('storm', { share: 1, kinds: ['500', 'drop', 'garbage'], seed: 3 });
  await house.attempt(order);
  const others = [];
  for (let i = 0; i < 4; i++) {
    others.push(await house.order());
    await house.attempt(others[i]);
  }
  let state;
  for (const end = Date.now() + 20000; state?.breaker !== 'open' && Date.now() < end; await sleep(25))
    state = (await house.call('GET', '/gateway', undefined, { as: 'cashier', expect: 200 })).json;
  assert.equal(state.breaker, 'open');
  await alerted('gateway_away', true);
  assert.ok(state.failures >= 5 && state.last_failure !== null && state.breaker_until !== null);
  assert.ok(await metric(house, 'mahima_gateway_breaker_opened_total') > opened);
  const { requests } = await emulator.ctl('state');
  await sleep(500);
  assert.ok((await emulator.ctl('state')).requests - requests <= 1, 'nobody asks while it is open');
  await emulator.ctl('storm', { share: 0 });
  for (const one of [order, ...others]) {
    const attempt = await house.status(one, 'open', 40000);
    await pay(attempt);
    await paid(one);
  }
  state = (await house.call('GET', '/gateway', undefined, { as: 'cashier', expect: 200 })).json;
  assert.deepEqual([state.breaker, state.failures], ['closed', 0]);
  await alerted('gateway_away', false);
});

// --- kill -9 ---

fault('killed while a code is being made', async () => {
  const order = await house.order();
  await emulator.ctl('fault', { kinds: ['timeout_after'], wait: 5000 });
  await house.attempt(order);
  await sleep(300);
  await house.end('SIGKILL');
  await house.start();
  const attempt = await house.status(order, 'open', 30000);
  assert.deepEqual((await codesOf(attempt)).map((code) => code.id), [attempt.provider_id]);
  await pay(attempt);
  await paid(order);
});

fault('killed while a refund is on its way, and while webhooks arrive', async () => {
  const { order, attempt } = await shown();
  await pay(attempt);
  await paid(order);
  await emulator.ctl('idle');
  await emulator.ctl('fault', { kinds: ['timeout_after'], wait: 5000 });
  const id = await refund(order, 10000);
  const { order: other, attempt: code } = await shown();
  await pay(code);
  await house.end('SIGKILL');
  await emulator.ctl('idle');
  await house.start();
  await refunded(order, id, 'processed', 40000);
  await paid(other);
  const { refunds } = await emulator.ctl('state');
  assert.equal(refunds.filter((one) => one.receipt === id).length, 1);
});

// --- people ---

fault('what somebody did at the provider\'s own page, disputes and downtimes are told', async () => {
  const { order, attempt } = await shown();
  const payment = await pay(attempt);
  await paid(order);
  await emulator.ctl('emit', { name: 'payment.dispute.created', entities: { payment, dispute: { id: 'disp_Loopback000001', amount: 100, status: 'open' } } });
  await emulator.ctl('emit', { name: 'payment.downtime.started', entities: { 'payment.downtime': { id: 'down_1', method: 'upi', status: 'started' } } });
  await emulator.ctl('idle');
  await quiet(house, { open: 1000 });
  const kinds = async () => (await house.call('GET', '/gateway', undefined, { as: 'manager', expect: 200 })).json.notices.map((one) => one.kind);
  assert.ok((await kinds()).includes('dispute') && (await kinds()).includes('downtime'));
  await emulator.ctl('emit', { name: 'payment.downtime.resolved', entities: { 'payment.downtime': { id: 'down_1', method: 'upi', status: 'resolved' } } });
  await emulator.ctl('idle');
  await quiet(house, { open: 1000 });
  assert.ok(!(await kinds()).includes('downtime'));
});

fault('nothing secret is in the log', async () => {
  const { readFileSync } = await import('node:fs');
  const log = readFileSync(`${house.folder}/server.log`, 'utf8');
  assert.ok(log.includes('webhook.razorpay'));
  assert.doesNotMatch(log, /sekret|whsec|upi:|\+91/);
}, { everywhere: true });

fault('a wrong key: said at once, and nothing is asked again', async () => {
  await emulator.ctl('set', { key: 'rzp_test_loopback:other' });
  const order = await house.order();
  await house.attempt(order);
  const ended = await house.status(order, 'failed');
  assert.deepEqual([ended.failure_code, ended.failure], ['key', 'Razorpay does not accept the hospital\'s key.']);
  assert.equal((await untilOrder(order, (one) => one.tab === 'failed')).payment_failure, ended.failure);
  await emulator.ctl('set', { key: 'rzp_test_loopback:sekret' });
});

fault('no key: the desk is told plainly', async () => {
  const order = await house.order();
  Object.assign(house.razorpay, { key_id: null, key_secret: null });
  await house.end();
  await house.start();
  const answer = await house.call('POST', `/orders/${order.id}/attempts`, { id: newId(), kind: 'qr' });
  assert.equal(answer.status, 422);
  assert.deepEqual([answer.json.errors[0].field, answer.json.errors[0].code], ['method', 'not_configured']);
  const state = (await house.call('GET', '/gateway', undefined, { as: 'cashier', expect: 200 })).json;
  assert.deepEqual([state.configured, /Razorpay key/.test(state.message)], [false, true]);
});

await runAll(async () => {
  await house.remove();
  await emulator.stop();
});
