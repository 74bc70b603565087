/** One table of commands: what is typed and what comes as an object mean the same, and slips are met with what is right. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { commandOfLine, commandOfObject, helpLines } from '../../../src/onboard/driver/commands.ts';

const MEANT: [line: string, object: object, command: object][] = [
  [
    'shift open 4711 waybill 12 pin 1234',
    { command: 'shift open', driver: '4711', waybill: 12, pin: '1234' },
    { kind: 'open-shift', driver: '4711', waybill: '12', pin: '1234' },
  ],
  [
    '  shift  open 4711   pin 1234 waybill 12',
    { id: 7, command: 'shift open', driver: 4711, pin: '1234', waybill: '12' },
    { kind: 'open-shift', driver: '4711', waybill: '12', pin: '1234' },
  ],
  ['shift open 4711', { command: 'shift open', driver: '4711' }, { kind: 'open-shift', driver: '4711' }],
  ['shift close', { command: 'shift close' }, { kind: 'close-shift' }],
  ['service off', { command: 'service off' }, { kind: 'mode', mode: 'out-of-service' }],
  ['service on', { command: 'service on' }, { kind: 'mode', mode: 'in-service' }],
  ['inspect on', { command: 'inspect on' }, { kind: 'mode', mode: 'inspection' }],
  ['inspect off', { command: 'inspect off' }, { kind: 'mode', mode: 'in-service' }],
  ['line 25', { command: 'line', line: '25' }, { kind: 'choose', what: 'line', name: '25' }],
  ['trip 25-0730', { command: 'trip', trip: '25-0730' }, { kind: 'choose', what: 'trip', name: '25-0730' }],
  ['instead', { command: 'instead' }, { kind: 'instead' }],
  ['stop a', { command: 'stop', stop: 'a' }, { kind: 'choose', what: 'stop', name: 'a' }],
  ['to b', { command: 'to', stop: 'b' }, { kind: 'destination', stopId: 'b' }],
  ['to off', { command: 'to', stop: 'off' }, { kind: 'destination' }],
  ['rider +1', { command: 'rider', more: '+1' }, { kind: 'riders', more: 1 }],
  ['rider 2', { command: 'rider', more: 2 }, { kind: 'riders', more: 2 }],
  ['yes', { command: 'yes' }, { kind: 'yes' }],
  ['void', { command: 'void' }, { kind: 'void' }],
  ['doors open', { command: 'doors open' }, { kind: 'doors', open: true }],
  ['doors close door 2', { command: 'doors close', door: 2 }, { kind: 'doors', open: false, doorId: '2' }],
  ['state', { command: 'state' }, { kind: 'state' }],
  ['help', { command: 'help' }, { kind: 'help' }],
];

for (const [line, object, command] of MEANT) {
  test(`'${line.trim()}', typed or as an object`, () => {
    assert.equal(JSON.parse(JSON.stringify(commandOfLine(line))), command);
    assert.equal(JSON.parse(JSON.stringify(commandOfObject(object))), command);
  });
}

const SLIPS: [line: string, what: string, expected: string][] = [
  ['', 'no command', 'shift open | '],
  ['viod', "no command 'viod'", "'void'"],
  ['shift opne 4711', "no command 'shift opne'", "'shift open'"],
  ['shift', "no command 'shift'", ' | '],
  ['constructor', "no command 'constructor'", ' | '],
  ['shift open', 'shift open: no driver', 'shift open 4711 waybill 12 pin 1234'],
  ['shift open 4711 waybil 12', "shift open: 'waybil'", "'waybill'"],
  ['shift open 4711 waybill', "shift open: nothing behind 'waybill'", 'shift open 4711'],
  ['void 3', "void: '3'", 'nothing more'],
  ['rider +0', 'rider: +0', 'rider +1'],
  ['rider 10', 'rider: 10', 'rider +1'],
  ['line', 'line: no line', 'line 25'],
  [`line ${'x'.repeat(300)}`, 'a command of 305 characters', 'a short one'],
];

for (const [line, what, expected] of SLIPS) {
  test(`'${line.slice(0, 40)}' is none: ${what}`, () => {
    const slip = commandOfLine(line);
    if (slip.kind !== 'misspelt') throw new Error(`understood as ${slip.kind}`);
    assert.is(slip.what, what);
    assert.ok(slip.expected.includes(expected), slip.expected);
  });
}

const NO_OBJECTS: [value: unknown, what: string][] = [
  [null, 'no object'],
  ['void', 'no object'],
  [{}, "no 'command'"],
  [{ command: 7 }, "no 'command'"],
  [{ command: 'viod' }, "no command 'viod'"],
  [{ command: 'toString' }, "no command 'toString'"],
  [{ command: 'void', more: '1' }, "void: no 'more'"],
  [{ command: 'line', line: {} }, "line: 'line' is no short text"],
  [{ command: 'line', line: '' }, "line: 'line' is no short text"],
  [{ command: 'line' }, 'line: no line'],
  [{ command: 'x'.repeat(257) }, 'a command of 257 characters'],
  [{ command: 'shift open', driver: '1', waybill: '\ud800' }, "shift open: 'waybill' is no plain text"],
  [
    { command: 'shift open', driver: '1', waybill: '12\n\u001b[31m' },
    "shift open: 'waybill' is no plain text",
  ],
  [{ command: 'doors open', door: '2\udc00' }, "doors open: 'door' is no plain text"],
];

for (const [value, what] of NO_OBJECTS) {
  test(`${JSON.stringify(value)?.slice(0, 60)} is none: ${what}`, () => {
    const slip = commandOfObject(value);
    assert.is(slip.kind === 'misspelt' && slip.what, what);
  });
}

test('whatever is typed or sent is understood, or met with what is wrong and what is right', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), fc.jsonValue(), (line, value) => {
      for (const command of [commandOfLine(line), commandOfObject(value)]) {
        if (command.kind === 'misspelt') assert.ok(command.what !== '' && command.expected !== '');
      }
    }),
    { numRuns: 500 },
  );
});

test('every example of the help is a command', () => {
  assert.is(helpLines().length, 18);
  for (const line of helpLines()) assert.is.not(commandOfLine(line.slice(0, 36)).kind, 'misspelt', line);
});

test.run();
