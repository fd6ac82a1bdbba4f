// SPDX-License-Identifier: GPL-3.0-or-later
// Every peer, and every way a line goes wrong, against the real server: nothing lost, nothing twice.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { ANALYTES, Lab, nextNumber, oru, sleep } from './lab.mjs';
import { field, frame, freePort, Instrument, Line } from './lines.mjs';
import { check } from './structure.mjs';
import { note, runAll, skip, test } from '../razorpay/tap.mjs';

const NODE = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../node/');
if (!fs.existsSync(path.join(NODE, 'node_modules/simple-hl7')))
  skip('scripts/node-tools.sh installs the peers');
const require = createRequire(NODE);

const lab = await Lab.start();
const port = await freePort();
const chem = await lab.link({ code: 'CHEM', port });

async function sees(tube, values) {
  const now = await lab.values(tube.order);
  for (const [code, value] of Object.entries(values))
    assert.equal(now[code], value, `${code} of ${tube.barcode}`);
}

async function count(direction = 'in') {
  return (await lab.messages(chem, `&direction=${direction}`)).length;
}

// --- three independent stacks as the analyser ---

test('simple-hl7 delivers', async () => {
  const hl7 = require('simple-hl7');
  const tube = await lab.tube();
  const client = hl7.Server.createTcpClient('127.0.0.1', port);
  const message = new hl7.Message('CHEM', 'LAB', 'HMS', 'HOSP', '20260101103000', '', ['ORU', 'R01', 'ORU_R01'], nextNumber(), 'P', '2.5.1');
  message.addSegment('PID', '1');
  message.addSegment('OBR', '1', '', tube.barcode, 'CHEM');
  message.addSegment('OBX', '1', 'NM', ['K', 'Potassium', 'L'], '', '4.1', 'mmol/L');
  const ack = await new Promise((resolve, reject) => client.send(message, (error, answer) => error ? reject(error) : resolve(answer)));
  client.close();
  assert.match(ack.log(), /MSA\|AA\|/);
  await sees(tube, { K: '4.1' });
});

test('node-hl7-client delivers', async () => {
  const { Client, Message } = require('node-hl7-client');
  const tube = await lab.tube();
  const client = new Client({ host: '127.0.0.1' });
  const answer = await new Promise((resolve, reject) => {
    const connection = client.createConnection({ port }, (response) => {
      resolve(response.getMessage().get('MSA.1').toString());
      connection.close();
    });
    connection.sendMessage(new Message({ text: oru(nextNumber(), tube.barcode, { NA: '140' }) })).catch(reject);
  });
  assert.equal(answer, 'AA');
  await sees(tube, { NA: '140' });
});

test('@medplum/hl7 delivers', async () => {
  const { Hl7Client } = require('@medplum/hl7');
  const { Hl7Message } = require('@medplum/core');
  const tube = await lab.tube();
  const client = new Hl7Client({ host: '127.0.0.1', port });
  const answer = await client.sendAndWait(Hl7Message.parse(oru(nextNumber(), tube.barcode, { CL: '101' })), { timeoutMs: 10000 });
  await client.close();
  assert.equal(answer.getSegment('MSA').getField(1).toString(), 'AA');
  await sees(tube, { CL: '101' });
});

test('a clock that is wrong is told, and that it was set right', async () => {
  const at = await freePort();
  const link = await lab.link({ code: 'CLOCK', port: at });
  const line = await Line.open(at);
  const now = (shift) => new Date(Date.now() + shift).toISOString().replace(/[-:T]|\..*/g, '');
  const say = async (shift) => assert.equal(field(await line.ask(oru(nextNumber(), 'X', { K: '1' })
    .replace('20260101103000+0530', `${now(shift)}+0000`)), 'MSA', 1), 'AA');
  const told = async () => (await lab.all('/alerts')).filter((one) => one.kind === 'analyser_clock' && one.subject_id === link.id && one.status === 'open').length;
  await say(3600000);
  await lab.until(async () => await told() === 1);
  await say(-7200000);
  assert.equal(await told(), 1);
  await say(0);
  await lab.until(async () => await told() === 0);
  line.close();
});

// --- bytes ---

test('a message cut anywhere is one message', async () => {
  for (const size of [1, 2, 7, 40]) {
    const tube = await lab.tube();
    const line = await Line.open(port);
    const bytes = frame(oru(nextNumber(), tube.barcode, { K: '4.2', NA: '139' }));
    for (let at = 0; at < bytes.length; at += size)
      await line.write(bytes.subarray(at, at + size));
    assert.equal(field(await line.next(), 'MSA', 1), 'AA');
    line.close();
    await sees(tube, { K: '4.2', NA: '139' });
  }
});

test('in the enhanced mode what is kept is told first, what became of it after', async () => {
  const tube = await lab.tube();
  const line = await Line.open(port);
  const ask = (accept, application, values) =>
    line.write(frame(oru(nextNumber(), tube.barcode, values).replace('|P|2.5.1||||||', `|P|2.5.1|||${accept}|${application}||`)));
  await ask('AL', 'AL', { K: '4.6' });
  const kept = await line.next();
  const judged = await line.next();
  assert.equal(field(kept, 'MSA', 1), 'CA');
  assert.equal(field(judged, 'MSA', 1), 'AA');
  assert.equal(field(kept, 'MSA', 2), field(judged, 'MSA', 2));
  assert.notEqual(field(kept, 'MSH', 10), field(judged, 'MSH', 10));
  await ask('NE', 'AL', { NA: '141' });
  assert.equal(field(await line.next(), 'MSA', 1), 'AA');
  await ask('AL', 'NE', { CL: '102' });
  assert.equal(field(await line.next(), 'MSA', 1), 'AA');
  line.close();
  await sees(tube, { K: '4.6', NA: '141', CL: '102' });
});

test('ten messages in one write are ten messages, in order', async () => {
  const tubes = [];
  for (let i = 0; i < 10; i++)
    tubes.push(await lab.tube());
  const line = await Line.open(port);
  const ids = tubes.map(() => nextNumber());
  await line.write(Buffer.concat(tubes.map((tube, i) => frame(oru(ids[i], tube.barcode, { K: `4.${i}` })))));
  for (const id of ids) {
    const ack = await line.next();
    assert.equal(field(ack, 'MSA', 1), 'AA');
    assert.equal(field(ack, 'MSA', 2), id);
  }
  line.close();
  for (const [i, tube] of tubes.entries())
    await sees(tube, { K: `4.${i}` });
});

test('the same message a hundred times, over two lines at once, is there once', async () => {
  const tube = await lab.tube();
  const text = oru(nextNumber(), tube.barcode, { UREA: '30' });
  const before = await count();
  const lines = await Promise.all([Line.open(port), Line.open(port)]);
  await Promise.all(lines.map(async (line) => {
    for (let i = 0; i < 50; i++)
      assert.equal(field(await line.ask(text), 'MSA', 1), 'AA');
  }));
  lines.forEach((line) => line.close());
  assert.equal(await count(), before + 1);
  const [message] = await lab.messages(chem);
  assert.equal(message.n_repeats, 99);
  await sees(tube, { UREA: '30' });
});

test('the same number with other content is not taken, and kept for a person', async () => {
  const tube = await lab.tube();
  const id = nextNumber();
  const line = await Line.open(port);
  assert.equal(field(await line.ask(oru(id, tube.barcode, { K: '4.4' })), 'MSA', 1), 'AA');
  const answer = await line.ask(oru(id, tube.barcode, { K: '5.5' }));
  assert.equal(field(answer, 'MSA', 1), 'AE');
  assert.equal(field(answer, 'ERR', 3).split('^')[0], '205');
  line.close();
  await sees(tube, { K: '4.4' });
  const [kept] = await lab.messages(chem, '&status=review');
  const taken = await lab.call('POST', `/analyser_messages/${kept.id}/retry`, undefined, 'technician', 200);
  assert.equal(taken.status, 'done');
  await sees(tube, { K: '5.5' });
});

test('garbage, half frames and malformed messages do not disturb the next one', async () => {
  const tube = await lab.tube();
  const line = await Line.open(port);
  await line.write(Buffer.from('GET / HTTP/1.1\r\n\r\n\x00\xff\x1c\r', 'latin1'));
  await line.write(Buffer.from('\x0bMSH|^~\\&|half', 'latin1'));
  for (const [bad, answer] of [['', 'AR'], ['PID|1\r', 'AR'], ['MSH', 'AR'], ['MSH|^^^^|x\r', 'AR'], ['MSH|^~\\&|\x00\r', 'AR'],
    [`MSH|^~\\&|CHEM||||||ADT^A01|${nextNumber()}|P|2.5.1\r`, 'AR'], [`MSH|^~\\&|CHEM||||||ORU^R01|${nextNumber()}|D|2.5.1\r`, 'AR'],
    [`MSH|^~\\&|CHEM||||||ORU^R01|${nextNumber()}|P|9\r`, 'AR'], [`MSH|^~\\&|CHEM||||||ORU^R01|${nextNumber()}|P|2.5.1\r`, 'AA']])
    assert.equal(field(await line.ask(bad), 'MSA', 1), answer, JSON.stringify(bad));
  assert.equal(field(await line.ask(oru(nextNumber(), tube.barcode, { K: '4.5' })), 'MSA', 1), 'AA');
  line.close();
  await sees(tube, { K: '4.5' });
});

test('line ends, separators and character sets of all kinds', async () => {
  const line = await Line.open(port);
  for (const options of [{ end: '\n' }, { end: '\r\n' }, { marks: '$%*@!' }, { charset: '' }, { charset: '8859/1' }, { charset: 'ASCII' }, { charset: 'WRONG' }]) {
    const tube = await lab.tube();
    assert.equal(field(await line.ask(oru(nextNumber(), tube.barcode, { K: '4.6' }, options)), 'MSA', 1), 'AA', JSON.stringify(options));
    await sees(tube, { K: '4.6' });
  }
  const tube = await lab.tube();
  const latin = Buffer.from(oru(nextNumber(), tube.barcode, { K: '4.7' }).replace('Chemistry', 'Ch\xe9mie'), 'latin1');
  assert.equal(field(await line.ask(latin), 'MSA', 1), 'AA');
  line.close();
  await sees(tube, { K: '4.7' });
  const [newest] = await lab.messages(chem);
  const whole = await lab.call('GET', `/analyser_messages/${newest.id}`, undefined, 'technician', 200);
  assert.equal(whole.is_bytes, true);
  assert.equal(Buffer.compare(Buffer.from(whole.raw, 'latin1'), latin), 0);
});

test('a flood of a hundred megabytes is refused and the line goes on', async () => {
  const tube = await lab.tube();
  const line = await Line.open(port);
  const block = Buffer.alloc(1 << 20, 'x');
  await line.write(Buffer.from('\x0bMSH|^~\\&|', 'latin1'));
  for (let i = 0; i < 100; i++)
    await line.write(block);
  await line.write(Buffer.from('\x1c\r', 'latin1'));
  assert.equal(field(await line.next(60000), 'MSA', 1), 'AR');
  assert.equal(field(await line.ask(oru(nextNumber(), tube.barcode, { K: '4.8' })), 'MSA', 1), 'AA');
  line.close();
});

// --- the inbox ---

test('what belongs nowhere waits in the inbox, is assigned and discarded', async () => {
  const tube = await lab.tube();
  const line = await Line.open(port);
  const text = oru(nextNumber(), 'NOBODY-1', { K: '4.9', NA: '141', XYZ: '1' });
  assert.equal(field(await line.ask(text), 'MSA', 1), 'AA');
  line.close();
  const open = (await lab.inbox(chem)).filter((one) => one.sample_code === 'NOBODY-1');
  assert.equal(open.length, 3);
  const resolve = (one, body, expect = 200) => lab.call('POST', `/device_results/${one.id}/resolve`, body, 'technician', expect);
  const of = (code) => open.find((one) => one.code === code);
  await resolve(of('XYZ'), { action: 'discard' }, 422);
  await resolve(of('XYZ'), { action: 'discard', note: 'not ours' });
  await resolve(of('K'), { action: 'assign', sample_code: 'NOBODY-2' }, 422);
  await resolve(of('K'), { action: 'assign', sample_code: tube.barcode, note: 'label torn' });
  await resolve(of('K'), { action: 'assign', sample_code: tube.barcode }, 409);
  await resolve(of('NA'), { action: 'assign', sample_code: tube.barcode });
  await sees(tube, { K: '4.9', NA: '141' });
  assert.equal((await lab.inbox(chem)).filter((one) => one.sample_code === 'NOBODY-1').length, 0);
});

// --- orders out, and questions ---

test('an order goes out when the tube arrives, is tried again, and is structured as it should be', async () => {
  const servers = {
    'node-hl7-server': async (at) => {
      const { Server } = require('node-hl7-server');
      const seen = [];
      const inbound = new Server({ bindAddress: '127.0.0.1' }).createInbound({ port: at }, async (request, response) => {
        seen.push(request.getMessage().toString());
        await response.sendResponse('AA');
      });
      return { seen, stop: () => inbound.close() };
    },
    'simple-hl7': async (at) => {
      const hl7 = require('simple-hl7');
      const seen = [];
      const app = hl7.tcp();
      app.use((request, response, next) => (seen.push(request.msg.toString()), next()));
      app.use((request, response) => response.end());
      app.start(at);
      return { seen, stop: () => app.stop() };
    },
    '@medplum/hl7': async (at) => {
      const { Hl7Server } = require('@medplum/hl7');
      const seen = [];
      const server = new Hl7Server((connection) => connection.addEventListener('message', (event) => {
        seen.push(event.message.toString());
        connection.send(event.message.buildAck());
      }));
      await server.start(at);
      return { seen, stop: () => server.stop({ forceDrainTimeoutMs: 200 }) };
    },
  };
  for (const [name, make] of Object.entries(servers)) {
    const at = await freePort();
    const link = await lab.link({ code: `OUT${at}`, transport: 'connect', host: '127.0.0.1', port: at, orders: 'send' }, 'connecting');
    const tube = await lab.tube();
    assert.equal((await lab.call('GET', `/analysers/${link.id}`, undefined, 'technician', 200)).n_waiting, 1, name);
    const server = await make(at);
    const sent = await lab.until(async () => (await lab.messages(link, '&status=accepted')).at(0), 70000);
    assert.equal(sent.sample_code, tube.barcode, name);
    assert.equal(server.seen.length, 1, name);
    assert.deepEqual(check(server.seen[0].replaceAll('\n', '\r')), [], name);
    assert.ok(server.seen[0].includes(tube.barcode));
    const now = await lab.call('GET', `/analysers/${link.id}`, undefined, 'technician', 200);
    await lab.call('PATCH', `/analysers/${link.id}`, { enabled: false }, 'pathologist', 200, { 'If-Match': `"${now.version}"` });
    await server.stop();
  }
});

test('an analyser that refuses an order is not asked again until a person says so', async () => {
  const at = await freePort();
  const link = await lab.link({ code: 'NO', transport: 'connect', host: '127.0.0.1', port: at, orders: 'send' }, 'connecting');
  const seen = [];
  let word = 'AE';
  const server = net.createServer((socket) => socket.on('data', (data) => {
    const text = data.toString('latin1');
    seen.push(field(text.slice(1), 'MSH', 10));
    socket.write(frame(`MSH|^~\\&|NO|L|||20260101||ACK|${nextNumber()}|P|2.5.1\rMSA|${word}|${seen.at(-1)}|no reagent\r`));
  }).on('error', () => {})).listen(at, '127.0.0.1');
  await lab.tube();
  const [refused] = await lab.until(async () => (await lab.messages(link, '&status=refused')).slice(0, 1).length && lab.messages(link, '&status=refused'), 70000);
  assert.equal(refused.error, 'no reagent');
  await sleep(1500);
  assert.equal(seen.length, 1);
  word = 'AA';
  await lab.call('POST', `/analyser_messages/${refused.id}/retry`, undefined, 'technician', 200);
  await lab.until(async () => (await lab.messages(link, '&status=accepted')).length === 1);
  assert.equal(seen[0], seen[1]);
  const now = await lab.call('GET', `/analysers/${link.id}`, undefined, 'technician', 200);
  await lab.call('PATCH', `/analysers/${link.id}`, { enabled: false }, 'pathologist', 200, { 'If-Match': `"${now.version}"` });
  await lab.state(link, 'off');
  server.close();
});

test('questions: QBP is answered and the order follows, QRY gets it displayed', async () => {
  const tube = await lab.tube();
  const line = await Line.open(port);
  const answer = await line.ask(`MSH|^~\\&|CHEM|LAB|||20260101||QBP^WOS^QBP_Q11|${nextNumber()}|P|2.5.1\rQPD|WOS^Work Order Step^IHELAW|T1|${tube.barcode}\rRCP|I\r`);
  assert.equal(field(answer, 'MSH', 9), 'RSP^K11^RSP_K11');
  assert.equal(field(answer, 'QAK', 2), 'OK');
  assert.deepEqual(check(answer), []);
  const order = await line.next();
  assert.equal(field(order, 'MSH', 9), 'OML^O21^OML_O21');
  assert.deepEqual(check(order), []);
  for (const analyte of ANALYTES)
    assert.ok(order.includes(`|${analyte}^`), analyte);
  await line.write(frame(`MSH|^~\\&|CHEM|LAB|||20260101||ACK^O21^ACK|${nextNumber()}|P|2.5.1\rMSA|AA|${field(order, 'MSH', 10)}\r`));
  await lab.until(async () => (await lab.messages(chem, '&direction=out&status=accepted')).length === 1);
  const unknown = await line.ask(`MSH|^~\\&|CHEM|LAB|||20260101||QBP^WOS^QBP_Q11|${nextNumber()}|P|2.5.1\rQPD|WOS|T2|NOBODY-9\r`);
  assert.equal(field(unknown, 'QAK', 2), 'NF');
  const display = await line.ask(`MSH|^~\\&|CHEM|LAB|||20260101||QRY^Q02|${nextNumber()}|P|2.3.1\rQRD|20260101|R|D|7|||RD|${tube.barcode}|OTH|||T|\rQRF|CHEM\r`);
  assert.equal(field(display, 'MSH', 9), 'QCK^Q02^QCK_Q02');
  const shown = await line.next();
  assert.ok(shown.includes(`DSP|21||${tube.barcode}`));
  assert.ok(shown.includes('DSP|29||'));
  line.close();
});

// --- ASTM ---

function records(tube, values, header = 'H|\\^&|||CHEM^1|||||||P|1|20260101103000') {
  return [header, 'P|1', `O|1|${tube}||^^^CHEM|R`, ...Object.entries(values).map(([code, value], i) => `R|${i + 1}|^^^${code}|${value}|${code === 'CREA' ? 'mg/dL' : 'mmol/L'}||N||F||||20260101${102900 + i}`), 'L|1|N'];
}

async function astm(instrument, link) {
  const tube = await lab.tube();
  await instrument.send(records(tube.barcode, { K: '4.1', NA: '138' }));
  await sees(tube, { K: '4.1', NA: '138' });
  await instrument.send(records(tube.barcode, { K: '4.1', NA: '138' }));
  const again = await lab.tube();
  await instrument.send(records(again.barcode, { K: '3.9', CREA: '0.9' }), { bad: 3, repeat: 2 });
  await sees(again, { K: '3.9', CREA: '0.9' });
  const messages = await lab.messages(link);
  assert.equal(messages.length, 2);
  assert.equal(messages[1].n_repeats, 1);
  await instrument.send(['H|\\^&|||CHEM^1|||||||P|1|20260101', `Q|1|^${again.barcode}||ALL||||||||O`, 'L|1|N']);
  const answer = await instrument.receive();
  assert.ok(answer[0].startsWith('H|\\^&|'));
  assert.ok(answer.some((one) => one.startsWith(`O|1|${again.barcode}||`) && one.includes('^^^K')), answer.join('\n'));
  assert.equal(answer.at(-1), 'L|1|F');
  await instrument.send(['H|\\^&|||CHEM^1|||||||P|1|20260102', 'Q|1|^NOBODY||ALL||||||||O', 'L|1|N']);
  assert.equal((await instrument.receive()).at(-1), 'L|1|I');
}

test('ASTM over TCP: results, a spoilt frame, a repeated frame, a repeated message, a question', async () => {
  const at = await freePort();
  const link = await lab.link({ code: 'ASTM', protocol: 'astm', port: at, orders: 'query' });
  const socket = net.connect(at, '127.0.0.1');
  await astm(new Instrument(socket), link);
  // A transmission that breaks off is kept, and comes again as a whole.
  const tube = await lab.tube();
  await new Instrument(socket).send(records(tube.barcode, { K: '4.3' }), { stop: 3 });
  socket.destroy();
  const next = net.connect(at, '127.0.0.1');
  await new Instrument(next).send(records(tube.barcode, { K: '4.3' }));
  next.destroy();
  await sees(tube, { K: '4.3' });
});

test('ASTM over a serial line', async () => {
  const folder = fs.mkdtempSync(path.join(lab.house.folder, 'tty-'));
  // The server opens only what lies in /dev: the pair's own names, not links to them.
  const socat = spawn('socat', ['-d', '-d', 'pty,raw,echo=0', 'pty,raw,echo=0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const found = [];
  const missing = await new Promise((resolve) => {
    socat.once('error', () => resolve(true));
    socat.stderr.on('data', (data) => {
      found.push(...[...String(data).matchAll(/PTY is (\S+)/g)].map((one) => one[1]));
      if (found.length >= 2)
        resolve(false);
    });
  });
  if (missing) {
    note('socat is missing');
    return;
  }
  try {
    const link = await lab.link({ code: 'TTY', protocol: 'astm', transport: 'serial', device: found[0], serial_mode: '9600 8N1', orders: 'query' }, 'connected');
    const fd = fs.openSync(found[1], fs.constants.O_RDWR | fs.constants.O_NOCTTY);
    const tty = await import('node:tty');
    const stream = new tty.ReadStream(fd);
    stream.setRawMode?.(true);
    await astm(new Instrument(Object.assign(stream, { write: (bytes, done) => fs.write(fd, bytes, 0, bytes.length, () => done()) })), link);
    stream.destroy();
  } finally {
    socat.kill();
    fs.rmSync(folder, { recursive: true });
  }
});

test('an address that is not allowed and a sender that is another one are turned away', async () => {
  const at = await freePort();
  await lab.link({ code: 'FAR', port: at, allow: ['10.9.9.9'] });
  const line = await Line.open(at);
  await lab.until(async () => line.closed);
  const named = await freePort();
  await lab.link({ code: 'NAMED', port: named, sender: 'SOMEBODY' });
  const other = await Line.open(named);
  assert.equal(field(await other.ask(oru(nextNumber(), 'X', { K: '1' })), 'MSA', 1), 'AR');
  other.close();
});

test('killed in the middle: what was acknowledged is there after the restart', async () => {
  const line = await Line.open(port);
  const tubes = [];
  for (let i = 0; i < 8; i++)
    tubes.push(await lab.tube());
  const acknowledged = [];
  const ids = tubes.map(() => nextNumber());
  const sending = (async () => {
    for (const [i, tube] of tubes.entries()) {
      if (field(await line.ask(oru(ids[i], tube.barcode, { K: `5.${i}` })), 'MSA', 1) === 'AA')
        acknowledged.push(i);
      if (i === 4)
        await lab.house.end('SIGKILL');
    }
  })().catch(() => {});
  await sending;
  await lab.house.start();
  await lab.state(chem, 'listening');
  const again = await Line.open(port);
  for (const i of acknowledged)
    await sees(tubes[i], { K: `5.${i}` });
  for (const [i, tube] of tubes.entries())
    assert.equal(field(await again.ask(oru(ids[i], tube.barcode, { K: `5.${i}` })), 'MSA', 1), 'AA');
  again.close();
  for (const [i, tube] of tubes.entries())
    await sees(tube, { K: `5.${i}` });
});

await runAll(() => lab.end());
