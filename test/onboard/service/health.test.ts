/** What a validator at work says of itself: what waits, since when, and when it was last heard. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import { epoch } from '../../../src/core/time.ts';
import { Health } from '../../../src/onboard/service/health.ts';
import { readHealthNote, writeHealthNote } from '../../../src/onboard/service/health-note.ts';
import { withFolder } from '../../temporary.ts';
import { aBody } from '../../wire/records.ts';
import { MemoryJournal } from '../uplink/memory-journal.ts';

const [NINE, TEN, ELEVEN] = [epoch(9_000), epoch(10_000), epoch(11_000)];

test('an acknowledgement is dated by the first look that sees it', () => {
  const journal = new MemoryJournal();
  for (const atMs of [1, 2, 3]) journal.append(aBody({ eventTimeMs: epoch(atMs) }));
  const health = new Health(journal, undefined);
  assert.equal(health.look(NINE), { atMs: 9_000, waiting: 3, oldestMs: 1 });
  journal.acknowledge([1]);
  assert.equal(health.look(TEN), { atMs: 10_000, waiting: 2, oldestMs: 2, acknowledgedMs: 10_000 });
  journal.append(aBody({ eventTimeMs: epoch(4) }));
  assert.is(health.look(ELEVEN).acknowledgedMs, 10_000, 'a tap is no acknowledgement');
  journal.acknowledge([2, 3, 4]);
  assert.equal(health.look(ELEVEN), { atMs: 11_000, waiting: 0, acknowledgedMs: 11_000 });
});

test('what an earlier start was told stands until there is something newer', () => {
  const journal = new MemoryJournal();
  const health = new Health(journal, NINE);
  assert.is(health.look(TEN).acknowledgedMs, 9_000);
  assert.is(health.look(ELEVEN).acknowledgedMs, 9_000);
});

test('a journal that cannot be read leaves what waits unsaid', () => {
  const journal = new MemoryJournal();
  journal.outboxSize = () => {
    throw new TuraError('disk-fault', 'the disk answered with an error');
  };
  assert.equal(new Health(journal, NINE).look(TEN), { atMs: 10_000, acknowledgedMs: 9_000 });
});

test('a record that a disk spoilt says nothing of its time', () => {
  const journal = new MemoryJournal();
  journal.append(aBody());
  journal.spoil(1, Uint8Array.of(0xff));
  assert.equal(new Health(journal, undefined).look(TEN), { atMs: 10_000, waiting: 1 });
});

test('a note is written over in place, and the shorter one hides the longer', () =>
  withFolder(async folder => {
    const file = join(folder, 'health.json');
    const long = { atMs: TEN, waiting: 123_456, oldestMs: NINE, acknowledgedMs: NINE };
    await writeHealthNote(file, long);
    const { ino, size } = statSync(file);
    assert.equal(await readHealthNote(file), long);
    await writeHealthNote(file, { atMs: ELEVEN });
    assert.equal(await readHealthNote(file), { atMs: 11_000 });
    assert.equal([statSync(file).ino, statSync(file).size], [ino, size]);
  }));

test('a note that is missing, cut or of another kind is none', () =>
  withFolder(async folder => {
    const file = join(folder, 'health.json');
    assert.is(await readHealthNote(file), undefined);
    for (const text of ['', '{"atMs":1', 'null', '[]', '{"waiting":1}', '{"atMs":"now"}', '{"atMs":1.5}']) {
      writeFileSync(file, text);
      assert.is(await readHealthNote(file), undefined, text);
    }
    assert.is(readFileSync(file, 'utf8'), '{"atMs":1.5}');
  }));

test('a disk that takes no note is named', () =>
  withFolder(async folder => {
    mkdirSync(join(folder, 'health.json'));
    let fault: unknown;
    await writeHealthNote(join(folder, 'health.json'), { atMs: TEN }).catch(error => {
      fault = error;
    });
    assert.instance(fault, TuraError);
    assert.match(String(fault), /health note .*health\.json: a folder stands where a file belongs/);
  }));

test.run();
