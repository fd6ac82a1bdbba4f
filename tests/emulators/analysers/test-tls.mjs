// SPDX-License-Identifier: GPL-3.0-or-later
// HL7 inside TLS with a private authority, against the real server: who shows which certificate gets in, and who does not.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import tls from 'node:tls';

import { Lab, nextNumber, oru, sleep } from './lab.mjs';
import { field, frame, freePort, Line } from './lines.mjs';
import { runAll, skip, test } from '../razorpay/tap.mjs';

if (spawnSync('openssl', ['version']).status !== 0)
  skip('openssl is missing');

const lab = await Lab.start();
const folder = fs.mkdtempSync(path.join(lab.house.folder, 'tls-'));
const at = (name) => path.join(folder, name);
const read = (name) => fs.readFileSync(at(name), 'utf8');

function openssl(...words) {
  const done = spawnSync('openssl', words, { encoding: 'utf8', cwd: folder });
  if (done.status !== 0)
    throw new Error(done.stderr);
}

function authority(name) {
  openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.pem`,
    '-days', '2', '-subj', `/CN=${name}`);
}

function certificate(name, by, alternative = 'IP:127.0.0.1') {
  fs.writeFileSync(at(`${name}.ext`), `subjectAltName=${alternative}\n`);
  openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
  openssl('x509', '-req', '-in', `${name}.csr`, '-CA', `${by}.pem`, '-CAkey', `${by}.key`, '-CAcreateserial', '-days', '2', '-extfile', `${name}.ext`, '-out', `${name}.pem`);
}

authority('house');
authority('stranger');
certificate('server', 'house');
certificate('analyser', 'house');
certificate('elsewhere', 'house', 'IP:10.9.9.9');
certificate('intruder', 'stranger');
await lab.house.end();
lab.house.analysers = { tls_certificate: at('server.pem'), tls_key: at('server.key') };
await lab.house.start();

// A line that speaks TLS; rejects when the server does not let it in.
async function open(port, options = {}) {
  const socket = tls.connect({ port, host: '127.0.0.1', ca: read('house.pem'), ...options });
  await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
  return Line.over(socket);
}

async function delivers(line, value) {
  const tube = await lab.tube();
  assert.equal(field(await line.ask(oru(nextNumber(), tube.barcode, { K: value })), 'MSA', 1), 'AA');
  assert.equal((await lab.values(tube.order)).K, value);
}

async function turnedAway(port, options) {
  const line = await open(port, options).catch(() => null);
  if (line === null)
    return;
  // TLS 1.3 tells the client of its refusal only after the client is through.
  await assert.rejects(line.ask(oru(nextNumber(), 'X', { K: '1' })));
}

const shown = (name) => ({ cert: read(`${name}.pem`), key: read(`${name}.key`) });

test('who listens shows its certificate, and results come in', async () => {
  const port = await freePort();
  await lab.link({ code: 'TLS', port, tls: 'tls' });
  const line = await open(port);
  await delivers(line, '4.1');
  const tube = await lab.tube();
  const bytes = frame(oru(nextNumber(), tube.barcode, { K: '4.2' }));
  for (let i = 0; i < bytes.length; i += 11)
    await line.write(bytes.subarray(i, i + 11));
  assert.equal(field(await line.next(), 'MSA', 1), 'AA');
  const many = [];
  for (let i = 0; i < 5; i++)
    many.push(frame(oru(nextNumber(), tube.barcode, { NA: `14${i}` })));
  await line.write(Buffer.concat(many));
  for (let i = 0; i < 5; i++)
    assert.equal(field(await line.next(), 'MSA', 1), 'AA');
  line.close();
  await assert.rejects(open(port, { ca: read('stranger.pem') }));
});

test('a picture of a megabyte comes through whole', async () => {
  const port = await freePort();
  await lab.link({ code: 'BIG', port, tls: 'tls' });
  const line = await open(port);
  const tube = await lab.tube();
  const picture = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(1 << 20, 7)]);
  const text = `${oru(nextNumber(), tube.barcode, {})}OBX|1|ED|HISTO^Histogram^L||CHEM^Image^PNG^Base64^${picture.toString('base64')}||||||F\r`;
  assert.equal(field(await line.ask(text), 'MSA', 1), 'AA');
  line.close();
  const sheet = await lab.call('GET', `/orders/${tube.order.id}/results`, undefined, 'technician', 200);
  assert.equal(sheet.attachments.length, 1);
  assert.equal(sheet.attachments[0].bytes, picture.length);
});

test('plain bytes and broken handshakes do not disturb the next line', async () => {
  const port = await freePort();
  await lab.link({ code: 'PLAIN', port, tls: 'tls' });
  const plain = await Line.open(port);
  await plain.write(frame(oru(nextNumber(), 'X', { K: '1' })));
  await lab.until(async () => plain.closed);
  const silent = await Line.open(port);
  await delivers(await open(port), '4.3');
  silent.close();
});

test('where both show a certificate, only the authority\'s own get in', async () => {
  const port = await freePort();
  await lab.call('POST', '/analysers', { id: '01900000-0000-7000-8000-00000000f001', code: 'BAD', name: 'Bad', protocol: 'hl7', transport: 'listen', tls: 'mutual' }, 'pathologist', 422);
  await lab.call('POST', '/analysers', { id: '01900000-0000-7000-8000-00000000f001', code: 'BAD', name: 'Bad', protocol: 'hl7', transport: 'listen', tls: 'mutual',
    tls_authority: '-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----' }, 'pathologist', 422);
  await lab.link({ code: 'BOTH', port, tls: 'mutual', tls_authority: `${read('stranger.pem').slice(0, 0)}${read('house.pem')}` });
  await turnedAway(port, {});
  await turnedAway(port, shown('intruder'));
  await delivers(await open(port, shown('analyser')), '4.4');
});

test('we connect only to the analyser that the authority knows by that address', async () => {
  for (const [name, wanted] of [['analyser', 'connected'], ['elsewhere', null], ['intruder', null]]) {
    const port = await freePort();
    let through = 0;
    const server = tls.createServer({ ...shown(name), ca: read('house.pem'), requestCert: true, rejectUnauthorized: true }, (socket) => {
      through += 1;
      socket.on('error', () => {});
    });
    server.on('tlsClientError', () => {});
    await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
    const link = await lab.link({ code: `C${port}`, transport: 'connect', host: '127.0.0.1', port, tls: 'mutual', tls_authority: read('house.pem') }, wanted ?? 'connecting');
    if (wanted === null) {
      const failed = await lab.until(async () => {
        const now = await lab.call('GET', `/analysers/${link.id}`, undefined, 'technician', 200);
        return now.last_error ? now : null;
      });
      assert.equal(failed.status, 'connecting');
      await sleep(200);
    } else
      await lab.until(async () => through === 1); // TLS 1.3: we are through before the other side is
    const now = await lab.call('GET', `/analysers/${link.id}`, undefined, 'technician', 200);
    await lab.call('PATCH', `/analysers/${link.id}`, { enabled: false }, 'pathologist', 200, { 'If-Match': `"${now.version}"` });
    await lab.state(link, 'off');
    server.close();
  }
});

await runAll(() => lab.end());
