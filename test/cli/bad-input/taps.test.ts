/** Taps and cards to be played that are wrong. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import { deviceText, FIXTURES, folder, newState, write } from '../input.ts';
import { type Row, refuses } from './rows.ts';

const taps = (when: string, rows: string, ...says: readonly string[]): Row => ({
  when,
  file: () => write(`at,reader,card\n${rows}`, 'taps.csv'),
  words: ['run', write(deviceText(), 'bus.yaml'), '--taps', '{}', '--state', newState()],
  says,
});

const TAPS: readonly Row[] = [
  taps(
    'a card misspelt',
    '+0:30,front,ana-general\n',
    "{}:2:13: no card 'ana-general' (expected 'anna-general')",
  ),
  taps('a reader misspelt', '+0:30,fron,anna-general\n', "{}:2:7: no reader 'fron' (expected 'front')"),
  taps('a moment that is none', '0:30,front,anna-general\n', "{}:2:1: '0:30' is no moment (expected '+1:30'"),
  taps(
    'a local time, which names no moment',
    '2026-03-02T07:31:30,front,anna-general\n',
    '{}:2:1:',
    '2026-03-02T07:31:30+05:00',
  ),
  taps(
    'a tap before the one above it',
    '+2:00,front,anna-general\n+1:00,rear,anna-general\n',
    "{}:3:1: '+1:00' after a tap that is later",
  ),
  taps('a cell too few', '+0:30,front\n', '{}:2'),
  taps(
    'everything wrong at once',
    'x,y,z\n',
    "{}:2:1: 'x' is no moment",
    "{}:2:3: no reader 'y' (expected rear | front)",
    "{}:2:5: no card 'z'",
  ),
  {
    when: 'a vehicle that is not played',
    file: () => join(FIXTURES, 'taps/demo.csv'),
    words: [
      'run',
      write(deviceText({ vehicleId: 'bus-101' }), 'bus.yaml'),
      '--taps',
      '{}',
      '--state',
      newState(),
    ],
    says: ["{}:6:7: no vehicle 'tram-7' (expected bus-101)"],
  },
  {
    when: 'no taps file',
    file: () => join(folder, 'nowhere.csv'),
    words: ['demo', '--once', '--taps', '{}', '--state', newState()],
    says: ['taps file {}: no such file', 'fixtures/taps/demo.csv shows one'],
  },
  {
    when: 'taps without a column',
    file: () => write('at,card\n+0:30,anna-general\n', 'taps.csv'),
    words: ['demo', '--once', '--taps', '{}', '--state', newState()],
    says: ['{}:1', 'reader'],
  },
  {
    when: 'a UID that YAML takes for a number',
    file: () => {
      const cards = readFileSync(join(FIXTURES, 'cards.yaml'), 'utf8');
      return write(cards.replace('"04A1B2C3D4E5F6"', '12E5'), 'cards.yaml');
    },
    words: ['demo', '--once', '--cards', '{}', '--state', newState()],
    says: ['{}:7:', 'hex in quotes'],
  },
  {
    when: 'a folder for the cards',
    file: () => folder,
    words: ['demo', '--once', '--cards', '{}', '--state', newState()],
    says: ['card file {}: a folder stands where a file belongs', 'fixtures/cards.yaml shows one'],
  },
];

refuses(TAPS);

test.run();
