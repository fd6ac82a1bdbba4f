// SPDX-License-Identifier: GPL-3.0-or-later
// The least that a test program needs to speak TAP, the same on every Node.
import { spawn } from 'node:child_process';
import process from 'node:process';
import readline from 'node:readline';

const LANE = process.env.MAHIMA_TAP_LANE;
const cases = [];

export function test(name, run) {
  cases.push({ name, run });
}

export function skip(reason) {
  console.log(`1..0 # SKIP ${reason}`);
  process.exit(0);
}

export function note(text) {
  for (const line of String(text).split('\n'))
    console.log(`# ${line}`);
}

// A program whose cases mostly wait runs itself @lanes times at once. In a lane this returns its number and the program goes
// on with that share of its cases and a world of its own; outside of one it puts together what the lanes tell, and ends.
export async function runInLanes(lanes) {
  if (LANE !== undefined)
    return { lane: Number(LANE), lanes };
  let told = 0, failed = 0;
  const runLane = (lane) => new Promise((resolve) => {
    const child = spawn(process.execPath, [process.argv[1]], { env: { ...process.env, MAHIMA_TAP_LANE: lane }, stdio: ['ignore', 'pipe', 'inherit'] });
    let planned = NaN, seen = 0;
    readline.createInterface({ input: child.stdout }).on('line', (line) => {
      const [, not, name] = /^(not )?ok [0-9]+ - (.*)$/.exec(line) ?? [];
      if (line.startsWith('1..'))
        planned = Number(line.slice(3));
      else if (name === undefined)
        console.log(line);
      else {
        seen++;
        failed += not ? 1 : 0;
        console.log(`${not ?? ''}ok ${++told} - ${name}`);
      }
    });
    child.once('close', (code) => {
      // one that fell silent has failed, whatever it told before
      if (seen !== planned) {
        failed++;
        console.log(`not ok ${++told} - lane ${lane} told of ${seen} of ${planned} cases and ended with ${code}`);
      }
      resolve();
    });
  });
  await Promise.all(Array.from({ length: lanes }, (_, lane) => runLane(lane)));
  console.log(`1..${told}`);
  process.exit(failed > 0 ? 1 : 0);
}

export async function runAll(finish = async () => {}) {
  let failed = 0;
  console.log(`1..${cases.length}`);
  for (const [i, { name, run }] of cases.entries()) {
    try {
      await run();
      console.log(`ok ${i + 1} - ${name}`);
    } catch (error) {
      failed++;
      note(error.stack ?? error);
      console.log(`not ok ${i + 1} - ${name}`);
    }
  }
  await finish();
  process.exit(failed > 0 ? 1 : 0);
}
