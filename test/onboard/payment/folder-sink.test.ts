import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import { openFolderSink } from '../../../src/onboard/payment/folder-sink.ts';
import { withFolder, withoutRights } from '../../temporary.ts';

const payment = (ref: string) => ({ ref, bytes: Uint8Array.of(1, 2, 3) });

function faultOf(work: () => void): TuraError {
  try {
    work();
  } catch (error) {
    assert.instance(error, TuraError);
    return error as TuraError;
  }
  throw new Error('nothing failed');
}

test('a payment is a file of its own, whole, under its name', () =>
  withFolder(folder => {
    const home = join(folder, 'payments');
    const sink = openFolderSink(home);
    sink.keep(payment('aa'));
    sink.keep(payment('bb'));
    assert.equal(readdirSync(home).sort(), ['aa.cbor', 'bb.cbor']);
    assert.equal([...readFileSync(join(home, 'aa.cbor'))], [1, 2, 3]);
  }));

test('what waits is there after a new start; what a kill left half written is not', () =>
  withFolder(folder => {
    openFolderSink(folder).keep(payment('aa'));
    writeFileSync(join(folder, 'bb.unfinished'), 'half');
    openFolderSink(folder);
    assert.equal(readdirSync(folder), ['aa.cbor']);
  }));

test('where too many wait no more are kept, until some are taken', () =>
  withFolder(folder => {
    const sink = openFolderSink(folder, 2);
    for (const ref of ['aa', 'bb']) sink.keep(payment(ref));
    const fault = faultOf(() => sink.keep(payment('cc')));
    assert.is(fault.code, 'payments-waiting');
    assert.match(fault.message, /2 payments wait$/);
    assert.equal(readdirSync(folder).sort(), ['aa.cbor', 'bb.cbor']);
    rmSync(join(folder, 'aa.cbor'));
    sink.keep(payment('cc'));
    assert.equal(readdirSync(folder).sort(), ['bb.cbor', 'cc.cbor']);
    assert.is(faultOf(() => openFolderSink(folder, 2).keep(payment('dd'))).code, 'payments-waiting');
  }));

test('a disk that takes nothing is a fault by name, and takes again when it does', () =>
  withFolder(folder => {
    const home = join(folder, 'payments');
    const sink = openFolderSink(home);
    const fault = withoutRights(home, () => faultOf(() => sink.keep(payment('aa'))));
    assert.is(fault.code, 'disk-read-only');
    renameSync(home, `${home}-away`);
    assert.match(faultOf(() => sink.keep(payment('bb'))).message, /payment folder .*no such file/);
    renameSync(`${home}-away`, home);
    sink.keep(payment('cc'));
    assert.equal(readdirSync(home), ['cc.cbor']);
  }));

test('a folder that cannot be made is a fault by name', () =>
  withFolder(folder => {
    writeFileSync(join(folder, 'payments'), 'a file');
    assert.match(
      faultOf(() => openFolderSink(join(folder, 'payments'))).message,
      /a file stands where a folder belongs/,
    );
  }));

test.run();
