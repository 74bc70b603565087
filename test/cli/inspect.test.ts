/** A tram whose doors are computers of their own, each in a process, and an inspector who asks them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Child, start } from './child.ts';
import { newState, ROOT, write } from './input.ts';
import { sideBySide } from './side-by-side.ts';

const test = sideBySide();
const TRAM = readFileSync(join(ROOT, 'devices/demo-tram.yaml'), 'utf8').replaceAll(
  '../fixtures',
  join(ROOT, 'fixtures'),
);

function doorFile(door: string, peers: readonly string[]): string {
  const share = `share: { listen: '127.0.0.1:0', peers: [${peers.map(peer => `'${peer}'`).join(', ')}] }\n`;
  return write(TRAM.replace('tmn-tram-7', `tmn-tram-7-${door}`) + share, `${door}.yaml`);
}

async function open(file: string): Promise<{ child: Child; address: string }> {
  const child = await start(['run', file, '--state', newState()]);
  await child.says(/heard at 127\.0\.0\.1:\d+/);
  await child.says('ready to tap');
  return { child, address: /heard at (\S+)/.exec(child.out)?.[1] ?? '' };
}

test('a card that rode at one door has ridden at the other, and both tell the inspector', async () => {
  const firstFile = doorFile('first', []);
  const first = await open(firstFile);
  const second = await open(doorFile('second', [first.address]));
  await second.child.says(`${first.address} is up`);
  first.child.type('anna-general');
  await first.child.says(/anna-general +accepted/);
  const ask = async (...cards: string[]) => {
    const asked = await start(['inspect', firstFile, ...cards, '--at', first.address, second.address]);
    const { code } = await asked.ended;
    return { code, out: asked.out, err: asked.err };
  };
  const paid = await ask('anna-general');
  assert.is(paid.code, 0, paid.err);
  assert.match(paid.out, /^anna-general +paid on this trip, at \d\d:\d\d:\d\d/);
  const others = await ask('boris-blocked', 'dmitry-general');
  assert.is(others.code, 1);
  assert.match(others.out, /^boris-blocked +card listed\ndmitry-general +not yet known\n$/);
  second.child.type('anna-general');
  await second.child.says(/anna-general +(accepted|declined) .*(further rider|already paid|shown again)/);
  first.child.interrupt();
  await first.child.ended;
  await second.child.says(`${first.address} is down`);
  const alone = await ask('anna-general');
  assert.match(alone.out, new RegExp(`paid on this trip, .*${first.address} is silent`));
  second.child.interrupt();
  assert.equal(await second.child.ended, { code: 0, signal: null });
});

test('a vehicle that says nowhere to be asked, and a card that is none, are told by name', async () => {
  const nowhere = await start(['inspect', join(ROOT, 'devices/demo-tram.yaml'), 'anna-general']);
  assert.is((await nowhere.ended).code, 2);
  assert.match(nowhere.err, /no validator to ask\n {2}expected: --at/);
  const noCard = await start([
    'inspect',
    join(ROOT, 'devices/demo-tram.yaml'),
    'ana-general',
    '--at',
    '127.0.0.1:1',
  ]);
  assert.is((await noCard.ended).code, 2);
  assert.match(noCard.err, /no card 'ana-general' in .*cards\.yaml\n {2}expected: 'anna-general'/);
});

suite.run();
