// SPDX-License-Identifier: GPL-3.0-or-later
// The provider's calls: which function of the state answers which method and path. Codes lie below /payments and are
// therefore looked for before payments.
import { refuse } from './state.mjs';


function list(things, query, match = () => true) {
  const count = Number(query.get('count') ?? 10);
  const skip = Number(query.get('skip') ?? 0);
  const from = Number(query.get('from') ?? 0);
  const to = Number(query.get('to') ?? Number.MAX_SAFE_INTEGER);
  if (!(count >= 1 && count <= 100))
    refuse('The count must be between 1 and 100.', { field: 'count' });
  const found = things.filter((thing) => thing.created_at >= from && thing.created_at <= to && match(thing)).reverse();
  return found.slice(skip, skip + count);
}

const collection = (items) => ({ entity: 'collection', count: items.length, items });
const same = (query, name, value) => query.get(name) === null || query.get(name) === value;

export const calls = [
  ['POST', '/v1/orders', (s, { body }) => s.createOrder(body)],
  ['GET', '/v1/orders', (s, { query }) => collection(list([...s.orders.values()], query,
    (order) => same(query, 'receipt', order.receipt)
      && (query.get('authorized') !== '1' || order.status !== 'created')))],
  ['GET', '/v1/orders/:id', (s, { id }) => s.get('orders', id)],
  ['PATCH', '/v1/orders/:id', (s, { id, body }) => {
    s.known(body, ['notes']);
    return Object.assign(s.get('orders', id), { notes: s.notes(body.notes) });
  }],
  ['GET', '/v1/orders/:id/payments', (s, { id }) => {
    s.get('orders', id);
    return collection([...s.payments.values()].filter((payment) => payment.order_id === id));
  }],

  ['POST', '/v1/payments/qr_codes', (s, { body, origin }) => s.createCode(body, origin)],
  ['GET', '/v1/payments/qr_codes', (s, { query }) => collection(list([...s.codes.values()], query,
    (code) => same(query, 'customer_id', code.customer_id) && (query.get('payment_id') === null
      || s.payments.get(query.get('payment_id'))?.through.code === code)).map((code) => s.freshCode(code)))],
  ['GET', '/v1/payments/qr_codes/:id', (s, { id }) => s.freshCode(s.get('codes', id))],
  ['GET', '/v1/payments/qr_codes/:id/payments', (s, { id, query }) => {
    const code = s.get('codes', id);
    return collection(list([...s.payments.values()], query, (payment) => payment.through.code === code));
  }],
  ['POST', '/v1/payments/qr_codes/:id/close', (s, { id }) => s.closeCode(s.get('codes', id))],

  ['GET', '/v1/payments', (s, { query }) => collection(list([...s.payments.values()], query))],
  ['GET', '/v1/payments/:id', (s, { id }) => s.get('payments', id)],
  ['POST', '/v1/payments/:id/capture', (s, { id, body }) => {
    s.known(body, ['amount', 'currency']);
    return s.capture(s.get('payments', id), body.amount, body.currency);
  }],
  ['POST', '/v1/payments/:id/refund', (s, { id, body, headers }) =>
    s.createRefund(s.get('payments', id), body, headers['x-refund-idempotency'])],
  ['GET', '/v1/payments/:id/refunds', (s, { id, query }) => {
    s.get('payments', id);
    return collection(list([...s.refunds.values()], query, (refund) => refund.payment_id === id));
  }],
  ['GET', '/v1/payments/:id/refunds/:other', (s, { id, other }) => {
    const refund = s.get('refunds', other);
    return refund.payment_id === id ? refund : refuse('The id provided does not exist');
  }],
  ['GET', '/v1/refunds', (s, { query }) => collection(list([...s.refunds.values()], query))],
  ['GET', '/v1/refunds/:id', (s, { id }) => s.get('refunds', id)],
  ['PATCH', '/v1/refunds/:id', (s, { id, body }) => {
    s.known(body, ['notes']);
    return Object.assign(s.get('refunds', id), { notes: s.notes(body.notes) });
  }],

  ['POST', '/v1/payment_links', (s, { body }) => s.createLink(body)],
  ['GET', '/v1/payment_links', (s, { query }) => ({ payment_links: list([...s.links.values()], query,
    (link) => same(query, 'reference_id', link.reference_id) && (query.get('payment_id') === null
      || s.payments.get(query.get('payment_id'))?.through.link === link)).map((link) => s.freshLink(link)) })],
  ['GET', '/v1/payment_links/:id', (s, { id }) => s.freshLink(s.get('links', id))],
  ['PATCH', '/v1/payment_links/:id', (s, { id, body }) => s.editLink(s.get('links', id), body)],
  ['POST', '/v1/payment_links/:id/cancel', (s, { id }) => s.cancelLink(s.get('links', id))],
  ['POST', '/v1/payment_links/:id/notify_by/:other', (s, { id, other }) => {
    s.get('links', id);
    return ['sms', 'email'].includes(other) ? { success: true } : refuse('Invalid medium');
  }],
].map(([method, path, answer]) => ({ method, parts: path.split('/'), answer }));

export function find(method, path) {
  const parts = path.split('/');
  for (const call of calls) {
    if (call.method !== method || call.parts.length !== parts.length)
      continue;
    const values = {};
    if (call.parts.every((part, i) => part.startsWith(':')
      ? (values[part.slice(1)] = decodeURIComponent(parts[i])) !== '' : part === parts[i]))
      return { call, values };
  }
  return null;
}

