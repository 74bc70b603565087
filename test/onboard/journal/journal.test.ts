/** A journal: which identity and bytes a record gets, which riders it knows, and which files are no journal of this device. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import type { Journal } from '../../../src/onboard/journal/journal.ts';
import { Malformed } from '../../../src/wire/malformed.ts';
import { readRecord } from '../../../src/wire/record/record.ts';
import { withFolder, withoutRights } from '../../temporary.ts';
import { aBody, aLine } from '../../wire/records.ts';
import { FILE, openIn, riderOf, soundRecords, stateAt, tokenOf, upTo } from './journals.ts';

function fault(work: () => unknown): TuraError {
  try {
    work();
  } catch (error) {
    if (error instanceof TuraError) return error;
    throw error;
  }
  throw new Error('nothing failed');
}

test('sequences run on without a gap, and the identity a record gets is the one foretold', () => {
  withFolder(folder => {
    const boots = new Set<string>();
    const epochs = new Set<string>();
    for (let open = 0; open < 3; open++) {
      const journal = openIn(folder);
      for (let tap = 0; tap < 4; tap++) {
        const foretold = journal.next();
        const { deviceId, epoch, sequence, bootId } = journal.append(aBody());
        assert.equal({ deviceId, epoch, sequence }, foretold);
        assert.is(sequence, open * 4 + tap + 1);
        epochs.add(epoch);
        boots.add(bootId);
      }
      journal.close();
    }
    assert.is(epochs.size, 1, 'one epoch for the life of the file');
    assert.is(boots.size, 3, 'a name for every start');
    const journal = openIn(folder);
    assert.is(soundRecords(journal).length, 12);
    journal.close();
  });
});

test('a journal that was lost begins anew under another epoch', () => {
  const epochs = upTo(2).map(() => withFolder(folder => epochOf(openIn(folder))));
  assert.is.not(epochs[0], epochs[1]);
});

function epochOf(journal: Journal): string {
  const { epoch } = journal.next();
  journal.close();
  return epoch;
}

test('what stands in the outbox is what was appended, byte for byte what travels', () => {
  withFolder(folder => {
    const journal = openIn(folder);
    const written = journal.append(aBody({ stopId: 'центральная-площадь' }), riderOf(1, 1));
    const [sealed] = journal.outbox(10);
    assert.equal(
      JSON.parse(JSON.stringify(readRecord(sealed?.bytes ?? new Uint8Array()))),
      JSON.parse(JSON.stringify(written)),
    );
    journal.close();
  });
});

test('a record that no reader would take is refused before it is kept', () => {
  withFolder(folder => {
    const journal = openIn(folder);
    journal.append(aBody());
    for (const body of [aBody({ lat: 200 }), aBody({ lines: upTo(17).map(line) })]) {
      const before = journal.next();
      assert.throws(
        () => journal.append(body, riderOf(1, 2)),
        (error: unknown) => error instanceof Malformed,
      );
      assert.equal(journal.next(), before);
    }
    assert.is(journal.rider(tokenOf(1)), undefined);
    journal.append(aBody());
    assert.is(soundRecords(journal).length, 2);
    journal.close();
  });
});

const line = () => aLine(3700);

test('a rider’s state is written with the tap that changed it, and is there after a restart', () => {
  withFolder(folder => {
    let journal = openIn(folder);
    journal.append(aBody(), riderOf(1, 1));
    journal.append(aBody(), riderOf(2, 2));
    journal.append(aBody(), riderOf(1, 3));
    journal.append(aBody({ decision: 'declined', reason: 'passback' }));
    for (let look = 0; look < 2; look++) {
      assert.equal(journal.rider(tokenOf(1)), stateAt(3));
      assert.equal(journal.rider(tokenOf(2)), stateAt(2));
      assert.is(journal.rider(tokenOf(3)), undefined);
      journal.close();
      journal = openIn(folder);
    }
    journal.close();
  });
});

test('riders of another kind or under another key are others', () => {
  withFolder(folder => {
    const journal = openIn(folder);
    const token = tokenOf(1);
    journal.append(aBody(), { token, state: stateAt(1) });
    for (const other of [
      { ...token, kind: 'pan' },
      { ...token, keyId: 2 },
      { ...token, keyId: 0x0100_0001 },
      { ...token, keyId: 0xff00_0001 },
    ] as const) {
      assert.is(journal.rider(other), undefined, JSON.stringify(other));
    }
    journal.close();
  });
});

test('more riders than are held in memory are all known, before and after a restart', () => {
  withFolder(folder => {
    let journal = openIn(folder);
    const riders = 1300;
    for (let number = 1; number <= riders; number++) journal.append(aBody(), riderOf(number, number));
    // One from before the states were moved, one from the last of them.
    journal.append(aBody(), riderOf(1, 2001));
    journal.append(aBody(), riderOf(riders, 2002));
    for (let look = 0; look < 2; look++) {
      for (let number = 2; number < riders; number++)
        assert.equal(journal.rider(tokenOf(number)), stateAt(number));
      assert.equal(journal.rider(tokenOf(1)), stateAt(2001));
      assert.equal(journal.rider(tokenOf(riders)), stateAt(2002));
      journal.close();
      journal = openIn(folder);
    }
    assert.is(soundRecords(journal).length, riders + 2);
    journal.close();
  });
});

test('the journal of another device is refused by name, and stays that device’s', () => {
  withFolder(folder => {
    openIn(folder).close();
    const { code, message, expected } = fault(() => openIn(folder, { deviceId: 'tmn-tram-7' }));
    assert.is(code, 'bad-input');
    assert.is(message, `journal ${join(folder, FILE)}: it belongs to device tmn-bus-101`);
    assert.is(expected, 'the journal of tmn-tram-7');
    openIn(folder).close();
  });
});

test('a journal that is open is in use', () => {
  withFolder(folder => {
    const journal = openIn(folder);
    assert.is(fault(() => openIn(folder)).code, 'state-in-use');
    journal.append(aBody());
    journal.close();
  });
});

test('what is no journal, and where none can be written, is said by name', () => {
  withFolder(folder => {
    assert.is(withoutRights(folder, () => fault(() => openIn(folder))).code, 'disk-read-only');
    writeFileSync(join(folder, FILE), 'sequence;bytes\n'.repeat(1000));
    assert.is(fault(() => openIn(folder)).code, 'bad-input');
  });
});

test.run();
