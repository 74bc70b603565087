/** Farther, and on the way: by metres, by the order of areas, or not known. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isFarther, isOnTheWay } from '../../../src/lab/search/geography.ts';
import { PLANTED, worldIn } from './planted.ts';
import { shippedWorld, stopOf } from './shipped.ts';

const LONDON = shippedWorld('london-like');
const NETHERLANDS = shippedWorld('netherlands-like');
const UNORDERED = worldIn({
  ...PLANTED,
  'tariff.yaml': (PLANTED['tariff.yaml'] ?? '').replace('areaOrder: [z1, z2, z3]', ''),
});

const FARTHER: readonly [
  what: string,
  world: typeof LONDON,
  from: string,
  near: string,
  far: string,
  is: boolean,
][] = [
  ['two zones on is farther than one', LONDON, 'quay', 'mill', 'park', true],
  ['and so inwards', LONDON, 'field', 'park', 'quay', true],
  ['one zone on is not farther than two', LONDON, 'quay', 'park', 'mill', false],
  ['back over the start is another direction', LONDON, 'mill', 'quay', 'field', false],
  ['within one zone nobody knows', LONDON, 'quay', 'mill', 'bus-mill', false],
  ['a stop in two zones lies between them', LONDON, 'quay', 'mill', 'heath', true],
  ['by metres', NETHERLANDS, 'lelie', 'molen', 'haven', true],
  ['by metres, not less far', NETHERLANDS, 'lelie', 'haven', 'duin', false],
  ['without an order nobody knows', UNORDERED, 'quay', 'mill', 'park', false],
];

for (const [what, world, from, near, far, is] of FARTHER) {
  test(`${what}: from ${from}, ${far} beyond ${near}`, () =>
    assert.is(isFarther(world, stopOf(world, from), stopOf(world, near), stopOf(world, far)), is));
}

const ON_THE_WAY: readonly [
  what: string,
  world: typeof LONDON,
  from: string,
  over: string,
  to: string,
  is: boolean,
][] = [
  ['a zone between', LONDON, 'quay', 'mill', 'park', true],
  ['a stop in the zone of an end', LONDON, 'quay', 'quay-east', 'park', true],
  ['beyond the end', LONDON, 'quay', 'field', 'park', false],
  ['an end itself', LONDON, 'quay', 'quay', 'park', false],
  ['where the metres add up', NETHERLANDS, 'lelie', 'duin', 'haven', true],
  ['where they do not', NETHERLANDS, 'molen', 'lelie', 'duin', false],
  ['without an order, in the zone of an end', UNORDERED, 'quay', 'market', 'park', true],
  ['without an order, in no such zone', UNORDERED, 'quay', 'mill', 'park', false],
];

for (const [what, world, from, over, to, is] of ON_THE_WAY) {
  test(`${what} ${is ? 'is' : 'is not'} on the way: ${from}, ${over}, ${to}`, () =>
    assert.is(isOnTheWay(world, stopOf(world, from), stopOf(world, over), stopOf(world, to)), is));
}

test.run();
