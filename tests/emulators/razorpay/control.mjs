// SPDX-License-Identifier: GPL-3.0-or-later
// The control port: what happens at the provider and on the way to it, as a test wants it.
//
//   /_ctl/fault   {"kinds":["500","timeout_after",…],"wait":ms}   of the next answers, in turn
//   /_ctl/storm   {"share":0.2,"kinds":[…],"seed":7,"wait":ms}    faults by chance; share 0 ends it
//   /_ctl/pay     {"id":"qr_…|plink_…|order_…","amount"?,"currency"?,"method"?,"authorize_only"?,"start_only"?}
//   /_ctl/payment {"id":"pay_…","to":"authorized"|"captured"|"failed"|"refunded"}   late, as banks are
//   /_ctl/payment_of {"id":"pay_…"}   how it stands
//   /_ctl/refund  {"id":"rfnd_…","processed":true|false}
//   /_ctl/hooks   {"mode":"send"|"hold"|"off"|"chaos","seed"?,"url"?,"secret"?,"old_secret"?}
//   /_ctl/release {"order":"as_is"|"reversed"}   sends what was held
//   /_ctl/again   {"count"?,"forged"?,"old"?,"name"?}   sends events of before once more, perhaps forged or with the old secret
//   /_ctl/emit    {"name":"…","entities":{…}}   any event at all
//   /_ctl/set     {"skew"?,"content"?,"auto_capture"?,"asynchronous_refunds"?,"record"?}
//   /_ctl/close   {"id":"qr_…"}   somebody closed it at the provider's own page, or its time passed: {"expired":true}
//   /_ctl/state   everything; /_ctl/recorded requests since the last time; /_ctl/idle waits for webhooks; /_ctl/reset
import { chance, controlFaults } from '../line.mjs';
import { refuse } from './state.mjs';

function start(emulator, { id, amount, currency, method }) {
  const s = emulator.state;
  if (id.startsWith('qr_')) {
    const code = s.freshCode(s.get('codes', id));
    if (code.status !== 'active')
      return null;
    return s.createPayment({ amount: amount ?? code.payment_amount, currency, method: 'upi', notes: code.notes, code });
  }
  if (id.startsWith('plink_')) {
    const link = s.freshLink(s.get('links', id));
    if (link.status !== 'created' && link.status !== 'partially_paid')
      return null;
    const order = s.orders.get(link.order_id) ?? s.createOrder({ amount: link.amount, currency: link.currency });
    link.order_id = order.id;
    return s.createPayment({ order, amount: amount ?? link.amount, currency, method: method ?? 'card', notes: link.notes, link });
  }
  const order = s.get('orders', id);
  return s.createPayment({ order, amount: amount ?? order.amount, currency, method: method ?? 'card', notes: order.notes });
}

function pay(emulator, wanted) {
  const payment = start(emulator, wanted);
  if (payment === null)
    return { refused: true };
  if (wanted.start_only)
    return payment;
  emulator.state.authorize(payment);
  emulator.told(payment);
  if (emulator.state.autoCapture && !wanted.authorize_only) {
    emulator.state.capture(payment);
    emulator.told(payment);
  }
  return payment;
}

function move(emulator, { id, to }) {
  const s = emulator.state;
  const payment = s.get('payments', id);
  if (to === 'failed')
    s.fail(payment);
  else if (to === 'authorized')
    s.authorize(payment);
  else if (to === 'captured') {
    s.authorize(payment);
    if (payment.status === 'authorized')
      s.capture(payment);
  } else if (to === 'refunded')
    Object.assign(payment, { status: 'refunded', amount_refunded: payment.amount, refund_status: 'full' });
  else
    refuse(`No way to ${to}`);
  emulator.told(payment);
  return payment;
}

async function again(emulator, { count = 1, forged = null, old = false, name = null }) {
  const events = emulator.hooks.sent.filter((event) => name === null || event.name === name).slice(-count);
  const statuses = [];
  for (const event of events)
    statuses.push(await emulator.hooks.send(event, { forged, old }));
  return { statuses };
}

function close(emulator, { id, expired = false }) {
  const s = emulator.state;
  if (id.startsWith('plink_'))
    return Object.assign(s.get('links', id), expired ? { status: 'expired', expired_at: s.now() }
      : { status: 'cancelled', cancelled_at: s.now() });
  const code = s.get('codes', id);
  if (code.status === 'active')
    Object.assign(code, { status: 'closed', closed_at: s.now(), close_reason: expired ? null : 'on_demand' },
      expired ? { close_by: s.now() } : {});
  emulator.hooks.emit('qr_code.closed', { qr_code: code });
  return code;
}

function set(emulator, wanted) {
  const s = emulator.state;
  s.skew = wanted.skew ?? s.skew;
  s.content = wanted.content ?? s.content;
  s.autoCapture = wanted.auto_capture ?? s.autoCapture;
  s.asynchronousRefunds = wanted.asynchronous_refunds ?? s.asynchronousRefunds;
  emulator.record = wanted.record ?? emulator.record;
  if (wanted.key !== undefined)
    emulator.key = wanted.key;
}

function hooks(emulator, wanted) {
  const h = emulator.hooks;
  h.mode = wanted.mode ?? h.mode;
  if (wanted.seed !== undefined)
    h.random = chance(wanted.seed);
  h.url = wanted.url ?? h.url;
  h.secret = wanted.secret ?? h.secret;
  h.oldSecret = wanted.old_secret ?? h.oldSecret;
}

function settle(emulator, { id, processed = true }) {
  const refund = emulator.state.settleRefund(emulator.state.get('refunds', id), processed);
  emulator.hooks.emit(`refund.${refund.status}`, { refund, payment: emulator.state.get('payments', refund.payment_id) });
  return refund;
}

function everything(emulator) {
  const out = { requests: emulator.requests, events: emulator.hooks.sent.length };
  for (const kind of ['orders', 'payments', 'refunds', 'links', 'codes'])
    out[kind] = [...emulator.state[kind].values()];
  return out;
}

export async function control(emulator, name, wanted) {
  if (controlFaults(emulator, name, wanted))
    return {};
  switch (name) {
    case 'pay': return pay(emulator, wanted);
    case 'payment': return move(emulator, wanted);
    case 'refund': return settle(emulator, wanted);
    case 'hooks': hooks(emulator, wanted); return {};
    case 'release': return { statuses: await emulator.hooks.release(wanted.order) };
    case 'again': return again(emulator, wanted);
    case 'emit': return { id: emulator.hooks.emit(wanted.name, wanted.entities ?? {}).id };
    case 'set': set(emulator, wanted); return {};
    case 'payment_of': return { payments: [emulator.state.get('payments', wanted.id)] };
    case 'close': return close(emulator, wanted);
    case 'state': return everything(emulator);
    case 'recorded': return { requests: emulator.recorded.splice(0) };
    case 'idle': await emulator.hooks.idle(); return {};
    case 'reset': emulator.state.reset(); emulator.hooks.sent = []; emulator.hooks.held = []; emulator.recorded = []; return {};
    default: return refuse(`No control ${name}`);
  }
}
