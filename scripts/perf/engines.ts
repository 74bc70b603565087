/** One question to several engines: what a ride between two of five zones costs, a matrix of 25 cells. */
import { ZenEngine } from '@gorules/zen-engine';
import { LogicEngine } from 'json-logic-engine';
import { Engine } from 'json-rules-engine';
import { assert } from '../../src/core/error.ts';
import { fareOf } from '../../src/core/fare/price.ts';
import type { Tariff } from '../../src/core/tariff/tariff.ts';
import { compileTariff } from '../../src/fare.ts';
import type { Figure } from './figure.ts';

const ZONES = [1, 2, 3, 4, 5];

function priceOf(from: number, to: number): number {
  return 200 + Math.abs(from - to) * 50 + from + to;
}

interface Asked {
  readonly from: number;
  readonly to: number;
}

const CELLS: readonly Asked[] = ZONES.flatMap(from => ZONES.map(to => ({ from, to })));

export async function figures(): Promise<readonly Figure[]> {
  const ours = perSecond(200_000, askTura(matrix()));
  const rules = await perSecondAsync(2_000, askRules());
  const zen = await perSecondAsync(2_000, askZen());
  const logic = perSecond(200_000, askLogic());
  return [
    compared('json-rules-engine', rules, ours, 1000),
    compared('@gorules/zen-engine', zen, ours, 1000),
    compared('json-logic-engine, built', logic, ours, 2),
  ];
}

function compared(name: string, theirs: number, ours: number, atLeast: number): Figure {
  const ratio = ours / theirs;
  return {
    figure: `25 zone cells beside ${name}`,
    value: ours,
    unit: '/s',
    goal: `at least ${atLeast} x`,
    peer: `${name}: ${Math.round(theirs)}/s`,
    ratio,
    met: ratio >= atLeast,
  };
}

type Ask = (asked: Asked) => number;

function perSecond(times: number, ask: Ask): number {
  for (let warm = 0; warm < 3; warm++) once(times, ask);
  return Math.max(once(times, ask), once(times, ask), once(times, ask));
}

function once(times: number, ask: Ask): number {
  const began = performance.now();
  let sum = 0;
  for (let turn = 0; turn < times; turn++) sum += ask(CELLS[turn % CELLS.length] ?? { from: 1, to: 1 });
  assert(sum > 0, 'every cell has a price');
  return times / ((performance.now() - began) / 1000);
}

async function perSecondAsync(times: number, ask: (asked: Asked) => Promise<number>): Promise<number> {
  for (const asked of CELLS)
    assert((await ask(asked)) === priceOf(asked.from, asked.to), 'the engine knows the matrix');
  const began = performance.now();
  for (let turn = 0; turn < times; turn++) await ask(CELLS[turn % CELLS.length] ?? { from: 1, to: 1 });
  return times / ((performance.now() - began) / 1000);
}

function askTura(tariff: Tariff): Ask {
  const zoneOf = ZONES.map(zone => tariff.zoneOfStop[`s${zone}`] ?? 0);
  return ({ from, to }) => {
    const [fromZone, toZone] = [zoneOf[from - 1] ?? 0, zoneOf[to - 1] ?? 0];
    const ride = { network: 0, fromZone, toZone, band: 0, medium: 0, category: 0 };
    return fareOf(tariff, ride, 0)?.amountMinor ?? 0;
  };
}

function askRules(): (asked: Asked) => Promise<number> {
  const engine = new Engine(
    CELLS.map(({ from, to }) => ({
      conditions: {
        all: [
          { fact: 'from', operator: 'equal', value: from },
          { fact: 'to', operator: 'equal', value: to },
        ],
      },
      event: { type: 'fare', params: { price: priceOf(from, to) } },
    })),
  );
  return async asked => {
    const { events } = await engine.run({ ...asked });
    return Number(events[0]?.params?.price);
  };
}

function askZen(): (asked: Asked) => Promise<number> {
  const inputs = ['from', 'to'].map(field => ({ id: field, name: field, field }));
  const rules = CELLS.map(({ from, to }, index) => ({
    _id: String(index),
    from: String(from),
    to: String(to),
    price: String(priceOf(from, to)),
  }));
  const content = {
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
      {
        id: 'table',
        type: 'decisionTableNode',
        name: 'table',
        position: { x: 0, y: 0 },
        content: {
          hitPolicy: 'first',
          inputs,
          outputs: [{ id: 'price', name: 'price', field: 'price' }],
          rules,
        },
      },
      { id: 'out', type: 'outputNode', name: 'out', position: { x: 0, y: 0 } },
    ],
    edges: [
      { id: 'a', type: 'edge', sourceId: 'in', targetId: 'table' },
      { id: 'b', type: 'edge', sourceId: 'table', targetId: 'out' },
    ],
  };
  const decision = new ZenEngine().createDecision(Buffer.from(JSON.stringify(content)));
  return async asked => {
    const { result } = await decision.evaluate({ ...asked });
    return Number(result.price);
  };
}

function askLogic(): Ask {
  const cells = CELLS.flatMap(({ from, to }) => [
    { and: [{ '===': [{ var: 'from' }, from] }, { '===': [{ var: 'to' }, to] }] },
    priceOf(from, to),
  ]);
  const built = new LogicEngine().build({ if: [...cells, 0] });
  assert(typeof built === 'function', 'the logic is built');
  return asked => Number(built(asked));
}

/** The same matrix as a tariff of ours: areas, products, leg rules. */
function matrix(): Tariff {
  const name = ({ from, to }: Asked) => `f${from}-${to}`;
  const settings = `
formatVersion: 1
tariffId: matrix
revision: 1
name: { en: Matrix, ru: Матрица }
effective: { from: 2026-01-01, by: first-entry }
source: assumed
currency: EUR
rounding: { mode: half-up, step: '0.01', stage: line, source: assumed }
timezone: Europe/Berlin
dayStart: '03:00'
timeResolution: s
media: { card: { fareMedia: card, recognise: [storage], assurance: uid, source: assumed } }
defaultCategory: adult
categories: { adult: { ridersPerTrip: 1, source: assumed } }
products:
${CELLS.map((cell, index) => `  - { id: ${index + 1}, fareProduct: ${name(cell)}, name: { en: Fare, ru: Тариф } }`).join('\n')}
passback: { debounce: 2 s, furtherRider: 1 min, refuse: 1 min, source: assumed }
uncertain: { noStop: grace, noClock: grace, noEntitlement: grace, staleStopList: grace, source: assumed }
`;
  const table = (header: string, rows: readonly string[]) => `${header}\n${rows.join('\n')}\n`;
  const products = CELLS.map(
    cell => `${name(cell)},card,${(priceOf(cell.from, cell.to) / 100).toFixed(2)},EUR`,
  );
  const rules = CELLS.map(cell => `z${cell.from},z${cell.to},${name(cell)}`);
  return compileTariff({
    'tariff.yaml': settings,
    'fare_media.txt': 'fare_media_id,fare_media_type\ncard,2\n',
    'fare_products.txt': table('fare_product_id,fare_media_id,amount,currency', products),
    'fare_leg_rules.txt': table('from_area_id,to_area_id,fare_product_id', rules),
    'areas.txt': table(
      'area_id',
      ZONES.map(zone => `z${zone}`),
    ),
    'stop_areas.txt': table(
      'stop_id,area_id',
      ZONES.map(zone => `s${zone},z${zone}`),
    ),
  }).tariff;
}
