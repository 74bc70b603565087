/** Each thing that can be wrong with the collector that a vehicle names, alone. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import { healthyPi, type Pi } from './pi.ts';
import { testEach } from './sickness.ts';

const answers = (status: number, text: string) => (pi: Pi) => {
  pi.collector = () => ({ status, text, tookMs: 3 });
};

testEach({
  'a collector that is not running here': {
    check: 'collector',
    spoil: pi => {
      pi.collector = url => {
        throw new TuraError('link-down', `${url}: nobody listens there`);
      };
    },
    ...{
      is: 'wrong',
      found: /^http:\/\/127\.0\.0\.1:8470\/healthz: nobody listens there$/,
      mend: /^tura collect --port 8470 --realm test$/,
    },
  },
  'a collector that is not reached': {
    check: 'collector',
    spoil: pi => {
      pi.device = { ...pi.bus, collector: 'https://taps.example/tyumen/' };
      pi.collector = url => {
        throw new TuraError('link-slow', `${url}: no answer in 5 s`);
      };
    },
    ...{
      is: 'wrong',
      found: /no answer in 5 s/,
      mend: /^curl -sS https:\/\/taps\.example\/tyumen\/healthz$/,
    },
  },
  'a collector whose ledger fails': {
    check: 'collector',
    spoil: answers(503, '{"error":{"code":"ledger-fault","what":"the disk is full"}}'),
    ...{ is: 'wrong', found: /answers 503: the disk is full$/, mend: /^curl/ },
  },
  "somebody else's page": {
    check: 'collector',
    spoil: answers(200, '<html>Please log in</html>'),
    ...{ is: 'wrong', found: /is no collector's: <html>Please log in/, mend: /^curl/ },
  },
  'a page that is JSON and no health': {
    check: 'collector',
    spoil: answers(200, 'null'),
    ...{ is: 'wrong', found: /is no collector's: null/, mend: /^curl/ },
  },
  'a collector of another realm': {
    check: 'collector',
    spoil: answers(200, '{"status":"ok","realm":"production"}'),
    ...{
      is: 'wrong',
      found: /for the realm production: records of test go to its quarantine/,
      mend: /^tura collect --port 8470 --realm test$/,
    },
  },
});

test('a vehicle that names no collector is not asked about one', async () => {
  const pi = await healthyPi();
  const { collector: _none, ...rest } = pi.bus;
  pi.device = rest;
  assert.is((await pi.finding('collector')).state, 'not asked');
  assert.is((await pi.finding('upload')).state, 'not asked');
});

test.run();
