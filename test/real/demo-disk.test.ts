/** A small disk under the state folder: it fills in mid-service, has room again, and is read-only in the end. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { program } from '../cli/child.ts';
import { newState, ROOT, write } from '../cli/input.ts';
import { needs } from './needs.ts';

/** Mounts of its own, which go with the process. */
const ASIDE = ['--mount', ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'])];

const testOnSmallDisk = needs({
  works: ['unshare', ...ASIDE, 'sh', '-c', 'mount -t tmpfs -o size=9m tmpfs /mnt'],
  install: 'apt install util-linux, and the right to mount',
});

const CARDS = ['anna', 'dmitry', 'elena', 'fyodor', 'galina', 'igor'].map(name => `${name}-general`);
/** More than fit beside the filler. */
const TAPS = CARDS.flatMap((card, hour) =>
  ['00', '20', '40'].map(minute => `+${hour}:${minute}:00,${minute === '20' ? 'rear' : 'front'},${card}`),
);

/** Each line: what it is called, and its words. `$1` is node, `$2` the program, `$3` a mount, `$4` taps, `$5` the root. */
const SCRIPT = `
mount -t tmpfs -o size=9m tmpfs "$3" && cd "$5"
tura() { echo "== $name"; "$node" "$program" "$@"; echo "== exit $?"; }
node=$1 program=$2 disk=$3 taps=$4
name=ready; tura demo --once --taps /dev/stdin --state "$disk/state" <<END
at,vehicle,reader,card
END
left=$(df --output=avail "$disk" | tail -n 1)
head -c $(( (left - 56) * 1024 )) /dev/zero > "$disk/filler"
name=full; tura run devices/demo-bus.yaml --taps "$taps" --state "$disk/state" --json
rm "$disk/filler"
name=room; tura demo --once --state "$disk/state" --json
mount -o remount,ro "$disk"
name=run; tura run --state "$disk/state"
name=demo; tura demo --once --state "$disk/state"
name=collect; tura collect --port 0 --db "$disk/ledger.db"
name=import; tura stops import fixtures/feeds/tyumen --db "$disk/stops.db"
name=build; tura stoplist build fixtures/stoplist.csv --key fixtures/keys/token-key-test.yaml --out "$disk/list.cbor"
name=apply; tura stoplist apply "$disk/state/tmn-bus-101/published/stop-list.cbor" --db "$disk/list.db"
`;

interface Said {
  readonly text: string;
  readonly code: number;
}

async function sayings(): Promise<ReadonlyMap<string, Said>> {
  const disk = newState();
  mkdirSync(disk);
  const taps = write(`at,reader,card\n${TAPS.join('\n')}\n`, 'taps.csv');
  const { stdout, stderr, status } = spawnSync(
    'unshare',
    [...ASIDE, 'sh', '-c', `exec 2>&1; ${SCRIPT}`, 'sh', process.execPath, await program(), disk, taps, ROOT],
    { encoding: 'utf8' },
  );
  assert.is(status, 0, stdout + stderr);
  return new Map(
    [...stdout.matchAll(/== (\w+)\n(.*?)== exit (\d+)\n/gs)].map(([, name = '', text = '', code]) => [
      name,
      { text: text.replaceAll(disk, 'DISK'), code: Number(code) },
    ]),
  );
}

function objectsIn(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line));
}

testOnSmallDisk(
  'a full disk stops the taps in words, loses none, and a read-only one is said by every command',
  async () => {
    const said = await sayings();
    assert.is(said.get('ready')?.code, 0, said.get('ready')?.text);

    const full = said.get('full');
    assert.is(full?.code, 1, full?.text);
    assert.match(
      full?.text ?? '',
      /^tura: journal DISK\/state\/tmn-bus-101\/journal\.db: the disk is full$/m,
    );
    const shown = objectsIn(full?.text ?? '').filter(object => 'vehicleId' in object);
    const written = shown.filter(object => 'decision' in object).length;
    const faults = shown.slice(written);
    assert.ok(written > 0 && written < TAPS.length, `${written} taps fitted`);
    assert.ok(faults.every(({ shown }) => shown === 'fault'));
    const readers = faults.slice(0, 2).map(({ readerId }) => readerId);
    assert.equal(readers.sort(), ['front', 'rear'], 'both doors say so at once');

    const room = said.get('room');
    assert.is(room?.code, 0, room?.text);
    const { totals } = objectsIn(room?.text ?? '').at(-1) as { totals: Record<string, { records: number }> };
    assert.is(totals.vehicles?.records, 29 + written, 'what was shown is there, and nothing else');
    assert.is(totals.collector?.records, 29 + written);

    for (const [command, what] of [
      ['run', 'journal DISK/state/tmn-bus-101/journal.db: '],
      ['demo', 'ledger DISK/state/collector.db: '],
      ['collect', 'ledger DISK/ledger.db: '],
      ['import', 'stops database DISK/stops.db: the file system is read-only'],
      ['build', 'list bundle DISK/list.cbor: the file system is read-only'],
      ['apply', 'stop list DISK/list.db: '],
    ] as const) {
      assert.is(said.get(command)?.code, 1, command);
      assert.ok(said.get(command)?.text.startsWith(`tura: ${what}`), said.get(command)?.text);
    }
  },
);

test.run();
