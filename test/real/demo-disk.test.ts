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

/**
 * Each line: what it is called, and its words. `$1` is node, `$2` the program, `$3` a mount, `$4` taps, `$5` the root.
 * State is there already when the disk is filled, but for so many kilobytes.
 */
const SMALL_DISK = `
mount -t tmpfs -o size=9m tmpfs "$3" && cd "$5"
tura() { echo "== $name"; "$node" "$program" "$@"; echo "== exit $?"; }
node=$1 program=$2 disk=$3 taps=$4
name=ready; tura demo --once --taps /dev/stdin --state "$disk/state" <<END
at,vehicle,reader,card
END
fill() { left=$(df --output=avail "$disk" | tail -n 1); head -c $(( (left - $1) * 1024 )) /dev/zero > "$disk/filler"; }
`;

const SERVICE = `
fill 56
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

/** Room for some taps of the demo, which keeps two journals and a ledger here. */
const DEMO = `
fill 256
name=filled; tura demo --once --state "$disk/state" --taps "$taps" --json
rm "$disk/filler"
name=room; tura demo --once --state "$disk/state" --json
`;

/** There is room as soon as a reader says that the disk is full; it ends with that vehicle's first tap after it was mended. */
const MENDED_DEMO = `
fill 256
mkfifo "$disk/said"
echo "== mended"
"$node" "$program" demo --state "$disk/state" --taps "$taps" --json < /dev/null > "$disk/said" & demo=$!
while read -r line; do
  printf '%s\\n' "$line"
  case "$line" in
    *'"shown":"fault"'*) rm -f "$disk/filler";;
    *'"shown":"ready"'*) mended=$(expr "$line" : '.*"vehicleId":"\\([^"]*\\)"');;
    *'"vehicleId":"'"$mended"'"'*'"decision":"accepted"'*) kill -INT $demo; mended=;;
  esac
done < "$disk/said"
wait $demo; echo "== exit $?"
name=again; tura demo --once --state "$disk/state" --json
`;

interface Said {
  readonly text: string;
  readonly code: number;
}

async function sayings(script: string, taps: string): Promise<ReadonlyMap<string, Said>> {
  const disk = newState();
  mkdirSync(disk);
  const { stdout, stderr, status } = spawnSync(
    'unshare',
    [
      ...ASIDE,
      'sh',
      '-c',
      `exec 2>&1; ${SMALL_DISK}${script}`,
      'sh',
      process.execPath,
      await program(),
      disk,
      taps,
      ROOT,
    ],
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
    const said = await sayings(SERVICE, write(`at,reader,card\n${TAPS.join('\n')}\n`, 'taps.csv'));
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
    assert.is(totals.vehicles?.records, 33 + written, 'what was shown is there, and nothing else');
    assert.is(totals.collector?.records, 33 + written);

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

/** Both vehicles, one rider after the other. */
const DEMO_TAPS = Array.from({ length: 200 }, (_, index) => {
  const minute = `+${Math.floor(index / 60)}:${String(index % 60).padStart(2, '0')}`;
  const door = index % 2 === 0 ? 'bus-101,front' : 'tram-7,second';
  return `${minute}:00,${door},${CARDS[index % CARDS.length]}`;
});

const demoTaps = () => write(`at,vehicle,reader,card\n${DEMO_TAPS.join('\n')}\n`, 'demo-taps.csv');

/** A run of the demo's own taps writes a resident card twice: of each its rider is shown the outcome alone. */
const INTENTS = 2;

/** Records that a rider was shown: each was said to be written. */
const answersIn = (said: Said | undefined) =>
  objectsIn(said?.text ?? '').filter(object => 'decision' in object && object.repeated === false).length;

interface Totals {
  readonly vehicles: { readonly records: number };
  readonly collector: { readonly records: number };
  readonly agree: boolean;
}

function totalsIn(said: Said | undefined): Totals | undefined {
  return objectsIn(said?.text ?? '').flatMap(({ totals }) =>
    totals === undefined ? [] : [totals as Totals],
  )[0];
}

const FULL = /journal DISK\/state\/tmn-(bus-101|tram-7)\/journal\.db: the disk is full/;

testOnSmallDisk(
  'a disk that fills in the middle of the demo: no false green, and the next start goes on',
  async () => {
    const said = await sayings(DEMO, demoTaps());
    const filled = said.get('filled');
    assert.is(filled?.code, 1, filled?.text);
    assert.match(filled?.text ?? '', FULL);
    const answers = answersIn(filled);
    assert.ok(answers > 0 && answers < DEMO_TAPS.length, `${answers} taps fitted`);
    const faults = objectsIn(filled?.text ?? '').filter(({ shown }) => shown === 'fault');
    assert.ok(faults.length > 0 && faults.every(({ fault }) => fault === 'disk-full'));
    assert.is.not(totalsIn(filled)?.agree, true, 'no green at the end either');

    const room = said.get('room');
    assert.is(room?.code, 0, room?.text);
    const records = answers + answersIn(room) + INTENTS;
    assert.equal(totalsIn(room), { ...totalsIn(room), agree: true });
    assert.is(totalsIn(room)?.vehicles.records, records, 'what was shown is there, and nothing else');
    assert.is(totalsIn(room)?.collector.records, records);
  },
);

testOnSmallDisk(
  'when there is room again the demo mends itself and goes on, and the end says that it was ill',
  async () => {
    const said = await sayings(MENDED_DEMO, demoTaps());
    const mended = said.get('mended');
    assert.is(mended?.code, 1, mended?.text);
    assert.match(mended?.text ?? '', FULL);
    const shown = objectsIn(mended?.text ?? '').filter(
      object => 'vehicleId' in object && 'readerId' in object,
    );
    const ready = shown.findIndex(({ shown }) => shown === 'ready');
    const { vehicleId } = shown[ready] ?? {};
    const after = shown.slice(ready + 1).filter(object => object.vehicleId === vehicleId);
    assert.ok(ready > 0, 'every door was told');
    assert.ok(after.some(({ decision }) => decision === 'accepted'));
    assert.is(totalsIn(mended)?.agree, true);
    assert.is(
      totalsIn(mended)?.vehicles.records,
      answersIn(mended),
      'what was shown is there, and nothing else',
    );

    const again = said.get('again');
    assert.is(again?.code, 0, again?.text);
    assert.is(totalsIn(again)?.collector.records, answersIn(mended) + answersIn(again) + INTENTS);
  },
);

test.run();
