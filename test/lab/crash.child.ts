/** A vehicle whose face fails outside of everything that would catch it, just when a bank card is answered. */
import { inspect } from 'node:util';
import { virtualChip } from '../../src/core/card/virtual/chip.ts';
import { readCardFile } from '../../src/lab/card-input.ts';
import { readAcquirerKey } from '../../src/onboard/payment/acquirer-key.ts';
import { FIXTURES } from '../cli/input.ts';
import { ACQUIRER_KEY } from '../onboard/payment/acquirer.ts';
import { type Bench, bench } from '../onboard/vehicle/bench.ts';

inspect.defaultOptions.depth = 20;
inspect.defaultOptions.showHidden = true;

const payments = { acquirer: readAcquirerKey(ACQUIRER_KEY), sink: { keep: () => undefined } };
const own: Bench = bench(
  () => ({ payments }),
  seen => {
    queueMicrotask(() => {
      throw Object.assign(new Error('the face fell off'), {
        seen,
        vehicle: own.vehicle,
        journal: own.journal,
      });
    });
  },
);
const { cards } = readCardFile(`${FIXTURES}/cards.yaml`);
const chip = virtualChip({ bank: cards.find(({ id }) => id === 'ulyana-bank')?.bank });
own.reader.holds('front', Uint8Array.of(0x08, 0x5d, 0x0e, 0x9b), {
  transmit: async command => chip(command),
});
