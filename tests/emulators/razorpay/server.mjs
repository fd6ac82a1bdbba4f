#!/usr/bin/env node
// SPDX-License-Identifier: GPL-3.0-or-later
// A Razorpay on this machine alone: the calls of calls.mjs with state, its webhooks, and below /_ctl what a test does to
// it. Prints {"port":N} and ends by itself with its parent, or when its standard input closes.
//
//   server.mjs [--webhook URL] [--key ID:SECRET] [--port N]
//
// Needs nothing but Node 18.
import fs from 'node:fs';
import http from 'node:http';
import process from 'node:process';
import { find } from './calls.mjs';
import { control } from './control.mjs';
import { Hooks, tell } from './hooks.mjs';
import { Refusal, State } from './state.mjs';

const MOST_BODY = 1024 * 1024;
const MOST_RECORDED = 20000;
const LONGEST_LIFE = 30 * 60 * 1000;
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABc3UBGAAAAABJRU5ErkJggg==', 'base64');

function option(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? process.argv[at + 1] : fallback;
}

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

function answer(reply, status, body, headers = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  reply.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers });
  reply.end(text);
}

function readBody(request) {
  return new Promise((resolve, reject) => {
    const parts = [];
    let size = 0;
    request.on('data', (part) => {
      size += part.length;
      if (size > MOST_BODY)
        reject(new Refusal(413, 'Too large'));
      else
        parts.push(part);
    });
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', reject);
  });
}

function nextFault() {
  if (emulator.faults.length > 0)
    return emulator.faults.shift();
  const storm = emulator.storm;
  if (storm === null || storm.random() >= storm.share)
    return null;
  return { kind: storm.kinds[Math.floor(storm.random() * storm.kinds.length)], wait: storm.wait };
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// "after": what was asked is done, and only the answer is lost; that is what makes time-outs bad.
async function misbehave(fault, request, reply, done) {
  switch (fault.kind) {
    case '500': return answer(reply, 500, { error: { code: 'SERVER_ERROR', description: 'We are facing some trouble' } });
    case '502': return answer(reply, 502, '<html><body><h1>502 Bad Gateway</h1></body></html>', { 'content-type': 'text/html' });
    case '429': return answer(reply, 429, { error: { code: 'BAD_REQUEST_ERROR', description: 'Too many requests' } });
    case 'drop': return request.socket.destroy();
    case 'drop_after': await done(); return request.socket.destroy();
    case '500_after': await done(); return answer(reply, 500, { error: { code: 'SERVER_ERROR', description: 'We are facing some trouble' } });
    case 'garbage': return answer(reply, 200, '{"id":"order_');
    case 'garbage_after': await done(); return answer(reply, 200, 'OK');
    case 'empty': return answer(reply, 200, '');
    case 'timeout': await pause(fault.wait ?? 20000); return request.socket.destroy();
    case 'timeout_after': await done(); await pause(fault.wait ?? 20000); return request.socket.destroy();
    case 'slow': await pause(fault.wait ?? 500); break;
    default: break;
  }
  const { status, body } = await done();
  return answer(reply, status, body);
}

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
  const raw = await readBody(request);
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
  return misbehave(nextFault() ?? { kind: 'none' }, request, reply, done);
}

const server = http.createServer((request, reply) => {
  serve(request, reply).catch((error) => {
    if (!reply.headersSent)
      answer(reply, error.status ?? 500, { error: { code: 'SERVER_ERROR', description: String(error.message) } });
  });
});
server.keepAliveTimeout = 30000;
server.listen(Number(option('port', 0)), '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port }));
});

function end() {
  process.exit(0);
}
const parent = process.ppid;
setInterval(() => { if (process.ppid !== parent) end(); }, 500).unref();
setTimeout(end, LONGEST_LIFE).unref();
const input = fs.fstatSync(0);
if (input.isFIFO() || input.isSocket())
  process.stdin.on('end', end).on('error', end).resume();
