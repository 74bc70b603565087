/** The doctor's port on the machine that the tests run on: whatever is asked, an answer comes. */

import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createSocket, type Server } from 'node:net';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import { askDisk } from '../../../src/onboard/doctor/node/disk.ts';
import { nodeSystem } from '../../../src/onboard/doctor/node/system.ts';
import { withFolder } from '../../temporary.ts';

async function listening<T>(server: Server, where: string | number, use: () => Promise<T>): Promise<T> {
  await new Promise<void>(resolve => {
    server.listen(where, () => resolve());
  });
  try {
    return await use();
  } finally {
    await new Promise(resolve => server.close(resolve));
  }
}

test('what stands at a path is told beyond its links, and nothing is told of nothing', () =>
  withFolder(async folder => {
    const file = join(folder, 'file');
    writeFileSync(file, 'text');
    symlinkSync(file, join(folder, 'link'));
    assert.equal(await nodeSystem.look(join(folder, 'link')), {
      ...{ path: file, kind: 'file', groupId: process.getgid?.() },
    });
    assert.is((await nodeSystem.look(folder))?.kind, 'folder');
    assert.is((await nodeSystem.look('/dev/null'))?.kind, 'character device');
    assert.is(await nodeSystem.look(join(folder, 'nothing')), undefined);
    assert.is(await nodeSystem.read(file), 'text');
    assert.is(await nodeSystem.read(folder), undefined);
    assert.equal([...((await nodeSystem.list(folder)) ?? [])].sort(), ['file', 'link']);
    assert.is(await nodeSystem.list(file), undefined);
  }));

test('a device is opened and closed, or refused by its code', () =>
  withFolder(async folder => {
    assert.is(await nodeSystem.tryOpen('/dev/null'), undefined);
    assert.is(await nodeSystem.tryOpen(join(folder, 'nothing')), 'ENOENT');
    assert.is(await nodeSystem.tryOpen(folder), 'EISDIR');
  }));

test('a socket is connected to, or refused by its code', () =>
  withFolder(async folder => {
    const socket = join(folder, 'socket');
    await listening(createSocket(), socket, async () => {
      assert.is(await nodeSystem.tryConnect(socket), undefined);
      assert.is((await nodeSystem.look(socket))?.kind, 'socket');
    });
    assert.is(await nodeSystem.tryConnect(socket), 'ENOENT');
    writeFileSync(socket, '');
    assert.is(await nodeSystem.tryConnect(socket), 'ECONNREFUSED');
  }));

test('a command gives its words and its code, and one that is not there has none', async () => {
  assert.equal(await nodeSystem.run('sh', '-c', 'echo yes; exit 3'), { code: 3, out: 'yes\n' });
  assert.equal(await nodeSystem.run('tura-no-such-command'), { code: undefined, out: '' });
});

test('a page is got as it is; where nobody listens the fault says so', async () => {
  const server = createServer((_request, response) => response.writeHead(503).end('busy'));
  let url = '';
  await listening(server, 0, async () => {
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`;
    const { status, text, tookMs } = await nodeSystem.get(url);
    assert.equal([status, text], [503, 'busy']);
    assert.ok(tookMs > 0);
    server.closeAllConnections();
  });
  let fault: unknown;
  await nodeSystem.get(url).catch(error => {
    fault = error;
  });
  assert.instance(fault, TuraError);
  assert.match(String(fault), /nobody listens there/);
});

test('SQLite says its version', async () => {
  assert.match(await nodeSystem.load('better-sqlite3'), /^SQLite 3\.\d+\.\d+$/);
});

test('the disk is written to below the nearest folder that is there, and left as it was', () =>
  withFolder(async folder => {
    mkdirSync(join(folder, 'state'));
    const answer = await nodeSystem.disk(join(folder, 'state/tura/deeper'));
    assert.is(answer.kind, 'works');
    if (answer.kind !== 'works') return;
    assert.is(answer.folder, join(folder, 'state'));
    assert.ok(answer.sizeBytes >= answer.freeBytes && answer.freeBytes > 0);
    assert.is(answer.syncMs.length, 5);
    assert.equal(readdirSync(join(folder, 'state')), []);
  }));

test('a disk that refuses says why', () =>
  withFolder(async folder => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    assert.equal(await nodeSystem.disk(file), { kind: 'fails', folder: file, code: 'ENOTDIR' });
  }));

test('a disk that does not answer in its time is left behind', () =>
  withFolder(async folder => {
    assert.equal(await askDisk(folder, 1), { kind: 'silent', afterMs: 1 });
  }));

test.run();
