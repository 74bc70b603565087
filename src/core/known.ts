/** Absent means unknown: the fields that are known, without those that are undefined. */
export function known<const T extends object>(fields: T): Known<T> {
  const all = fields as Readonly<Record<string, unknown>>;
  const kept: Record<string, unknown> = {};
  // Every tap comes here: no pair is allocated for a field. Object literals inherit nothing to enumerate.
  for (const name in all) if (all[name] !== undefined) kept[name] = all[name];
  return kept as Known<T>;
}

type Known<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
