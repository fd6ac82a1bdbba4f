#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// A Razorpay on this machine alone: the calls of calls.mjs with state, its webhooks, and below /_ctl what a test does to
// it. Prints {"port":N} and ends by itself with its parent, or when its standard input closes.
//
//   server.mjs [--webhook URL] [--key ID:SECRET] [--port N]
//
// Needs nothing but Node 18.
import { answer, live, misbehave, nextFault, option, readBody } from '../line.mjs';
import { find } from './calls.mjs';
import { control } from './control.mjs';
import { Hooks, tell } from './hooks.mjs';
import { Refusal, State } from './state.mjs';

const MOST_RECORDED = 20000;
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABc3UBGAAAAABJRU5ErkJggg==', 'base64');
const WORDS = { fault: { error: { code: 'SERVER_ERROR', description: 'We are facing some trouble' } },
  slower: { error: { code: 'BAD_REQUEST_ERROR', description: 'Too many requests' } } };

const emulator = {
  state: new State(),
  key: option('key', 'rzp_test_loopback:sekret'),
  faults: [], // of the next answers, in turn
  storm: null, // { share, kinds, random }: faults by chance
  recorded: [],
  record: false,
  requests: 0,
};
emulator.hooks = new Hooks(emulator.state);
emulator.told = (payment) => tell(emulator.hooks, payment);
emulator.hooks.url = option('webhook', null);

function perform(request, url, raw) {
  const wanted = `Basic ${Buffer.from(emulator.key).toString('base64')}`;
  if (request.headers.authorization !== wanted)
    throw new Refusal(401, 'Authentication failed');
  const found = find(request.method, url.pathname);
  if (found === null)
    throw new Refusal(400, 'The requested URL was not found on the server.');
  const type = request.headers['content-type'] ?? '';
  let body = {};
  if (raw.length > 0) {
    if (!type.startsWith('application/json'))
      throw new Refusal(400, 'The content type is not supported');
    try {
      body = JSON.parse(raw.toString('utf8'));
    } catch {
      throw new Refusal(400, 'The request body is not valid JSON');
    }
  }
  const refunds = emulator.state.refunds.size;
  const result = found.call.answer(emulator.state, { ...found.values, body, query: url.searchParams,
    headers: request.headers, origin: `http://127.0.0.1:${server.address().port}` });
  emulator.after(found, result, emulator.state.refunds.size > refunds);
  return result;
}

// What such a call makes the provider tell.
emulator.after = (found, result, refunded) => {
  const path = found.call.parts.join('/');
  const hooks = emulator.hooks;
  if (path.endsWith('/capture')) {
    emulator.told(result);
  } else if (path.endsWith('/qr_codes') && found.call.method === 'POST') {
    hooks.emit('qr_code.created', { qr_code: result });
  } else if (path.endsWith('/close')) {
    hooks.emit('qr_code.closed', { qr_code: result });
  } else if (path.endsWith('/cancel')) {
    hooks.emit('payment_link.cancelled', { payment_link: result });
  } else if (path.endsWith('/refund') && refunded) {
    const payment = emulator.state.get('payments', result.payment_id);
    hooks.emit('refund.created', { refund: result, payment });
    if (result.status === 'processed')
      hooks.emit('refund.processed', { refund: result, payment });
  }
};

async function serve(request, reply) {
  const url = new URL(request.url, 'http://127.0.0.1');
  const raw = await readBody(request, () => new Refusal(413, 'Too large'));
  if (url.pathname.startsWith('/_ctl')) {
    const text = raw.length > 0 ? JSON.parse(raw.toString('utf8')) : {};
    return answer(reply, 200, (await control(emulator, url.pathname.slice('/_ctl/'.length), text)) ?? {});
  }
  if (url.pathname.startsWith('/_image/')) {
    reply.writeHead(200, { 'content-type': 'image/png', 'content-length': PICTURE.length });
    return reply.end(PICTURE);
  }
  emulator.requests++;
  if (emulator.record && emulator.recorded.length < MOST_RECORDED)
    emulator.recorded.push({ method: request.method, path: url.pathname, query: Object.fromEntries(url.searchParams),
      authorization: request.headers.authorization ?? null, type: request.headers['content-type'] ?? null,
      idempotency: request.headers['x-refund-idempotency'] ?? null, body: raw.toString('utf8') });
  const done = async () => {
    try {
      return { status: 200, body: perform(request, url, raw) };
    } catch (error) {
      if (!(error instanceof Refusal))
        throw error;
      return { status: error.status, body: error.body };
    }
  };
  return misbehave(nextFault(emulator), { request, reply, done, words: WORDS });
}

const server = live(serve, (error) => ({ error: { code: 'SERVER_ERROR', description: String(error.message) } }));
