// SPDX-License-Identifier: GPL-3.0-or-later
// The least that a test program needs to speak TAP, the same on every Node.
import process from 'node:process';

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
