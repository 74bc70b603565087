/** What every sink must do, whatever carries the batches. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import type { Sink } from '../../../src/onboard/uplink/sink.ts';
import type { Answer } from '../../../src/wire/answer.ts';
import { recordBytes } from '../../../src/wire/record/record.ts';
import { aRecord, EPOCH } from '../../wire/records.ts';

/** A sink with a back office behind it that holds nothing yet and collects realm `test`. */
export interface SinkUnderTest {
  readonly sink: Sink;
  /** Cuts the sink off from its back office for good. */
  cut(): Promise<void>;
  close(): Promise<void>;
}

const results = ({ results: each }: Answer) => each.map(({ result }) => result).join(' ');
const bytes = (...sequences: number[]) => sequences.map(sequence => recordBytes(aRecord({ sequence })));

export function sinkContract(name: string, open: () => Promise<SinkUnderTest>): void {
  const test = suite<{ under: SinkUnderTest }>(name);
  test.before.each(async context => {
    context.under = await open();
  });
  test.after.each(({ under }) => under.close());

  test('each record of a batch is answered in order, and how far the sequence is held', async ({ under }) => {
    const answer = await under.sink.send(bytes(1, 2, 3));
    assert.is(results(answer), 'new new new');
    assert.equal(answer.acknowledged, [{ deviceId: 'tmn-bus-101', epoch: EPOCH, through: 3 }]);
  });

  test('the same batch twice is the same', async ({ under }) => {
    await under.sink.send(bytes(1, 2));
    assert.is(results(await under.sink.send(bytes(1, 2))), 'same same');
  });

  test('batches may come out of order', async ({ under }) => {
    assert.is((await under.sink.send(bytes(3, 4))).acknowledged[0]?.through, 0);
    assert.is((await under.sink.send(bytes(2, 1))).acknowledged[0]?.through, 4);
  });

  test('a cloned device gets a conflict', async ({ under }) => {
    await under.sink.send(bytes(1));
    const clone = recordBytes(aRecord({ bootId: 'ffffffffffffffff' }));
    assert.is(results(await under.sink.send([clone, ...bytes(2)])), 'conflict new');
  });

  test('a record of another realm, and one that is no record, are quarantined among their neighbours', async ({
    under,
  }) => {
    const stray = recordBytes(aRecord({ sequence: 2, realm: 'training' }));
    const torn = stray.subarray(0, 40);
    const answer = await under.sink.send([...bytes(1), stray, torn, new Uint8Array(), ...bytes(3)]);
    assert.is(results(answer), 'new quarantined quarantined quarantined new');
    assert.match(answer.results[1]?.why ?? '', /training/);
  });

  test('a back office that cannot be reached is a link that is down', async ({ under }) => {
    await under.cut();
    const error = await under.sink.send(bytes(1)).catch((reason: unknown) => reason);
    assert.instance(error, TuraError);
    assert.equal(error instanceof TuraError && [error.code, error.retryable], ['link-down', true]);
  });

  test('a closed sink sends nothing', async ({ under }) => {
    await under.sink.close();
    const error = await under.sink.send(bytes(1)).catch((reason: unknown) => reason);
    assert.is(error instanceof TuraError && error.code, 'link-down');
  });

  test.run();
}
