import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readTelegram, type Telegram } from '../../../../src/onboard/position/ibis/telegrams.ts';

const READ: readonly (readonly [text: string, telegram: Telegram])[] = [
  ['l026', { kind: 'line', line: '26' }],
  ['l000', { kind: 'line', line: '0' }],
  ['l1026', { kind: 'line', line: '1026' }],
  ['q0T1A', { kind: 'line', line: 'T1A' }],
  ['q  T1', { kind: 'line', line: 'T1' }],
  ['k07', { kind: 'course', course: 7 }],
  ['z003', { kind: 'destination', destination: 3 }],
  ['zA1HAUPTBAHNHOF    ', { kind: 'destination', destination: 'HAUPTBAHNHOF' }],
  ['zA2BETRIEBSHOF     \nM]HLE          ', { kind: 'destination', destination: 'BETRIEBSHOF MÜHLE' }],
  [`zA;${'X'.repeat(176)}`, { kind: 'destination', destination: 'X'.repeat(176) }],
  ['zA0', { kind: 'destination', destination: '' }],
  ['e010203', { kind: 'validator', attributes: '010203' }],
  ['eA0102', { kind: 'validator', attributes: '0102' }],
  ['eH0001234', { kind: 'stop', stop: '1234' }],
  ['eT2K|lnStr~', { kind: 'stop-text', text: 'KölnStrß' }],
  ['u2249', { kind: 'time', hour: 22, minute: 49 }],
  ['d02036', { kind: 'date', day: 2, month: 3, yearDigit: 6 }],
  [`v${'[\\]{|}~'.padEnd(16)}`, { kind: 'next-stop', text: 'ÄÖÜäöüß' }],
  [`v${'MARKT'.padEnd(20)}`, { kind: 'next-stop', text: 'MARKT' }],
  [`v${'MARKT'.padEnd(24)}`, { kind: 'next-stop', text: 'MARKT' }],
  ['x0042', { kind: 'stop', stop: '42' }],
  ['xH0042', { kind: 'stop', stop: '42' }],
  ['xI07', { kind: 'stop-index', index: 7 }],
  ['a0', { kind: 'status-poll', address: 0 }],
  ['a?', { kind: 'status-poll', address: 15 }],
];

for (const [text, telegram] of READ) {
  test(`'${text.slice(0, 24)}' says ${JSON.stringify(telegram).slice(0, 60)}`, () => {
    assert.equal(readTelegram(text), { kind: 'telegram', telegram });
  });
}

const UNKNOWN: readonly (readonly [text: string, what: string])[] = [
  ['', 'no telegram'],
  ['026', 'no telegram'],
  ['l02', 'telegram l…'],
  ['l02x', 'telegram l…'],
  ['lE01', 'telegram lE…'],
  ['k7', 'telegram k…'],
  ['zI4BAHNHOF         ', 'telegram zI…'],
  ['zA2ZU KURZ', 'telegram DS003a that makes no sense'],
  ['zA1EIN BISSCHEN ZU LANG', 'telegram DS003a that makes no sense'],
  ['eT1ABC', 'telegram DS004c that makes no sense'],
  ['u2460', 'telegram DS005 that makes no sense'],
  ['d32036', 'telegram DS006 that makes no sense'],
  ['d02136', 'telegram DS006 that makes no sense'],
  ['vMARKT', 'telegram v…'],
  ['aA', 'telegram aA…'],
  ['a10', 'telegram a…'],
  ['!', 'no telegram'],
];

for (const [text, what] of UNKNOWN) {
  test(`'${text}' is counted as '${what}' and not interpreted`, () => {
    assert.equal(readTelegram(text), { kind: 'unknown', what });
  });
}

test.run();
