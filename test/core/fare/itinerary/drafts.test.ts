import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Draft } from '../../../../src/core/tariff/drafts.ts';
import { compile, type Files, products } from './feed.ts';

const BASE: Files = {
  ...products({ fare: '2.00' }),
  areas: 'area_id\nx',
  area_sets: 'area_set_id\nX',
  area_set_elements: 'area_set_id,area_id\nX,x',
  fare_leg_rules: 'leg_group_id,network_id,fare_product_id\nA,n1,fare',
};
const legRule = (column: string, value: string): Files => ({
  fare_leg_rules: `leg_group_id,network_id,fare_product_id,${column}\nA,n1,fare,${value}`,
});
const transferRule = (column: string, value: string): Files => ({
  fare_transfer_rules: `from_leg_group_id,to_leg_group_id,transfer_count,fare_transfer_type,${column}\nA,A,-1,0,${value}`,
});
const joinRule = (columns: string, values: string): Files => ({
  fare_leg_join_rules: `from_network_id,to_network_id,${columns}\nn1,n1,${values}`,
});

const USES: [draft: Draft, column: string, place: string, files: Files, empty: Files][] = [
  [
    'nonconsecutive-transfers',
    'nonconsecutive_transfer_allowed',
    'fare_transfer_rules.txt:2:10',
    transferRule('nonconsecutive_transfer_allowed', '1'),
    transferRule('nonconsecutive_transfer_allowed', '0'),
  ],
  [
    'nonconsecutive-transfers',
    'nonconsecutive_transfers_allowed',
    'fare_transfer_rules.txt:2:10',
    transferRule('nonconsecutive_transfers_allowed', '1'),
    transferRule('nonconsecutive_transfers_allowed', ''),
  ],
  [
    'area-sets',
    'contains_area_set_id',
    'fare_leg_rules.txt:2:11',
    legRule('contains_area_set_id', 'X'),
    legRule('contains_area_set_id', ''),
  ],
  [
    'area-sets',
    'contains_exactly_area_set_id',
    'fare_leg_rules.txt:2:11',
    legRule('contains_exactly_area_set_id', 'X'),
    legRule('contains_exactly_area_set_id', ''),
  ],
  [
    'distance-based-rules',
    'min_distance_units',
    'fare_leg_rules.txt:2:11',
    legRule('min_distance_units', '5'),
    legRule('min_distance_units', ''),
  ],
  [
    'distance-based-rules',
    'max_distance_units',
    'fare_leg_rules.txt:2:11',
    legRule('max_distance_units', '5'),
    legRule('max_distance_units', ''),
  ],
  [
    'transfer-products',
    'fare_product_behavior',
    'fare_transfer_rules.txt:2:10',
    transferRule('fare_product_behavior', '1'),
    transferRule('fare_product_behavior', '0'),
  ],
  [
    'transfer-products',
    'filter_fare_product_id',
    'fare_transfer_rules.txt:2:10',
    transferRule('filter_fare_product_id', 'fare'),
    transferRule('filter_fare_product_id', ''),
  ],
  [
    'transfer-only',
    'transfer_only',
    'fare_leg_rules.txt:2:11',
    legRule('transfer_only', '1'),
    legRule('transfer_only', ''),
  ],
];
for (const [draft, column, place, files, empty] of USES) {
  test(`'${column}' is refused where tariff.yaml does not switch on ${draft}`, () => {
    for (const drafts of [[], ['join-time-limit']] as const)
      assert.equal(compile({ ...BASE, ...files }, drafts).errors, [
        `${place}: column '${column}' is a draft (expected drafts: [${draft}] in tariff.yaml)`,
      ]);
  });
  test(`'${column}' is kept to where ${draft} is switched on, without a word`, () => {
    const { fares, errors, warnings } = compile({ ...BASE, ...files }, [draft]);
    assert.ok(fares !== undefined);
    assert.equal([errors, warnings], [[], []]);
  });
  test(`'${column}' is kept to and warned of where there is no tariff.yaml to switch it on in`, () =>
    assert.equal(compile({ ...BASE, ...files }, 'bare').warnings, [
      `${place}: column '${column}' is a draft (${draft}): it is kept to`,
    ]));
  test(`'${column}' without a value is nobody's business`, () => {
    for (const drafts of [[], 'bare'] as const) {
      const { errors, warnings } = compile({ ...BASE, ...empty }, drafts);
      assert.equal([errors, warnings], [[], []]);
    }
  });
}

test('a time limit of joins takes two columns of one draft', () => {
  const files = { ...BASE, ...joinRule('duration_limit,duration_limit_type', '3600,1') };
  assert.equal(compile(files, []).errors, [
    "fare_leg_join_rules.txt:2:7: column 'duration_limit' is a draft (expected drafts: [join-time-limit] in tariff.yaml)",
    "fare_leg_join_rules.txt:2:12: column 'duration_limit_type' is a draft (expected drafts: [join-time-limit] in tariff.yaml)",
  ]);
  assert.equal(compile(files, ['join-time-limit']).errors, []);
});

const UNPRICED: [file: string, column: string, files: Files][] = [
  ['fare_leg_rules.txt:2:11', 'distance_type', legRule('distance_type', '1')],
  ['fare_leg_rules.txt:2:11', 'contains_area_id', legRule('contains_area_id', 'x')],
  [
    'fare_leg_rules.txt:2:11',
    'travels_through_network_set_id',
    legRule('travels_through_network_set_id', 'x'),
  ],
  ['fare_transfer_rules.txt:2:10', 'spanning_limit', transferRule('spanning_limit', '2')],
];
for (const [place, column, files] of UNPRICED) {
  test(`'${column}' would change the price and is refused by name, whatever is switched on`, () => {
    for (const drafts of ['bare', []] as const)
      assert.equal(compile({ ...BASE, ...files }, drafts).errors, [
        `${place}: column '${column}' would change the price and is not priced (expected an empty column)`,
      ]);
  });
}

test('a column that nobody knows is warned of with its place and the nearest spelling, and the rest is priced', () => {
  const files = { ...BASE, ...legRule('rule_prioritty', '1') };
  const { fares, warnings } = compile(files);
  assert.ok(fares !== undefined);
  assert.equal(warnings, [
    "fare_leg_rules.txt:1:41: unknown column 'rule_prioritty' (expected 'rule_priority'?)",
  ]);
});

test.run();
