// SPDX-License-Identifier: GPL-3.0-or-later
// What every emulator of somebody's HTTP service has in common: reading, answering, failing in all the ways that a line
// and a provider fail, and ending by itself.
import fs from 'node:fs';
import http from 'node:http';
import process from 'node:process';

const MOST_BODY = 1024 * 1024;
const LONGEST_LIFE = 30 * 60 * 1000;

export function option(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  return at > 0 ? process.argv[at + 1] : fallback;
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// mulberry32: a seed gives the same storm everywhere
export function chance(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function answer(reply, status, body, headers = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  reply.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers });
  reply.end(text);
}

export function readBody(request, tooLarge) {
  return new Promise((resolve, reject) => {
    const parts = [];
    let size = 0;
    request.on('data', (part) => {
      size += part.length;
      if (size > MOST_BODY)
        reject(tooLarge());
      else
        parts.push(part);
    });
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', reject);
  });
}

// emulator.faults: of the next answers, in turn; emulator.storm: { share, kinds, random }: by chance
export function nextFault(emulator) {
  if (emulator.faults.length > 0)
    return emulator.faults.shift();
  const storm = emulator.storm;
  if (storm === null || storm.random() >= storm.share)
    return { kind: 'none' };
  return { kind: storm.kinds[Math.floor(storm.random() * storm.kinds.length)], wait: storm.wait };
}

// /_ctl/fault and /_ctl/storm; true: it was one of them
export function controlFaults(emulator, name, wanted) {
  if (name === 'fault') {
    for (const kind of wanted.kinds)
      emulator.faults.push({ kind, wait: wanted.wait });
  } else if (name === 'storm') {
    emulator.storm = wanted.share > 0 ? { ...wanted, random: chance(wanted.seed ?? 1) } : null;
    if (emulator.storm === null)
      emulator.faults = [];
  }
  return name === 'fault' || name === 'storm';
}

// "after": what was asked is done, and only the answer is lost; that is what makes time-outs bad. words: the provider's
// own bodies of a fault of its and of too many requests.
export async function misbehave(fault, { request, reply, done, words }) {
  switch (fault.kind) {
    case '500': return answer(reply, 500, words.fault);
    case '502': return answer(reply, 502, '<html><body><h1>502 Bad Gateway</h1></body></html>', { 'content-type': 'text/html' });
    case '429': return answer(reply, 429, words.slower);
    case 'drop': return request.socket.destroy();
    case 'drop_after': await done(); return request.socket.destroy();
    case '500_after': await done(); return answer(reply, 500, words.fault);
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

// Prints {"port":N}; ends with its parent, or when its standard input closes. failed: the body of a bug here.
export function live(serve, failed) {
  const server = http.createServer((request, reply) => {
    serve(request, reply).catch((error) => {
      if (!reply.headersSent)
        answer(reply, error.status ?? 500, failed(error));
    });
  });
  const end = () => process.exit(0);
  const parent = process.ppid;
  const input = fs.fstatSync(0);
  server.keepAliveTimeout = 30000;
  server.listen(Number(option('port', 0)), '127.0.0.1', () => {
    console.log(JSON.stringify({ port: server.address().port }));
  });
  setInterval(() => { if (process.ppid !== parent) end(); }, 500).unref();
  setTimeout(end, LONGEST_LIFE).unref();
  if (input.isFIFO() || input.isSocket())
    process.stdin.on('end', end).on('error', end).resume();
  return server;
}
